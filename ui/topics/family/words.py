"""What is said of a plan beside an earlier one: the answer, the title of the picture, what changed of a task.

In: a `Family`, or its fates and links. Out: sentences in the reader's language, and the words of two texts marked where they
differ.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

from markupsafe import Markup

from carried import CHANGES
from ui import data
from ui.data.family import PlanLink
from ui.data.plans import Plan
from ui.topics.family.comparison import STATES, Family, Fate, links
from ui.words import labels, units
from ui.words.markup import filled, joined
from ui.words.plans import plan_name

_FEW = 3
"""So many tasks are quoted in the answer."""
_LETTERS = 80
"""So many letters of a task are quoted there."""
_MOST_WORDS = 600
"""Longer texts are not compared word by word."""
_PIECE = re.compile(r"(?:\w+|[^\w\s]+)\s*|\s+")
"""A word or signs, with the blanks behind them."""


def name(plan: Plan) -> str:
    return labels.pick(plan, "short")


def dim_name(dim: str, *, short: bool = True) -> str:
    return units.topic_name(None if dim == "x" else int(dim), None, short=short)


def state_name(found: Family, state: str) -> str:
    """What a state is called; of an amendment nothing is dropped that it does not speak of."""
    return labels.t(f"family.state.{_key(found, state)}")


def _key(found: Family, state: str) -> str:
    return "stands" if state == "gone" and found.is_amendment else state


def answer(found: Family) -> Markup:
    """The answer as markup: which share is last year's word for word, how many changed and in what, what is gone and new,
    and what the few that are gone say.
    """
    plan, earlier = name(found.plan), name(found.earlier)
    same = found.count("same")
    said = [
        labels.html(
            "family.answer_same" if same else "family.answer_none",
            n=same,
            share=labels.percent(same, found.tasks),
            tasks=found.tasks,
            plan=plan,
            earlier=earlier,
        )
        if found.tasks
        else labels.html("family.answer_no_task", plan=plan)
    ]
    if found.years:
        said.append(labels.html("family.answer_years", n=found.years))
    changed = found.count("changed")
    if changed:
        said.append(labels.html("family.answer_changed", n=changed, how=_how(found)))
    said.append(labels.html("family.answer_new", n=found.count("new")))
    gone = found.of("gone")
    said.append(labels.html(f"family.answer_{_key(found, 'gone')}", n=len(gone), earlier=earlier))
    if 0 < len(gone) <= _FEW and not found.is_amendment:
        said.append(labels.html("family.answer_which", texts=labels.names([_short(fate) for fate in gone])))
    return Markup(" ").join(said)


def missing(plan: Plan, earlier: Plan | None) -> str:
    """Why two plans cannot be set side by side, in a sentence; "" where they can."""
    if not plan.is_read:
        return labels.t("family.not_read", plan=name(plan))
    if earlier is None:
        return labels.t("family.no_earlier", plan=name(plan))
    if not earlier.is_read:
        return labels.t("family.not_read", plan=name(earlier))
    return ""


def cautions(found: Family) -> list[str]:
    """What has to be known of two plans before their counts are read."""
    plan, earlier = found.plan, found.earlier
    said = [labels.t("family.one_file")] if found.is_one_file else []
    if found.link is None:
        said.append(labels.t("family.by_hand"))
    if earlier.year and plan.year and earlier.year > plan.year:
        said.append(labels.t("family.backwards", plan=name(plan), earlier=name(earlier)))
    if plan.level != earlier.level:
        said.append(labels.t("compare.levels", plans=labels.names([plan_name(plan), plan_name(earlier)])))
    return said


def _how(found: Family) -> str:
    counted = found.changes()
    said = [labels.t(f"family.counted.{change}", n=counted[change]) for change in CHANGES if counted[change]]
    return ", ".join(said)


def _short(fate: Fate) -> str:
    text = fate.unit.text
    cut = text if len(text) <= _LETTERS else text[: text.rfind(" ", 0, _LETTERS)] + " …"
    return labels.t("family.quoted", text=cut)


def title(found: Family) -> str:
    """The finding over the picture. Rule: half of the tasks and more are the same → their share; else how many are new or
    changed; nothing carried over → that.
    """
    same, changed, tasks = found.count("same"), found.count("changed"), found.tasks
    if not same + changed:
        return labels.t("family.finding_none", earlier=name(found.earlier))
    if 2 * same >= tasks:
        return labels.t("family.finding_same", share=labels.percent(same, tasks), earlier=name(found.earlier))
    return labels.t("family.finding_other", n=tasks - same, tasks=tasks, earlier=name(found.earlier))


def alt(found: Family) -> str:
    """The picture for those who do not see it: the finding, and its sums."""
    sums = "; ".join(f"{state_name(found, state)}: {found.count(state)}" for state in STATES)
    return labels.t("family.alt", title=title(found), rows=sums)


def parts(found: Family) -> dict[str, str]:
    """The states as a reader chooses them."""
    return {state: state_name(found, state) for state in STATES}


def changes(fate: Fate) -> str:
    """What changed of a unit that is carried over, in words; of one that stands alone how near the nearest comes."""
    if fate.changes:
        return ", ".join(labels.t(f"family.change.{change}") for change in fate.changes)
    if fate.nearest:
        return labels.t("family.nearest", n=fate.likeness)
    return "" if fate.earlier and fate.later else labels.t("family.nothing_near")


# Links.


def cited(link: PlanLink) -> str:
    """The document that a link means: "15/KH-UBND (20/01/2021)"; in words where its number is not said."""
    if link.number is None:
        return labels.t("family.unnumbered")
    day = f" ({labels.day(link.issued)})" if link.issued else ""
    return f"{link.number}{day}"


def relations(plan: Plan) -> list[tuple[str, str, int | None]]:
    """What a plan says of earlier ones, whether they are held or not, in a sentence, a quote and its line; and how it stands
    itself.
    """
    told: list[tuple[str, str, int | None]] = []
    for link in links(plan.plan_id):
        if link.quote:
            key = f"family.says_{link.kind}" if link.earlier_id else "family.not_held"
            told.append((labels.t(key, cited=cited(link)), labels.t("family.quoted", text=link.quote), link.line))
    (one,) = data.standings((plan.plan_id,))
    if one.standing in ("replaced", "amended"):
        told.append((labels.t("family.standing_note", standing=standing(plan.plan_id)), "", None))
    return told


def link_name(link: PlanLink) -> str:
    """How a plan is linked to another, and by what."""
    how = labels.t(f"family.kind.{link.kind}")
    if link.basis == "issuer":
        return f"{how} {labels.t('family.basis.issuer', n=link.title_likeness or 0)}"
    said = link.quote or ""
    return f"{how} {labels.t(f'family.basis.{link.basis}', line=str(link.line or ''), quote=said)}"


def standing(plan_id: str) -> str:
    """How a plan stands, by the documents that are held."""
    (one,) = data.standings((plan_id,))
    by = plan_name(data.plan(one.by_id)) if one.by_id else ""
    return labels.t(f"family.standing.{one.standing}", by=by)


# Words that differ.


def pieces(before: str, after: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Two texts in pieces, each with whether only one of them has it; the blanks behind such a piece stand apart."""
    mine, theirs = (_PIECE.findall(unicodedata.normalize("NFC", text)) for text in (before, after))
    if max(len(mine), len(theirs)) > _MOST_WORDS:
        return [(before, False)], [(after, False)]
    left_bare, right_bare = ([piece.strip().lower() for piece in some] for some in (mine, theirs))
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for kind, a, b, c, d in SequenceMatcher(None, left_bare, right_bare, autojunk=False).get_opcodes():
        for side, text in ((left, "".join(mine[a:b])), (right, "".join(theirs[c:d]))):
            bare = text.rstrip()
            if kind == "equal" or not bare:
                side.append((text, False))
            else:
                side += [(bare, True), (text[len(bare) :], False)]
    return left, right


def differing(before: str, after: str) -> tuple[Markup, Markup]:
    """Two texts with the words marked that only one of them has: `del` in the earlier, `ins` in the later."""
    left, right = pieces(before, after)
    return _marked("del", left), _marked("ins", right)


def _marked(tag: str, said: list[tuple[str, bool]]) -> Markup:
    mark = f"<{tag}>{{}}</{tag}>"
    return joined(filled(mark, text) if differs else text for text, differs in said)
