"""What is said where a plan assigns in an annex: its body and its annex counted apart, since the tasks of one name no
lead and those of the other do.
"""

from __future__ import annotations

from markupsafe import Markup

from ui import data
from ui.data.coverage import PlanLayers
from ui.words import labels
from ui.words.markup import filled
from ui.words.remember import remember

_MOST = 3
"""So many plans have a sentence each; more have one together."""


@remember
def said(plan_ids: tuple[str, ...]) -> list[str]:
    """The sentences on the plans among these that have two layers, plain text; [] where none has."""
    found = data.layer_sum(plan_ids)
    if found.plans > _MOST:
        bare = found.body - found.body_with_lead
        return [
            labels.t(
                "layers.many", n=found.plans, body=found.body, bare=bare, annex=found.annex, led=found.annex_with_lead
            )
        ]
    return [_one(row) for row in data.layers(plan_ids)] if found.plans else []


def aside(plan_ids: tuple[str, ...], *more: str) -> Markup:
    """The same sentences and `more`, small behind an answer, as markup; empty where there is nothing to say."""
    sentences = [*said(plan_ids), *more]
    return filled('<span class="small">{}</span>', " ".join(sentences)) if sentences else Markup()


def _one(row: PlanLayers) -> str:
    led = (
        labels.t("layers.every_led")
        if row.annex_with_lead == row.annex
        else labels.t("layers.led", n=row.annex_with_lead)
    )
    bare = row.body - row.body_with_lead
    head = labels.t("layers.bare", n=bare) if bare else labels.t("layers.body_led")
    return labels.t(
        "layers.said",
        plan=labels.pick(data.plan(row.plan_id), "short"),
        body=row.body,
        head=head,
        annex=row.annex,
        led=led,
    )
