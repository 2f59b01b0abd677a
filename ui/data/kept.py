"""What is made once for a build and then shared by all its readers: a cache for each build, that goes when the build
does.

In: a function whose first argument is the path of a build. Out: the same function, which remembers. A draft is a build
of one reader's own, so nothing of it may outlive that reader's session: `forget` drops all that was made for it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar, TypeVarTuple

Ts = TypeVarTuple("Ts")
R = TypeVar("R")
C = TypeVar("C")
_SHELVES: list[dict[str, Callable]] = []
_TEXTS: list = []


def kept(most: int) -> Callable[[Callable[[str, *Ts], R]], Callable[[str, *Ts], R]]:
    """Decorator: remember the last `most` results for each build. Arguments are hashable and given by position; nobody
    may change a result.
    """

    def decorate(make: Callable[[str, *Ts], R]) -> Callable[[str, *Ts], R]:
        shelves: dict[str, Callable] = {}
        _SHELVES.append(shelves)

        @wraps(make)
        def asked(path: str, *arguments: *Ts) -> R:
            shelf = shelves.get(path)
            if shelf is None:
                shelf = shelves.setdefault(path, lru_cache(maxsize=most)(make))
            return shelf(path, *arguments)

        return asked

    return decorate


def texts(cached: C) -> C:
    """Decorator over `lru_cache`: what is remembered by its text alone, whichever build that is from, goes whenever a
    build goes.
    """
    _TEXTS.append(cached)
    return cached


def forget(path: str) -> None:
    """Drop all that is remembered of a build."""
    for shelves in _SHELVES:
        shelves.pop(path, None)
    for cached in _TEXTS:
        cached.cache_clear()


def paths() -> set[str]:
    """The builds of which anything is remembered."""
    return {path for shelves in _SHELVES for path in list(shelves)}
