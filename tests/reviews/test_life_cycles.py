"""The life cycles of proposals, actions, minutes and reviews, walked at random; and a year of weekly reviews.

All of a run happens in one transaction that is rolled back, so that hundreds of runs need one database.
"""

import os
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

from tracker.actions import commands as actions
from tracker.actions import queries as actions_asked
from tracker.actions.models import ActionItem
from tracker.actions.rules import OPEN, ActionStatus
from tracker.audit.models import Event
from tracker.calendar.holidays.rules import WEEK, week_of
from tracker.core.actor import Actor, Role, acting
from tracker.core.clock import JAKARTA
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.visibility import unrestricted
from tracker.core.wording import label, speaking
from tracker.lists import labels as exchange
from tracker.meetings import commands as meetings
from tracker.meetings import queries as meetings_asked
from tracker.meetings.models import Meeting
from tracker.meetings.rules import AttendanceRole, MeetingType, StatementKind
from tracker.minutes import commands as minutes
from tracker.minutes import queries as minutes_asked
from tracker.minutes.rules import MinutesState, mark_of
from tracker.people.models import Person
from tracker.proposals import commands as proposals
from tracker.proposals.models import Proposal
from tracker.proposals.rules import NotActionableReason, ProposalStatus, Step
from tracker.reviews import commands as reviews
from tracker.reviews import labels, rules
from tracker.reviews import queries as asked
from tracker.reviews.commands import Plan, Verdict
from tracker.reviews.models import Review, ReviewItem
from tracker.reviews.rules import SLIPPED, Act, Decision, Movement, QueueGroup, ReviewStatus

#: How many runs of how many steps; `make states` asks for more.
RUNS, STEPS = int(os.environ.get("STATE_RUNS", "8")), 50
#: Looking costs more than doing, so it is done at every tenth step and at the end of a run.
LOOK_EVERY = 10
DECIDED_A_WEEK = 10
START = date(2026, 1, 5)
ONE = Actor(account_id=None, name="Satu", roles=frozenset(Role))


@contextmanager
def world(app: Flask) -> Iterator[None]:
    """Everything inside is forgotten afterwards."""
    with app.app_context(), unrestricted(), acting(ONE):
        try:
            yield
        finally:
            db.session.rollback()
            db.session.remove()


def log(day: date, name: str = "Rapat") -> Meeting:
    at = datetime.combine(day, time(8), JAKARTA)
    there = [
        meetings.AttendanceDraft(post_as_written="Ketua", role=AttendanceRole.CHAIR),
        meetings.AttendanceDraft(post_as_written="Notulis", role=AttendanceRole.MINUTE_TAKER),
    ]
    draft = meetings.MeetingDraft(name_id=name, date=day, venue="Ruang rapat")
    meeting = meetings.log_meeting(draft, there, [], by=ONE, at=at)
    said = meetings.StatementDraft(kind=StatementKind.REMARK, gist_id="Catatan")
    meetings.add_statement(meeting, said, by=ONE, at=at)
    return meeting


def somebody() -> int:
    """Whom a thing can be escalated to."""
    known = db.session.scalar(select(Person.id).limit(1))
    if known:
        return known
    leader = Person(name="Pimpinan", folded="pimpinan")
    db.session.add(leader)
    db.session.flush()
    return leader.id


def plan_for(day: date) -> Plan:
    week = week_of(day)
    meeting = meetings.MeetingDraft(name_id=f"Tinjauan {week}", date=day, meeting_type=MeetingType.WEEKLY_REVIEW)
    return Plan(week=week, held_on=day, patience=WEEK, meeting=meeting)


def open_sitting() -> Review | None:
    """The sitting that is open now, loaded as its pages load it."""
    found = asked.open_one()
    return asked.review(found.week, to_change=True) if found else None


def things(model: type[ActionItem] | type[Proposal]) -> list[int]:
    return list(db.session.scalars(select(model.id).order_by(model.id)))


