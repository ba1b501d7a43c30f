"""The demo obeys the rules of the product and of the calendar: no row of it contradicts another.

Made once for both databases by the same commands; the statements are written for SQLite, and nothing depends on it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, create_engine, text

from tests.demo.truths import TRUTHS, Truth
from tracker.actions import rules as actions
from tracker.core import clock
from tracker.meetings import rules as meetings
from tracker.proposals import rules as proposals
from tracker.proposals.rules import NotActionableReason, ProposalStatus, Step
from tracker.targets import rules as targets
from tracker.targets.rules import TargetKind, TargetState

pytestmark = pytest.mark.one_database
#: Which statuses may follow, by the table of what has them.
NEXT: dict[str, Any] = {
    "proposal": proposals.NEXT, "action_item": actions.NEXT, "meeting": meetings.NEXT,
    **{f"{kind}": targets.NEXT[kind] for kind in (TargetKind.OBJECTIVE, TargetKind.INDICATOR)},
    "target_document": targets.NEXT[TargetKind.DOCUMENT],
}  # fmt: skip


@pytest.fixture
def engine(app: Flask) -> Iterator[Engine]:
    engine = create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        yield connection


def contradictions(connection: Connection, truth: Truth) -> Sequence[Any]:
    today = {"today": clock.today().isoformat(), "now": clock.now().isoformat(" ")}
    return connection.execute(text(truth.wrong), {key: today[key] for key in today if f":{key}" in truth.wrong}).all()


def test_no_row_contradicts_another(connection: Connection) -> None:
    assert {truth.says: found for truth in TRUTHS if (found := contradictions(connection, truth))} == {}


def test_each_question_finds_a_row_that_was_made_wrong(engine: Engine) -> None:
    for truth in TRUTHS:
        with engine.connect() as connection:
            connection.execute(text("PRAGMA ignore_check_constraints = ON"))
            for guard in connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
                connection.execute(text(f"DROP TRIGGER {guard}"))
            connection.execute(text(truth.spoil))
            assert contradictions(connection, truth), truth.says
            connection.rollback()


def events_of(connection: Connection) -> dict[tuple[str, int], list[Any]]:
    found: dict[tuple[str, int], list[Any]] = defaultdict(list)
    told = """SELECT subject, subject_id, verb, date(at, '+7 hours') AS day, at, "on", from_state, to_state, reason,
        evidence, meeting_id, details -> '$.authority_id' AS authority, details ->> '$.revisit_on' AS revisit_on,
        details ->> '$.reason_code' AS reason_code FROM event ORDER BY id"""
    for row in connection.execute(text(told)):
        found[row.subject, row.subject_id].append(row)
    return found


def test_what_happens_to_one_record_is_told_in_its_order_and_never_ahead_of_time(connection: Connection) -> None:
    now = clock.now().astimezone(tz=None).isoformat(" ")
    for subject, events in events_of(connection).items():
        moments = [event.at for event in events]
        assert moments == sorted(moments), (subject, [(event.verb, event.at) for event in events])
        assert all(event.at <= now for event in events), subject
        assert all(event.on is None or event.on <= event.day for event in events), subject


def test_every_status_was_reached_by_steps_of_the_life_cycle(connection: Connection) -> None:
    for (subject, number), events in events_of(connection).items():
        steps = [event for event in events if event.verb.startswith("moved_")]
        if subject not in NEXT or not steps:
            continue
        table = "target" if subject in {"indicator", "objective", "target_document"} else subject
        column = "state" if table == "target" else "status"
        status = connection.scalar(text(f"SELECT {column} FROM {table} WHERE id = :id"), {"id": number})
        for step, following in zip(steps, [*steps[1:], None], strict=True):
            after = {str(one) for one in NEXT[subject][type_of(subject)(step.from_state)]}
            assert step.to_state in after, (subject, number, step)
            assert (following.from_state if following else status) == step.to_state, (subject, number)
        if subject in {"proposal", "action_item"}:
            since = connection.scalar(text(f"SELECT status_since FROM {table} WHERE id = :id"), {"id": number})
            assert since == (steps[-1].on or steps[-1].day), (subject, number)


def type_of(subject: str) -> Any:
    kinds = {"proposal": ProposalStatus, "action_item": actions.ActionStatus, "meeting": meetings.MeetingStatus}
    return kinds.get(subject, TargetState)


def test_every_step_of_a_proposal_had_all_that_it_needs_on_its_day(connection: Connection) -> None:
    work = defaultdict(list)
    for row in connection.execute(text("SELECT proposal_id, assigned_on, closed_on FROM action_item")):
        work[row.proposal_id].append(row)
    held_on = {row.id: row.date for row in connection.execute(text("SELECT id, date FROM meeting"))}
    survivors = {row.id: row.survivor_id for row in connection.execute(text("SELECT id, survivor_id FROM proposal"))}

    for (subject, number), events in events_of(connection).items():
        for event in events if subject == "proposal" else ():
            if not event.verb.startswith("moved_"):
                continue
            then = [one for one in work[number] if one.assigned_on <= event.on]
            step = Step(
                to=ProposalStatus(event.to_state), on=date.fromisoformat(event.on), reason=event.reason,
                has_authority=event.authority not in {None, "null"}, has_meeting=event.meeting_id is not None,
                evidence=event.evidence, survivor_id=survivors[number],
                revisit_on=date.fromisoformat(event.revisit_on) if event.revisit_on else None,
                reason_code=NotActionableReason(event.reason_code) if event.reason_code else None,
            )  # fmt: skip
            still_open = [one for one in then if one.closed_on is None or one.closed_on > event.on]
            before = ProposalStatus(event.from_state)
            assert proposals.lacking(step, before=before, actions=len(then), open_actions=len(still_open)) == [], event
            assert step.to in proposals.OPEN or not still_open, event
            assert event.meeting_id is None or held_on[event.meeting_id] == event.on, event


def test_every_text_of_two_languages_is_there_in_both(connection: Connection) -> None:
    lacking = []
    for table in connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all():
        columns = {row.name for row in connection.execute(text(f"PRAGMA table_info({table})"))}
        pairs = [(f"{stem}_id", f"{stem}_en") for stem in (c.removesuffix("_en") for c in columns if c.endswith("_en"))
                 if f"{stem}_id" in columns]  # fmt: skip
        pairs += [(c.removesuffix("_en"), c) for c in columns if c.endswith("_en") and c.removesuffix("_en") in columns]
        for one, other in pairs:
            wrong = f"SELECT COUNT(*) FROM {table} WHERE ({one} IS NULL) <> ({other} IS NULL)"
            if connection.scalar(text(wrong)):
                lacking.append((table, one))
    assert lacking == []


def test_no_title_says_that_it_is_an_illustration(connection: Connection) -> None:
    titles = """SELECT name_id || name_en FROM meeting UNION ALL SELECT title_id || title_en FROM proposal
        UNION ALL SELECT text_id || text_en FROM action_item UNION ALL SELECT name_id || name_en FROM target
        UNION ALL SELECT gist_id || COALESCE(gist_en, '') FROM statement WHERE gist_id IS NOT NULL
        UNION ALL SELECT reason FROM event WHERE reason IS NOT NULL"""
    found = connection.scalars(text(titles)).all()

    assert [one for one in found if "ilustrasi" in one.casefold() or "illustration" in one.casefold()] == []


def test_titles_of_the_year_differ_from_one_another(connection: Connection) -> None:
    for table, column in (("proposal", "title_id"), ("action_item", "text_id"), ("meeting", "name_id")):
        count = text(f"SELECT COUNT(*) - COUNT(DISTINCT {column}) FROM {table}")
        assert connection.scalar(count) == 0, table
