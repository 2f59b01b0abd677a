"""frame: what stands around every page."""

from __future__ import annotations

import gc
import weakref

from streamlit.runtime import runtime

from ui.page import frame


class _Held:
    """Something that holds itself, as what a session leaves behind often does."""

    def __init__(self) -> None:
        self.itself = self


def test_what_lives_when_a_page_ends_is_out_of_the_collectors_sight():
    frame._settle()
    hidden = gc.get_freeze_count()
    alive = [[] for _ in range(1000)]
    frame._settle()
    assert gc.get_freeze_count() >= hidden + len(alive)


def test_a_sweep_finds_again_what_only_holds_itself():
    held = _Held()
    gone = weakref.ref(held)
    frame._settle()
    del held
    gc.collect()
    assert gone() is not None
    frame._sweep.clear()
    frame._settle()
    assert gone() is None


def test_streamlit_rests_between_two_rounds_of_sending_as_long_as_pages_ask_it_to():
    assert "MESSAGE_FLUSH_INTERVAL_SECS" in runtime.Runtime._loop_coroutine.__code__.co_names
    assert runtime.MESSAGE_FLUSH_INTERVAL_SECS == 0.001
