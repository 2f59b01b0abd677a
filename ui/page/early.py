"""What a browser is told with a page's empty shell, before any page is made: to fetch the part of Streamlit that draws
pictures.

Streamlit's own shell asks for that part when the first picture has come, and most of what a first picture waits for is its 5 MB.
In: the pages that draw one as soon as they are opened. Out: an ASGI middleware for `serve.py`.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui import ROOT

_WITHOUT_PICTURES = {"doc-ke-hoach", "bao-cao", "du-thao"}
"""Pages that draw none, or none before a reader has chosen something."""


class Early:
    """The link stands in the head of the answer, as one of the shell's own links would stand in it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.append("link", _link())
            await send(message)

        is_asked = scope["type"] == "http" and scope["path"].rpartition("/")[2] in _drawing() and _link()
        await self._app(scope, receive, told if is_asked else send)


@lru_cache(maxsize=1)
def _drawing() -> frozenset[str]:
    """The pages that draw a picture at once, as addresses name them; "" is the first."""
    named = {file.stem.partition("_")[2] for file in (ROOT / "pages").glob("[0-9]*_*.py")}
    return frozenset({"", *named} - _WITHOUT_PICTURES)


@lru_cache(maxsize=1)
def _link() -> str:
    """Where the part is, beside the shell's own; nothing where Streamlit's files have other names."""
    found = [file.name for file in (Path(st.__file__).parent / "static" / "static" / "js").glob("PlotlyChart.*.js")]
    return f"<./static/js/{found[0]}>; rel=modulepreload; crossorigin" if len(found) == 1 else ""
