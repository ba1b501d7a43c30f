"""Random walks through the states of proposals, actions, minutes and reviews; and a year of weekly reviews.

Each run is one transaction that is rolled back, so that hundreds of runs need only one database.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, time, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from tests import depth
from tracker.actions import commands as actions
from tracker.actions import queries as action_queries
from tracker.actions.models import ActionItem
from tracker.actions.rules import OPEN, ActionStatus
from tracker.audit.models import Event
from tracker.calendar.holidays.rules import WEEK, week_of
from tracker.core.actor import Actor, Role, acting
from tracker.core.clock import Zone
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.visibility import unrestricted
from tracker.core.wording import label, speaking
from tracker.lists import labels as list_labels
from tracker.meetings import commands as meetings
from tracker.meetings import queries as meeting_queries
from tracker.meetings.models import Meeting
from tracker.meetings.rules import AttendanceRole, MeetingType, StatementKind
from tracker.minutes import commands as minutes
from tracker.minutes import queries as minutes_queries
from tracker.minutes.rules import MinutesState, hash_of
from tracker.people.models import Person
from tracker.proposals import commands as proposals
from tracker.proposals.models import Proposal
from tracker.proposals.rules import NotActionableReason, ProposalStatus, Step
from tracker.reviews import commands as reviews
from tracker.reviews import labels, rules
from tracker.reviews import queries as queries
from tracker.reviews.commands import DecisionDraft, Plan
from tracker.reviews.models import Review, ReviewItem
from tracker.reviews.rules import SLIPPED, Act, Decision, Movement, QueueGroup, ReviewStatus

#: Number of steps per run; `make states` sets the number of runs.
STEPS = 50
#: Checks are slower than commands, so they run at every tenth step and at the end of a run.
CHECK_EVERY = 10
DECIDED_A_WEEK = 10
START = date(2026, 1, 5)
ACTOR = Actor(account_id=None, name="Satu", roles=frozenset(Role))


@contextmanager
def rolled_back(app: Flask) -> Iterator[None]:
    """Roll back everything done inside."""
    with app.app_context(), unrestricted(), acting(ACTOR):
        try:
            yield
        finally:
            db.session.rollback()
            db.session.remove()


def log(day: date, name: str = "Rapat") -> Meeting:
    at = datetime.combine(day, time(8), Zone.WIB.info)
    there = [
        meetings.AttendanceDraft(post_as_written="Ketua", role=AttendanceRole.CHAIR),
        meetings.AttendanceDraft(post_as_written="Notulis", role=AttendanceRole.MINUTE_TAKER),
    ]
    draft = meetings.MeetingDraft(name_id=name, date=day, venue="Ruang rapat")
    meeting = meetings.log_meeting(draft, there, [], by=ACTOR, at=at)
    statement = meetings.StatementDraft(kind=StatementKind.REMARK, gist_id="Catatan")
    meetings.add_statement(meeting, statement, by=ACTOR, at=at)
    return meeting


def leader_id() -> int:
    """Id of a person to whom subjects can be escalated."""
    person_id = db.session.scalar(select(Person.id).limit(1))
    if person_id:
        return person_id
    leader = Person(name="Pimpinan", folded="pimpinan")
    db.session.add(leader)
    db.session.flush()
    return leader.id


def plan_for(day: date) -> Plan:
    week = week_of(day)
    meeting = meetings.MeetingDraft(name_id=f"Tinjauan {week}", date=day, meeting_type=MeetingType.WEEKLY_REVIEW)
    return Plan(week=week, held_on=day, patience=WEEK, meeting=meeting)


def locked_review() -> Review | None:
    """The open review, loaded and locked as its pages do it."""
    current = queries.current_review()
    return queries.review(current.week, to_change=True) if current else None


def ids_of(model: type[ActionItem] | type[Proposal]) -> list[int]:
    return list(db.session.scalars(select(model.id).order_by(model.id)))


class Lives(RuleBasedStateMachine):
    """Calls commands in random order. Refused commands must not change anything."""

    app: Flask
    walked = 0

    @initialize()
    def begin(self) -> None:
        self.stack = ExitStack()
        self.stack.enter_context(rolled_back(self.app))
        self.day = START
        self.meeting = log(self.day)
        self.leader = leader_id()
        self.steps = 0

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            try:
                self.check()
            finally:
                self.stack.close()

    @property
    def at(self) -> datetime:
        return datetime.combine(self.day, time(9), Zone.WIB.info)

    def attempt(self, command: Callable[[], object]) -> None:
        """Call a command; if it is refused, roll back as a request would."""
        with db.session.begin_nested() as inner:
            try:
                command()
                db.session.flush()
            except NotPossible:
                inner.rollback()

    @rule(days=st.integers(1, 9))
    def time_passes(self, days: int) -> None:
        self.day += timedelta(days=days)

    @rule()
    def propose(self) -> None:
        draft = proposals.ProposalDraft(
            title_id="Usulan", gist_id="Usulan", raised_on=self.day, raised_in_id=self.meeting.id
        )
        proposals.propose(draft, by=ACTOR, at=self.at)

    @rule(pick=st.integers(0, 20), to=st.sampled_from(ProposalStatus), is_full=st.booleans())
    def move_a_proposal(self, pick: int, to: ProposalStatus, is_full: bool) -> None:
        ids = ids_of(Proposal)
        if not ids:
            return
        proposal = db.session.get(Proposal, ids[pick % len(ids)])
        facts = {
            "reason": "Alasan", "has_authority": True, "has_meeting": True, "evidence": "Bukti",
            "revisit_on": self.day + timedelta(days=pick),
            "survivor_id": ids[0] if to is ProposalStatus.MERGED else None,
            "reason_code": NotActionableReason.OTHER if to is ProposalStatus.NOT_ACTIONABLE else None,
        } if is_full else {}  # fmt: skip
        move = proposals.Move(step=Step(to=to, on=self.day, **facts))
        self.attempt(lambda: proposals.move_proposal(proposal, move, by=ACTOR, at=self.at))

    @rule(pick=st.integers(0, 20), due=st.integers(-10, 30))
    def assign(self, pick: int, due: int) -> None:
        ids = ids_of(Proposal)
        if not ids:
            return
        origin = actions.Origin(proposal_id=ids[pick % len(ids)])
        due_on = self.day + timedelta(days=due) if due % 4 else None
        actions.assign_action(actions.ActionDraft(text_id="Tugas"), origin, due_on, on=self.day, by=ACTOR, at=self.at)

    @rule(pick=st.integers(0, 20), to=st.sampled_from(ActionStatus), is_full=st.booleans())
    def move_an_action(self, pick: int, to: ActionStatus, is_full: bool) -> None:
        ids = ids_of(ActionItem)
        if not ids:
            return
        action = action_queries.in_full(ids[pick % len(ids)])
        text = "Alasan" if is_full else None
        self.attempt(lambda: actions.move_action(action, to, reason=text, evidence=text, by=ACTOR, at=self.at))

    @rule(step=st.sampled_from(["submit", "send_back", "approve", "correct"]))
    def move_the_minutes(self, step: str) -> None:
        commands: dict[str, Callable[[], object]] = {
            "submit": lambda: minutes.submit(self.meeting, by=ACTOR, at=self.at),
            "send_back": lambda: minutes.send_back(self.meeting, "Perbaiki", {}, by=ACTOR, at=self.at),
            "approve": lambda: minutes.approve(self.meeting, None, by=ACTOR, at=self.at),
            "correct": lambda: minutes.open_correction(self.meeting, "Salah", by=ACTOR, at=self.at),
        }
        self.meeting = meeting_queries.meeting(self.meeting.id)
        self.attempt(commands[step])

    @rule()
    def open_a_review(self) -> None:
        self.attempt(lambda: reviews.open_review(plan_for(self.day), by=ACTOR, at=self.at))

    @rule(decision=st.sampled_from(Decision), is_full=st.booleans(), due=st.integers(1, 20))
    def decide(self, decision: Decision, is_full: bool, due: int) -> None:
        review = locked_review()
        following = rules.next_to_settle(queries.stops(review.id), None) if review else None
        if not review or not following:
            return
        item = queries.item(review.id, following)
        text = "Alasan" if is_full else None
        draft = DecisionDraft(
            decision=decision, reason=text, evidence=text, due_on=self.day + timedelta(days=due),
            person_id=self.leader,
        )  # fmt: skip
        self.attempt(lambda: reviews.decide(review, item, draft, by=ACTOR, at=self.at))

    @rule()
    def undo(self) -> None:
        review = locked_review()
        last = queries.last_decided(review.id, None) if review else None
        if review and last:
            item = queries.item(review.id, last.id)
            self.attempt(lambda: reviews.undo(review, item, by=ACTOR, at=self.at))

    @rule()
    def close_the_review(self) -> None:
        if review := locked_review():
            self.attempt(lambda: reviews.close(review, [], by=ACTOR, at=self.at))

    @invariant()
    def invariants_hold(self) -> None:
        if not hasattr(self, "stack"):
            return
        self.steps += 1
        type(self).walked += 1
        if self.steps % CHECK_EVERY == 0:
            self.check()

    def check(self) -> None:
        """Check the invariants."""
        db.session.flush()
        for model in (ActionItem, Proposal):
            moves = select(Event.subject_id, Event.to_state).where(Event.to_state.is_not(None)).order_by(Event.id)
            last_states = dict(db.session.execute(moves.filter_by(subject=model.__tablename__)).all())
            assert last_states == {
                row.id: str(row.status) for row in db.session.execute(select(model.id, model.status))
            }
        for row in db.session.execute(select(ActionItem.due_on, ActionItem.original_due_on)):
            assert row.due_on is None or row.original_due_on is not None
        latest = minutes_queries.latest(self.meeting.id)
        if latest and latest.state is MinutesState.APPROVED:
            assert latest.content_hash == hash_of(latest.content)
        assert db.session.scalar(select(func.count()).select_from(Review).filter_by(status=ReviewStatus.OPEN)) <= 1
        for review in db.session.scalars(select(Review).filter_by(status=ReviewStatus.CLOSED)):
            assert review.content_hash == hash_of(review.content)


@pytest.mark.timeout(3600)
@depth.runs("STATE_RUNS", 4, in_depth=16)
def test_invariants_hold_after_random_commands(empty_app: Flask, runs: int) -> None:
    machine = type("Lives", (Lives,), {"app": empty_app})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=runs, stateful_step_count=STEPS, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    assert machine.walked > STEPS  # the first run of each is a single step


@pytest.mark.parametrize("seed", range(3))
def test_figures_equal_the_number_of_items(empty_app: Flask, seed: int) -> None:
    chance = random.Random(seed)
    with rolled_back(empty_app):
        simulate(chance, weeks=4)
        for review in db.session.scalars(select(Review)):
            figures = queries.figures(review.id)
            for movement in Movement:
                assert figures.movements[movement] == queries.items(
                    review.id, queries.ItemFilter(movement=movement), None).count  # fmt: skip
            for group in QueueGroup:
                assert figures.groups[group] == queries.items(review.id, queries.ItemFilter(group=group), None).count
            assert figures.queue == len(queries.stops(review.id))


def simulate(chance: random.Random, weeks: int) -> None:
    """Simulate weeks with meetings, actions, progress and a closed review each."""
    for number in range(weeks):
        monday = START + number * WEEK
        at = datetime.combine(monday, time(9), Zone.WIB.info)
        meeting = log(monday)
        for _ in range(chance.randint(0, 2)):
            draft = proposals.ProposalDraft(title_id="U", gist_id="U", raised_on=monday, raised_in_id=meeting.id)
            proposal = proposals.propose(draft, by=ACTOR, at=at)
            for _ in range(chance.randint(0, 3)):
                due_on = monday + timedelta(days=chance.randint(3, 60)) if chance.random() < 0.8 else None
                origin = actions.Origin(proposal_id=proposal.id)
                actions.assign_action(actions.ActionDraft(text_id="T"), origin, due_on, on=monday, by=ACTOR, at=at)
        db.session.flush()
        hold_review(chance, monday, at + timedelta(hours=1))
        for action_id in ids_of(ActionItem):
            change_status_at_random(chance, action_id, at + timedelta(days=2))
        db.session.flush()
        db.session.expunge_all()


def change_status_at_random(chance: random.Random, action_id: int, at: datetime) -> None:
    """Between two reviews some actions change their status."""
    if chance.random() > 0.15:
        return
    to = chance.choice([ActionStatus.IN_PROGRESS, ActionStatus.AWAITING_VERIFICATION, ActionStatus.COMPLETED,
                        ActionStatus.CANCELLED])  # fmt: skip
    with db.session.begin_nested() as inner:
        try:
            action = action_queries.in_full(action_id)
            actions.move_action(action, to, reason="Alasan", evidence="Bukti", by=ACTOR, at=at)
        except NotPossible:
            inner.rollback()


def hold_review(chance: random.Random, day: date, at: datetime) -> None:
    leader = leader_id()
    review = reviews.open_review(plan_for(day), by=ACTOR, at=at)
    for stop in queries.stops(review.id)[:DECIDED_A_WEEK]:
        at += timedelta(seconds=30)
        draft = DecisionDraft(
            decision=chance.choice(list(Decision)), reason="Alasan", due_on=day + timedelta(days=chance.randint(8, 40)),
            evidence="Bukti" if chance.random() < 0.5 else None, person_id=leader,
        )  # fmt: skip
        with db.session.begin_nested() as inner:
            try:
                reviews.decide(review, queries.item(review.id, stop.item_id), draft, by=ACTOR, at=at)
            except NotPossible:
                inner.rollback()
    reviews.close(review, [], by=ACTOR, at=at + timedelta(minutes=1))


def check_figures_agree(review: Review, week: queries.WeekFigures) -> None:
    """Trend, page, report and files of a review show the same numbers under the same labels."""
    figures, content = queries.figures(review.id), queries.frozen_content(review)
    parts = labels.parts_of(content)
    assert week.done_before == figures.movements[Movement.DONE]
    assert week.slipped_before == sum(figures.movements[movement] for movement in SLIPPED)
    assert week.overdue == figures.groups[QueueGroup.OVERDUE]
    decided = [row for part, rows in parts.items() if part is not labels.Part.LEFT for row in rows]
    acts = Counter(labels.act_in(row) for row in decided)
    assert week.done_here == acts[Act.DONE]
    assert week.extended_here == acts[Act.EXTENDED]
    assert acts.total() == figures.decisions.total()
    assert len(parts[labels.Part.LEFT]) == figures.queue - figures.done
    with speaking("en"):
        sentence = labels.counts_of(content)
        for act, count in acts.items():
            assert f"{count} {label(act).lower()}" in sentence
        sheet = list_labels.report_of(review, content, by="Uji", at=review.closed_at, is_example=False)
        in_sheet = Counter(row[6] for row in sheet.rows)
    assert in_sheet["–"] == len(parts[labels.Part.LEFT])
    assert in_sheet.total() == len(decided) + len(parts[labels.Part.LEFT])
    assert in_sheet["completed, and verified"] == week.done_here


@pytest.mark.long
@pytest.mark.timeout(300)
def test_totals_are_consistent_after_a_year_of_reviews(empty_app: Flask) -> None:
    with rolled_back(empty_app):
        simulate(random.Random(2026), weeks=52)
        weeks = queries.trend(60)
        reviews = db.session.scalars(select(Review).order_by(Review.week)).all()
        left_open = 0
        for week, review in zip(weeks, reviews, strict=True):
            of_actions = select(ReviewItem.movement).where(ReviewItem.action_id.is_not(None))
            movements = Counter(db.session.scalars(of_actions.filter_by(review_id=review.id)))
            was_open = sum(movements.values()) - movements[Movement.DONE] - movements[Movement.DROPPED]
            assert (
                was_open == left_open + movements[Movement.NEW] - movements[Movement.DONE] - movements[Movement.DROPPED]
            ), week.week
            left_open = week.open
            check_figures_agree(review, week)
        counts = dict(db.session.execute(select(ActionItem.status, func.count()).group_by(ActionItem.status)).all())
        last = queries.actions_at_opening(START + 52 * WEEK, reviews[-1])
        open_count = sum(1 for facts in last if facts.status in OPEN)
        done_since = sum(1 for facts in last if facts.status is ActionStatus.COMPLETED)

        assert len(weeks) == 52
        assert open_count == sum(count for status, count in counts.items() if status in OPEN)
        completed, reopened = (
            db.session.scalar(select(func.count()).select_from(Event).filter_by(subject="action_item", **step))
            for step in ({"to_state": "completed"}, {"from_state": "completed"})
        )
        assert completed - reopened == counts[ActionStatus.COMPLETED]
        assert sum(week.done_before + week.done_here for week in weeks) + done_since == completed