class Lives(RuleBasedStateMachine):
    """People do what the pages let them do, in any order; refusals change nothing that the invariants see."""

    app: Flask

    @initialize()
    def begin(self) -> None:
        self.stack = ExitStack()
        self.stack.enter_context(world(self.app))
        self.day = START
        self.meeting = log(self.day)
        self.leader = somebody()
        self.steps = 0

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            try:
                self.look()
            finally:
                self.stack.close()

    @property
    def at(self) -> datetime:
        return datetime.combine(self.day, time(9), JAKARTA)

    def attempt(self, deed: Callable[[], object]) -> None:
        """Do it or be refused; a refusal leaves nothing behind, as a request would."""
        with db.session.begin_nested() as inner:
            try:
                deed()
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
        proposals.propose(draft, by=ONE, at=self.at)

    @rule(pick=st.integers(0, 20), to=st.sampled_from(ProposalStatus), is_full=st.booleans())
    def move_a_proposal(self, pick: int, to: ProposalStatus, is_full: bool) -> None:
        found = things(Proposal)
        if not found:
            return
        one = db.session.get(Proposal, found[pick % len(found)])
        given = {
            "reason": "Alasan", "has_authority": True, "has_meeting": True, "evidence": "Bukti",
            "revisit_on": self.day + timedelta(days=pick),
            "survivor_id": found[0] if to is ProposalStatus.MERGED else None,
            "reason_code": NotActionableReason.OTHER if to is ProposalStatus.NOT_ACTIONABLE else None,
        } if is_full else {}  # fmt: skip
        move = proposals.Move(step=Step(to=to, on=self.day, **given))
        self.attempt(lambda: proposals.move_proposal(one, move, by=ONE, at=self.at))

    @rule(pick=st.integers(0, 20), due=st.integers(-10, 30))
    def assign(self, pick: int, due: int) -> None:
        found = things(Proposal)
        if not found:
            return
        origin = actions.Origin(proposal_id=found[pick % len(found)])
        due_on = self.day + timedelta(days=due) if due % 4 else None
        actions.assign_action(actions.ActionDraft(text_id="Tugas"), origin, due_on, on=self.day, by=ONE, at=self.at)

    @rule(pick=st.integers(0, 20), to=st.sampled_from(ActionStatus), is_full=st.booleans())
    def move_an_action(self, pick: int, to: ActionStatus, is_full: bool) -> None:
        found = things(ActionItem)
        if not found:
            return
        one = actions_asked.in_full(found[pick % len(found)])
        words = "Alasan" if is_full else None
        self.attempt(lambda: actions.move_action(one, to, reason=words, evidence=words, by=ONE, at=self.at))

    @rule(step=st.sampled_from(["submit", "send_back", "approve", "correct"]))
    def walk_the_minutes(self, step: str) -> None:
        deeds: dict[str, Callable[[], object]] = {
            "submit": lambda: minutes.submit(self.meeting, by=ONE, at=self.at),
            "send_back": lambda: minutes.send_back(self.meeting, "Perbaiki", {}, by=ONE, at=self.at),
            "approve": lambda: minutes.approve(self.meeting, None, by=ONE, at=self.at),
            "correct": lambda: minutes.open_correction(self.meeting, "Salah", by=ONE, at=self.at),
        }
        self.meeting = meetings_asked.meeting(self.meeting.id)
        self.attempt(deeds[step])

    @rule()
    def open_a_sitting(self) -> None:
        self.attempt(lambda: reviews.open_review(plan_for(self.day), by=ONE, at=self.at))

    @rule(decision=st.sampled_from(Decision), is_full=st.booleans(), due=st.integers(1, 20))
    def decide(self, decision: Decision, is_full: bool, due: int) -> None:
        review = open_sitting()
        following = rules.next_to_settle(asked.stops(review.id), None) if review else None
        if not review or not following:
            return
        item = asked.item(review.id, following)
        words = "Alasan" if is_full else None
        verdict = Verdict(
            decision=decision, reason=words, evidence=words, due_on=self.day + timedelta(days=due),
            person_id=self.leader,
        )  # fmt: skip
        self.attempt(lambda: reviews.decide(review, item, verdict, by=ONE, at=self.at))

    @rule()
    def undo(self) -> None:
        review = open_sitting()
        last = asked.last_decided(review.id, None) if review else None
        if review and last:
            item = asked.item(review.id, last.id)
            self.attempt(lambda: reviews.undo(review, item, by=ONE, at=self.at))

    @rule()
    def close_the_sitting(self) -> None:
        if review := open_sitting():
            self.attempt(lambda: reviews.close(review, [], by=ONE, at=self.at))

    @invariant()
    def everything_fits(self) -> None:
        if not hasattr(self, "stack"):
            return
        self.steps += 1
        if self.steps % LOOK_EVERY == 0:
            self.look()

    def look(self) -> None:
        """What must hold at any moment."""
        db.session.flush()
        for model in (ActionItem, Proposal):
            moves = select(Event.subject_id, Event.to_state).where(Event.to_state.is_not(None)).order_by(Event.id)
            told = dict(db.session.execute(moves.filter_by(subject=model.__tablename__)).all())
            assert told == {row.id: str(row.status) for row in db.session.execute(select(model.id, model.status))}
        for row in db.session.execute(select(ActionItem.due_on, ActionItem.original_due_on)):
            assert row.due_on is None or row.original_due_on is not None
        standing = minutes_asked.latest(self.meeting.id)
        if standing and standing.state is MinutesState.APPROVED:
            assert standing.content_hash == mark_of(standing.content)
        assert db.session.scalar(select(func.count()).select_from(Review).filter_by(status=ReviewStatus.OPEN)) <= 1
        for review in db.session.scalars(select(Review).filter_by(status=ReviewStatus.CLOSED)):
            assert review.content_hash == mark_of(review.content)


