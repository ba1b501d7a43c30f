"""People act once a page is loaded. Before that its scripts do not listen yet, and going to an anchor takes the focus.

A busy machine is between the two for long enough that a key gets lost now and then.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

ACTIONS = (
    "check", "click", "drag_to", "fill", "focus", "press", "press_sequentially", "select_option", "set_input_files",
    "uncheck",
)  # fmt: skip


def _once_loaded(act: Callable[..., Any], page_of: Callable[[Any], Page]) -> Callable[..., Any]:
    @wraps(act)
    def acting(self: Any, *args: Any, **kwargs: Any) -> Any:
        page_of(self).wait_for_load_state()
        return act(self, *args, **kwargs)

    return acting


@contextmanager
def acting_once_loaded() -> Iterator[None]:
    owners: tuple[tuple[type, Callable[[Any], Page]], ...] = (
        (Page, lambda page: page),
        (Locator, lambda locator: locator.page),
    )
    with pytest.MonkeyPatch.context() as patch:
        for owner, page_of in owners:
            for name in ACTIONS:
                if hasattr(owner, name):
                    patch.setattr(owner, name, _once_loaded(getattr(owner, name), page_of))
        for name in ("keyboard", "mouse"):
            patch.setattr(Page, name, property(_once_loaded(getattr(Page, name).fget, lambda page: page)))
        yield
