"""Texts that were decided on change only by a correction, on every page that can edit them."""

import io
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.elements import parsed
from tests.visitor import DECISION_MAKER, READER, REVIEWER, SECRETARIAT, Page, Visitor, filled
from tracker.accounts.models import Account, AccountRole
from tracker.actions.models import ActionItem
from tracker.attachments.models import Attachment
from tracker.audit.models import Event
from tracker.core.actor import Role
from tracker.corrections.models import Decidable
from tracker.meetings.models import Meeting, Statement, StatementProposal
from tracker.proposals.models import Proposal

pytestmark = pytest.mark.one_database

#: A text with quotes, double spaces and a line break, which must be stored unchanged.
AFTER = "Menyusun pedoman “satu pintu”  untuk DUA RATUS orang\ndi tiga kantor"
WHY = "Jumlahnya salah dicatat"


@dataclass
class Case:
    """A decidable table with a decided status and the account that decides."""

    model: type[Any]
    folder: str
    status: str
    column: str
    judge: str


CASES = [
    pytest.param(Case(Proposal, "proposals", "approved", "gist_id", DECISION_MAKER), id="proposal"),
    pytest.param(Case(ActionItem, "actions", "completed", "text_id", REVIEWER), id="action"),
]


def decided(session: Session, case: Case) -> Any:
    account_holders = select(Account.person_id).where(Account.person_id.is_not(None))
    query = select(case.model).filter_by(status=case.status, classification="ordinary", corrected_at=None)
    if case.model is ActionItem:
        query = query.where(ActionItem.pic_id.not_in(account_holders))
    return session.scalars(query.order_by(case.model.id).limit(1)).one()


def correct(browser: Visitor, case: Case, row: Decidable, **fields: str) -> Page:
    path = f"/{case.folder}/{row.id}/edit"
    return browser.submit(browser.get(path), path, **fields)


def corrections(session: Session, row: Decidable) -> list[Event]:
    criteria = {"subject": row.__tablename__, "subject_id": row.id, "verb": "corrected"}
    return list(session.scalars(select(Event).filter_by(**criteria).order_by(Event.id)))


def answer(browser: Visitor, case: Case, row: Decidable, act: str) -> Page:
    path = f"/{case.folder}/{row.id}/correction/{act}"
    return browser.submit(browser.get(path), path, note="Sudah dibaca")


@pytest.mark.parametrize("case", CASES)
def test_a_correction_needs_a_reason_and_keeps_both_texts_until_confirmed(
    visit: Visitor, session: Session, case: Case
) -> None:
    row, secretary = decided(session, case), visit.as_(SECRETARIAT)
    before = getattr(row, case.column)

    refused = correct(secretary, case, row, **{case.column: AFTER})

    assert (refused.status, len(refused.problems)) == (422, 1)
    assert filled(refused.form(f"/{case.folder}/{row.id}/edit"))[case.column] == [AFTER]
    session.refresh(row)
    assert (getattr(row, case.column), row.corrected_at) == (before, None)

    page = secretary.follow(correct(secretary, case, row, **{case.column: AFTER}, correction_reason=WHY))

    session.expire_all()
    [event] = corrections(session, row)
    assert (event.reason, event.details["texts"]) == (WHY, {case.column: {"before": before, "after": AFTER}})
    assert getattr(row, case.column) == AFTER
    assert row.status == case.status
    for username in (SECRETARIAT, READER):
        page = visit.as_(username).get(f"/{case.folder}/{row.id}")
        assert WHY in page.text_of("#correction")
        assert "DUA RATUS" in page.text_of("#history")
    assert "/correction/confirm" not in "".join(page.links)

    judge = visit.as_(case.judge)
    assert row.code in judge.get("/waiting").text_of("#waits-correction")
    assert answer(judge, case, row, "confirm").status == 303

    session.expire_all()
    assert (row.corrected_at, getattr(row, case.column)) == (None, AFTER)
    assert row.code not in judge.get("/waiting").text_of("#waits-correction")
    shown = judge.get(f"/{case.folder}/{row.id}")
    assert not shown.text_of("#correction")
    assert "DUA RATUS" in shown.text_of("#history")


