-- One row per way of counting, cell of these plans on these dimensions (throughout: on any), and unit that speaks there, as what; a cell nobody speaks of has
-- one row without a unit. counts: the unit is one of those that make the cell say what it says (the `n` of `plan_cell`).
-- Asked: plans, throughout, dims.
select
    cell.basis, cell.plan_id, cell.position, cell.dim, cell.sub, cell.state,
    spoken.unit_id, spoken.ordinal, units.section, units.first_line, units.last_line, units.place, spoken.kind, spoken.says, spoken.weak,
    coalesce(
        case cell.state
            when 'own' then spoken.says = 'own'
            when 'named' then spoken.says = 'named' and not spoken.weak
            when 'weak' then spoken.says = 'own' or spoken.says = 'named'
            when 'passing' then spoken.says in ('passing', 'mentioned')
            when 'description' then spoken.says = case when cell.described >= cell.descriptions then 'description' else 'placed' end
        end,
        false
    ) as counts,
    spoken.has_lead, spoken.has_time, touches.quote
from plan_cell as cell
left join cell_unit as spoken
    on spoken.basis = cell.basis and spoken.plan_id = cell.plan_id and spoken.topic = coalesce(cell.sub, cell.dim::text)
left join units on units.unit_id = spoken.unit_id
left join touches on touches.unit_id = spoken.unit_id and touches.sub = cell.sub
where cell.plan_id = any(plans) and (throughout or cell.dim = any(dims))
