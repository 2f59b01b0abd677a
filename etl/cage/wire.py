"""What a document's reader hands out of its process: dataclasses → JSON → the same dataclasses.

Nothing but JSON crosses, and every value is held against the type its field has: a process that a stranger's file has
taken over can say what it likes of its own document, and nothing else.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import orjson

from etl.model import Unread

T = TypeVar("T")


class Strange(Exception):
    """What was said is not what was asked for."""


def written(value: object) -> bytes:
    """A dataclass, or plain values, as JSON."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_NON_STR_KEYS)


def _plain(value: Any) -> Any:
    """Paths by their words, numbers of numpy as Python's own, the sentences of a refusal."""
    if isinstance(value, Unread):
        return {"vi": value.vi, "en": value.en, "plan": getattr(value, "plan", None)}
    return value.item() if hasattr(value, "item") else str(value)


def loaded(said: bytes) -> Any:
    """The plain values of some JSON. Raises Strange."""
    try:
        return orjson.loads(said)
    except orjson.JSONDecodeError as error:
        raise Strange(str(error)) from None


def understood(kind: type[T], value: Any) -> T:
    """A value of this type made of plain ones. Raises Strange where they do not fit."""
    try:
        return cast(T, _reader(kind)(value))  # type: ignore[arg-type]
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        raise Strange(f"{kind}: {error}") from None


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """What makes a value of a type."""
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        (one,) = (_reader(some) for some in inside if some is not type(None))
        return lambda value: None if value is None else one(value)
    if origin in (tuple, list):
        if origin is tuple and inside[-1:] != (Ellipsis,):
            each = [_reader(some) for some in inside]
            return lambda value: tuple(read(one) for read, one in zip(each, _is(list, value), strict=True))
        one = _reader(inside[0])
        return lambda value: origin([one(some) for some in _is(list, value)])
    if origin is dict:
        name, one = map(_reader, inside)
        return lambda value: {name(key): one(some) for key, some in _is(dict, value).items()}
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        make: Callable[..., Any] = kind
        hints = typing.get_type_hints(kind)
        fields = [(field.name, _reader(hints[field.name])) for field in dataclasses.fields(kind) if field.init]

        def made(value: Any) -> Any:
            held = _is(dict, value)
            return make(**{name: read(held[name]) for name, read in fields})

        return made
    if kind is Path:
        return lambda value: Path(_is(str, value))
    if kind is Unread:
        return lambda value: Unread(_is(str, value["vi"]), _is(str, value["en"]))
    if kind is float:
        return lambda value: float(_is((int, float), value))
    if kind in (str, int, bool):
        return lambda value: value if type(value) is kind else _is(kind, value)
    raise TypeError(kind)


def _is(kind: Any, value: Any) -> Any:
    if not isinstance(value, kind) or isinstance(value, bool) and kind is not bool:
        raise TypeError(f"{type(value).__name__} is no {kind}")
    return value
