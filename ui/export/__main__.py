"""Files for scripts: `python -m ui.export briefing --plans a,b --to FILE.pptx`, `python -m ui.export summary --own a --to
FILE.docx`, `python -m ui.export checklist --plan a --agency "Sở Nội vụ" --to FILE.docx`, `python -m ui.export letters
--plan a --kind assign --all --to FILE.zip`, `python -m ui.export package --to FILE.zip`; with `--preview` small pictures of the file in its place.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
from collections.abc import Collection, Sequence
from pathlib import Path

from rapidfuzz import fuzz, process
from streamlit.logger import set_log_level

from ui import data
from ui.export import checklist, deck, office, package, word
from ui.export.briefing import content
from ui.export.briefing.formats import ENDINGS, FORMATS, Format
from ui.export.letters import pack, papers
from ui.export.preview import show
from ui.words import labels
from ui.words.letters import slug

_ALL = "all"
_NEAREST = 3
"""So many offices are named to somebody who asked for one that the plan does not have."""


def main(arguments: list[str] | None = None) -> int:
    """0 when the file is written, whole; 2 and one sentence on standard error where it cannot be, before anything is
    read where that can be known. What is being read and written is told there as well.
    """
    chosen = _parser().parse_args(arguments)
    try:
        with labels.speaking(chosen.lang), content.telling(lambda words: print(words, file=sys.stderr)):
            _can_write(chosen)
            _can_preview(chosen)
            with office.wearing(_office(chosen), _template(chosen)):
                _COMMANDS[chosen.command](chosen)
    except (ValueError, OSError, data.NoDatabase) as trouble:
        print(trouble, file=sys.stderr)
        return 2
    except Exception as trouble:
        # a person reads this, and a program the code
        with labels.speaking(chosen.lang):
            print(labels.t("export.not_made", why=f"{type(trouble).__name__}: {trouble}"), file=sys.stderr)
        return 2
    print(_written(chosen, chosen.to))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ui.export", description="Xuất báo cáo từ cơ sở dữ liệu đã dựng.")
    commands = parser.add_subparsers(dest="command", required=True)
    briefing = commands.add_parser("briefing", help="báo cáo về một hay nhiều kế hoạch")
    summary = commands.add_parser("summary", help="tóm tắt một trang về một hay nhiều kế hoạch")
    for command in (briefing, summary):
        whose = command.add_mutually_exclusive_group()
        whose.add_argument("--plans", default="", help=f"mã kế hoạch, cách nhau bằng dấu phẩy; {_ALL} là tất cả")
        whose.add_argument("--own", default="", help="kế hoạch mà tệp nói về; các kế hoạch khác chỉ là nguồn")
        command.add_argument(
            "--against",
            default="",
            help="với --own: các kế hoạch cùng cấp để đối chiếu; để trống là mọi kế hoạch cùng cấp",
        )
        command.add_argument("--dims", default="", help="các nội dung 0–8, cách nhau bằng dấu phẩy; để trống là tất cả")
        command.add_argument(
            "--basis", choices=("heading", "content"), default="heading", help="đếm theo đề mục hay theo câu chữ"
        )
    briefing.add_argument(
        "--parts", default="", help=f"các phần, cách nhau bằng dấu phẩy; để trống là tất cả: {', '.join(content.PARTS)}"
    )
    briefing.add_argument(
        "--for",
        dest="reader",
        choices=("chair", "all"),
        default="chair",
        help="với .pptx: mười trang cho lãnh đạo, hay thêm Phụ lục có mọi thứ",
    )
    listed = commands.add_parser("checklist", help="việc một kế hoạch giao cho một cơ quan")
    listed.add_argument("--plan", required=True)
    listed.add_argument("--agency", required=True)
    letters = commands.add_parser("letters", help="công văn gửi các nơi được giao việc, hoặc tờ trình")
    letters.add_argument("--plan", required=True)
    letters.add_argument(
        "--kind", required=True, choices=papers.KINDS, help="giao việc, đôn đốc, hay một tờ trình cho cả kế hoạch"
    )
    whom = letters.add_mutually_exclusive_group()
    whom.add_argument("--all", action="store_true", help="mọi nơi, vào một thư mục hay một tệp .zip")
    whom.add_argument("--agency", help="chỉ một cơ quan, vào một tệp .docx")
    packed = commands.add_parser("package", help="toàn bộ dữ liệu, kèm giải thích và cách trích dẫn")
    packed.add_argument(
        "--without", default="", help="các bảng không đưa vào, cách nhau bằng dấu phẩy (scores khi công bố ra ngoài)"
    )
    for command in (briefing, summary, listed, letters, packed):
        command.add_argument("--lang", choices=("vi", "en"), default="vi")
        command.add_argument("--to", required=True, type=Path, help="tệp sẽ ghi; đuôi tệp cho biết định dạng")
        command.add_argument("--office", type=Path, help=f"hồ sơ cơ quan ban hành; nếu không có: {office.FILE.name}")
        command.add_argument("--template", type=Path, help="tệp .docx hay .pptx của cơ quan, để lấy kiểu chữ")
        command.add_argument(
            "--preview", action="store_true", help="ghi hình nhỏ của từng trang vào TỆP.html, thay cho tệp"
        )
    return parser


# Whose paper it is.


def _office(chosen: argparse.Namespace) -> office.Office:
    """The office whose paper it is; what its profile leaves blank is told."""
    if chosen.office is None and not office.FILE.exists():
        return office.Office()
    found = office.read(chosen.office or office.FILE)
    if chosen.office and (missing := found.missing()):
        print(labels.t("profile.missing", fields=", ".join(missing)), file=sys.stderr)
    return found


def _template(chosen: argparse.Namespace) -> Path | None:
    """The template that can be opened and is one for what is made; the styles or layouts that it lacks are told."""
    if chosen.template is None:
        return None
    file: Path = office.checked_template(chosen.template)
    made = "docx" if chosen.command == "letters" else chosen.to.suffix.lower().lstrip(".")
    if file.suffix.lower() != f".{made}":
        raise ValueError(labels.t("profile.template_other", file=file.name, made=f".{made}"))
    lacking = word.missing_styles(file) if made == "docx" else deck.missing_layouts(file)
    if lacking:
        said = labels.t(f"profile.template_lacks.{made}", file=file.name, styles=", ".join(lacking))
        print(said, file=sys.stderr)
    return file


# What is made.


def _briefing(chosen: argparse.Namespace) -> None:
    ending = _ending(chosen.to, ENDINGS)
    parts = _known(chosen.parts, content.PARTS, labels.t("export.part")) or content.PARTS
    _make(chosen, FORMATS["all" if ending == "pptx" and chosen.reader == "all" else ending], parts)


def _summary(chosen: argparse.Namespace) -> None:
    _ending(chosen.to, ("docx",))
    _make(chosen, FORMATS["summary"], content.PARTS)


def _make(chosen: argparse.Namespace, form: Format, parts: Sequence[str]) -> None:
    plans, against = _plans(chosen)
    dims = [int(dim) for dim in _known(chosen.dims, [str(dim) for dim in range(9)], labels.t("slides.dimension"))]
    shown = [part for part in form.parts if part in parts]
    made = content.make(plans, dims, shown, chosen.lang, data.Basis(chosen.basis), against)
    print(labels.t("export.writing", file=chosen.to.name), file=sys.stderr)
    _write(chosen, chosen.to, form.make(made))


def _plans(chosen: argparse.Namespace) -> tuple[list[str], list[str] | None]:
    """The plans that a file is about, and those that are only sources; None leaves these to the plan's level."""
    held, what = [plan.plan_id for plan in data.known_plans()], labels.t("common.plan_heading")
    if chosen.against and not chosen.own:
        raise ValueError(labels.t("export.against_whom"))
    if chosen.own:
        (own,) = _known(chosen.own, held, what)[:1] or [""]
        level = data.plan(own).level if own else ""
        alike = [plan.plan_id for plan in data.plans() if plan.is_read and plan.level == level and plan.plan_id != own]
        return [own], _known(chosen.against, alike, labels.t("export.same_level")) or None
    if not chosen.plans:
        raise ValueError(labels.t("export.no_plan", known=", ".join(held)))
    if chosen.plans == _ALL:
        return [plan.plan_id for plan in data.plans() if plan.stands()], None
    return _known(chosen.plans, held, what), None