@pytest.mark.parametrize("case", CASES)
def test_withdrawing_corrections_restores_the_text_that_was_decided_on(
    visit: Visitor, session: Session, case: Case
) -> None:
    row, secretary = decided(session, case), visit.as_(SECRETARIAT)
    before = getattr(row, case.column)
    for text in ("Perubahan pertama", AFTER):
        assert correct(secretary, case, row, **{case.column: text}, correction_reason=WHY).status == 303

    assert answer(secretary, case, row, "put-back").status == 303

    session.expire_all()
    assert (getattr(row, case.column), row.corrected_at) == (before, None)
    assert secretary.get(f"/{case.folder}/{row.id}").status == 200
    secretary.get(f"/{case.folder}/{row.id}/correction/put-back", 404)


@pytest.mark.parametrize("case", CASES)
def test_whoever_corrected_never_confirms_and_is_not_asked_to(visit: Visitor, session: Session, case: Case) -> None:
    row, role = decided(session, case), case.model.judged_by
    account = session.scalars(select(Account).filter_by(username=SECRETARIAT)).one()
    session.add(AccountRole(account_id=account.id, role=role))
    session.commit()
    secretary = visit.as_(SECRETARIAT)
    correct(secretary, case, row, **{case.column: AFTER}, correction_reason=WHY)

    secretary.get(f"/{case.folder}/{row.id}/correction/confirm", 404)
    assert row.code not in secretary.get("/waiting").text_of("#waits-correction")
    shown = secretary.get(f"/{case.folder}/{row.id}")
    assert "/correction/confirm" not in "".join(shown.links)


def test_an_undecided_proposal_is_edited_without_a_reason(visit: Visitor, session: Session) -> None:
    proposal = session.scalars(select(Proposal).filter_by(status="submitted", classification="ordinary").limit(1)).one()
    case, secretary = CASES[0].values[0], visit.as_(SECRETARIAT)

    assert not secretary.get(f"/proposals/{proposal.id}/edit").soup.select_one("#correction_reason")
    assert (
        secretary.submit(
            secretary.get(f"/proposals/{proposal.id}/edit"), f"/proposals/{proposal.id}/edit", gist_id=AFTER
        ).status
        == 303
    )
    session.refresh(proposal)
    assert (corrections(session, proposal), proposal.corrected_at) == ([], None)
    assert Role.DECISION_MAKER is case.model.judged_by


def test_texts_of_a_correction_are_hidden_with_the_row(visit: Visitor, session: Session) -> None:
    case: Case = CASES[0].values[0]
    row = decided(session, case)
    correct(visit.as_(SECRETARIAT), case, row, gist_id="Lindungi saksi Kamboja", correction_reason="Karena Kamboja")
    session.expire_all()
    row.classification = "top_secret"
    session.commit()
    reader, judge = visit.as_(READER), visit.as_(DECISION_MAKER)

    reader.get(f"/proposals/{row.id}", 404)
    reader.get(f"/proposals/{row.id}/correction/confirm", 404)
    for path in ("/search?q=Kamboja", "/waiting", "/proposals"):
        assert "saksi Kamboja" not in reader.get(path).text
    assert "saksi Kamboja" not in judge.get("/waiting").text


def test_reopening_by_somebody_else_answers_a_correction(visit: Visitor, session: Session) -> None:
    case: Case = CASES[1].values[0]
    account = session.scalars(select(Account).filter_by(username=SECRETARIAT)).one()
    session.add(AccountRole(account_id=account.id, role=Role.REVIEWER))
    session.commit()
    for username, is_answered in ((SECRETARIAT, False), (REVIEWER, True)):
        row = decided(session, case)
        correct(visit.as_(SECRETARIAT), case, row, text_id=AFTER, correction_reason=WHY)
        browser, path = visit.as_(username), f"/actions/{row.id}/move/in_progress"

        assert browser.submit(browser.get(path), path, reason="Dibuka kembali").status == 303

        session.expire_all()
        assert (row.status, row.corrected_at is None) == ("in_progress", is_answered)


