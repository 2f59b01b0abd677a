"""What is made once for a build, a language and some arguments, and then shared by all readers.

In: a function that draws or words something from `ui.data` and `ui.words.labels`. Out: the same function, whose results are
kept until the build or the labels change. Nobody may change what it gives back.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from ui import data
from ui.data.kept import kept
from ui.words import labels

P = ParamSpec("P")
R = TypeVar("R")
_MAKERS: dict[str, Callable[..., Any]] = {}


@kept(8192)
def _kept(build: str, name: str, words: int, lang: str, args: tuple[Any, ...]) -> Any:
    return _MAKERS[name](*args)


@kept(256)
def _kept_few(build: str, name: str, words: int, lang: str, args: tuple[Any, ...]) -> Any:
    return _MAKERS[name](*args)


def _on(shelf: Callable[..., Any], make: Callable[P, R]) -> Callable[P, R]:
    name = f"{make.__module__}.{make.__qualname__}"
    _MAKERS[name] = make

    @wraps(make)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        return shelf(data.build().path, name, labels.changed(), labels.lang(), args)

    return asked


def remember(make: Callable[P, R]) -> Callable[P, R]:
    """Decorator for functions of hashable positional arguments. One cache serves them all and is told their names;
    Streamlit's own would take longer to find some of the small things that are kept here than it takes to make them.
    """
    return _on(_kept, make)


def remember_few(make: Callable[P, R]) -> Callable[P, R]:
    """The same for what is large, such as a long list of markup: only the last ones are kept."""
    return _on(_kept_few, make)
