"""The only door to the database: a question a function, each answer in rows named by their grain."""

from __future__ import annotations

from ui.data.ask import stored
from ui.data.build import (
    _OWN,
    _SHOWN,
    SCHEMA_VERSION,
    Build,
    NoDatabase,
    _build,
    _current,
    adopt,
    begin,
    build,
    damaged,
    folder,
    is_mine,
    is_there,
    kept_table,
    published,
    release,
    showing,
    trouble,
)
from ui.data.compare import compared_tasks, matters, named_matters, task_pairs
from ui.data.coverage import (
    alike_tasks,
    dimension_tasks,
    gap_count,
    gaps,
    layers,
    most_open,
    named_in_general,
    plan_dimensions,
    plan_subdimensions,
    plan_summaries,
    plans_reached,
    plans_summary,
    subdimension_counts,
    subdimension_states,
    touching_units,
)
from ui.data.document import document, plan_evidence, plan_findings, plan_parts, plan_units
from ui.data.family import amendments, family_links, kin_units, standings
from ui.data.findings import finding_counts, findings
from ui.data.kept import kept
from ui.data.long import counted_tasks, listed_cells, task_holders
from ui.data.method import (
    agency_doubts,
    class_measures,
    confusion_cells,
    kind_counts,
    least_sure_unit_ids,
    line_roles,
    measures,
    plan_doubts,
)
from ui.data.plans import (
    dimension,
    dimensions,
    known_plans,
    line_place,
    plan,
    plan_state,
    plans,
    plans_of,
    regions,
    subdimension,
    subdimensions,
)
from ui.data.scores import (
    dropped_scores,
    plan_scores,
    plans_of_province,
    provinces,
    provinces_of_plan,
    score_breaks,
    scores_of_province,
)
from ui.data.topic import Basis, Topic
from ui.data.units import (
    cards,
    cell_unit_ids,
    complete_count,
    elsewhere_unit_ids,
    lacking_ids,
    linked_rows,
    task_count,
    task_ids,
    unit_touches,
    units,
)
from ui.data.when import (
    dated_marks,
    dated_sum,
    dated_unit_ids,
    dimension_timings,
    due_counts,
    due_sums,
    due_total,
    due_unit_ids,
    due_units,
    next_mark,
    plan_timings,
    plans_timed,
    recurring_days,
    timing_sums,
    timing_unit_ids,
    timing_words,
    undated,
)
from ui.data.who import (
    agency_dimensions,
    agency_names,
    agency_unit_ids,
    assignment_unit_ids,
    assignments,
    changed_offices,
    column_roles,
    given_agencies,
    given_units,
    held_tasks,
    is_unplaced,
    leaderless_dimensions,
    leaderless_unit_ids,
    office_dimensions,
    office_names,
    office_parts,
    office_unit_ids,
    open_agencies,
    open_lead_count,
    open_leads,
    plan_lead_bases,
    reform_basis,
    reformed,
    reformed_agencies,
    role_sums,
    successors,
    totals,
)
