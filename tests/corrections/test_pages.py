"""What was decided on changes only as a correction: through every door, with both texts, and back to who decides."""

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

#: No quote of it is rounded, trimmed or joined.
AFTER = "Menyusun pedoman “satu pintu”  untuk DUA RATUS orang\ndi tiga kantor"
WHY = "Jumlahnya salah dicatat"


@dataclass
class Case:
    """One kind of thing that is decided on."""

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
    own = select(Account.person_id).where(Account.person_id.is_not(None))
    found = select(case.model).filter_by(status=case.status, classification="ordinary", corrected_at=None)
    if case.model is ActionItem:
        found = found.where(ActionItem.pic_id.not_in(own))
    return session.scalars(found.order_by(case.model.id).limit(1)).one()


def correct(browser: Visitor, case: Case, thing: Decidable, **fields: str) -> Page:
    path = f"/{case.folder}/{thing.id}/edit"
    return browser.submit(browser.get(path), path, **fields)


def corrections(session: Session, thing: Decidable) -> list[Event]:
    wanted = {"subject": thing.__tablename__, "subject_id": thing.id, "verb": "corrected"}
    return list(session.scalars(select(Event).filter_by(**wanted).order_by(Event.id)))


def answer(browser: Visitor, case: Case, thing: Decidable, act: str) -> Page:
    path = f"/{case.folder}/{thing.id}/correction/{act}"
    return browser.submit(browser.get(path), path, note="Sudah dibaca")


@pytest.mark.parametrize("case", CASES)
def test_a_correction_needs_a_reason_keeps_both_texts_and_is_confirmed(
    visit: Visitor, session: Session, case: Case
) -> None:
    thing, keeper = decided(session, case), visit.as_(SECRETARIAT)
    before = getattr(thing, case.column)

    refused = correct(keeper, case, thing, **{case.column: AFTER})

    assert (refused.status, len(refused.problems)) == (422, 1)
    assert filled(refused.form(f"/{case.folder}/{thing.id}/edit"))[case.column] == [AFTER]
    session.refresh(thing)
    assert (getattr(thing, case.column), thing.corrected_at) == (before, None)

    page = keeper.follow(correct(keeper, case, thing, **{case.column: AFTER}, correction_reason=WHY))

    session.expire_all()
    [told] = corrections(session, thing)
    assert (told.reason, told.details["texts"]) == (WHY, {case.column: {"before": before, "after": AFTER}})
    assert getattr(thing, case.column) == AFTER
    assert thing.status == case.status
    for username in (SECRETARIAT, READER):
        page = visit.as_(username).get(f"/{case.folder}/{thing.id}")
        assert WHY in page.text_of("#correction")
        assert "DUA RATUS" in page.text_of("#history")
    assert "/correction/confirm" not in "".join(page.links)

    judge = visit.as_(case.judge)
    assert thing.code in judge.get("/waiting").text_of("#waits-correction")
    assert answer(judge, case, thing, "confirm").status == 303

    session.expire_all()
    assert (thing.corrected_at, getattr(thing, case.column)) == (None, AFTER)
    assert thing.code not in judge.get("/waiting").text_of("#waits-correction")
    shown = judge.get(f"/{case.folder}/{thing.id}")
    assert not shown.text_of("#correction")
    assert "DUA RATUS" in shown.text_of("#history")


@pytest.mark.parametrize("case", CASES)
def test_taking_back_restores_the_words_that_were_decided_on_and_the_mark(
    visit: Visitor, session: Session, case: Case
) -> None:
    thing, keeper = decided(session, case), visit.as_(SECRETARIAT)
    before = getattr(thing, case.column)
    for words in ("Perubahan pertama", AFTER):
        assert correct(keeper, case, thing, **{case.column: words}, correction_reason=WHY).status == 303

    assert answer(keeper, case, thing, "put-back").status == 303

    session.expire_all()
    assert (getattr(thing, case.column), thing.corrected_at) == (before, None)
    assert keeper.get(f"/{case.folder}/{thing.id}").status == 200
    keeper.get(f"/{case.folder}/{thing.id}/correction/put-back", 404)


@pytest.mark.parametrize("case", CASES)
def test_who_corrected_never_confirms_and_is_not_asked(visit: Visitor, session: Session, case: Case) -> None:
    thing, role = decided(session, case), case.model.judged_by
    account = session.scalars(select(Account).filter_by(username=SECRETARIAT)).one()
    session.add(AccountRole(account_id=account.id, role=role))
    session.commit()
    keeper = visit.as_(SECRETARIAT)
    correct(keeper, case, thing, **{case.column: AFTER}, correction_reason=WHY)

    keeper.get(f"/{case.folder}/{thing.id}/correction/confirm", 404)
    assert thing.code not in keeper.get("/waiting").text_of("#waits-correction")
    shown = keeper.get(f"/{case.folder}/{thing.id}")
    assert "/correction/confirm" not in "".join(shown.links)


def test_what_nothing_rests_on_is_edited_without_a_reason(visit: Visitor, session: Session) -> None:
    proposal = session.scalars(select(Proposal).filter_by(status="submitted", classification="ordinary").limit(1)).one()
    case, keeper = CASES[0].values[0], visit.as_(SECRETARIAT)

    assert not keeper.get(f"/proposals/{proposal.id}/edit").soup.select_one("#correction_reason")
    assert (
        keeper.submit(
            keeper.get(f"/proposals/{proposal.id}/edit"), f"/proposals/{proposal.id}/edit", gist_id=AFTER
        ).status
        == 303
    )
    session.refresh(proposal)
    assert (corrections(session, proposal), proposal.corrected_at) == ([], None)
    assert Role.DECISION_MAKER is case.model.judged_by


