-- One row per plan of these that is no amendment, and group that it falls into where plans are grouped in a way (all, level, year, region, province, province_now, doc_type,
-- plan); null where nothing is known of it. A plan of a province that holds parts of two regions is in the groups of both, as a filter leaves it in both.
-- Asked: plans, way.
select
    plan_id, position, status,
    unnest(
        case way
            when 'level' then [level]
            when 'year' then [year::text]
            when 'region' then coalesce(string_split(region, '; '), [null])
            when 'province' then [nullif(province, '')]
            when 'province_now' then [nullif(province_now, '')]
            when 'doc_type' then [doc_type]
            when 'plan' then [plan_id]
            else ['all']
        end
    ) as name
from plan_list
semi join (select unnest(plans) as plan_id) as asked using (plan_id)
where not amends
