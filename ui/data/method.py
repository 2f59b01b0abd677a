"""Questions about how far the numbers can be trusted."""

from __future__ import annotations

import pandas

from ui.data.ask import frame

# Scores beside coverage.


def plan_scores(basis: str, plan_id: str) -> pandas.DataFrame:
    """One row per dimension 1 to 8: the plan's tasks beside its province's score in the plan's year and the year
    before.
    """
    return frame("select * from plan_score where basis = ? and plan_id = ? order by dim", basis, plan_id)


def plan_score_years(plan_id: str) -> pandas.DataFrame:
    """One row per year and dimension (0 is the total): the published score of the plan's province."""
    return frame("select * from plan_score_year where plan_id = ? order by dim, year", plan_id)


# How sure we are.


def measures() -> pandas.DataFrame:
    """One row per part, measure and plan, those over all plans together first; empty where no plan of this build is
    labelled.
    """
    return frame("select * from measure_total order by part, measure, plan_id is not null, position, plan_id")


def class_measures() -> pandas.DataFrame:
    """One row per part and dimension, 0 last."""
    return frame("select * from measure_class order by part, dim = 0, dim")


def confusion_cells(part: str) -> pandas.DataFrame:
    """One row per labelled dimension and dimension it was read as, the most units first."""
    return frame(
        "select * from confusion_cell where part = ? order by units desc, labelled = 0, labelled, read_as", part
    )


def line_roles() -> pandas.DataFrame:
    """One row per plan and role of its lines."""
    return frame("select * from line_role order by plan_id, role")


def finding_counts() -> pandas.DataFrame:
    """One row per plan and code of its findings."""
    return frame("select * from finding_count order by plan_id, code")


def plan_doubts() -> pandas.DataFrame:
    """One row per plan that is held: what a person should look at."""
    return frame(
        "select plan_doubt.* from plan_doubt join plan_list using (plan_id) where status <> 'not_collected' order by position"
    )


def agency_doubts() -> pandas.DataFrame:
    """One row per plan, and one of null for all of them: how many agencies its units name, and how many of these no
    table knows.
    """
    return frame("""
        select plan_id, count(distinct agency)::int as agencies, (count(distinct agency) filter (where not is_known))::int as unknown
        from plan_agency group by grouping sets ((plan_id), ()) order by plan_id nulls first
    """)


def kind_counts() -> dict[str, int]:
    """How many units of each kind all plans hold."""
    found = frame("select * from unit_kind")
    return {str(row["kind"]): int(row["units"]) for row in found.to_dict("records")}


def least_sure_unit_ids(dim: int, most: int) -> tuple[str, ...]:
    """The tasks matched with a dimension of which the matcher is least sure, at most so many: those to be reviewed,
    then those whose runner-up is nearest.
    """
    return tuple(
        frame(
            "select unit_id from matched_task where matched_dim = ? order by not review, margin, unit_id limit ?",
            dim,
            most,
        )["unit_id"]
    )
