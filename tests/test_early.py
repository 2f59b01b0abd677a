"""What a browser is told with a page's empty shell: which pages it is told on, and that what it is told is there."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import house
import pytest
import streamlit

from ui.page.early import Early
from ui.page.frame import MENU


def told(path: str, content: str = "text/html; charset=utf-8") -> list[str]:
    """The links in the head of an answer for a path, under the shell that Streamlit answers every page's address with."""
    sent: list[dict[str, Any]] = []

    async def shell(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", content.encode())]})

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Early(shell)({"type": "http", "path": path}, None, send))  # type: ignore[arg-type]
    return [value.decode() for name, value in sent[0]["headers"] if name == b"link"]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("file", [file for _, file in MENU])
def test_a_page_that_draws_a_picture_when_it_is_opened_has_what_draws_it_fetched(file):
    """Whether the page beside an earlier plan draws one depends on the plans; it is told all the same."""
    at = house.app(file)
    at.run()
    name = "" if file == "app.py" else Path(file).stem.partition("_")[2]
    assert bool(told(f"/{name}")) == (bool(at.get("plotly_chart")) or name == "nam-truoc")


def test_what_is_fetched_is_streamlits_own():
    (link,) = told("/any/folder/ai-lam")
    place, rest = link.removeprefix("<.").split(">")
    assert (Path(streamlit.__file__).parent / "static" / place.removeprefix("/")).is_file()
    assert rest == "; rel=modulepreload; crossorigin"
    assert told("/static/js/ai-lam", "text/javascript") == [] and told("/another") == []
