"""What the rule for low and falling scores flags, over all provinces, dimensions and years, beside the rule of before:
`python -m benchmarks standing`.

In: papi-scores.csv and score-breaks.csv of data/reference, by way of `sql/score_standing.sql`. Out: the share of province, dimension and year
that each flags, and how many of a province's eight dimensions it flags in a year: a rule that flags all says nothing.
"""

from __future__ import annotations

import duckdb

from etl import load
from etl.load.rows import knowledge_of, scores
from etl.load.write import insert, only, views

_RULES = {
    "thấp hoặc giảm (nay)": "low or falls",
    "… thấp": "low",
    "… giảm": "falls",
    "quy tắc trước": "score < national_median or rank > provinces_ranked * 2 / 3 or coalesce(change <= -0.1, false)",
}
"""What is measured, and the words of SQL that say it. The rule of before also flagged what was low the year before; here
it is measured of one year alone, which is kinder to it.
"""


def main() -> None:
    """Print a table: a rule a line."""
    with duckdb.connect(":memory:") as con:
        con.execute((load.SQL / "schema.sql").read_text(encoding="utf-8"))
        insert(con, "score_breaks", knowledge_of("score_breaks"))
        for table, rows in scores().items():
            insert(con, table, rows)
        views(con, ("topic_score", "score_break", "score_standing"))
        print(f"{'quy tắc':<22} {'điểm':>6} {'đánh dấu':>9} {'giữa':>5} {'cả tám':>7} {'không':>6}")
        for name, rule in _RULES.items():
            n, share, middle, every, none = only(
                con.execute(f"""
                with judged as (select province, year, dim, {rule} as flagged from score_standing where dim > 0 and sub is null and change is not null),
                counted as (select province, year, count(*) as dims, count(*) filter (flagged) as flagged from judged group by all having dims = 8)
                select
                    (select count(*) from judged), (select avg(flagged::integer) from judged), median(flagged),
                    avg((flagged = 8)::integer), avg((flagged = 0)::integer)
                from counted
            """)
            )
            print(f"{name:<22} {n:>6} {share:>9.3f} {middle:>5.0f} {every:>7.3f} {none:>6.3f}")


if __name__ == "__main__":
    main()
