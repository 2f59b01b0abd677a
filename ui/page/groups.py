"""Groups of plans that a reader has given a name: a name for what the address says of which plans are counted.

In: the rule of the address, or a file of groups that somebody saved. Out: the groups of this session, each a button; the
file to take away. A link carries the name (`nhom`) beside the rule, and who opens it has the group too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import streamlit as st

from ui.page import address, write
from ui.words import labels

_KEPT = "kept.groups"
_MOST = 50
"""So many groups are kept."""
_LETTERS = 60
"""So long a name may be."""
_BYTES = 200_000
"""So large a file of groups may be."""
Rule = Mapping[str, str]


def _held() -> dict[str, dict[str, str]]:
    """The groups of this session: what each name stands for."""
    return st.session_state.setdefault(_KEPT, {})


def take(name: str, rule: Rule) -> None:
    """Keep the group that a link names, with what the link asks for."""
    if name.strip() and rule:
        keep(name, rule)


def keep(name: str, rule: Rule) -> None:
    """Keep a group under a name, in place of another that was called so; of too many the first goes."""
    held, name = _held(), " ".join(name.split())[:_LETTERS]
    held.pop(name, None)
    held[name] = dict(rule)
    while len(held) > _MOST:
        del held[next(iter(held))]


def called(rule: Rule) -> str | None:
    """What the reader calls these plans; None where they have no name."""
    return (
        next((name for name, held in reversed(_held().items()) if _meant(held) == _meant(rule)), None) if rule else None
    )


def _meant(rule: Rule) -> dict[str, frozenset[str]]:
    """A rule without the order of its values."""
    return {name: frozenset(said.split(",")) for name, said in rule.items()}


def written(held: Mapping[str, Rule]) -> bytes:
    """The file that holds these groups."""
    groups = [{"name": name, **rule} for name, rule in held.items()]
    return json.dumps({"groups": groups}, ensure_ascii=False, indent=2).encode()


def read(content: bytes, names: frozenset[str]) -> dict[str, dict[str, str]] | None:
    """The groups of such a file, of each only what a rule may say (`names`); None where it is no such file."""
    try:
        listed = json.loads(content.decode("utf-8-sig"))["groups"]
        found = {
            " ".join(group["name"].split())[:_LETTERS]: {
                name: value for name, value in group.items() if name in names and isinstance(value, str) and value
            }
            for group in listed[:_MOST]
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return {name: rule for name, rule in found.items() if name and rule} or None


def pick(rule: Rule, names: frozenset[str], put: Callable[..., None]) -> None:
    """The groups there are, what gives the plans in view a name, and the file to take away or to bring. `put` writes a rule
    into the address, whose parts have these `names`.
    """
    st.markdown(f"**{labels.t('groups.heading')}**")

    def choose(group: Rule) -> None:
        put(**{name: group.get(name) for name in names})

    def forget(name: str) -> None:
        del _held()[name]
        put()

    for at, (name, group) in enumerate(_held().items()):
        with st.container(horizontal=True, gap="small"):
            st.button(labels.md(name), key=f"choose.group.{at}", on_click=choose, args=(group,), wrap=True)
            st.button(
                "×",
                key=f"forget.group.{at}",
                type="tertiary",
                help=labels.t("groups.forget"),
                on_click=forget,
                args=(name,),
            )

    def store() -> None:
        if name := (st.session_state["groups.name"] or "").strip():
            keep(name, rule)
            st.session_state["groups.name"] = ""
            put()

    if rule:
        st.text_input(
            labels.t("groups.name"),
            key="groups.name",
            max_chars=_LETTERS,
            on_change=store,
            autocomplete="off",
            placeholder=labels.t("groups.example"),
        )
    else:
        write.line("small", labels.html("groups.none"))
    if _held():
        st.download_button(
            labels.t("groups.save"),
            written(_held()),
            "papi-nhom.json",
            "application/json",
            key="groups.save",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )
    brought = st.file_uploader(
        labels.t("groups.bring"), type="json", key=f"bring.group.{address.generation()}", max_upload_size=1
    )
    if brought is None:
        return
    found = read(brought.getvalue(), names) if brought.size <= _BYTES else None
    if found is None:
        write.line("note", labels.html("groups.bad"), role="status")
        return
    for name, group in found.items():
        keep(name, group)
    address.redraw()
    st.rerun()
