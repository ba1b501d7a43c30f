"""Who proposed something, who decides, what it does to targets, and what was reported change as decided words do."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.corrections.test_pages import CASES, answer, correct, decided
from tests.elements import parsed
from tests.visitor import DECISION_MAKER, READER, SECRETARIAT, Page, Visitor, filled
from tracker.accounts.models import Account
from tracker.audit.models import AuditEntry, Event
from tracker.meetings.models import Meeting, Statement, StatementProposal
from tracker.people.models import Person, Position
from tracker.proposals.models import Proponent, Proposal, TargetLink
from tracker.targets.models import Indicator, IndicatorValue, TargetDocument

WHY = "Salah dicatat oleh notulis"


@pytest.fixture
def keeper(visit: Visitor) -> Visitor:
    return visit.as_(SECRETARIAT)


@pytest.fixture
def proposal(session: Session) -> Proposal:
    """One that was approved, has a proponent and a link."""
    wanted = select(Proposal).filter_by(status="approved", classification="ordinary", corrected_at=None)
    wanted = wanted.where(Proposal.proponents.any(), Proposal.target_links.any())
    return session.scalars(wanted.order_by(Proposal.id).limit(1)).one()


def somebody_else(session: Session, proposal: Proposal) -> Person:
    named = select(Proponent.person_id).filter_by(proposal_id=proposal.id).where(Proponent.person_id.is_not(None))
    return session.scalars(
        select(Person).where(Person.id.not_in(named), Person.merged_into_id.is_(None)).limit(1)
    ).one()


def named(session: Session, proposal: Proposal) -> set[tuple[Any, ...]]:
    rows = session.scalars(select(Proponent).filter_by(proposal_id=proposal.id))
    return {(row.person_id, row.position_id, row.post_as_written, row.role.value) for row in rows}


def linked(session: Session, proposal: Proposal) -> set[tuple[int, str | None]]:
    rows = session.scalars(select(TargetLink).filter_by(proposal_id=proposal.id))
    return {(row.target_id, row.effect) for row in rows}


def told(session: Session, proposal: Proposal) -> list[Event]:
    wanted = {"subject": "proposal", "subject_id": proposal.id, "verb": "corrected"}
    return list(session.scalars(select(Event).filter_by(**wanted).order_by(Event.id)))


def in_form(session: Session, proposal: Proposal, door: str) -> tuple[str, str, dict[str, Any]]:
    """The page of a door, its form, and what is filled in there."""
    home = f"/proposals/{proposal.id}"
    if door == "a name":
        fields = {"person": somebody_else(session, proposal).id, "role": "supporter", "attribution": "quoted"}
        return f"{home}/proponents/new", f"{home}/proponents/new", fields
    if door == "a name that comes off":
        [row, *_] = session.scalars(select(Proponent).filter_by(proposal_id=proposal.id))
        return (f"{home}/proponents/{row.id}/remove",) * 2 + ({},)
    if door == "who decides":
        other = session.scalars(select(Position).where(Position.id != proposal.decision_authority_id).limit(1)).one()
        return f"{home}/edit", f"{home}/edit", {"decision_authority": other.id}
    known = select(TargetLink.target_id).filter_by(proposal_id=proposal.id)
    target = session.scalars(select(Indicator).where(Indicator.id.not_in(known)).order_by(Indicator.id)).first()
    assert target
    return f"{home}/targets/new", f"{home}/targets/new", {"target": target.id, "effect": "supports"}


DOORS = {"a name": "proposed_by", "a name that comes off": "proposed_by", "who decides": "decision_authority_id",
         "a target": "effects"}  # fmt: skip


def state(session: Session, proposal: Proposal) -> tuple[Any, ...]:
    session.expire_all()
    return named(session, proposal), linked(session, proposal), proposal.decision_authority_id


def through(keeper: Visitor, way: tuple[str, str, Mapping[str, Any]], **more: str) -> Page:
    page, action, fields = way
    return keeper.submit(keeper.get(page), action, **fields, **more)


@pytest.mark.parametrize("door", DOORS)
def test_what_a_proposal_was_decided_with_changes_with_a_reason_and_is_put_back(
    keeper: Visitor, visit: Visitor, session: Session, proposal: Proposal, door: str
) -> None:
    before, way = state(session, proposal), in_form(session, proposal, door)

    refused = through(keeper, way)

    assert (refused.status, len(refused.problems)) == (422, 1)
    sent = filled(refused.form(way[1]))
    assert all(sent[name] == [str(value)] for name, value in way[2].items())
    assert state(session, proposal) == before
    assert proposal.corrected_at is None

    assert through(keeper, way, correction_reason=WHY).status == 303

    after = state(session, proposal)
    [event] = told(session, proposal)
    assert after != before
    assert proposal.corrected_at is not None
    assert (event.reason, set(event.details["texts"])) == (WHY, {DOORS[door]})
    both = event.details["texts"][DOORS[door]]
    for code in ("id", "en"):
        assert both["before"][code] != both["after"][code]
    shown = visit.as_(READER).get(f"/proposals/{proposal.id}")
    assert both["before"]["id"] in shown.text_of("#history")
    assert both["after"]["id"] in shown.text_of("#correction")
    judge, home = visit.as_(DECISION_MAKER), f"/proposals/{proposal.id}"
    assert proposal.code in judge.get("/waiting").text_of("#waits-correction")

    path = f"{home}/correction/put-back"
    assert judge.submit(judge.get(path), path, note="Semula benar").status == 303

    assert state(session, proposal) == before
    assert proposal.corrected_at is None
    assert judge.get(home).status == 200


@pytest.mark.parametrize("door", DOORS)
def test_what_a_decision_rests_on_is_confirmed_by_another(
    keeper: Visitor, visit: Visitor, session: Session, proposal: Proposal, door: str
) -> None:
    through(keeper, in_form(session, proposal, door), correction_reason=WHY)
    after = state(session, proposal)
    keeper.get(f"/proposals/{proposal.id}/correction/confirm", 404)
    judge, path = visit.as_(DECISION_MAKER), f"/proposals/{proposal.id}/correction/confirm"

    assert judge.submit(judge.get(path), path).status == 303

    assert state(session, proposal) == after
    assert proposal.corrected_at is None


@pytest.mark.one_database
def test_before_a_decision_nobody_is_asked_why(keeper: Visitor, session: Session, proposal: Proposal) -> None:
    proposal.status = "under_discussion"
    session.commit()
    for door in ("a name", "who decides", "a target"):
        page, action, fields = in_form(session, proposal, door)
        shown = keeper.get(page)
        assert not shown.soup.select_one("#correction_reason")
        assert keeper.submit(shown, action, **fields).status == 303
    assert (told(session, proposal), proposal.corrected_at) == ([], None)


def test_a_name_that_was_confirmed_since_stays_so_when_others_are_put_back(
    keeper: Visitor, visit: Visitor, session: Session, proposal: Proposal
) -> None:
    through(keeper, in_form(session, proposal, "a name"), correction_reason=WHY)
    first = session.scalars(select(Proponent).filter_by(proposal_id=proposal.id).order_by(Proponent.id)).first()
    assert first
    first.attribution = "confirmed"
    session.commit()
    path = f"/proposals/{proposal.id}/correction/put-back"

    keeper.submit(keeper.get(path), path)

    session.expire_all()
    [left] = session.scalars(select(Proponent).filter_by(id=first.id))
    assert left.attribution == "confirmed"


def test_a_link_that_somebody_has_decided_about_outlives_the_putting_back(
    keeper: Visitor, visit: Visitor, session: Session, proposal: Proposal
) -> None:
    through(keeper, in_form(session, proposal, "a target"), correction_reason=WHY)
    session.expire_all()
    link = session.scalars(select(TargetLink).filter_by(proposal_id=proposal.id).order_by(TargetLink.id.desc())).first()
    assert link
    judge, settle = visit.as_(DECISION_MAKER), f"/proposals/{proposal.id}/targets/{link.id}/settle/confirmed"

    refused = judge.submit(judge.get(settle), settle)
    assert (refused.status, len(refused.problems)) == (422, 1)
    assert judge.submit(judge.get(settle), settle, note="Dibahas dengan direktur").status == 303

    path = f"/proposals/{proposal.id}/correction/put-back"
    keeper.submit(keeper.get(path), path)
    session.expire_all()
    assert (link.target_id, "supports") in linked(session, proposal)


def test_nobody_ends_their_own_dispute_by_putting_back(
    keeper: Visitor, visit: Visitor, session: Session, proposal: Proposal
) -> None:
    own = session.scalars(select(Account).filter_by(username=SECRETARIAT)).one()
    own.person_id = somebody_else(session, proposal).id
    session.commit()
    through(keeper, in_form(session, proposal, "a name"), correction_reason=WHY)
    session.expire_all()
    mine = session.scalars(select(Proponent).filter_by(proposal_id=proposal.id, person_id=own.person_id)).one()
    mine.attribution = "disputed"
    session.commit()
    path = f"/proposals/{proposal.id}/correction/put-back"

    assert keeper.submit(keeper.get(path), path).status in {409, 422}

    session.expire_all()
    assert mine in session.scalars(select(Proponent).filter_by(proposal_id=proposal.id)).all()
    judge = visit.as_(DECISION_MAKER)
    assert judge.submit(judge.get(path), path).status == 303


@pytest.mark.one_database
@pytest.mark.parametrize("folder", ["proposals", "actions"])
def test_lists_mark_what_was_corrected_and_pages_and_files_give_the_reason(
    keeper: Visitor, visit: Visitor, session: Session, folder: str
) -> None:
    case = next(param.values[0] for param in CASES if param.values[0].folder == folder)
    thing = decided(session, case)
    correct(keeper, case, thing, **{case.column: "Rumusan yang lain"}, correction_reason=WHY)
    reader, home = visit.as_(READER), f"/{folder}?q={thing.code}"

    [in_list] = [tag["title"] for tag in reader.get(home).soup.select("main .badge[title]")]
    assert re.fullmatch(r"Dikoreksi pada \d+ \w+ \d{4}", in_list)
    [on_page] = [tag["title"] for tag in reader.get(f"/{folder}/{thing.id}").soup.select("main .badge[title]")]
    assert on_page == f"{in_list}: {WHY}"
    csv = f"/{folder}.csv?q={thing.code}"
    assert WHY in reader.get(csv).response.get_data(as_text=True)

    answer(visit.as_(case.judge), case, thing, "confirm")
    assert not reader.get(home).soup.select("main .badge[title]")
    assert WHY not in reader.get(csv).response.get_data(as_text=True)


def test_who_decided_is_not_renamed_by_a_later_step_without_a_reason(
    keeper: Visitor, session: Session, proposal: Proposal
) -> None:
    before = proposal.decision_authority_id
    other = session.scalars(select(Position).where(Position.id != before).limit(1)).one()
    survivor = session.scalars(
        select(Proposal).filter_by(status="under_discussion", classification="ordinary").limit(1)
    ).one()
    path = f"/proposals/{proposal.id}/move/merged"

    def sent(**more: str) -> int:
        fields = filled(keeper.get(path).form(path)) | {"authority": [str(other.id)]}  # its form does not ask for it
        return keeper.post(path, fields | {"survivor": [str(survivor.id)], **more}).status

    assert sent() == 422
    session.expire_all()
    assert (proposal.status, proposal.decision_authority_id) == ("approved", before)

    assert sent(reason=WHY) == 303
    session.expire_all()
    assert [event.reason for event in told(session, proposal)] == [WHY]
    assert proposal.decision_authority_id == other.id


def test_a_target_named_in_the_line_that_raised_it_is_a_correction_with_the_line_as_its_reason(
    keeper: Visitor, session: Session
) -> None:
    link = session.scalars(
        select(StatementProposal)
        .join(StatementProposal.statement)
        .join(Statement.meeting)
        .where(StatementProposal.bearing == "raises", Meeting.locked_at.is_(None), Statement.removed_at.is_(None))
        .where(Meeting.classification == "ordinary", Statement.classification == "ordinary")
        .order_by(StatementProposal.statement_id)
        .limit(1)
    ).one()
    proposal, line = session.get_one(Proposal, link.proposal_id), session.get_one(Statement, link.statement_id)
    proposal.status = "approved"
    session.commit()
    known = select(TargetLink.target_id).filter_by(proposal_id=proposal.id)
    target = session.scalars(select(Indicator).where(Indicator.id.not_in(known)).order_by(Indicator.id)).first()
    path = f"/meetings/minutes/lines/{line.id}"
    form = filled(parsed(keeper.quiet(path).json["html"]).select_one("form.editor"))
    assert target

    sent = keeper.quiet(path, **form | {"targets": [*form.get("targets", []), str(target.id)]})

    assert sent.json["outcome"] == "stored"
    session.expire_all()
    [event] = told(session, proposal)
    assert event.reason == (line.gist_id or line.quote)
    assert f"statement:{line.id}" in event.mentions
    assert proposal.corrected_at is not None


@pytest.fixture
def reported(session: Session) -> IndicatorValue:
    """A value that was reported under a document in force."""
    found = select(IndicatorValue).join(IndicatorValue.indicator)
    in_force = select(TargetDocument.id).where(TargetDocument.state == "enacted")
    found = found.where(IndicatorValue.actual_value.is_not(None), Indicator.document_id.in_(in_force))
    return session.scalars(found.order_by(IndicatorValue.id).limit(1)).one()


def report(keeper: Visitor, value: IndicatorValue, **fields: str) -> Page:
    path = f"/targets/values/{value.id}/edit"
    page = keeper.submit(keeper.get(path), path, **fields)
    if page.status == 422 and page.text_of("#hints"):  # a doubt about the number, confirmed
        page = keeper.submit(page, path)
    return page


def test_a_reported_value_changes_with_a_reason_and_both_are_told(
    keeper: Visitor, visit: Visitor, session: Session, reported: IndicatorValue
) -> None:
    before = reported.actual_value
    assert before is not None
    after = before + Decimal("0.5")

    assert report(keeper, reported, actual_value=str(after).replace(".", ",")).status == 422
    session.expire_all()
    assert reported.actual_value == before

    sent = report(keeper, reported, actual_value=str(after).replace(".", ","), correction_reason=WHY)
    assert sent.status == 303, sent.problems
    session.expire_all()
    assert reported.actual_value == after
    [event] = session.scalars(select(Event).filter_by(subject="indicator", verb="value_corrected"))
    assert event.reason == WHY
    assert event.details["values"]["actual_value"] == {"before": str(before), "after": str(after)}
    shown = visit.as_(READER).get(f"/targets/{reported.indicator_id}").text_of("#history")
    assert WHY in shown
    assert event.details["texts"]["actual_value"]["before"]["id"] in shown
    entries = session.scalars(select(AuditEntry).filter_by(table_name="indicator_value", row_id=str(reported.id)))
    assert [entry.before["actual_value"] for entry in entries if "actual_value" in (entry.before or {})][-1:] == [
        str(before)
    ]


def test_the_evidence_of_a_reported_value_changes_with_a_reason(
    keeper: Visitor, session: Session, reported: IndicatorValue
) -> None:
    assert report(keeper, reported, evidence="Laporan lain").status == 422
    assert report(keeper, reported, evidence="Laporan lain", correction_reason=WHY).status == 303


@pytest.mark.one_database
def test_the_first_report_of_a_period_is_ordinary_work(keeper: Visitor, session: Session) -> None:
    in_force = select(TargetDocument.id).where(TargetDocument.state == "enacted")
    found = select(IndicatorValue).join(IndicatorValue.indicator).where(Indicator.document_id.in_(in_force))
    value = session.scalars(found.where(IndicatorValue.actual_value.is_(None)).order_by(IndicatorValue.id)).first()
    assert value

    assert not keeper.get(f"/targets/values/{value.id}/edit").soup.select_one("#correction_reason")
    assert report(keeper, value, note="Dilaporkan sebagian").status == 303
