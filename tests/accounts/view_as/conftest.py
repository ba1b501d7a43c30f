"""Beginning a preview the way a person does."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.visitor import Visitor
from tracker.accounts.models import Account

Previewing = Callable[[str, str], Visitor]


@pytest.fixture
def preview(visit: Visitor, session: Session) -> Previewing:
    """`preview(one, other)` signs one in and begins a preview as the other."""

    def begin(username: str, reader: str) -> Visitor:
        browser = visit.sign_in(username)  # a preview is of one sign-in
        number = session.scalar(select(Account.id).filter_by(username=reader))
        page = browser.submit(browser.get("/preview?next=/meetings"), "/preview", reader=number)
        assert page.response.location == "/meetings"
        return browser

    return begin