def link_in_open_minutes(session: Session) -> StatementProposal:
    return session.scalars(
        select(StatementProposal)
        .join(StatementProposal.statement)
        .join(Statement.meeting)
        .where(StatementProposal.bearing == "raises", Meeting.locked_at.is_(None), Statement.removed_at.is_(None))
        .where(Meeting.classification == "ordinary", Statement.classification == "ordinary")
        .order_by(StatementProposal.statement_id)
        .limit(1)
    ).one()


def test_a_correction_in_the_live_minutes_needs_a_reason(visit: Visitor, session: Session) -> None:
    link = link_in_open_minutes(session)
    proposal = session.get_one(Proposal, link.proposal_id)
    proposal.status = "approved"
    session.commit()
    secretary, path = visit.as_(SECRETARIAT), f"/meetings/minutes/lines/{link.statement_id}"
    before = proposal.title_id

    def save_title(**more: str) -> Any:
        form = parsed(secretary.quiet(path).json["html"]).select_one("form.editor")
        return secretary.quiet(path, **filled(form) | {"title": "Judul yang lain", **more})

    refused = save_title()
    assert refused.status_code == 422
    assert "correction_reason" in refused.json["html"]
    session.refresh(proposal)
    assert proposal.title_id == before

    assert save_title(correction_reason=WHY).json["outcome"] == "stored"
    session.expire_all()
    assert [event.reason for event in corrections(session, proposal)] == [WHY]


def test_removing_evidence_of_a_verified_action_needs_a_reason_and_can_be_undone(
    visit: Visitor, session: Session
) -> None:
    case: Case = CASES[1].values[0]
    action, secretary = decided(session, case), visit.as_(SECRETARIAT)
    home = f"/actions/{action.id}"
    attaching = f"/attachments/new?action={action.id}"
    form = secretary.get(attaching).form(attaching)
    file = [(io.BytesIO(b"Berita acara"), "bukti.txt")]
    assert secretary.post(str(form["action"]), filled(form) | {"file": file, "kind": ["evidence"]}).status == 303
    [attachment] = session.scalars(select(Attachment).filter_by(action_id=action.id, removed_at=None))
    path = f"/attachments/{attachment.id}/remove"

    refused = secretary.submit(secretary.get(path), path)
    assert (refused.status, len(refused.problems)) == (422, 1)
    assert secretary.submit(secretary.get(path), path, correction_reason=WHY).status == 303

    session.expire_all()
    assert attachment.removed_at == action.corrected_at is not None
    judge = visit.as_(REVIEWER)
    assert action.code in judge.get("/waiting").text_of("#waits-correction")
    shown = judge.get(home).text_of("#correction")
    assert "bukti.txt" in shown
    assert WHY in shown
    assert answer(judge, case, action, "put-back").status == 303
    session.expire_all()
    assert (attachment.removed_at, action.corrected_at) == (None, None)
    assert "bukti.txt" in judge.get(home).text_of("#attachments")


def test_rewording_the_line_that_decides_records_both_texts(visit: Visitor, session: Session) -> None:
    link = link_in_open_minutes(session)
    proposal, line = session.get_one(Proposal, link.proposal_id), session.get_one(Statement, link.statement_id)
    proposal.status, link.bearing, line.kind = "approved", "decides", "decision"
    session.commit()
    secretary, path, before = visit.as_(SECRETARIAT), f"/meetings/minutes/lines/{line.id}", line.gist_id

    form = parsed(secretary.quiet(path).json["html"]).select_one("form.editor")
    assert secretary.quiet(path, **filled(form) | {"gist_id": AFTER}).json["outcome"] == "stored"

    [event] = session.scalars(select(Event).filter_by(subject="proposal", verb="decision_reworded"))
    assert event.details["texts"] == {"gist_id": {"before": before, "after": AFTER}}
    assert event.mentions == [f"statement:{line.id}"]
    assert "DUA RATUS" in visit.as_(READER).get(f"/proposals/{proposal.id}").text_of("#history")
