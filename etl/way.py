"""The whole way of one document: read → about → cut → tag → match → review → assign → check.

In: a plan and its file. Out: a Reading. No step knows another; only this module puts them in order. `shut_in` and
`readings` go the whole way in a process that can do no harm (`etl.cage`); `reading` is what happens inside.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from etl import about, cage
from etl.check import Unaccounted, check
from etl.cut import cut
from etl.layer import layers, links
from etl.match import Matcher, left_open, touched, with_matters
from etl.model import Block, Finding, Letters, Lost, OtherIndex, Plan, Reading, Unread
from etl.read import Counted, is_plain, prepare, read, read_counted, understood
from etl.review import decided_kinds, gone, reviewed
from etl.tag import assign, tag, topic_of


def reading(plan: Plan, matcher: Matcher, *, is_any: bool = False) -> Reading:
    """One document, the whole way but for loading; with `is_any` also one that is no PAPI plan. Raises Unread where it
    cannot be read, Unaccounted where text was lost.
    """
    blocks, counted = read_counted(plan.file)
    return read_as(plan, blocks, matcher, counted, is_any=is_any)


def read_as(
    plan: Plan,
    blocks: Sequence[Block],
    matcher: Matcher,
    counted: Counted = (None, ()),
    *,
    is_any: bool = False,
    known_by: str = "",
) -> Reading:
    """The same from the blocks of a document on, with its letters counted apart; `known_by`: the hash of its bytes."""
    described = about.with_index(about.describe(plan, blocks), blocks)
    pieces = cut(blocks)
    tagged = tag(pieces.units, described, decided_kinds(described, pieces.units))
    matches = matcher.match([topic_of(unit) for unit in tagged], plan.plan_id)
    matched = [replace(unit, match=match) for unit, match in zip(tagged, matches)]
    as_decided = reviewed(described, [replace(unit, touches=touched(unit)) for unit in matched])
    touching = list(left_open(list(as_decided)))
    units = layers(assign(with_matters(touching)), pieces.lines)
    findings = check(described, blocks, units, pieces.lines, pieces.columns, counted[1], is_any=is_any)
    if not plan.level:
        findings = (Finding("plan_data_from_text", 1, described.title[:160]), *findings)
    return Reading(
        described,
        known_by or sha256(plan.file),
        units,
        pieces.lines,
        pieces.columns,
        pieces.findings + gone(described, units) + findings,
        tuple(links(units)),
        counted[0],
    )


def shut_in(plan: Plan, matcher: Matcher, *, is_any: bool = False) -> Reading:
    """The same as `reading`, in a cage. Raises Unread also where the document hangs, crashes or takes too much."""
    return cage.one(_job(plan, matcher, is_any))


def _job(plan: Plan, matcher: Matcher, is_any: bool = False) -> cage.Job[Reading]:
    half = cage.Half(partial(_opened, plan.file), _Opened, (plan, is_any))
    return cage.Job(plan.file, partial(_accounted, plan, matcher, is_any), Reading, prepare, is_plain(plan.file), half)


@dataclass(frozen=True)
class _Opened:
    """What the bytes of a document give."""

    blocks: tuple[Block, ...]
    letters: Letters | None
    lost: tuple[Lost, ...]
    sha256: str


def _opened(file: Path) -> _Opened:
    blocks, (letters, lost) = read_counted(file)
    return _Opened(blocks, letters, tuple(lost), sha256(file))


def _gone_on(matcher: Matcher, about: tuple[Plan, bool], given: _Opened) -> Reading:
    """The rest of the way: no byte of the document is looked at any more."""
    plan, is_any = about
    counted = given.letters, given.lost
    return _whole(partial(read_as, plan, given.blocks, matcher, counted, is_any=is_any, known_by=given.sha256))


_SEVERAL = 8
"""Plain texts of a build that one process reads, as long as none misbehaves."""


def several(documents: int, workers: int) -> int:
    """So many documents one of some workers reads at a time."""
    return max(1, min(_SEVERAL, -(-documents // workers)))


_KNOWN = """ỦY BAN NHÂN DÂN TỈNH
Số: 12/KH-UBND
KẾ HOẠCH
Nâng cao Chỉ số Hiệu quả quản trị và hành chính công cấp tỉnh (PAPI) năm 2024
I. MỤC ĐÍCH, YÊU CẦU
1. Nâng cao nhận thức của cán bộ, công chức về Chỉ số PAPI qua đài truyền thanh.
2. Năm 2023, trục nội dung “Tham gia của người dân ở cấp cơ sở” đạt 5,12 điểm.
II. NHIỆM VỤ
1. Trục nội dung 4: Kiểm soát tham nhũng trong khu vực công
a) Sở Nội vụ chủ trì, phối hợp với Sở Tài chính và UBND các huyện công khai danh sách hộ nghèo trước ngày 15/12/2024.
- Cong khai ngan sach va quy hoach su dung dat; niem yet thu tuc hanh chinh.
- Thanh tra tinh tổ chức đối thoại với nhân dân mỗi quý một lần, báo cáo trước ngày 10 tháng cuối quý.
2. Nội dung 1 và nội dung 2 (Công khai, minh bạch)
STT\tNội dung công việc\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian hoàn thành\tSản phẩm\tGhi chú
1\tKhám bệnh lưu động tại các trạm y tế\tSở Y tế\tUBND các xã\tQuý II/2024\tBáo cáo\t
2\tNhư trên\tCác sở, ban, ngành\tMặt trận Tổ quốc Việt Nam tỉnh\tThường xuyên, hằng quý\tKế hoạch\tTiếp tục thực hiện
III. TỔ CHỨC THỰC HIỆN
1. Giao Sở Nội vụ theo dõi, đôn đốc, báo cáo Ủy ban nhân dân tỉnh trước ngày 10/12 hằng năm; chịu trách nhiệm về trục nội dung 5.
1.1. Tri thức công dân: tuyên truyền trên Cổng dịch vụ công trực tuyến về bầu cử, về hộ nghèo và đất đai.
2. Thủ trưởng các cơ quan, đơn vị và Chủ tịch UBND các huyện, thành phố căn cứ Kế hoạch này triển khai thực hiện.
Nơi nhận:
- Như Điều 3;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn A
PHỤ LỤC I
PHÂN CÔNG NHIỆM VỤ
(Kèm theo Kế hoạch số 12/KH-UBND ngày 02 tháng 01 năm 2024)
1. Báo cáo kết quả định kỳ hằng tháng, trước ngày 15; sơ kết trong tháng 6, tổng kết vào cuối năm.
2. Từ năm 2024, các cơ quan được giao ở Mục II tiếp tục thực hiện cho đến khi hoàn thành.
"""
"""A plan of our own words, of all that plans have in common."""


@cache
def ready(matcher: Matcher) -> None:
    """Load all that reading stands on, by going the whole way once: who forks a process for a document hands it on."""
    read_as(about.unlisted(Path(__file__)), understood(_KNOWN.encode(), "txt", ""), matcher, is_any=True)


def _accounted(plan: Plan, matcher: Matcher, is_any: bool) -> Reading:
    return _whole(partial(reading, plan, matcher, is_any=is_any))


def _whole(read_it: Callable[[], Reading]) -> Reading:
    try:
        return read_it()
    except Unaccounted as lost:
        raise Unread(
            f"{lost}; đây là lỗi của chương trình, hãy gửi văn bản cho người quản trị.",
            f"{lost}; this is a fault of the program: send the document to the administrator.",
        ) from None


@dataclass(frozen=True)
class Read:
    """What came of one document: its reading, the seconds it took and the worker it had (None where there is no
    document), and what it was stopped for, if it was: `time`, `memory`, `output`, `crashed`.
    """

    plan: Plan
    reading: Reading
    seconds: float | None = None
    worker: int | None = None
    stopped: str = ""


_TRIES = 3
"""So many times a document is begun whose process somebody else has killed."""


def each(plans: Sequence[Plan], matcher: Matcher, workers: int = 1) -> Iterator[Read]:
    """Every plan, as they come, so many at once: read, or not read with the reason (the others are still read), or only
    cited by others and not collected.
    """
    collected = {plan.file: plan for plan in plans if plan.file.name}
    if len(collected) > 1:
        ready(matcher)
    jobs = (_job(plan, matcher) for plan in sorted(collected.values(), key=lambda plan: not is_plain(plan.file)))
    then = partial(_gone_on, matcher) if len(collected) > workers else None
    for answer in cage.results(
        jobs, workers=workers, several=several(len(collected), workers), tries=_TRIES, then=then
    ):
        plan, said = collected[answer.job.file], answer.said
        one = not_read(plan, said) if isinstance(said, Unread) else said
        yield Read(plan, one, answer.seconds, answer.worker, answer.stopped)
    yield from (Read(plan, Reading(plan, "", is_collected=False)) for plan in plans if not plan.file.name)


def readings(folder: Path, matcher: Matcher) -> Iterator[Reading]:
    """The same of a folder, one after the other, by their readings alone."""
    return (one.reading for one in each(about.plans(folder), matcher))


@dataclass(frozen=True)
class _Texts:
    texts: tuple[str, ...]


def texts(file: Path) -> tuple[str, ...]:
    """The words of each paragraph and row of a document, read in a cage. Raises Unread."""
    return cage.one(cage.Job(file, partial(_texts, file), _Texts, prepare)).texts


def _texts(file: Path) -> _Texts:
    return _Texts(tuple(block.text for block in read(file)))


def not_read(plan: Plan, reason: Unread) -> Reading:
    """A document of which only its file is known, or its row in the listing."""
    name = plan.file.stem
    known = (
        reason.plan
        if isinstance(reason, OtherIndex)
        else plan
        if plan.level
        else replace(plan, title=name, short_vi=name, short_en=name, narrow=name[:9], issuer=name, level="province")
    )
    return Reading(known, sha256(plan.file) if plan.file.is_file() else "", unread=reason)


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