def test_the_words_of_a_correction_are_hidden_with_the_row(visit: Visitor, session: Session) -> None:
    case: Case = CASES[0].values[0]
    thing = decided(session, case)
    correct(visit.as_(SECRETARIAT), case, thing, gist_id="Lindungi saksi Kamboja", correction_reason="Karena Kamboja")
    session.expire_all()
    thing.classification = "top_secret"
    session.commit()
    reader, judge = visit.as_(READER), visit.as_(DECISION_MAKER)

    reader.get(f"/proposals/{thing.id}", 404)
    reader.get(f"/proposals/{thing.id}/correction/confirm", 404)
    for path in ("/search?q=Kamboja", "/waiting", "/proposals"):
        assert "saksi Kamboja" not in reader.get(path).text
    assert "saksi Kamboja" not in judge.get("/waiting").text


def test_reopening_answers_a_correction_but_not_by_who_corrected(visit: Visitor, session: Session) -> None:
    case: Case = CASES[1].values[0]
    account = session.scalars(select(Account).filter_by(username=SECRETARIAT)).one()
    session.add(AccountRole(account_id=account.id, role=Role.REVIEWER))
    session.commit()
    for username, is_answered in ((SECRETARIAT, False), (REVIEWER, True)):
        thing = decided(session, case)
        correct(visit.as_(SECRETARIAT), case, thing, text_id=AFTER, correction_reason=WHY)
        browser, path = visit.as_(username), f"/actions/{thing.id}/move/in_progress"

        assert browser.submit(browser.get(path), path, reason="Dibuka kembali").status == 303

        session.expire_all()
        assert (thing.status, thing.corrected_at is None) == ("in_progress", is_answered)


def raised_in_open_minutes(session: Session) -> StatementProposal:
    return session.scalars(
        select(StatementProposal)
        .join(StatementProposal.statement)
        .join(Statement.meeting)
        .where(StatementProposal.bearing == "raises", Meeting.locked_at.is_(None), Statement.removed_at.is_(None))
        .where(Meeting.classification == "ordinary", Statement.classification == "ordinary")
        .order_by(StatementProposal.statement_id)
        .limit(1)
    ).one()


def test_the_live_minutes_ask_for_the_reason_too(visit: Visitor, session: Session) -> None:
    link = raised_in_open_minutes(session)
    proposal = session.get_one(Proposal, link.proposal_id)
    proposal.status = "approved"
    session.commit()
    keeper, path = visit.as_(SECRETARIAT), f"/meetings/minutes/lines/{link.statement_id}"
    before = proposal.title_id

    def sent(**more: str) -> Any:
        form = parsed(keeper.quiet(path).json["html"]).select_one("form.editor")
        return keeper.quiet(path, **filled(form) | {"title": "Judul yang lain", **more})

    refused = sent()
    assert refused.status_code == 422
    assert "correction_reason" in refused.json["html"]
    session.refresh(proposal)
    assert proposal.title_id == before

    assert sent(correction_reason=WHY).json["outcome"] == "stored"
    session.expire_all()
    assert [told.reason for told in corrections(session, proposal)] == [WHY]


def test_evidence_of_a_verified_action_is_taken_off_with_a_reason_and_put_back(
    visit: Visitor, session: Session
) -> None:
    case: Case = CASES[1].values[0]
    action, keeper = decided(session, case), visit.as_(SECRETARIAT)
    home = f"/actions/{action.id}"
    form = keeper.get(home).soup.select_one("form.attach")
    file = [(io.BytesIO(b"Berita acara"), "bukti.txt")]
    assert keeper.post(str(form["action"]), filled(form) | {"file": file, "kind": ["evidence"]}).status == 303
    [attachment] = session.scalars(select(Attachment).filter_by(action_id=action.id, removed_at=None))
    path = f"/attachments/{attachment.id}/remove"

    refused = keeper.submit(keeper.get(path), path)
    assert (refused.status, len(refused.problems)) == (422, 1)
    assert keeper.submit(keeper.get(path), path, correction_reason=WHY).status == 303

    session.expire_all()
    assert attachment.removed_at == action.corrected_at is not None
    judge = visit.as_(REVIEWER)
    assert action.code in judge.get("/waiting").text_of("#waits-correction")
    told = judge.get(home).text_of("#correction")
    assert "bukti.txt" in told
    assert WHY in told
    assert answer(judge, case, action, "put-back").status == 303
    session.expire_all()
    assert (attachment.removed_at, action.corrected_at) == (None, None)
    assert "bukti.txt" in judge.get(home).text_of("#attachments")


def test_the_line_that_decides_tells_both_texts_when_it_is_reworded(visit: Visitor, session: Session) -> None:
    link = raised_in_open_minutes(session)
    proposal, line = session.get_one(Proposal, link.proposal_id), session.get_one(Statement, link.statement_id)
    proposal.status, link.bearing, line.kind = "approved", "decides", "decision"
    session.commit()
    keeper, path, before = visit.as_(SECRETARIAT), f"/meetings/minutes/lines/{line.id}", line.gist_id

    form = parsed(keeper.quiet(path).json["html"]).select_one("form.editor")
    assert keeper.quiet(path, **filled(form) | {"gist_id": AFTER}).json["outcome"] == "stored"

    [told] = session.scalars(select(Event).filter_by(subject="proposal", verb="decision_reworded"))
    assert told.details["texts"] == {"gist_id": {"before": before, "after": AFTER}}
    assert told.mentions == [f"statement:{line.id}"]
    assert "DUA RATUS" in visit.as_(READER).get(f"/proposals/{proposal.id}").text_of("#history")
