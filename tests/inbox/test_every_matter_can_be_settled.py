"""After random commands, everything that waits for a user can be settled by that user, and is gone then.

Each run is waiting transaction that is rolled back, so that hundreds of runs need only waiting database.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, time, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from tests import depth
from tracker.accounts.models import Account, AccountRole
from tracker.accounts.queries import as_actor
from tracker.actions import commands as actions
from tracker.actions import policy as action_policy
from tracker.actions import queries as action_queries
from tracker.actions.changes import commands as changes
from tracker.actions.changes import policy as change_policy
from tracker.actions.changes import queries as change_queries
from tracker.actions.models import ActionItem
from tracker.actions.rules import OPEN as OPEN_ACTIONS
from tracker.actions.rules import ActionStatus, HoldKind
from tracker.audit.queries import parts_of
from tracker.calendar.holidays.rules import WEEK, week_of
from tracker.core import clock
from tracker.core.actor import Actor, Classification, Role, acting
from tracker.core.clock import Zone
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.corrections import commands as corrections
from tracker.corrections import policy as correction_policy
from tracker.inbox import queries as inbox
from tracker.inbox.queries import Waiting
from tracker.inbox.rules import Matter
from tracker.meetings import commands as meetings
from tracker.meetings import queries as meeting_queries
from tracker.meetings.models import Attendance
from tracker.meetings.rules import AttendanceRole, MeetingType, StatementKind
from tracker.minutes import commands as minutes
from tracker.minutes import policy as minutes_policy
from tracker.people import queries as people
from tracker.people.models import OrgUnit, Person, Position, PositionHolding
from tracker.people.rules import HoldingKind
from tracker.proposals import commands as proposals
from tracker.proposals import policy as proposal_policy
from tracker.proposals import queries as proposal_queries
from tracker.proposals.models import Proposal
from tracker.proposals.rules import (
    NEXT,
    Answer,
    Attribution,
    Effect,
    LinkState,
    NotActionableReason,
    ProposalStatus,
    Settlement,
    Step,
)
from tracker.reviews import commands as reviews
from tracker.reviews import queries as review_queries
from tracker.reviews import rules as review_rules
from tracker.reviews.commands import DecisionDraft, Plan
from tracker.reviews.rules import Decision
from tracker.status import commands as status
from tracker.status import policy as status_policy
from tracker.status import queries as status_queries
from tracker.targets.models import Indicator

#: Number of steps per run; `make inbox-states` sets the number of runs.
STEPS = 50
#: Checks are slower than commands, so they run at every tenth step and at the end of a run.
CHECK_EVERY = 10
_ROLES: dict[str, tuple[Role, ...]] = {
    "sekretaris": (Role.SECRETARIAT,), "penelaah": (Role.REVIEWER,), "pimpinan": (Role.DECISION_MAKER,),
    "pic": (Role.PIC,), "penasihat": (Role.ADVISER,), "serba": (Role.REVIEWER, Role.PIC, Role.DECISION_MAKER),
}  # fmt: skip


@contextmanager
def rolled_back(app: Flask) -> Iterator[None]:
    """Roll back everything done inside."""
    with app.app_context():
        try:
            yield
        finally:
            db.session.rollback()
            db.session.remove()


def add_account(name: str, roles: tuple[Role, ...]) -> Account:
    """Add a person with an account."""
    person = Person(name=name.title(), folded=name, aliases=[])
    db.session.add(person)
    db.session.flush()
    account = Account(
        username=name, display_name=name.title(), password_hash="x", created_at=clock.now(), person_id=person.id,
        clearance=Classification.ORDINARY, roles=[AccountRole(role=role) for role in roles],
    )  # fmt: skip
    db.session.add(account)
    db.session.flush()
    return account


class Office(RuleBasedStateMachine):
    """Calls commands in random order."""

    app: Flask
    walked = 0

    @initialize()
    def begin(self) -> None:
        self.stack = ExitStack()
        self.stack.enter_context(rolled_back(self.app))
        self.day, self.steps = clock.today() - timedelta(days=120), 0
        unit = OrgUnit(name_id="Direktorat")
        db.session.add(unit)
        db.session.flush()
        self.unit_id, self.posts = unit.id, []
        target = Indicator(name_id="Indikator", state="active")
        db.session.add(target)
        db.session.flush()
        self.target_id = target.id
        for title in ("Direktur Jenderal", "Sekretaris"):
            post = Position(title_id=title, unit_id=unit.id, aliases=[])
            db.session.add(post)
            db.session.flush()
            self.posts.append(post.id)
        self.accounts = {name: add_account(name, roles) for name, roles in _ROLES.items()}
        self.persons = [account.person_id or 0 for account in self.accounts.values()]
        for index, post_id in enumerate(self.posts):
            self.hold_post(post_id, self.persons[2 + index])
        attendance = [
            meetings.AttendanceDraft(person_id=self.persons[2], role=AttendanceRole.CHAIR),
            meetings.AttendanceDraft(person_id=self.persons[0], role=AttendanceRole.MINUTE_TAKER),
        ]
        by = self.actor("sekretaris")
        draft = meetings.MeetingDraft(name_id="Rapat", date=self.day, venue="Ruang rapat")
        meeting = meetings.log_meeting(draft, attendance, [], by=by, at=self.at)
        statement = meetings.StatementDraft(kind=StatementKind.REMARK, gist_id="Catatan")
        meetings.add_statement(meeting, statement, by=by, at=self.at)
        self.meeting_id = meeting.id

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            try:
                self.check()
            finally:
                self.stack.close()

    @property
    def at(self) -> datetime:
        return datetime.combine(self.day, time(9), Zone.WIB.info) + timedelta(seconds=self.steps)

    def hold_post(self, post_id: int, person_id: int) -> None:
        db.session.add(PositionHolding(position_id=post_id, person_id=person_id, kind=HoldingKind.PLT))
        db.session.flush()

    def actor(self, name: str) -> Actor:
        return as_actor(self.accounts[name])

    def attempt(self, name: str, command: Callable[[Actor], object]) -> None:
        """Call a command; if it is refused, roll back as a request would."""
        actor = self.actor(name)
        with acting(actor), db.session.begin_nested() as inner:
            try:
                command(actor)
                db.session.flush()
            except NotPossible:
                inner.rollback()

    def pick_one(self, model: type[ActionItem] | type[Proposal], pick: int) -> ActionItem | Proposal | None:
        ids = list(db.session.scalars(select(model.id).order_by(model.id)))
        if not ids:
            return None
        load = action_queries.in_full if model is ActionItem else proposal_queries.in_full
        return load(ids[pick % len(ids)])

    @rule(days=st.integers(1, 9))
    def time_passes(self, days: int) -> None:
        self.day = min(self.day + timedelta(days=days), clock.today())

    @rule(post=st.integers(0, 2), person=st.integers(0, 5))
    def propose(self, post: int, person: int) -> None:
        def command(by: Actor) -> None:
            draft = proposals.ProposalDraft(
                title_id="Usulan", gist_id="Usulan", raised_on=self.day, raised_in_id=self.meeting_id,
                decision_authority_id=[*self.posts, None][post],
            )  # fmt: skip
            proposal = proposals.propose(draft, by=by, at=self.at)
            proponent = proposals.ProponentDraft(person_id=self.persons[person], attribution=Attribution.UNCONFIRMED)
            proposals.add_proponent(proposal, proponent, by=by, at=self.at)

        self.attempt("sekretaris", command)

    @rule(pick=st.integers(0, 20), to=st.sampled_from(ProposalStatus))
    def move_a_proposal(self, pick: int, to: ProposalStatus) -> None:
        proposal = self.pick_one(Proposal, pick)
        if not isinstance(proposal, Proposal):
            return
        first = db.session.scalar(select(Proposal.id).order_by(Proposal.id).limit(1))
        step = Step(
            to=to, on=self.day, reason="Alasan", has_authority=True, has_meeting=True, evidence="Bukti",
            revisit_on=self.day + timedelta(days=pick + 1) if to is ProposalStatus.DEFERRED else None,
            survivor_id=first if to is ProposalStatus.MERGED else None,
            reason_code=NotActionableReason.OTHER if to is ProposalStatus.NOT_ACTIONABLE else None,
        )  # fmt: skip
        move = proposals.Move(step=step)
        self.attempt("serba", lambda by: proposals.move_proposal(
            proposal, move, by=by, at=self.at))  # fmt: skip

    @rule(pick=st.integers(0, 20), effect=st.sampled_from(Effect), name=st.sampled_from(["sekretaris", "serba"]))
    def suggest_a_target(self, pick: int, effect: Effect, name: str) -> None:
        proposal = self.pick_one(Proposal, pick)
        if isinstance(proposal, Proposal):
            draft = proposals.LinkDraft(target_id=self.target_id, effect=effect)
            self.attempt(name, lambda by: proposals.link_target(
                proposal, draft, reason="Alasan", by=by, at=self.at))  # fmt: skip

    @rule(pick=st.integers(0, 20), due=st.integers(-10, 60), person=st.integers(0, 6))
    def assign(self, pick: int, due: int, person: int) -> None:
        proposal = self.pick_one(Proposal, pick)
        if proposal is None:
            return
        draft = actions.ActionDraft(
            text_id="Tugas", pic_id=[*self.persons, None][person], responsible_unit_id=self.unit_id
        )
        self.attempt("sekretaris", lambda by: actions.assign_action(
            draft, actions.Origin(proposal_id=proposal.id), self.day + timedelta(days=due), on=self.day, by=by,
            at=self.at))  # fmt: skip

    @rule(pick=st.integers(0, 20), to=st.sampled_from(ActionStatus), name=st.sampled_from(sorted(_ROLES)))
    def move_an_action(self, pick: int, to: ActionStatus, name: str) -> None:
        action = self.pick_one(ActionItem, pick)
        actor = self.actor(name)
        if not isinstance(action, ActionItem) or not action_policy.may_move(actor, action, to, parts_of(actor, action)):
            return
        code = NotActionableReason.OTHER if to is ActionStatus.NOT_ACTIONABLE else None
        self.attempt(name, lambda by: actions.move_action(
            action, to, reason="Alasan", evidence="Bukti", reason_code=code, by=by, at=self.at))  # fmt: skip

    @rule(pick=st.integers(0, 20), name=st.sampled_from(["pic", "penelaah", "serba", "sekretaris"]))
    def ask_another_date(self, pick: int, name: str) -> None:
        action = self.pick_one(ActionItem, pick)
        if isinstance(action, ActionItem) and change_policy.may_ask(self.actor(name), action):
            later = self.day + timedelta(days=30)
            self.attempt(name, lambda by: changes.ask_due_date(action, later, "Data", by=by, at=self.at))

    @rule(pick=st.integers(0, 20), is_action=st.booleans(), to=st.integers(0, 7))
    def escalate(self, pick: int, is_action: bool, to: int) -> None:
        subject = self.pick_one(ActionItem if is_action else Proposal, pick)
        if subject is None:
            return
        recipient = {"position_id": self.posts[to], "person_id": None} if to < 2 else {
            "position_id": None, "person_id": self.persons[to - 2]}  # fmt: skip
        self.attempt("penelaah", lambda by: changes.escalate(subject, **recipient, reason="Buntu", by=by, at=self.at))

    @rule(pick=st.integers(0, 20), is_action=st.booleans(), to=st.integers(0, 8), ago=st.integers(0, 5))
    def hand_over(self, pick: int, is_action: bool, to: int, ago: int) -> None:
        subject = self.pick_one(ActionItem if is_action else Proposal, pick)
        if subject is None:
            return
        recipient = (
            status.Recipient(position_id=self.posts[to]) if to < 2
            else status.Recipient(unit_id=self.unit_id) if to == 8
            else status.Recipient(person_id=self.persons[to - 2])
        )  # fmt: skip
        on = self.day - timedelta(days=ago)
        self.attempt("penelaah", lambda by: status.hand_over(subject, recipient, on=on, reason=None, by=by, at=self.at))

    @rule(pick=st.integers(0, 20), is_action=st.booleans(), name=st.sampled_from(["sekretaris", "serba"]))
    def correct(self, pick: int, is_action: bool, name: str) -> None:
        subject = self.pick_one(ActionItem if is_action else Proposal, pick)
        if subject is not None and subject.is_decided:
            texts = {subject.decided_columns[0]: f"Perubahan {self.steps}"}
            self.attempt(
                name, lambda by: corrections.apply_edit(subject, texts, reason="Salah tulis", by=by, at=self.at)
            )

    @rule(pick=st.integers(0, 20), person=st.integers(0, 5))
    def reassign(self, pick: int, person: int) -> None:
        action = self.pick_one(ActionItem, pick)
        if isinstance(action, ActionItem):
            self.attempt("penelaah", lambda by: changes.reassign(
                action, pic_id=self.persons[person], responsible_unit_id=self.unit_id, reason="Pindah", by=by,
                at=self.at))  # fmt: skip

    @rule(pick=st.integers(0, 20), is_outside=st.booleans())
    def hold_or_release(self, pick: int, is_outside: bool) -> None:
        action = self.pick_one(ActionItem, pick)
        if not isinstance(action, ActionItem):
            return
        kind = HoldKind.WAITING_OUTSIDE if is_outside else HoldKind.BLOCKED
        draft = changes.HoldDraft(kind=kind, waiting_for="Pihak lain", since=self.day)
        is_on_hold = action.hold is not None
        self.attempt("penelaah", lambda by: changes.release(action, by=by, at=self.at) if is_on_hold
                     else changes.hold(action, draft, by=by, at=self.at))  # fmt: skip

    @rule(pick=st.integers(0, 20), answer=st.sampled_from(Answer))
    def answer_the_attribution(self, pick: int, answer: Answer) -> None:
        proposal = self.pick_one(Proposal, pick)
        if isinstance(proposal, Proposal) and proposal.proponents:
            self.attempt("penasihat", lambda by: proposals.answer_attribution(
                proposal, proposal.proponents[0], answer, "Bukan saya", by=by, at=self.at))  # fmt: skip

    @rule(step=st.sampled_from(["submit", "send_back", "approve", "correct"]))
    def move_the_minutes(self, step: str) -> None:
        meeting = meeting_queries.meeting(self.meeting_id)
        commands: dict[str, tuple[str, Callable[[Actor], object]]] = {
            "submit": ("sekretaris", lambda by: minutes.submit(meeting, by=by, at=self.at)),
            "send_back": ("pimpinan", lambda by: minutes.send_back(meeting, "Perbaiki", {}, by=by, at=self.at)),
            "approve": ("pimpinan", lambda by: minutes.approve(meeting, None, by=by, at=self.at)),
            "correct": ("sekretaris", lambda by: minutes.open_correction(meeting, "Salah", by=by, at=self.at)),
        }
        self.attempt(*commands[step])

    @rule(post=st.integers(0, 1), person=st.integers(0, 5))
    def another_holds_the_post(self, post: int, person: int) -> None:
        for holding in db.session.scalars(select(PositionHolding).filter_by(position_id=self.posts[post], end_on=None)):
            holding.end_on = clock.today() - timedelta(days=1)
        db.session.flush()
        self.hold_post(self.posts[post], self.persons[person])

    @rule(decision=st.sampled_from(Decision), due=st.integers(1, 20), person=st.integers(0, 5))
    def decide_in_a_review(self, decision: Decision, due: int, person: int) -> None:
        current = review_queries.current_review()
        if current is None:
            self.attempt("penelaah", lambda by: reviews.open_review(self.plan(), by=by, at=self.at))
            return
        review = review_queries.review(current.week, to_change=True)
        following = review_rules.next_to_settle(review_queries.stops(review.id), None)
        if following is None:
            self.attempt("penelaah", lambda by: reviews.close(review, [], by=by, at=self.at))
            return
        item = review_queries.item(review.id, following)
        draft = DecisionDraft(
            decision=decision, reason="Alasan", evidence="Bukti", due_on=self.day + timedelta(days=due),
            person_id=self.persons[person], pic_id=self.persons[person], unit_id=self.unit_id,
        )  # fmt: skip
        self.attempt("penelaah", lambda by: reviews.decide(review, item, draft, by=by, at=self.at))

    def plan(self) -> Plan:
        day, week = self.day, week_of(self.day)
        draft = meetings.MeetingDraft(name_id=f"Tinjauan {week}", date=day, meeting_type=MeetingType.WEEKLY_REVIEW)
        return Plan(week=week, held_on=day, patience=WEEK, meeting=draft)

    @rule()
    def undo_in_the_review(self) -> None:
        current = review_queries.current_review()
        review = review_queries.review(current.week, to_change=True) if current else None
        last = review_queries.last_decided(review.id, None) if review else None
        if review and last:
            item = review_queries.item(review.id, last.id)
            self.attempt("penelaah", lambda by: reviews.undo(review, item, by=by, at=self.at))

    @rule(pick=st.integers(0, 5))
    def settle_something(self, pick: int) -> None:
        name = sorted(_ROLES)[pick]
        actor = self.actor(name)
        with acting(actor):
            waiting = self.all_of(actor)
            if waiting:
                self.settle(waiting[0], actor)
                db.session.flush()

    @invariant()
    def everything_can_be_settled(self) -> None:
        if hasattr(self, "stack"):
            self.steps += 1
            type(self).walked += 1
            if self.steps % CHECK_EVERY == 0:
                self.check()

    def all_of(self, actor: Actor) -> list[Waiting]:
        groups = inbox.waiting_for(actor, 1000)
        assert inbox.count(actor) == sum(group.count for group in groups) == sum(len(group.rows) for group in groups)
        return [row for group in groups for row in group.rows]

    def check(self) -> None:
        """Settle everything that waits for each user, and roll it back."""
        db.session.flush()
        for name in _ROLES:
            actor = self.actor(name)
            with acting(actor):
                for index in range(len(self.all_of(actor))):
                    with db.session.begin_nested() as inner:
                        waiting = self.all_of(actor)[index]
                        key = (waiting.matter, waiting.row_id, waiting.subject.id)
                        self.settle(waiting, actor)
                        db.session.flush()
                        remaining = {(other.matter, other.row_id, other.subject.id) for other in self.all_of(actor)}
                        assert key not in remaining, (name, key)
                        inner.rollback()

    def settle(self, waiting: Waiting, actor: Actor) -> None:
        SETTLERS[waiting.matter](waiting, actor, max(datetime.combine(clock.today(), time(10), Zone.WIB.info), self.at))


def posts_of(actor: Actor) -> frozenset[int]:
    return people.posts_of(actor.person_id, clock.today())


def answer_escalation(waiting: Waiting, actor: Actor, at: datetime) -> None:
    escalation = change_queries.escalation(waiting.subject, waiting.row_id)
    assert change_policy.may_answer_escalation(actor, escalation, posts_of(actor), parts_of(actor, escalation))
    assert change_queries.answerable(change_queries.open_escalations(waiting.subject), actor)[escalation.id]
    changes.answer_escalation(waiting.subject, escalation, "Lanjutkan", by=actor, at=at)


def answer_hand_over(waiting: Waiting, actor: Actor, at: datetime) -> None:
    hand_over = status_queries.hand_over(waiting.subject, waiting.row_id)
    assert status_policy.may_answer_hand_over(actor, hand_over, posts_of(actor))
    status.answer_hand_over(waiting.subject, hand_over, "Sudah", by=actor, at=at)


def confirm_the_link(waiting: Waiting, actor: Actor, at: datetime) -> None:
    proposal = proposal_queries.in_full(waiting.subject.id)
    link = proposal_queries.link(proposal, waiting.row_id)
    assert proposal_policy.may_settle_link(actor, parts_of(actor, link))
    proposals.settle_link(proposal, link, LinkState.CONFIRMED, "Sesuai", by=actor, at=at)


def reject(waiting: Waiting, actor: Actor, at: datetime) -> None:
    proposal = proposal_queries.in_full(waiting.subject.id)
    assert proposal_policy.may_move(actor, proposal, ProposalStatus.REJECTED)
    assert ProposalStatus.REJECTED in NEXT[proposal.status]
    step = Step(to=ProposalStatus.REJECTED, on=clock.today(), reason="Tidak perlu")
    proposals.move_proposal(proposal, proposals.Move(step=step), by=actor, at=at)


def approve(waiting: Waiting, actor: Actor, at: datetime) -> None:
    attendance = db.session.scalars(select(Attendance).filter_by(meeting_id=waiting.subject.id)).all()
    assert minutes_policy.may_approve(actor, attendance, parts_of(actor, waiting.subject))
    minutes.approve(meeting_queries.meeting(waiting.subject.id), None, by=actor, at=at)


def submit_again(waiting: Waiting, actor: Actor, at: datetime) -> None:
    assert minutes_policy.may_submit(actor)
    minutes.submit(meeting_queries.meeting(waiting.subject.id), by=actor, at=at)


def grant(waiting: Waiting, actor: Actor, at: datetime) -> None:
    action, request = (
        action_queries.in_full(waiting.subject.id),
        change_queries.request(waiting.subject.id, waiting.row_id),
    )
    assert action.status in OPEN_ACTIONS
    assert change_policy.may_answer(actor, parts_of(actor, action))
    changes.grant_request(action, request, by=actor, at=at)


def verify(waiting: Waiting, actor: Actor, at: datetime) -> None:
    action = action_queries.in_full(waiting.subject.id)
    assert action_policy.may_move(actor, action, ActionStatus.COMPLETED, parts_of(actor, action))
    actions.move_action(action, ActionStatus.COMPLETED, reason=None, evidence="Bukti", by=actor, at=at)


def confirm(waiting: Waiting, actor: Actor, at: datetime) -> None:
    proposal = proposal_queries.in_full(waiting.subject.id)
    proponent = proposal_queries.proponent(proposal, waiting.row_id)
    assert proposal_policy.may_answer_attribution(actor, proponent)
    proposals.answer_attribution(proposal, proponent, Answer.CONFIRMED, None, by=actor, at=at)


def settle_dispute(waiting: Waiting, actor: Actor, at: datetime) -> None:
    proposal = proposal_queries.in_full(waiting.subject.id)
    proponent = proposal_queries.proponent(proposal, waiting.row_id)
    assert proposal_policy.may_settle_attribution(actor, parts_of(actor, proponent))
    draft = proposals.SettlementDraft(
        settlement=Settlement.STAYS, note="Risalah", role=proponent.role, attribution=Attribution.QUOTED
    )
    proposals.settle_attribution(proposal, proponent, draft, by=actor, at=at)


def finish(waiting: Waiting, actor: Actor, at: datetime) -> None:
    action = action_queries.in_full(waiting.subject.id)
    assert action_policy.may_report(actor, action)
    report = actions.Report(on=clock.today(), progress_note="Selesai", evidence="Bukti", is_finished=True)
    actions.report_progress(action, report, by=actor, at=at)


def confirm_correction(waiting: Waiting, actor: Actor, at: datetime) -> None:
    load = action_queries.in_full if isinstance(waiting.subject, ActionItem) else proposal_queries.in_full
    subject = load(waiting.subject.id)
    assert correction_policy.may_confirm(actor, subject, parts_of(actor, subject))
    corrections.confirm(subject, None, by=actor, at=at)


#: The command behind the button of each matter, after checking the policy of its page.
SETTLERS: dict[Matter, Callable[[Waiting, Actor, datetime], None]] = {
    Matter.ESCALATION: answer_escalation, Matter.DECISION: reject, Matter.APPROVAL: approve,
    Matter.DUE_DATE_REQUEST: grant, Matter.VERIFICATION: verify, Matter.HAND_OVER: answer_hand_over,
    Matter.ATTRIBUTION: confirm, Matter.DISPUTE: settle_dispute, Matter.RETURNED_MINUTES: submit_again,
    Matter.OVERDUE: finish, Matter.CORRECTION: confirm_correction, Matter.TARGET_LINK: confirm_the_link,
}  # fmt: skip


@pytest.mark.timeout(7200)
@pytest.mark.repeated_later
@depth.runs("STATE_RUNS", 4, in_depth=6)
def test_everything_that_waits_can_be_settled_after_random_commands(empty_app: Flask, runs: int) -> None:
    machine = type("Office", (Office,), {"app": empty_app})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=runs, stateful_step_count=STEPS, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    assert machine.walked > STEPS