@pytest.mark.timeout(3600)
def test_no_order_of_deeds_breaks_what_always_holds(empty_app: Flask) -> None:
    machine = type("Lives", (Lives,), {"app": empty_app})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=RUNS, stateful_step_count=STEPS, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_the_numbers_are_the_rows_whatever_the_data(empty_app: Flask, seed: int) -> None:
    chance = random.Random(seed)
    with world(empty_app):
        simulate(chance, weeks=4)
        for review in db.session.scalars(select(Review)):
            found = asked.figures(review.id)
            for movement in Movement:
                assert found.movements[movement] == asked.items(
                    review.id, asked.ItemFilter(movement=movement), None).count  # fmt: skip
            for group in QueueGroup:
                assert found.groups[group] == asked.items(review.id, asked.ItemFilter(group=group), None).count
            assert found.queue == len(asked.stops(review.id))


def simulate(chance: random.Random, weeks: int) -> None:
    """Weeks of meetings, promises, work and reviews, closed each."""
    for number in range(weeks):
        monday = START + number * WEEK
        at = datetime.combine(monday, time(9), JAKARTA)
        meeting = log(monday)
        for _ in range(chance.randint(0, 2)):
            draft = proposals.ProposalDraft(title_id="U", gist_id="U", raised_on=monday, raised_in_id=meeting.id)
            proposal = proposals.propose(draft, by=ONE, at=at)
            for _ in range(chance.randint(0, 3)):
                due_on = monday + timedelta(days=chance.randint(3, 60)) if chance.random() < 0.8 else None
                origin = actions.Origin(proposal_id=proposal.id)
                actions.assign_action(actions.ActionDraft(text_id="T"), origin, due_on, on=monday, by=ONE, at=at)
        db.session.flush()
        sit(chance, monday, at + timedelta(hours=1))
        for action_id in things(ActionItem):
            work(chance, action_id, at + timedelta(days=2))
        db.session.flush()
        db.session.expunge_all()


def work(chance: random.Random, action_id: int, at: datetime) -> None:
    """Between two sittings some actions move by themselves."""
    if chance.random() > 0.15:
        return
    to = chance.choice([ActionStatus.IN_PROGRESS, ActionStatus.AWAITING_VERIFICATION, ActionStatus.COMPLETED,
                        ActionStatus.CANCELLED])  # fmt: skip
    with db.session.begin_nested() as inner:
        try:
            action = actions_asked.in_full(action_id)
            actions.move_action(action, to, reason="Alasan", evidence="Bukti", by=ONE, at=at)
        except NotPossible:
            inner.rollback()


