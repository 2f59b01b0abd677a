"""A province in words, with what kind it is: "tỉnh Bắc Kạn", "thành phố Cần Thơ"."""

from __future__ import annotations

from ui import data
from ui.words import labels
from ui.words.remember import remember


def province(name: str) -> str:
    """A province as it was while PAPI measured it: "tỉnh Thừa Thiên Huế"."""
    return _said(name, _kinds()[0].get(name, "province"))


def province_now(name: str) -> str:
    """A province of today: "thành phố Huế"."""
    return _said(name, _kinds()[1].get(name, "province"))


def _said(name: str, kind: str) -> str:
    return labels.t(f"places.{kind}", name=name.removeprefix("Thành phố "))


@remember
def _kinds() -> tuple[dict[str, str], dict[str, str]]:
    """The kinds of provinces by name, as they were and as they are."""
    listed = data.provinces()
    return {one.province: one.kind for one in listed}, {one.province_now: one.kind_now for one in listed}
