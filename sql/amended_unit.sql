-- One row per plan that was read and is amended by documents that were read, and unit that counts for it then: its own but for those that an amendment has anew
-- (`family_units`), and those of the amendments, of amendments of these too.
-- Stored: counted at the build and kept as a table.
with recursive

amending as (
    select earlier_id as plan_id, plan_id as document_id
    from plan_links
    where kind = 'amends' and earlier_id is not null
    union
    select links.earlier_id, amending.document_id
    from amending
    join plan_links as links using (plan_id)
    where links.kind = 'amends' and links.earlier_id is not null
),

documents as (
    select plan_id, document_id
    from amending
    join plan_list using (plan_id)
    join plan_list as other on other.plan_id = document_id
    where plan_list.status = 'read' and not plan_list.amends and other.status = 'read'
),

every_document as (
    select plan_id, document_id from documents
    union
    select plan_id, plan_id from documents
)

select every_document.plan_id, units.unit_id
from every_document
join units on units.plan_id = document_id
where units.unit_id not in (
    select earlier_unit_id from family_units where kind = 'amends' and state in ('same', 'changed') and earlier_unit_id is not null
)
