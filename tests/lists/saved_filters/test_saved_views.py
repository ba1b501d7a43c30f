"""A filter kept under a name: one's own, of the list's own parameters, first of its list if one likes."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.visitor import ADVISER, READER, SECRETARIAT, Page, Visitor
from tracker.lists.saved_filters.models import SavedView


def keep(browser: Visitor, path: str, **changes: str) -> Page:
    """Follow the bar's own link from the list, and send its form."""
    way = browser.get(path).soup.select_one(".views a[href^='/views/new']")["href"]
    form = browser.get(way)
    return browser.submit(form, form.soup.select_one("main form[method=post]")["action"], **changes)


def test_a_filter_is_kept_opened_renamed_and_forgotten(visit: Visitor, session: Session) -> None:
    browser = visit.as_(ADVISER)

    stored = keep(browser, "/actions?watch=overdue&page=x&evil=1", name="Terlambat")
    view = session.scalars(select(SavedView)).one()
    page = browser.follow(stored)

    assert view.query == "watch=overdue"
    assert page.all_of(".views [aria-current]") == ["Terlambat"]
    edit, delete = f"/views/{view.id}/edit", f"/views/{view.id}/delete"
    assert browser.submit(browser.get(edit), edit, name="Lewat tenggat").status == 303
    assert "Lewat tenggat" in browser.get("/actions?stage=open").all_of(".views a")
    browser.follow(browser.submit(browser.get(edit), delete))
    assert browser.get("/actions?view=all").all_of(".views a") == ["Semuanya"]


def test_the_default_opens_the_list_and_everything_is_one_click_away(visit: Visitor, session: Session) -> None:
    browser = visit.as_(ADVISER)
    keep(browser, "/proposals?stage=open", name="Terbuka", is_default="y")
    keep(browser, "/proposals?stage=closed", name="Tertutup", is_default="y")

    opened = browser.client.get("/proposals")

    assert (opened.status_code, opened.location) == (302, "/proposals?stage=closed")
    browser.get("/proposals?view=all")
    defaults = session.scalars(select(SavedView.name).where(SavedView.is_default)).all()
    assert defaults == ["Tertutup"]


def test_views_are_private_until_the_secretariat_shares_one(visit: Visitor, session: Session) -> None:
    keep(visit.as_(ADVISER), "/meetings?year=2020", name="Punyaku")
    keep(visit.as_(SECRETARIAT), "/meetings?year=2020", name="Rapat 2020", is_shared="y")
    reader = visit.as_(READER)

    own = session.scalars(select(SavedView).filter_by(name="Punyaku")).one()
    shown = reader.get("/meetings?year=2020").all_of(".views a")

    assert shown == ["Semuanya", "Rapat 2020"]
    reader.get(f"/views/{own.id}/edit", 404)


def test_the_same_name_twice_comes_back_with_the_form(visit: Visitor) -> None:
    browser = visit.as_(ADVISER)
    keep(browser, "/actions?stage=open", name="Terbuka")

    again = keep(browser, "/actions?stage=closed", name="terbuka")

    assert again.status == 422
    assert "nama ini" in " ".join(again.problems)


def test_a_reader_may_not_share(visit: Visitor) -> None:
    browser = visit.as_(READER)

    assert browser.get("/views/new?list=actions&stage=open").soup.select_one("[name=is_shared]") is None
    browser.get("/views/new?list=accounts", 404)