def sit(chance: random.Random, day: date, at: datetime) -> None:
    leader = somebody()
    review = reviews.open_review(plan_for(day), by=ONE, at=at)
    for stop in asked.stops(review.id)[:DECIDED_A_WEEK]:
        at += timedelta(seconds=30)
        verdict = Verdict(
            decision=chance.choice(list(Decision)), reason="Alasan", due_on=day + timedelta(days=chance.randint(8, 40)),
            evidence="Bukti" if chance.random() < 0.5 else None, person_id=leader,
        )  # fmt: skip
        with db.session.begin_nested() as inner:
            try:
                reviews.decide(review, asked.item(review.id, stop.item_id), verdict, by=ONE, at=at)
            except NotPossible:
                inner.rollback()
    reviews.close(review, [], by=ONE, at=at + timedelta(minutes=1))


def every_place_has_the_same_figures(review: Review, told: asked.WeekFigures) -> None:
    """The trend, the page of the sitting, its report and its files count the same by the same word."""
    found, content = asked.figures(review.id), asked.frozen(review)
    parts = labels.parts_of(content)
    assert told.done_before == found.movements[Movement.DONE]
    assert told.slipped_before == sum(found.movements[one] for one in SLIPPED)
    assert told.overdue == found.groups[QueueGroup.OVERDUE]
    decided = [row for rows in (parts[labels.Part.CHANGES], parts[labels.Part.SAME]) for row in rows]
    acts = Counter(labels.act_in(row) for row in decided)
    assert told.done_here == acts[Act.DONE]
    assert told.extended_here == acts[Act.EXTENDED]
    assert acts.total() == found.decisions.total()
    assert len(parts[labels.Part.LEFT]) == found.queue - found.done
    with speaking("en"):
        sentence = labels.headline_of(content)
        for act, count in acts.items():
            assert f"{count} {label(act).lower()}" in sentence
        sheet = exchange.report_of(review, content, by="Uji", at=review.closed_at, is_example=False, picture=None)
        in_files = Counter(row[6] for row in sheet.rows)
    assert in_files["–"] == len(parts[labels.Part.LEFT])
    assert in_files.total() == len(decided) + len(parts[labels.Part.LEFT])
    assert in_files["completed, and verified"] == told.done_here


@pytest.mark.timeout(300)
def test_a_year_of_weekly_reviews_ends_with_every_total_consistent(empty_app: Flask) -> None:
    with world(empty_app):
        simulate(random.Random(2026), weeks=52)
        weeks = asked.trend(60)
        sittings = db.session.scalars(select(Review).order_by(Review.week)).all()
        left = 0
        for one, review in zip(weeks, sittings, strict=True):
            of_actions = select(ReviewItem.movement).where(ReviewItem.action_id.is_not(None))
            moved = Counter(db.session.scalars(of_actions.filter_by(review_id=review.id)))
            was_open = sum(moved.values()) - moved[Movement.DONE] - moved[Movement.DROPPED]
            assert was_open == left + moved[Movement.NEW] - moved[Movement.DONE] - moved[Movement.DROPPED], one.week
            left = one.open
            every_place_has_the_same_figures(review, one)
        now = dict(db.session.execute(select(ActionItem.status, func.count()).group_by(ActionItem.status)).all())
        last = asked.actions_at_opening(START + 52 * WEEK, sittings[-1])
        still = sum(1 for facts in last if facts.status in OPEN)
        done_since = sum(1 for facts in last if facts.status is ActionStatus.COMPLETED)

        assert len(weeks) == 52
        assert still == sum(count for status, count in now.items() if status in OPEN)
        completed, reopened = (
            db.session.scalar(select(func.count()).select_from(Event).filter_by(subject="action_item", **step))
            for step in ({"to_state": "completed"}, {"from_state": "completed"})
        )
        assert completed - reopened == now[ActionStatus.COMPLETED]
        assert sum(one.done_before + one.done_here for one in weeks) + done_since == completed
