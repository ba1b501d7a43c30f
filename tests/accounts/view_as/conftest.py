"""Starts previews through the pages."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.visitor import Visitor
from tracker.accounts.models import Account

Previewing = Callable[[str, str], Visitor]


@pytest.fixture
def preview(visit: Visitor, session: Session) -> Previewing:
    """`preview(username, reader)` signs `username` in and starts a preview as `reader`."""

    def begin(username: str, reader: str) -> Visitor:
        browser = visit.sign_in(username)  # a preview belongs to one sign-in, so no shared cookie
        reader_id = session.scalar(select(Account.id).filter_by(username=reader))
        page = browser.submit(browser.get("/preview?next=/meetings"), "/preview", reader=reader_id)
        assert page.response.location == "/meetings"
        return browser

    return begin
