"""The pages of an adviser run as many statements with three rows of each kind as with one."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from tests.test_statement_counts import cost_of
from tests.visitor import ADVISER, READER, Visitor
from tracker.actions.models import ActionItem
from tracker.audit.models import Event
from tracker.core import clock
from tracker.core.db import db
from tracker.core.places import nth
from tracker.core.visibility import unrestricted
from tracker.meetings.models import Attendance, Meeting, Statement, StatementProposal
from tracker.people.models import Person
from tracker.proposals.models import Proponent, Proposal, TargetLink
from tracker.status.models import AnswerSetting, HandOver
from tracker.targets.models import Indicator

DAY = date(2016, 3, 1)
#: Statements by page. One of those of the home page checks which codes mentioned in the news are visible.
COSTS = {"proposal": 10, "home": 17, "unanswered": 12, "target": 9, "meeting": 9}


@pytest.fixture
def add(app: Flask) -> Callable[[int], dict[str, str]]:
    """Adds a proposal with all its related rows to a meeting and an indicator; returns the paths of all."""
    with app.app_context(), unrestricted():
        person = db.session.scalars(select(Person.id).filter_by(name="Razilu")).one()
        for proposed in db.session.scalars(select(Proponent).filter_by(person_id=person)):
            db.session.delete(proposed)
        db.session.add(AnswerSetting(id=1, after_meetings=1000, after_days=3650))
        db.session.add(Meeting(id=901, code="R-2016-901", name_id="Rapat", date=DAY, recorded_at=clock.now()))
        db.session.add(Indicator(id=901, name_id="Indikator", state="active"))
        db.session.flush()
        db.session.commit()

    def build(number: int) -> dict[str, str]:
        with app.app_context(), unrestricted():
            at = {"meeting_id": 901, "id": 900 + number}
            db.session.add(Attendance(**at, place=nth(number), role="participant", status="present", person_id=person))
            db.session.add(Statement(**at, place=nth(number), kind="proposal", gist_id="Kata", speaker_id=900 + number))
            db.session.add(Proposal(
                id=900 + number, code=f"U-2016-90{number}", title_id="Usulan", gist_id="Usulan", raised_on=DAY,
                status="submitted", status_since=DAY, raised_in_id=901,
            ))  # fmt: skip
            db.session.flush()
            for one in {901, 900 + number}:
                _add_related_rows(one, number, person)
            db.session.commit()
        return {
            "proposal": "/proposals/901", "home": "/", "unanswered": "/proposals/unanswered", "target": "/targets/901",
            "meeting": "/meetings/901",
        }  # fmt: skip

    return build


def _add_related_rows(proposal: int, number: int, person: int) -> None:
    """Add a proponent, a statement, an action, a hand-over and a target link."""
    key = 10 * proposal + number
    db.session.add(Proponent(proposal_id=proposal, person_id=person, role="proponent", attribution="quoted"))
    db.session.merge(StatementProposal(statement_id=900 + number, proposal_id=proposal, bearing="discusses"))
    db.session.add(ActionItem(
        id=key, code=f"TL-2016-{key}", text_id="Tugas", proposal_id=proposal, pic_id=person, status="not_started",
        status_since=DAY, assigned_on=DAY,
    ))  # fmt: skip
    db.session.flush()
    given = {"on": DAY, "at": clock.now(), "by_name": "Uji"}
    db.session.add(HandOver(proposal_id=proposal, outside=f"Instansi {number}", **given))
    effect = ("supports", "adds_target", "hinders")[number - 1]
    db.session.add(TargetLink(proposal_id=proposal, target_id=901, effect=effect, state="suggested"))
    for subject, subject_id, verb, state in (
        ("proposal", proposal, "edited", None), ("action_item", key, "assigned", "not_started"),
    ):  # fmt: skip
        after = {"pic_id": 1 + number, "decision_authority_id": 1 + number}
        db.session.add(Event(
            subject=subject, subject_id=subject_id, verb=verb, to_state=state,
            details={"before": {"pic_id": number, "decision_authority_id": number}, "after": after}, **given,
        ))  # fmt: skip


def test_three_rows_of_each_kind_run_no_more_statements_than_one(app: Flask, visit: Visitor, add: Callable) -> None:
    adviser, reader = visit.as_(ADVISER), visit.as_(READER)
    costs = {}

    for count, numbers in ((1, [1]), (3, [2, 3])):
        for number in numbers:
            paths = add(number)
        costs[count] = {name: cost_of(app, adviser if name == "home" else reader, path) for name, path in paths.items()}
        assert len(adviser.get("/").soup.select("#my-proposals .card")) == count
        assert len(reader.get("/proposals/unanswered").soup.select("tbody tr")) == count
        assert len(reader.get("/targets/901").soup.select("#proposals tbody tr")) == 2 * count - 1

    assert costs[3] == costs[1]
    assert costs[1] == COSTS
