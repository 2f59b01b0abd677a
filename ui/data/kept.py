"""What is made once for a build and then shared by all its readers: a cache for each build, that goes when the build
does.

In: a function whose first argument is the path of a build. Out: the same function, which remembers. A draft is a build
of one reader's own, so nothing of it may outlive that reader's session: `forget` drops all that was made for it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sized
from functools import lru_cache, wraps
from typing import Any, TypeVar, TypeVarTuple

Ts = TypeVarTuple("Ts")
K = TypeVar("K", bound=Hashable)
R = TypeVar("R")
C = TypeVar("C")
_SHELVES: list[dict[str, Any]] = []
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


def _size(answer: object) -> int:
    """How much an answer holds: a row counts once, what holds several with all of them."""
    return 1 + len(answer) if isinstance(answer, Sized) and not isinstance(answer, (str, Mapping)) else 1


def kept_apart(
    most: int, size: Callable[[Any], int] = _size
) -> Callable[
    [Callable[[str, tuple[K, ...], *Ts], Mapping[K, R]]], Callable[[str, tuple[K, ...], *Ts], dict[K, R | None]]
]:
    """Decorator for a function that is asked about several things at once and answers each by itself: what is known of one is
    not asked again, whatever others it is asked with. What has no answer is None, and that is remembered too. Once the
    answers of a build hold more than `most`, by the `size` of each, they are gathered anew.
    """

    def decorate(
        make: Callable[[str, tuple[K, ...], *Ts], Mapping[K, R]],
    ) -> Callable[[str, tuple[K, ...], *Ts], dict[K, R | None]]:
        shelves: dict[str, dict[tuple[K, tuple[*Ts]], R | None]] = {}
        sizes: dict[str, int] = {}
        _SHELVES.extend((shelves, sizes))

        @wraps(make)
        def asked(path: str, things: tuple[K, ...], *arguments: *Ts) -> dict[K, R | None]:
            shelf = shelves.setdefault(path, {})
            known = {thing: shelf[thing, arguments] for thing in things if (thing, arguments) in shelf}
            if lacking := tuple(thing for thing in things if thing not in known):
                found = make(path, lacking, *arguments)
                new = {(thing, arguments): found.get(thing) for thing in lacking}
                held, more = sizes.get(path, 0), sum(map(size, new.values()))
                if held + more > most:
                    shelves[path], held = new, 0
                else:
                    shelf.update(new)
                sizes[path] = held + more
                known |= {thing: found.get(thing) for thing in lacking}
            return {thing: known[thing] for thing in things}

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
