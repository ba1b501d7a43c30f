"""Saved filters of lists."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.visitor import ADMIN, ADVISER, READER, SECRETARIAT, Page, Visitor
from tracker.accounts.models import Account
from tracker.core import clock
from tracker.core.actor import Classification
from tracker.lists.saved_filters.models import SavedFilter
from tracker.meetings.models import Meeting
from tracker.people.models import Person

pytestmark = pytest.mark.one_database
#: Built-in filters have a count, saved ones have none.
SAVED = ".tabs li:not(:has(.count)) a"


def save_filter(browser: Visitor, path: str, **changes: str) -> Page:
    """Follow the link in the bar above the list, and send the form."""
    href = browser.get(path).soup.select_one(".tabs a[href^='/views/new']")["href"]
    form = browser.get(href)
    return browser.submit(form, form.soup.select_one("main form[method=post]")["action"], **changes)


def test_a_view_is_saved_opened_renamed_and_deleted(visit: Visitor, session: Session) -> None:
    browser = visit.as_(ADVISER)

    stored = save_filter(browser, "/actions?watch=overdue&year=2026&page=x&evil=1", name="Terlambat")
    view = session.scalars(select(SavedFilter)).one()
    page = browser.follow(stored)

    assert view.query == "watch=overdue&year=2026"
    assert page.all_of(".tabs [aria-current]") == ["Terlambat"]
    edit, delete = f"/views/{view.id}/edit", f"/views/{view.id}/delete"
    assert browser.submit(browser.get(edit), edit, name="Lewat tenggat").status == 303
    assert "Lewat tenggat" in browser.get("/actions?stage=open").all_of(SAVED)
    browser.follow(browser.submit(browser.get(edit), delete))
    assert browser.get("/actions?view=all").all_of(SAVED) == []


def test_a_list_opens_with_its_default_view_and_links_to_all_rows(visit: Visitor, session: Session) -> None:
    browser = visit.as_(ADVISER)
    save_filter(browser, "/proposals?stage=open&year=2026", name="Terbuka", is_default="y")
    save_filter(browser, "/proposals?stage=closed", name="Tertutup", is_default="y")

    opened = browser.client.get("/proposals")

    assert (opened.status_code, opened.location) == (302, "/proposals?stage=closed")
    browser.get("/proposals?view=all")
    defaults = session.scalars(select(SavedFilter.name).where(SavedFilter.is_default)).all()
    assert defaults == ["Tertutup"]


def test_a_filter_of_the_audit_is_saved_and_opened(visit: Visitor) -> None:
    browser = visit.as_(ADMIN)

    page = browser.follow(save_filter(browser, "/audit?kind=action_item", name="Perubahan tindak lanjut"))

    assert page.path == "/audit?kind=action_item"
    assert page.all_of(".tabs [aria-current]") == ["Perubahan tindak lanjut"]


def test_views_are_private_until_the_secretariat_shares_one(visit: Visitor, session: Session) -> None:
    save_filter(visit.as_(ADVISER), "/meetings?year=2020", name="Punyaku")
    save_filter(visit.as_(SECRETARIAT), "/meetings?year=2020", name="Rapat 2020", is_shared="y")
    reader = visit.as_(READER)

    own = session.scalars(select(SavedFilter).filter_by(name="Punyaku")).one()
    shown = reader.get("/meetings?year=2020").all_of(SAVED)

    assert shown == ["Rapat 2020"]
    reader.get(f"/views/{own.id}/edit", 404)


def test_a_shared_view_that_names_a_hidden_row_is_hidden(visit: Visitor, session: Session) -> None:
    secretariat = visit.as_(SECRETARIAT)
    by = session.scalars(select(Account.id).filter_by(username=SECRETARIAT)).one()
    at = clock.now()
    session.add(
        Meeting(id=901, code="R-2026-901", name_id="Rapat", date=clock.today(), recorded_at=at, recorded_by_id=by)
    )
    session.flush()
    session.add(
        Person(id=9001, name="Murni Terlindungi", folded="murni terlindungi", aliases=[], made_in_meeting_id=901)
    )
    session.flush()
    save_filter(secretariat, "/actions?pic=9001", name="Milik Murni", is_shared="y")
    save_filter(secretariat, "/actions?unit=1", name="Unit satu", is_shared="y")
    reader = visit.as_(READER)
    assert reader.get("/actions?view=all").all_of(SAVED) == ["Milik Murni", "Unit satu"]

    session.execute(update(Account).filter_by(username=SECRETARIAT).values(clearance=Classification.TOP_SECRET))
    session.execute(update(Meeting).filter_by(id=901).values(classification=Classification.TOP_SECRET))

    assert reader.get("/actions?view=all").all_of(SAVED) == ["Unit satu"]
    assert "Milik Murni" in secretariat.get("/actions?view=all").all_of(SAVED)


def test_a_name_that_exists_is_refused(visit: Visitor) -> None:
    browser = visit.as_(ADVISER)
    save_filter(browser, "/actions?stage=open&year=2026", name="Terbuka")

    again = save_filter(browser, "/actions?stage=closed", name="terbuka")

    assert again.status == 422
    assert "nama ini" in " ".join(again.problems)


def test_a_reader_may_not_share(visit: Visitor) -> None:
    browser = visit.as_(READER)

    assert browser.get("/views/new?list=actions&stage=open").soup.select_one("[name=is_shared]") is None
    browser.get("/views/new?list=accounts", 404)