def _checklist(chosen: argparse.Namespace) -> None:
    ending = _ending(chosen.to, checklist.ENDINGS)
    _is_read(chosen.plan)
    agency = _agency(chosen.plan, chosen.agency)
    _write(chosen, chosen.to, checklist.make(chosen.plan, agency, ending, chosen.lang))


def _letters(chosen: argparse.Namespace) -> None:
    _is_read(chosen.plan)
    if chosen.kind == "submit":
        if chosen.agency:
            raise ValueError(labels.t("letters.one_submission"))
        _ending(chosen.to, ("docx",))
        _write(chosen, chosen.to, pack.submission(chosen.plan))
    elif chosen.agency:
        _ending(chosen.to, ("docx",))
        _write(chosen, chosen.to, pack.one(chosen.plan, _agency(chosen.plan, chosen.agency), chosen.kind))
    elif not chosen.all:
        raise ValueError(labels.t("letters.to_whom"))
    elif chosen.to.suffix and not chosen.to.is_dir():
        _ending(chosen.to, ("zip",))
        _write(chosen, chosen.to, pack.zipped(chosen.plan, chosen.kind, _tell))
    else:
        chosen.to.mkdir(exist_ok=True)
        for name, made in pack.every(chosen.plan, chosen.kind, _tell):
            _write(chosen, chosen.to / name, made)


