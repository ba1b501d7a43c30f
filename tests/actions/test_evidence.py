"""A file attached as evidence counts when reporting, verifying and deciding in the weekly review."""

import io

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.reviews.steps import decide, open_review_of_week, this_week
from tests.visitor import PIC, REVIEWER, SECRETARIAT, Page, Visitor, filled
from tracker.accounts.models import Account
from tracker.actions.models import ActionItem
from tracker.reviews.models import Review, ReviewItem


def an_action(session: Session, **columns: object) -> ActionItem:
    """An action without evidence whose PIC has no account."""
    account_holders = select(Account.person_id).where(Account.person_id.is_not(None))
    query = (
        select(ActionItem)
        .filter_by(classification="ordinary", **columns)
        .where(ActionItem.pic_id.not_in(account_holders))
    )
    action = session.scalars(query.order_by(ActionItem.id).limit(1)).one()
    session.execute(update(ActionItem).where(ActionItem.id == action.id).values(evidence=None))
    session.expire_all()
    return action


def attach(browser: Visitor, action: ActionItem, kind: str | None = None) -> Page:
    address = f"/attachments/new?action={action.id}"
    form = browser.get(address).form(address)
    values = filled(form) | ({"kind": [kind]} if kind else {})
    values["file"] = [(io.BytesIO(b"Laporan kegiatan"), "bukti.txt")]
    return browser.post(str(form["action"]), values)


def test_the_file_is_offered_as_evidence_named_in_history_and_enough_to_verify(
    visit: Visitor, session: Session
) -> None:
    action = an_action(session, status="awaiting_verification")
    address = f"/actions/{action.id}/move/completed"
    before = visit.as_(REVIEWER).get(address)
    assert before.soup.select_one("#evidence").has_attr("required")

    attach(visit.as_(SECRETARIAT), action)

    browser = visit.as_(REVIEWER)
    shown = browser.get(f"/actions/{action.id}")
    assert "bukti.txt" in shown.text_of("#history")
    assert not any(len(word) == 64 for word in shown.text_of("#history").split())
    page = browser.get(address)
    assert not page.soup.select_one("#evidence").has_attr("required")
    assert "bukti.txt" in page.text_of("#reported")
    assert page.soup.select_one("#history li")
    assert browser.submit(page, address).status == 303
    session.refresh(action)
    assert action.status == "completed"


@pytest.mark.parametrize(("attached_as", "status"), [("evidence", 303), ("other", 422)])
def test_finished_work_needs_evidence_by_name_or_by_file(
    visit: Visitor, session: Session, attached_as: str, status: int
) -> None:
    action = an_action(session, status="in_progress")
    attach(visit.as_(SECRETARIAT), action, attached_as)
    browser, address = visit.as_(REVIEWER), f"/actions/{action.id}/report"

    page = browser.submit(browser.get(address), address, progress_note="Sudah dikerjakan", is_finished="y")

    assert page.status == status
    session.refresh(action)
    assert (action.status == "awaiting_verification") == (status == 303)


def test_the_weekly_review_accepts_the_file_and_shows_missing_evidence_at_its_field(
    visit: Visitor, session: Session
) -> None:
    browser = visit.as_(REVIEWER)
    action = an_action(session, status="awaiting_verification")
    open_review_of_week(browser)
    item = session.scalars(
        select(ReviewItem).join(Review).where(Review.status == "open", ReviewItem.action_id == action.id)
    ).one()
    stop = f"{this_week()}/queue/{item.id}"

    refused = decide(browser, browser.get(stop), "done")

    assert refused.status == 422
    assert refused.soup.select_one("#error-summary a")["href"] == "#done-evidence"
    attach(visit.as_(SECRETARIAT), action)
    page = browser.get(stop)
    assert "Data dukung sudah ada" in page.text_of("#done-evidence-hint")
    assert "bukti.txt" in page.text_of(".facts")
    assert decide(browser, page, "done").status == 303
    session.refresh(action)
    assert action.status == "completed"


def test_evidence_typed_for_a_decision_that_stores_none_comes_back(visit: Visitor, session: Session) -> None:
    browser = visit.as_(REVIEWER)
    action = an_action(session, status="in_progress")
    open_review_of_week(browser)
    item = session.scalars(
        select(ReviewItem).join(Review).where(Review.status == "open", ReviewItem.action_id == action.id)
    ).one()
    stop = f"{this_week()}/queue/{item.id}"

    refused = decide(browser, browser.get(stop), "goes_on", evidence="Notula rapat koordinasi")

    assert refused.status == 422
    assert "Data dukung hanya dicatat" in refused.text_of("#error-summary")
    assert refused.soup.select_one("[name=evidence]")["value"] == "Notula rapat koordinasi"
    assert decide(browser, browser.get(stop), "goes_on").status == 303


def test_a_removed_file_does_not_count_as_evidence(visit: Visitor, session: Session) -> None:
    action = an_action(session, status="awaiting_verification")
    browser, address = visit.as_(SECRETARIAT), f"/actions/{action.id}/move/completed"
    attach(browser, action)
    removal = browser.get(f"/actions/{action.id}").soup.select_one("#attachments form[action$='/remove']")
    browser.post(str(removal["action"]), filled(removal))

    reviewer = visit.as_(REVIEWER)

    assert reviewer.submit(reviewer.get(address), address).status == 422


def test_evidence_is_the_first_kind_of_file_offered_to_a_pic(visit: Visitor, session: Session) -> None:
    person = session.scalar(select(Account.person_id).filter_by(username=PIC))
    action = session.scalars(select(ActionItem).filter_by(pic_id=person).limit(1)).one()

    address = f"/attachments/new?action={action.id}"

    form = visit.as_(PIC).get(address).form(address)

    assert filled(form)["kind"] == ["evidence"]


def test_a_report_brings_its_evidence_along_as_a_file(visit: Visitor, session: Session) -> None:
    action = an_action(session, status="in_progress")
    browser, address = visit.as_(SECRETARIAT), f"/actions/{action.id}/report"
    typed = {"progress_note": "Sudah dikerjakan", "is_finished": "y"}
    assert browser.submit(browser.get(address), address, **typed).status == 422

    form = filled(browser.get(address).form(address)) | {name: [words] for name, words in typed.items()}
    refused = browser.post(address, form | {"file": [(io.BytesIO(b"MZ"), "bukti.exe")]})
    assert refused.status == 422
    assert filled(refused.form(address))["progress_note"] == ["Sudah dikerjakan"]
    assert browser.post(address, form | {"file": [(io.BytesIO(b"Laporan kegiatan"), "bukti.txt")]}).status == 303

    page = browser.get(f"/actions/{action.id}")
    assert "bukti.txt" in page.text_of("#attachments")
    assert "Menunggu verifikasi" in page.text
