"""Links that are none any more are refused with one and the same page, and change nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.reply_links.links import own_action, sent, stranger
from tests.security.stage import fingerprint, plain
from tests.visitor import PIC, SECRETARIAT, Visitor
from tracker.accounts.models import Account
from tracker.actions import commands as actions
from tracker.actions import queries
from tracker.actions.changes import commands as changes
from tracker.actions.commands import Promise, Report
from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.classification import commands as classification
from tracker.core import clock
from tracker.core.actor import Actor, Classification, Role, acting
from tracker.core.db import db
from tracker.core.settings import current_settings
from tracker.notifications.rules import stop_token
from tracker.people.models import Person
from tracker.proposals.rules import NotActionableReason
from tracker.reply_links.models import ReplyLink
from tracker.reply_links.routes import throttle
from tracker.reply_links.rules import LASTS, Purpose

pytestmark = pytest.mark.one_database

#: Somebody who had no part in the action.
REVIEWING = Actor(account_id=None, name="Penelaah", roles=frozenset({Role.REVIEWER, Role.SECRETARIAT}))
VALUES = {
    Purpose.REPORT: {"progress_note": "Sudah dibahas"},
    Purpose.FINISH: {"progress_note": "Selesai", "evidence": "Surat"},
    Purpose.ASK_DATE: {"asked_for": (clock.today() + timedelta(days=3)).isoformat(), "reason": "Menunggu"},
}
Step = Callable[[ActionItem], object]


def reported(action: ActionItem) -> object:
    report = Report(on=clock.today(), progress_note="Lewat halaman")
    return actions.report_progress(action, report, by=REVIEWING, at=clock.now())


def asked(action: ActionItem) -> object:
    return changes.ask_due_date(action, clock.today() + timedelta(days=5), "Lewat", by=REVIEWING, at=clock.now())


def moved(action: ActionItem) -> None:
    promise = Promise(due_on=clock.today() + timedelta(days=9), reason="Disepakati", agreed_by="Ketua")
    actions.move_due_date(action, promise, by=REVIEWING, at=clock.now())


def handed_over(action: ActionItem) -> None:
    other = db.session.scalars(select(Person.id).where(Person.id != action.pic_id).order_by(Person.id)).first()
    changes.reassign(action, pic_id=other, responsible_unit_id=action.responsible_unit_id, reason="Mutasi",
                     by=REVIEWING, at=clock.now())  # fmt: skip


def handed_over_and_back(action: ActionItem) -> None:
    pic = action.pic_id
    handed_over(action)
    changes.reassign(action, pic_id=pic, responsible_unit_id=action.responsible_unit_id, reason="Kembali",
                     by=REVIEWING, at=clock.now())  # fmt: skip


def closed(action: ActionItem) -> None:
    actions.move_action(action, ActionStatus.NOT_ACTIONABLE, reason="Tidak ada", evidence=None, by=REVIEWING,
                        reason_code=NotActionableReason.OTHER, at=clock.now())  # fmt: skip


def finished(action: ActionItem) -> None:
    actions.move_action(action, ActionStatus.AWAITING_VERIFICATION, reason=None, evidence="Surat", by=REVIEWING,
                        at=clock.now())  # fmt: skip


def classified(action: ActionItem) -> None:
    classification.classify(action, Classification.RESTRICTED, "Data pribadi", by=REVIEWING, at=clock.now())


#: What overtakes links, and which of them.
OVERTAKES: dict[str, tuple[Step, set[Purpose]]] = {
    "reported on the page": (reported, {Purpose.REPORT}),
    "asked on the page": (asked, {Purpose.ASK_DATE}),
    "due date moved": (moved, set(Purpose)),
    "handed over": (handed_over, set(Purpose)),
    "handed over and back": (handed_over_and_back, set(Purpose)),
    "closed": (closed, set(Purpose)),
    "finished": (finished, set(Purpose)),
    "classified": (classified, set(Purpose)),
}


def within(app: Flask, action: ActionItem, step: Step) -> None:
    with app.test_request_context(), acting(REVIEWING):
        step(queries.in_full(action.id, to_change=True))
        db.session.commit()


def assert_refused(visit: Visitor, session: Session, path: str, values: dict[str, str]) -> None:
    before, unknown = fingerprint(session), f"/reply/{'A' * 100}"

    answers = [(unknown, stranger(visit).client.get(unknown)), (path, stranger(visit).client.get(path)),
               (unknown, stranger(visit).client.post(unknown, data=values)),
               (path, stranger(visit).client.post(path, data=values))]  # fmt: skip

    assert {answer.status_code for _, answer in answers} == {404}
    assert len({plain(answer, tried) for tried, answer in answers}) == 1
    assert "Tautan ini tidak berlaku lagi" in answers[1][1].text
    assert fingerprint(session) == before


@pytest.mark.parametrize("why", OVERTAKES)
def test_overtaken_links_are_refused_and_the_others_work(visit: Visitor, session: Session, why: str) -> None:
    action, (step, overtaken) = own_action(session), OVERTAKES[why]
    paths = sent(visit.app, action)

    within(visit.app, action, step)

    ended = session.scalars(select(ReplyLink).filter_by(ended_as="overtaken")).all()
    assert {link.purpose for link in ended} == overtaken
    for purpose, path in paths.items():
        if purpose in overtaken:
            assert_refused(visit, session, path, VALUES[purpose])
        else:
            stranger(visit).get(path)


@pytest.mark.parametrize("purpose", Purpose)
def test_a_used_link_is_refused_to_its_reader_and_to_whom_it_was_forwarded(
    visit: Visitor, session: Session, purpose: Purpose
) -> None:
    path, reader = sent(visit.app, own_action(session))[purpose], stranger(visit)
    form = reader.get(path)
    assert reader.submit(form, path, **VALUES[purpose]).status == 200

    assert session.scalars(select(ReplyLink.ended_as).filter_by(purpose=purpose)).one() == "used"
    assert reader.submit(form, path, **VALUES[purpose]).status == 404  # replayed
    assert_refused(visit, session, path, VALUES[purpose])


def test_altered_links_and_keys_for_something_else_are_refused(visit: Visitor, session: Session) -> None:
    action = own_action(session)
    path = sent(visit.app, action)[Purpose.REPORT]
    with visit.app.test_request_context():
        other = f"/reply/{stop_token(1, current_settings().secret_key)}"

    for altered in (
        f"{path[:-3]}AA=",
        path[:60] + ("-" if path[60] != "-" else "_") + path[61:],
        f"/reply/{path[7:].upper()}",
        other,
    ):
        assert_refused(visit, session, altered, VALUES[Purpose.REPORT])


def test_expired_links_are_refused(visit: Visitor, session: Session) -> None:
    path = sent(visit.app, own_action(session))[Purpose.REPORT]

    with time_machine.travel(clock.now() + LASTS - timedelta(minutes=1)):
        stranger(visit).get(path)
    with time_machine.travel(clock.now() + LASTS):
        assert_refused(visit, session, path, VALUES[Purpose.REPORT])


def test_links_of_a_closed_account_are_refused(visit: Visitor, session: Session) -> None:
    path = sent(visit.app, own_action(session))[Purpose.REPORT]
    session.execute(update(Account).filter_by(username=PIC).values(is_active=False))
    session.commit()

    assert_refused(visit, session, path, VALUES[Purpose.REPORT])


def test_the_secretariat_revokes_one(visit: Visitor, session: Session) -> None:
    action = own_action(session)
    paths, browser = sent(visit.app, action), visit.as_(SECRETARIAT)
    page = browser.get(f"/actions/{action.id}")
    [first, *_] = [str(form["action"]) for form in page.soup.select("#reply-links form")]

    assert browser.submit(page, first).status == 303

    assert_refused(visit, session, paths[Purpose.REPORT], VALUES[Purpose.REPORT])
    stranger(visit).get(paths[Purpose.FINISH])
    assert browser.post(first, {"csrf_token": browser.token()}).status == 404
    assert len(browser.get(f"/actions/{action.id}").soup.select("#reply-links form")) == 2


def test_a_link_sent_again_is_the_same_and_lasts_longer(visit: Visitor, session: Session) -> None:
    action = own_action(session)
    first = sent(visit.app, action)
    with time_machine.travel(clock.now() + timedelta(days=7)):
        again = sent(visit.app, action)

    assert session.query(ReplyLink).count() == 3
    with time_machine.travel(clock.now() + LASTS + timedelta(days=1)):
        assert stranger(visit).get(first[Purpose.REPORT]).heading == stranger(visit).get(again[Purpose.REPORT]).heading


def test_what_was_typed_comes_back_with_the_refusal(visit: Visitor, session: Session) -> None:
    action = own_action(session)
    path, reader = sent(visit.app, action)[Purpose.REPORT], stranger(visit)
    reader.get(path)
    within(visit.app, action, reported)

    typed, own = {"progress_note": "Rapat sudah dua kali"}, {"Sec-Fetch-Site": "same-origin"}
    refused = reader.client.post(path, data=typed, headers=own)

    assert refused.status_code == 404
    assert "Rapat sudah dua kali" in refused.text


def test_guessing_comes_to_an_end_and_closes_no_real_link(visit: Visitor, session: Session) -> None:
    path = sent(visit.app, own_action(session))[Purpose.REPORT]
    with visit.app.test_request_context():
        for _ in range(59):
            throttle.count_failure(unknown="127.0.0.0/24")
            db.session.commit()

    assert [stranger(visit).client.post("/reply/x").status_code for _ in range(2)] == [404, 429]
    assert stranger(visit).client.get("/reply/x").status_code == 429
    assert stranger(visit).get(path).heading


def test_nothing_large_is_read_for_what_is_no_link(visit: Visitor) -> None:
    """Files are read only for those who hold a link."""
    answer = stranger(visit).client.post("/reply/x", data={"file": (b"x" * 200_000).decode()})

    assert answer.status_code == 404