def _package(chosen: argparse.Namespace) -> None:
    _ending(chosen.to, ("zip",))
    _write(chosen, chosen.to, package.make(_known(chosen.without, [*package.described()], labels.t("export.table"))))


_COMMANDS = {
    "briefing": _briefing,
    "summary": _summary,
    "checklist": _checklist,
    "letters": _letters,
    "package": _package,
}


def _tell(at: int, n: int, addressee: str) -> None:
    print(labels.t("letters.telling", at=at, n=n, office=addressee), file=sys.stderr)


# What is asked for.


def _is_read(plan_id: str) -> None:
    _known(plan_id, [plan.plan_id for plan in data.plans() if plan.is_read], labels.t("common.plan_heading"))


def _agency(plan_id: str, asked: str) -> str:
    """The office of a plan that is meant: "so noi vu" is "Sở Nội vụ". ValueError with the nearest where it is none, and
    with both where it might be two.
    """
    offices = [row.agency for row in data.given_agencies(plan_id)]
    if asked in offices:
        return asked
    met = [one for one in offices if slug(one) == slug(asked)]
    if len(met) == 1:
        return met[0]
    folds = {one: slug(one) for one in met or offices}
    near = [name for _, _, name in process.extract(slug(asked), folds, scorer=fuzz.token_sort_ratio, limit=_NEAREST)]
    raise ValueError(labels.t("export.no_office", agency=asked, known="; ".join(near)))


def _ending(file: Path, offered: Collection[str]) -> str:
    ending = file.suffix.lstrip(".").lower()
    if ending not in offered:
        raise ValueError(labels.t("export.ending", file=file.name, known=", ".join(offered)))
    return ending


def _known(asked: str, offered: Collection[str], what: str) -> list[str]:
    """The names of a list with commas; ValueError with all that there are where one of them is not known."""
    names = [name.strip() for name in asked.split(",") if name.strip()]
    if wrong := [name for name in names if name not in offered]:
        raise ValueError(labels.t("export.unknown", what=what, wrong=", ".join(wrong), known=", ".join(offered)))
    return names


# Where it is written.


def _can_write(chosen: argparse.Namespace) -> None:
    """Told before the work, by trying: a folder that is not there, or that lets nobody write, and a folder where a file
    is to be.
    """
    folder = chosen.to if chosen.to.is_dir() else chosen.to.parent
    if chosen.to.is_dir() and not (chosen.command == "letters" and chosen.all):
        raise ValueError(labels.t("export.is_folder", file=str(chosen.to)))
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as trouble:
        raise ValueError(labels.t("export.unwritable", folder=str(folder), why=trouble.strerror or "")) from trouble


def _can_preview(chosen: argparse.Namespace) -> None:
    """Told before the work: only slides and pages have pictures, and only one file is looked at at a time."""
    if chosen.preview and chosen.to.suffix.lower().lstrip(".") not in show.ENDINGS:
        raise ValueError(labels.t("export.no_preview", file=chosen.to.name, known=", ".join(show.ENDINGS)))


def _written(chosen: argparse.Namespace, file: Path) -> Path:
    """What is written: the file, or the page of its pictures."""
    return file.with_name(f"{file.name}.html") if chosen.preview else file


def _pictures(file: Path, made: bytes) -> bytes:
    """The small pictures of a file as a page; how many and what stands on each is told."""
    ending = file.suffix.lower().lstrip(".")
    shown = show.pictures(made, ending)
    for line in (show.counted(ending, len(shown)), *(f"{at}. {one.title}" for at, one in enumerate(shown, 1))):
        print(line, file=sys.stderr)
    return show.page(shown, ending, file.name)


def _write(chosen: argparse.Namespace, file: Path, made: bytes) -> None:
    """The file is there whole, or as it was before: it is written beside its place and moved there."""
    if chosen.preview:
        file, made = _written(chosen, file), _pictures(file, made)
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{file.name[:60]}.", delete=False) as beside:
        try:
            beside.write(made)
            beside.close()
            os.chmod(beside.name, 0o666 & ~_umask())
            os.replace(beside.name, file)
        except BaseException:
            Path(beside.name).unlink(missing_ok=True)
            raise


def _umask() -> int:
    """What this process takes from the rights of a new file; there is no way to ask without setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


if __name__ == "__main__":
    # Streamlit warns at each look at a session that no page runs
    set_log_level(logging.ERROR)
    raise SystemExit(main())
