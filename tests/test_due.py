"""What falls due: days read from rhythm words, dates in their order, and the calendar file."""

from __future__ import annotations

import datetime
from pathlib import Path

import duckdb
import pytest
import small

from ui import data
from ui.export import calendar, ics, table
from ui.topics.when import agenda
from ui.topics.when import year as when_year
from ui.topics.when.view import view
from ui.words import dates, labels, offices

SQL = Path(__file__).parent.parent / "sql"
TODAY = datetime.date(2026, 11, 21)
PLANS = [  # id, level, year, from, to
    ("dai", "department", 2022, 2022, 2030),
    ("qua", "province", 2020, 2020, 2020),
    ("khong-ky", "commune", None, None, None),
    ("trong", "province", 2021, 2021, 2021),
]
UNITS = [  # plan, kind, text, timing, words, from, to
    (
        "dai",
        "reporting",
        "hằng năm định kỳ sáu tháng (trước ngày 15/6), năm (trước ngày 15/12) báo cáo theo Kế hoạch số 403/KH-STC ngày 28/01/2022",
        "semiannual",
        "định kỳ sáu tháng",
        None,
        None,
    ),
    ("dai", "action", "Rà soát; nộp, gửi\nvăn bản", "dated", "trước 01/02/2027", None, "2027-02-01"),
    ("dai", "objective", "Phấn đấu", "dated", "đến năm 2025", None, "2025-12-31"),
    ("dai", "action", "Việc thường ngày", "unspecified", None, None, None),
    ("qua", "action", "Bầu cử", "dated", "Quý I-II/2020", "2020-01-01", "2020-06-30"),
    ("qua", "assignment", "Tổng hợp", "dated", "cuối năm", None, None),
    ("qua", "reporting", "Báo cáo trước ngày 25 hằng tháng", "monthly", "hằng tháng", None, None),
    ("qua", "reporting", "Chậm nhất ngày 05 tháng cuối quý báo cáo", "quarterly", "hàng quý", None, None),
    (
        "qua",
        "action",
        "Thường xuyên tuyên truyền theo Nghị định ngày 20/4/2007 và Quyết định ngày 14 tháng 5 năm 2021",
        "ongoing",
        "Thường xuyên",
        None,
        None,
    ),
    ("qua", "action", "Khi có dự thảo, trước ngày 1/7", "event", "Khi có dự thảo", None, None),
    ("qua", "description", "Chỉ số đo mỗi năm", "annual", "mỗi năm", None, None),
    ("khong-ky", "reporting", "Hằng năm, trước ngày 30 tháng 11, báo cáo", "annual", "Hằng năm", None, None),
]
ALL = tuple(plan for plan, *_ in PLANS)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build with dates, rhythms with and without a day, and a plan without any task."""
    path = tmp_path_factory.mktemp("due") / "small.duckdb"
    with small.database(path) as insert:
        for plan, level, year, first, last in PLANS:
            small.plan(insert, plan, level=level, year=year, period_from=first, period_to=last)
        for at, (plan, kind, text, timing, raw, start, end) in enumerate(UNITS, 1):
            said = {"timing": timing, "timing_raw": raw, "due_from": start, "due_to": end}
            small.unit(insert, plan, at, kind=kind, text=text, **said)
        small.part(insert, "dai:2", "Sở Y tế")
    return path


@pytest.mark.parametrize(
    ("text", "timing", "days"),
    [
        ("sáu tháng (trước ngày 15/6), năm (trước ngày 15/12) báo cáo", "semiannual", [(6, 15), (12, 15)]),
        ("Định kỳ hằng năm (trước ngày 15-12)", "annual", [(12, 15)]),
        ("Hằng năm, trước ngày 30 tháng 11", "annual", [(11, 30)]),
        ("Báo cáo trước ngày 25 hàng tháng", "monthly", [(None, 25)]),
        ("Trước ngày 20 tháng cuối quý", "quarterly", [(3, 20), (6, 20), (9, 20), (12, 20)]),
        ("Hằng năm theo Quyết định số 59 ngày 19/11/2015", "annual", []),
        ("Hằng năm theo Nghị quyết ngày 14 tháng 5 năm 2021", "annual", []),
        ("Hằng năm trước ngày 31/2", "annual", []),
        ("Hằng năm trước ngày 45/6", "annual", []),
        ("Hằng quý báo cáo", "quarterly", []),
        ("Trước ngày 15/6 báo cáo", "dated", []),
        ("Trước ngày 15/6 nếu có", "unspecified", []),
    ],
)
def test_a_day_without_a_year_inside_a_rhythm_comes_round(text, timing, days):
    con = duckdb.connect()
    con.execute(
        "create table units as select 'p:1' as unit_id, 'p' as plan_id, 1 as ordinal, 'reporting' as kind, ? as timing, ? as text",
        [timing, text],
    )
    found = con.execute((SQL / "recurring_day.sql").read_text(encoding="utf-8")).fetchall()
    assert sorted(((row[-2], row[-1]) for row in found), key=str) == sorted(days, key=str)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (None, datetime.date(2020, 3, 31), "đã qua"),
        (None, TODAY, "hôm nay là hạn"),
        (None, datetime.date(2026, 11, 22), "còn 1 ngày nữa"),
        (datetime.date(2026, 10, 1), datetime.date(2026, 12, 31), "đang trong thời gian, còn 40 ngày"),
        (datetime.date(2027, 1, 1), datetime.date(2027, 6, 30), "còn 221 ngày nữa"),
        (datetime.date(2026, 1, 1), None, "đã bắt đầu, không ghi ngày cuối"),
        (None, None, "không đổi được ra ngày"),
    ],
)
def test_where_a_time_stands_today_is_said_in_words(build, start, end, words):
    assert dates.state(start, end, TODAY) == words


def test_dates_stand_in_their_order_and_those_without_a_day_last(build):
    assert [unit.unit_id for unit in data.due_units(ALL, "dated")] == ["qua:5", "dai:3", "dai:2", "qua:6"]
    assert [unit.unit_id for unit in data.led(data.due_places(ALL, "dated", 2))] == ["dai:2", "qua:6"]
    items = agenda.items(ALL, TODAY)
    assert (
        "01/01/2020 – 30/06/2020" in items[0]
        and "đã qua" in items[0]
        and "“Quý I-II/2020”" in items[0]
        and "dòng 5" in items[0]
    )
    assert "Sở Y tế" in items[2] and "không đổi được ra ngày" in items[3]


@pytest.mark.parametrize(
    ("timing", "bearing"),
    [
        ("dated", "dated"),
        ("monthly", "rhythm"),
        ("ongoing", "rhythm"),
        ("event", "worded"),
        ("regulation", "worded"),
        ("unspecified", "undated"),
    ],
)
def test_a_time_that_is_no_day_is_told_from_none(tmp_path, timing, bearing):
    with small.database(tmp_path / "one.duckdb") as insert:
        small.plan(insert, "xa")
        small.unit(insert, "xa", 1, timing=timing)
    with small.shown(tmp_path / "one.duckdb"):
        assert data.due_sums(("xa",)) == {bearing: 1}


def test_what_has_no_date_is_counted_beside_what_has_and_leads_to_its_units(build):
    assert agenda.note(ALL) == (
        "3 nhiệm vụ, yêu cầu báo cáo và phân công có ngày; bên cạnh đó 5 chỉ ghi định kỳ (hằng quý, hằng năm, thường xuyên…), "
        "1 chỉ ghi theo sự kiện hoặc “theo quy định” và 1 không ghi thời hạn: xem hình dưới."
    )
    options = when_year.options(view(ALL, TODAY))
    assert set(options) == {
        "dai~semiannual",
        "dai~unspecified",
        "qua~monthly",
        "qua~quarterly",
        "qua~ongoing",
        "qua~event",
        "khong-ky~annual",
    }
    assert options["qua~monthly"] == "Kế hoạch qua · hằng tháng: 1 yêu cầu báo cáo"
    assert when_year.unit_ids("qua~ongoing") == ("qua:9",) and when_year.unit_ids("dai~unspecified") == ("dai:4",)
    columns, rows = agenda.csv_rows(ALL, TODAY)
    # a description obliges nobody; all else is there
    assert len(rows) == agenda.count(ALL) == len(UNITS) - 1 and set(columns) == set(rows[0])


def test_a_file_in_english_has_glosses_of_offices_in_a_column_beside_their_names(build):
    with labels.speaking("en"):
        for columns, row in (
            (agenda.csv_rows(ALL, TODAY)[0], agenda.csv_rows(ALL, TODAY)[1][2]),
            (table.task_columns(), table.task_row(data.units(("dai:2",))[0])),
        ):
            assert (row["lead"], row["lead_english"]) == ("Sở Y tế", "Department of Health")
            assert columns.keys() == row.keys()
        assert offices.english(("Sở Y tế", "Đội Văn nghệ xung kích")) == "Department of Health; ?"


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (datetime.date(2026, 11, 21), "“trước ngày 15/6”: lần tới 15/06/2027; “trước ngày 15/12”: lần tới 15/12/2026"),
        (datetime.date(2026, 12, 15), "“trước ngày 15/6”: lần tới 15/06/2027; “trước ngày 15/12”: hôm nay là hạn"),
        (
            datetime.date(2031, 1, 1),
            "“trước ngày 15/6”: lần cuối 15/06/2030, đã qua; “trước ngày 15/12”: lần cuối 15/12/2030, đã qua",
        ),
        (
            datetime.date(2050, 1, 1),
            "“trước ngày 15/6”: lần cuối 15/06/2030, đã qua; “trước ngày 15/12”: lần cuối 15/12/2030, đã qua",
        ),
        (datetime.date(2021, 1, 1), "“trước ngày 15/6”: lần tới 15/06/2022; “trước ngày 15/12”: lần tới 15/12/2022"),
    ],
)
def test_a_day_comes_round_only_within_the_plans_period(build, today, words):
    row = next(row for row in when_year.table(view(("dai",), today))[1] if row["days"] != "–")
    assert row["days"] == words


def test_a_plan_without_a_period_says_so_and_a_plan_without_tasks_has_words(build):
    row = when_year.table(view(("khong-ky",), TODAY))[1][0]
    assert row["plan"].endswith("chưa xác định kỳ của kế hoạch") and "chưa xác định kỳ" in row["days"]
    assert not view(("trong",), TODAY).undated and agenda.count(("trong",)) == 0 and not agenda.items(("trong",), TODAY)
    assert when_year.title(view(("trong",), TODAY)) == labels.t("due.finding_none")


@pytest.mark.parametrize("plans", [ALL, ("dai",), ("qua",), ("khong-ky",)])
@pytest.mark.parametrize("draw", [when_year.wide, when_year.narrow], ids=["wide", "narrow"])
def test_a_picture_of_the_year_names_each_plan_and_leads_to_each_of_its_times(build, plans, draw):
    shown = view(plans, TODAY)
    figure = draw(shown)
    words = small.texts(figure)
    assert set(small.hits(figure)) == set(when_year.options(shown)) != set()
    assert "Nguồn:" in words and when_year.title(shown) in words
    named = {key.partition("~")[0] for key in small.hits(figure)} & set(plans)
    assert all(f"Kế hoạch {plan}" in words for plan in named) and named
    assert small.smallest(figure) >= 12


# The calendar file.


def unfold(content: bytes) -> list[str]:
    return content.decode("utf-8").replace("\r\n ", "").split("\r\n")


def test_a_calendar_has_each_date_once_and_days_that_come_round_end_with_the_plan(build):
    lines = unfold(calendar.calendar(ALL))
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]
    starts = [line.partition(":")[2] for line in lines if line.startswith("DTSTART")]
    # three with a day, 15/6 and 15/12, day 25 of each month, day 5 of four months; a plan without a period has no last
    # turn
    assert starts[:3] == ["20200630", "20251231", "20270201"]
    assert sorted(starts[3:]) == ["20200125", "20200305", "20200605", "20200905", "20201205", "20220615", "20221215"]
    assert sorted(line for line in lines if line.startswith("RRULE")) == [
        "RRULE:FREQ=MONTHLY;UNTIL=20201231",
        *["RRULE:FREQ=YEARLY;UNTIL=20201231"] * 4,
        *["RRULE:FREQ=YEARLY;UNTIL=20301231"] * 2,
    ]
    uids = [line for line in lines if line.startswith("UID:")]
    assert len(set(uids)) == len(uids) == len(calendar.entries(ALL))
    assert any(line.startswith("SUMMARY:Kế hoạch dai: Rà soát\\; nộp\\, gửi\\nvăn bản") for line in lines)


def test_a_rhythm_whose_turns_have_dates_is_in_the_calendar_by_both(tmp_path):
    with small.database(tmp_path / "one.duckdb") as insert:
        small.plan(insert, "xa", year=2026, period_from=2026, period_to=2026)
        said = {"timing": "semiannual", "timing_raw": "02 lần/năm (tháng 5, tháng 10)", "due_to": "2026-10-31"}
        small.unit(insert, "xa", 1, text="Họp dân, gửi biên bản trước ngày 15/11", due_from="2026-05-01", **said)
    with small.shown(tmp_path / "one.duckdb"):
        assert [entry.day.isoformat() for entry in calendar.entries(("xa",))] == ["2026-10-31", "2026-11-15"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a, b; c", "a\\, b\\; c"),
        ("một\nhai\r\nba\rbốn", "một\\nhai\\nba\\nbốn"),
        ("C:\\tệp", "C:\\\\tệp"),
        ("x\u2028END:VEVENT", "x\\nEND:VEVENT"),
        ("tiếng\x07chuông", "tiếng chuông"),
    ],
)
def test_no_text_of_a_plan_becomes_a_line_of_the_calendar(text, written):
    assert ics.escape(text) == written
    entry = ics.Entry("u", datetime.date(2026, 1, 1), text, text)
    lines = unfold(ics.calendar("n", "a", [entry], datetime.datetime(2026, 1, 1)))
    assert [line for line in lines if line.startswith(("BEGIN", "END"))] == [
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


@pytest.mark.parametrize("text", ["ắ" * 200, "a" * 75, "a" * 76, "việc " * 40, ""])
def test_a_line_is_folded_at_75_octets_and_no_letter_is_cut(text):
    folded = ics.fold(text)
    assert folded.replace("\r\n ", "") == text and all(len(line.encode("utf-8")) <= 75 for line in folded.split("\r\n"))
