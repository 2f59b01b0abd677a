"""Knowledge that an official can edit: the CSV files of data/reference, and the few questions that all steps ask of them."""

from __future__ import annotations

from etl.reference.agencies import KEPT, agency_names, person
from etl.reference.columns import begins_statement, column_role, names_columns, shared_out, shares, statements
from etl.reference.communes import communes_now, province_of_district
from etl.reference.headings import (
    Named,
    bare,
    behind,
    counts_with,
    goes_on_title,
    holding,
    meant,
    named,
    uncounted_heading,
)
from etl.reference.tables import (
    DATA,
    PAPI,
    ROOT,
    amends,
    dims,
    document_types,
    matters,
    provinces_now,
    region_of,
    rows,
    subdimensions,
    subs,
    table,
)
from etl.reference.words import ends_open, form, is_annex, listed, refers_away, uncounted, unopened, zone_words
