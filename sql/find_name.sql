-- One row per agency that units name, by its name without marks as an address writes it ("so-tai-chinh"): names that differ in marks only are one.
-- Stored: counted at the build and kept as a table.
select (row_number() over (order by slug))::int as agency, slug, any_value(name order by units desc, name) as name, sum(units)::int as units
from (
    select
        coalesce(nullif(trim(regexp_replace(translate(strip_accents(lower(agency)), 'đ', 'd'), '[^a-z0-9]+', '-', 'g'), '-'), ''), agency) as slug,
        agency as name, count(distinct unit_id) as units
    from unit_agencies
    group by agency
)
group by slug
