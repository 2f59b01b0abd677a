-- One row per agency and unit that names it: in which roles (1 lead, 2 coop, 4 monitor, added up).
-- Stored: counted at the build and kept as a table.
with

named as (
    select
        unit_id,
        coalesce(nullif(trim(regexp_replace(translate(strip_accents(lower(agency)), 'đ', 'd'), '[^a-z0-9]+', '-', 'g'), '-'), ''), agency) as slug,
        (bool_or(role = 'lead')::int + 2 * bool_or(role = 'coop')::int + 4 * bool_or(role = 'monitor')::int)::utinyint as roles
    from unit_agencies
    group by all
)

select find_name.agency, find_unit.no, find_unit.plan, find_unit.profile, named.roles
from named
join find_name using (slug)
join units using (unit_id)
join find_unit on find_unit.unit_row = units.rowid
order by find_name.agency, find_unit.no
