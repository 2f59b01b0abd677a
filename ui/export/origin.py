"""Where a file leads back to: the address of the view that it was asked for on.

In: an address, for as long as a file is being made. Out: the line that says it, and whether some words end in it, which
a workbook and a document of Word then make a link of. A file that a command makes leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from ui.words import labels

_ADDRESS: ContextVar[str] = ContextVar("address", default="")


@contextmanager
def asked_at(address: str) -> Iterator[None]:
    """Files that are made meanwhile lead back to this address; "" leads nowhere."""
    token = _ADDRESS.set(address if address.startswith(("http://", "https://")) else "")
    try:
        yield
    finally:
        _ADDRESS.reset(token)


def said() -> list[str]:
    """The line that leads back, or none."""
    address = _ADDRESS.get()
    return [f"{labels.t('common.back_here')} {address}"] if address else []


def link_of(words: str) -> str:
    """The address that these words end in, or ""."""
    address = _ADDRESS.get()
    return address if address and words.endswith(f" {address}") else ""
