"""Bulk changes: all or none, with conflicts detected, and undone as a whole."""

from datetime import date
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tests.visitor import READER, REVIEWER, SECRETARIAT, Page, Visitor
from tracker.actions.changes.models import BulkChange
from tracker.actions.changes.rules import parse_versions, write_versions
from tracker.actions.models import ActionItem, DueDateChange
from tracker.audit.models import Event

DAY = date(2027, 6, 30)


@pytest.fixture
def three(session: Session) -> list[ActionItem]:
    query = select(ActionItem).where(ActionItem.status == "in_progress", ActionItem.classification == "ordinary")
    return list(session.scalars(query.order_by(ActionItem.id).limit(3)))


def chosen_page(browser: Visitor, actions: list[ActionItem]) -> Page:
    return browser.get("/actions/bulk?" + urlencode([("action", action.id) for action in actions]))


def facts(actions: list[ActionItem], session: Session) -> list[tuple[object, ...]]:
    session.expire_all()
    return [(a.due_on, a.original_due_on, a.pic_id, a.responsible_unit_id) for a in actions]


def test_all_actions_change_and_their_number_is_shown(
    visit: Visitor, session: Session, three: list[ActionItem]
) -> None:
    browser = visit.as_(REVIEWER)

    answer = browser.submit(chosen_page(browser, three), "/actions/bulk", due_on=DAY, pic="1", reason="Rapat pimpinan")
    page = browser.follow(answer)

    assert "3 tindak lanjut diubah." in page.text_of(".flashes")
    assert {(due, pic) for due, _, pic, _ in facts(three, session)} == {(DAY, 1)}
    for action in three:
        reasons = session.scalars(select(Event.reason).filter_by(subject_id=action.id, verb="due_date_moved")).all()
        assert reasons[-1] == "Rapat pimpinan"


def test_undoing_restores_all_actions(visit: Visitor, session: Session, three: list[ActionItem]) -> None:
    browser, before = visit.as_(REVIEWER), facts(three, session)
    assert browser.submit(chosen_page(browser, three), "/actions/bulk", due_on=DAY, pic="1", reason="x").status == 303
    change_id = session.scalars(select(BulkChange.id)).one()
    address = f"/actions/bulk/{change_id}/undo"

    assert browser.submit(browser.get(address), address).status == 303
    again = browser.submit(browser.get(address), address)

    assert facts(three, session) == before
    assert again.status == 409
    undone = session.scalars(select(Event.subject_id).filter_by(verb="bulk_change_undone")).all()
    assert sorted(undone) == [action.id for action in three]
    withdrawn = session.scalars(select(DueDateChange.action_id).where(DueDateChange.withdrawn_at.is_not(None))).all()
    assert sorted(withdrawn) == [action.id for action in three]


def test_nothing_is_undone_if_one_action_is_no_longer_visible(
    visit: Visitor, session: Session, three: list[ActionItem]
) -> None:
    browser = visit.as_(REVIEWER)
    assert browser.submit(chosen_page(browser, three), "/actions/bulk", due_on=DAY, pic="1", reason="x").status == 303
    changed = facts(three, session)
    address = f"/actions/bulk/{session.scalars(select(BulkChange.id)).one()}/undo"
    page = browser.get(address)
    session.execute(update(ActionItem).filter_by(id=three[0].id).values(classification="top_secret"))

    answer = browser.submit(page, address)

    assert answer.status == 409
    assert facts(three, session) == changed


def test_nothing_is_undone_if_one_action_was_changed_since(
    visit: Visitor, session: Session, three: list[ActionItem]
) -> None:
    browser = visit.as_(REVIEWER)
    assert browser.submit(chosen_page(browser, three), "/actions/bulk", pic="1", reason="x").status == 303
    edit = f"/actions/{three[1].id}/edit"
    assert browser.submit(browser.get(edit), edit, text_en="Changed").status == 303
    number = session.scalars(select(BulkChange.id)).one()
    after, address = facts(three, session), f"/actions/bulk/{number}/undo"

    page = browser.submit(browser.get(address), address)

    assert page.status == 409
    assert facts(three, session) == after


def test_nothing_changes_if_somebody_else_edited_one_action_meanwhile(
    visit: Visitor, session: Session, three: list[ActionItem]
) -> None:
    browser, other = visit.as_(REVIEWER), visit.as_(SECRETARIAT)
    page, before = chosen_page(browser, three), facts(three, session)
    edit = f"/actions/{three[2].id}/edit"
    assert other.submit(other.get(edit), edit, text_en="Changed").status == 303

    conflict = browser.submit(page, "/actions/bulk", due_on=DAY, reason="x")

    assert conflict.status == 409
    assert facts(three, session) == before
    assert conflict.text.count("sudah diubah") >= 1
    assert browser.submit(conflict, "/actions/bulk").status == 303  # the user has seen the change and submits again
    assert {due for due, *_ in facts(three, session)} == {DAY}


def test_one_closed_action_prevents_the_whole_change(visit: Visitor, session: Session, three: list[ActionItem]) -> None:
    browser, before = visit.as_(REVIEWER), facts(three, session)
    closed = session.scalars(select(ActionItem).filter_by(status="cancelled").limit(1)).one()

    page = browser.submit(chosen_page(browser, [*three, closed]), "/actions/bulk", due_on=DAY, reason="x")

    assert page.status == 409
    assert facts(three, session) == before


def test_readers_cannot_change_in_bulk_and_nobody_undoes_changes_of_others(
    visit: Visitor, session: Session, three: list[ActionItem]
) -> None:
    visit.as_(READER).get("/actions/bulk", status=404)
    browser = visit.as_(REVIEWER)
    assert browser.submit(chosen_page(browser, three), "/actions/bulk", pic="1", reason="x").status == 303
    number = session.scalars(select(BulkChange.id)).one()

    visit.as_(SECRETARIAT).get(f"/actions/bulk/{number}/undo", status=404)


def test_all_open_actions_matching_the_filter_can_be_changed_and_undone(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    listed = browser.get("/actions?q=an&stage=open")
    count = listed.text_of(".pager").split()[0]
    link_to_all = next(link for link in listed.links if "/bulk/all" in link)

    page = browser.get(link_to_all)

    assert page.text_of("#chosen-heading .count") == count
    assert int(count) > len(listed.soup.select("tbody tr")) == 50  # more than one page
    before = session.execute(select(ActionItem.id, ActionItem.due_on).order_by(ActionItem.id)).all()
    answer = browser.submit(page, "/actions/bulk", due_on=DAY, reason="Penyesuaian")
    assert f"{count} tindak lanjut diubah." in browser.follow(answer).text_of(".flashes")
    session.expire_all()
    assert session.scalar(select(func.count()).select_from(ActionItem).filter_by(due_on=DAY)) == int(count)
    address = f"/actions/bulk/{session.scalars(select(BulkChange.id)).one()}/undo"
    assert browser.submit(browser.get(address), address).status == 303
    assert session.execute(select(ActionItem.id, ActionItem.due_on).order_by(ActionItem.id)).all() == before


@given(st.dictionaries(st.integers(1, 10**6), st.integers(1, 10**4)))
def test_written_versions_are_parsed_back(versions: dict[int, int]) -> None:
    assert parse_versions(write_versions(versions)) == versions


@given(st.text())
def test_parsing_malformed_versions_does_not_fail(text: str) -> None:
    assert all(action_id >= 0 and version >= 0 for action_id, version in parse_versions(text).items())
