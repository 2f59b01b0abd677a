"""Places in words: a province with what kind it is ("tỉnh Bắc Kạn", "thành phố Cần Thơ"), and where a plan's place has
been since 1 July 2025.
"""

from __future__ import annotations

from ui import data
from ui.data.plans import Plan
from ui.words import labels
from ui.words.remember import remember

_KINDS = {"commune": "xã ", "ward": "phường ", "zone": "đặc khu "}
"""The kinds of communes, as their names in the table begin."""


def province(name: str) -> str:
    """A province as it was while PAPI measured it: "tỉnh Thừa Thiên Huế"."""
    return _said(name, _kinds()[0].get(name, "province"))


def province_now(name: str) -> str:
    """A province of today: "thành phố Huế"."""
    return _said(name, _kinds()[1].get(name, "province"))


def has_moved(plan: Plan) -> bool:
    """Whether a plan's place is part of another since 1 July 2025, or its level is gone."""
    return bool(plan.communes_now) or plan.level == "district" or plan.province != plan.province_now


def now(plan: Plan) -> str:
    """Where a plan's place has been since 1 July 2025: "nay thuộc xã Bản Liền, tỉnh Lào Cai". A district has no
    successor; where a commune has gone in parts each is named, and where no table says it, only its province is.
    """
    province, communes = province_now(plan.province_now), plan.communes_now or ()
    if len(communes) > 1:
        return labels.t(
            "places.now_parts", communes=labels.names([commune(one) for one in communes]), province=province
        )
    if communes:
        return labels.t("places.now_commune", commune=commune(communes[0]), province=province)
    return labels.t("places.now_no_district" if plan.level == "district" else "places.now", province=province)


def commune(name: str) -> str:
    """ "xã Bản Liền", in English "Bản Liền commune"."""
    kind = next((kind for kind in _KINDS if name.startswith(_KINDS[kind])), None)
    return labels.t(f"places.{kind}", name=name.removeprefix(_KINDS[kind])) if kind else name


def _said(name: str, kind: str) -> str:
    return labels.t(f"places.{kind}", name=name.removeprefix("Thành phố "))


@remember
def _kinds() -> tuple[dict[str, str], dict[str, str]]:
    """The kinds of provinces by name, as they were and as they are."""
    listed = data.provinces()
    return {one.province: one.kind for one in listed}, {one.province_now: one.kind_now for one in listed}
