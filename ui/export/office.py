"""The office that issues a paper: what it is called, how it signs, to whom copies go; and whose styles its files wear.

In: a file that an official fills in (`data/office.toml`), or the fields of a page; a Word or PowerPoint file of the
office's own. Out: an `Office`, worn by what is made inside `wearing`. What is not filled in is a marked blank in the
file, and nothing is made up.
"""

from __future__ import annotations

import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ui import ROOT
from ui.export import plain
from ui.words import labels

FILE = (ROOT / "data" / "office").with_suffix(".toml")
"""The office's own file: with blanks as shipped, read where no other is named."""
BLANK = "………"
"""What stands where somebody has to write."""
NO_OFFICE = ("-", "–")
"""Said as the higher office: there is none, as with a people's committee."""
TEMPLATES = ("docx", "pptx")
_PICTURES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
_MOST_PICTURE, _MOST_TEMPLATE = 2_000_000, 50_000_000
"""Bytes of a logo, and of all that a template unpacks to."""


@dataclass(frozen=True)
class Office:
    """Who issues a paper; a field is "" or () where nobody has filled it in.

    `name` and `above` as a letterhead writes them; `short` and `drafter` are the letters of a number (UBND, NC);
    `signature` is the lines above the signer's name ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"); `recipients` are the lines
    under "Nơi nhận"; `submit_to` is whom it submits and reports to; `logo` is a picture for slides.
    """

    name: str = ""
    above: str = ""
    place: str = ""
    short: str = ""
    drafter: str = ""
    signature: tuple[str, ...] = ()
    signer: str = ""
    recipients: tuple[str, ...] = ()
    submit_to: str = ""
    logo: Path | None = None

    def missing(self) -> list[str]:
        """The fields that are not filled in, in words; a logo nobody has to have."""
        return [labels.t(f"profile.{field}") for field in FIELDS if not getattr(self, field)]

    def said(self, field: str) -> str:
        """A field, or a blank to be filled in."""
        return getattr(self, field) or BLANK

    @property
    def is_under(self) -> bool:
        """Whether a higher office stands over its name."""
        return self.above not in NO_OFFICE


LISTS = ("signature", "recipients")
"""The fields of several lines."""
FIELDS = tuple(field.name for field in fields(Office) if field.name != "logo")
"""What a page asks for: a picture stays a matter of the office's own file."""
_WORN: ContextVar[tuple[Office, Path | None]] = ContextVar("office", default=(Office(), None))


@contextmanager
def wearing(office: Office, template: Path | None = None) -> Iterator[None]:
    """Inside this block, or a function that it decorates, files are the office's own, in the styles of its template."""
    token = _WORN.set((office, template))
    try:
        yield
    finally:
        _WORN.reset(token)


def worn() -> Office:
    """The office whose papers are being made."""
    return _WORN.get()[0]


def template(ending: str) -> Path | None:
    """The file whose styles are worn, where it is of this kind."""
    file = _WORN.get()[1]
    return file if file and file.suffix.lower() == f".{ending}" else None


def read(file: Path) -> Office:
    """The office of a file. Raises ValueError, in a sentence, where a line is none of ours or says what it cannot."""
    try:
        # Notepad writes a mark before the first letter
        said = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as trouble:
        raise ValueError(labels.t("profile.not_read", file=file.name, why=str(trouble))) from trouble
    except OSError as trouble:
        raise ValueError(labels.t("profile.no_file", file=str(file))) from trouble
    return of(said, file)


def of(said: Mapping[str, Any], file: Path) -> Office:
    """The same of fields that are read already; a logo is named from where the file stands."""
    known = [*FIELDS, "logo"]
    for field, value in said.items():
        if field not in known:
            near = get_close_matches(field, known, 3) or known
            raise ValueError(labels.t("profile.unknown", file=file.name, field=field, known=", ".join(near)))
        if not _is_right(field, value):
            raise ValueError(labels.t("profile.wrong", file=file.name, field=field))
    filled: dict[str, Any] = {
        field: tuple(filter(None, map(plain.text, value))) if field in LISTS else plain.text(value)
        for field, value in said.items()
    }
    if logo := filled.pop("logo", ""):
        filled["logo"] = _picture(file.parent / logo)
    return Office(**filled)


def _is_right(field: str, value: object) -> bool:
    """Whether a field is words, or a list of words where it has several lines."""
    if field in LISTS:
        return isinstance(value, list | tuple) and all(isinstance(line, str) for line in value)
    return isinstance(value, str)


def _picture(file: Path) -> Path:
    """A logo that slides can show: PNG or JPEG, and not too big."""
    if not file.is_file():
        raise ValueError(labels.t("profile.no_file", file=str(file)))
    with file.open("rb") as opened:
        first = opened.read(8)
    if not any(first.startswith(sign) for sign in _PICTURES) or file.stat().st_size > _MOST_PICTURE:
        raise ValueError(labels.t("profile.no_picture", file=file.name))
    return file


def checked_template(file: Path) -> Path:
    """A template that can be opened: a Word or PowerPoint file of a sane size. Raises ValueError, in a sentence.

    Only the command takes one: it is the officer's own file. A page would open what a stranger sends.
    """
    if file.suffix.lower().lstrip(".") not in TEMPLATES:
        raise ValueError(labels.t("export.ending", file=file.name, known=", ".join(TEMPLATES)))
    if not file.is_file():
        raise ValueError(labels.t("profile.no_file", file=str(file)))
    try:
        with zipfile.ZipFile(file) as parts:
            unpacked, names = sum(part.file_size for part in parts.infolist()), parts.namelist()
    except (zipfile.BadZipFile, OSError) as trouble:
        raise ValueError(labels.t("profile.no_template", file=file.name)) from trouble
    inner = {".docx": "word/styles.xml", ".pptx": "ppt/presentation.xml"}[file.suffix.lower()]
    if unpacked > _MOST_TEMPLATE or inner not in names:
        raise ValueError(labels.t("profile.no_template", file=file.name))
    return file


def toml(office: Office) -> str:
    """The office as its file, for somebody who has filled it in on a page; each field under its name in words."""
    lines = []
    for field in FIELDS:
        value = getattr(office, field)
        said = f"[{', '.join(map(_quoted, value))}]" if field in LISTS else _quoted(value)
        lines.append(f"# {labels.t(f'profile.{field}')}: {labels.t(f'profile.{field}.help')}\n{field} = {said}\n")
    return "\n".join(lines)


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
