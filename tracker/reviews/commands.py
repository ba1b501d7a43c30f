"""Things people do in a weekly review: open it, decide, undo, close. Nothing here commits."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, insert, update

from tracker.actions import commands as actions
from tracker.actions import policy as action_policy
from tracker.actions.models import ActionHold, ActionItem
from tracker.actions.rules import CLOSED, ActionStatus
from tracker.core.actor import Actor
from tracker.core.clock import JAKARTA
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.visibility import unrestricted
from tracker.core.wording import lazy as _l
from tracker.history.commands import record
from tracker.holidays.rules import IsoWeek
from tracker.meetings import commands as meetings
from tracker.meetings.commands import AttendanceDraft, MeetingDraft, StatementDraft
from tracker.meetings.rules import MeetingStatus
from tracker.minutes.rules import canonical, mark_of
from tracker.proposals import commands as proposals
from tracker.proposals.models import Proposal
from tracker.proposals.rules import ProposalStatus, Step
from tracker.reviews import queries, rules
from tracker.reviews.models import Review, ReviewItem
from tracker.reviews.rules import Decision, Movement, Place, ReviewStatus
from tracker.steering import commands as steering
from tracker.steering import queries as steering_asked
from tracker.steering.models import Escalation

#: Columns of a thing that no decision changes and no undoing restores.
_IDENTITY = frozenset({"id", "version"})


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is settled when a sitting is opened."""

    week: IsoWeek
    held_on: date
    next_on: date
    #: How long a proposal may stay unanswered before the review asks for it.
    patience: timedelta
    meeting: MeetingDraft


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the sitting decides of one thing."""

    decision: Decision
    reason: str | None = None
    note: str | None = None
    evidence: str | None = None
    due_on: date | None = None
    agreed_by: str | None = None
    pic_id: int | None = None
    unit_id: int | None = None
    position_id: int | None = None
    person_id: int | None = None


# --- Opening ---


def open_review(plan: Plan, *, by: Actor, at: datetime) -> Review:
    """Open the sitting of a week: what moved since the last one and the queue are frozen as they are now."""
    with unrestricted():  # the sitting is one for all; each reader is shown of it what is open to them
        if queries.known(str(plan.week)):
            raise NotPossible(_l("This week's sitting has been opened already."))
        if queries.open_one():
            raise NotPossible(_l("Another sitting is still open. Close it first."))
        previous = queries.last_closed()
        meeting = meetings.log_meeting(plan.meeting, [], [], by=by, at=at)
        review = Review(
            week=str(plan.week),
            status=ReviewStatus.OPEN,
            held_on=plan.held_on,
            next_on=plan.next_on,
            previous=previous,
            meeting=meeting,
            opened_at=at,
            opened_by_name=by.name,
        )
        db.session.add(review)
        db.session.flush()  # its things need its number
        found = [*_actions_of(plan, previous), *_proposals_of(plan, previous)]
    if found:
        db.session.execute(insert(ReviewItem), _in_order(review.id, found))
    record(review, "opened", by=by, at=at, meeting_id=meeting.id, to_state=ReviewStatus.OPEN)
    return review


@dataclass(frozen=True, kw_only=True)
class _Found:
    thing_id: int
    kind: str
    place: Place | None
    movement: Movement
    weeks: int
    state: StrEnum
    due_on: date | None


def _actions_of(plan: Plan, previous: Review | None) -> list[_Found]:
    before = queries.left_open_by(previous)[0] if previous else {}
    closed_on = previous.closed_at.astimezone(JAKARTA).date() if previous and previous.closed_at else None
    found = []
    for facts in queries.actions_at_opening(plan.held_on, previous):
        was = before.get(facts.id)
        found.append(_Found(
            thing_id=facts.id, kind="action_id", place=rules.place_of_action(facts, plan.held_on, plan.next_on),
            movement=rules.movement_of_action(facts, was, plan.held_on, closed_on),
            weeks=was.weeks + 1 if was else 1, state=facts.status, due_on=facts.due_on,
        ))  # fmt: skip
    return found


def _proposals_of(plan: Plan, previous: Review | None) -> list[_Found]:
    before = queries.left_open_by(previous)[1] if previous else {}
    found = []
    for facts in queries.proposals_at_opening(plan.held_on):
        was, place = before.get(facts.id), rules.place_of_proposal(facts, plan.held_on, plan.next_on, plan.patience)
        if place:
            found.append(_Found(
                thing_id=facts.id, kind="proposal_id", place=place, movement=rules.movement_of_proposal(place, was),
                weeks=was.weeks + 1 if was else 1, state=facts.status, due_on=facts.revisit_on,
            ))  # fmt: skip
    return found


def _in_order(review_id: int, found: Sequence[_Found]) -> list[dict[str, Any]]:
    """The rows to store: the queue in its order, then what nothing asks for."""
    queued = sorted((one for one in found if one.place), key=lambda one: rules.rank(one.place, one.thing_id))  # type: ignore[arg-type]  # filtered
    others = [one for one in found if not one.place]
    return [
        {
            "review_id": review_id, "action_id": None, "proposal_id": None, one.kind: one.thing_id, "version": 1,
            "movement": one.movement, "queue_group": one.place.group if one.place else None,
            "position": position if one.place else None, "weeks": one.weeks, "state_before": str(one.state),
            "due_before": one.due_on,
        }
        for position, one in enumerate([*queued, *others], 1)
    ]  # fmt: skip


# --- Deciding ---


def decide(review: Review, item: ReviewItem, verdict: Verdict, *, by: Actor, at: datetime) -> None:
    """Decide of one thing; what the decision means for the thing happens at once."""
    _ensure_open(review)
    if item.decision is not None:
        raise NotPossible(_l("This has been decided already. Undo that decision first."))
    if verdict.decision in rules.NEEDS_REASON and not verdict.reason:
        raise NotPossible(_l("Say why."))
    thing = item.thing
    former = _facts(thing)
    if isinstance(thing, ActionItem):
        _ON_ACTION[verdict.decision](thing, verdict, by, at)
    else:
        _ON_PROPOSAL[verdict.decision](thing, verdict, review.meeting_id, by, at)
    why = "; ".join(words for words in (verdict.reason, verdict.note) if words) or None
    record(thing, f"reviewed_{verdict.decision}", by=by, at=at, meeting_id=review.meeting_id, reason=why)
    db.session.flush()  # the version after is counted by storing
    item.decision, item.turn = verdict.decision, queries.next_turn(review.id)
    item.reason, item.note = verdict.reason, verdict.note
    item.decided_at, item.decided_by_id, item.decided_by_name = at, by.account_id, by.name
    item.former = former if _facts(thing) != former else None
    item.version_after = thing.version
    record(review, "decided", by=by, at=at, meeting_id=review.meeting_id)


def _ensure_open(review: Review) -> None:
    if review.status is not ReviewStatus.OPEN:
        raise NotPossible(_l("This sitting is closed."))


def _finish(action: ActionItem, verdict: Verdict, by: Actor, at: datetime) -> None:
    """Done: verified where there is evidence and the reviewer may verify, else it goes to verification."""
    if action.status in CLOSED:
        return  # finished or given up outside the sitting; the queue only takes note
    was_waiting = action.status is ActionStatus.AWAITING_VERIFICATION
    if not was_waiting:
        actions.move_action(action, ActionStatus.AWAITING_VERIFICATION, reason=None, evidence=None, by=by, at=at)
    action.evidence = verdict.evidence or action.evidence
    if was_waiting or (action.evidence and action_policy.may_verify(by, action)):
        actions.move_action(action, ActionStatus.COMPLETED, reason=None, evidence=verdict.evidence, by=by, at=at)


def _extend(action: ActionItem, verdict: Verdict, by: Actor, at: datetime) -> None:
    if verdict.due_on is None:
        raise NotPossible(_l("Enter the new due date."))
    promise = actions.Promise(due_on=verdict.due_on, reason=verdict.reason, agreed_by=verdict.agreed_by)
    actions.move_due_date(action, promise, by=by, at=at)


def _reassign(action: ActionItem, verdict: Verdict, by: Actor, at: datetime) -> None:
    steering.reassign(
        action, pic_id=verdict.pic_id, responsible_unit_id=verdict.unit_id, reason=verdict.reason or "", by=by, at=at
    )
    db.session.flush()
    db.session.refresh(action, ["pic", "responsible_unit"])


def _escalate(action: ActionItem, verdict: Verdict, by: Actor, at: datetime) -> None:
    to = {"position_id": verdict.position_id, "person_id": verdict.person_id}
    steering.escalate(action, **to, reason=verdict.reason or "", by=by, at=at)


def _nothing(*_: object) -> None:
    """The event alone says it."""


_ON_ACTION: Mapping[Decision, Callable[[ActionItem, Verdict, Actor, datetime], None]] = {
    Decision.DONE: _finish, Decision.GOES_ON: _nothing, Decision.EXTEND: _extend, Decision.REASSIGN: _reassign,
    Decision.ESCALATE: _escalate,
}  # fmt: skip


def _move(proposal: Proposal, step: Step, meeting_id: int, by: Actor, at: datetime) -> None:
    move = proposals.Move(step=step, meeting_id=meeting_id)
    proposals.move_proposal(proposal, move, actions=0, open_actions=0, by=by, at=at)


def _discuss(proposal: Proposal, verdict: Verdict, meeting_id: int, by: Actor, at: datetime) -> None:
    on = at.astimezone(JAKARTA).date()
    step = Step(to=ProposalStatus.UNDER_DISCUSSION, on=on, reason=verdict.note, has_meeting=True)
    _move(proposal, step, meeting_id, by, at)


def _defer(proposal: Proposal, verdict: Verdict, meeting_id: int, by: Actor, at: datetime) -> None:
    on = at.astimezone(JAKARTA).date()
    if verdict.due_on is None or verdict.due_on <= on:
        raise NotPossible(_l("Enter the day on which it comes back."))
    if proposal.status is ProposalStatus.DEFERRED:  # it was taken up here, and is put off once more
        _discuss(proposal, verdict, meeting_id, by, at)
    step = Step(to=ProposalStatus.DEFERRED, on=on, reason=verdict.reason, revisit_on=verdict.due_on, has_meeting=True)
    _move(proposal, step, meeting_id, by, at)


def _entrust(proposal: Proposal, verdict: Verdict, _: int, by: Actor, at: datetime) -> None:
    proposal.responsible_unit_id = verdict.unit_id
    db.session.flush()
    db.session.refresh(proposal, ["responsible_unit"])
    record(proposal, "edited", by=by, at=at, reason=verdict.reason)


_ON_PROPOSAL: Mapping[Decision, Callable[[Proposal, Verdict, int, Actor, datetime], None]] = {
    Decision.DONE: _discuss, Decision.GOES_ON: _nothing, Decision.EXTEND: _defer, Decision.REASSIGN: _entrust,
    Decision.ESCALATE: _nothing,
}  # fmt: skip


# --- Undoing ---


def undo(review: Review, item: ReviewItem, *, by: Actor, at: datetime) -> None:
    """Take a decision back: the thing gets its former values, by an event of its own."""
    _ensure_open(review)
    if item.decision is None:
        raise NotPossible(_l("There is no decision to undo."))
    thing = item.thing
    now = _facts(thing)
    if item.former:
        if thing.version != item.version_after:
            raise NotPossible(_l("It was changed after the decision. Change it on its own page."))
        _restore(thing, item.former, at=at)
    after = str(thing.status)
    moved = {"from_state": now["status"], "to_state": after} if after != now["status"] else {}
    record(thing, "reviewed_undone", by=by, at=at, meeting_id=review.meeting_id, **moved)
    for name in ("decision", "turn", "reason", "note", "decided_at", "decided_by_id", "decided_by_name", "former",
                 "version_after"):  # fmt: skip
        setattr(item, name, None)
    record(review, "decision_undone", by=by, at=at, meeting_id=review.meeting_id)


def _restore(thing: ActionItem | Proposal, former: Mapping[str, Any], *, at: datetime) -> None:
    if isinstance(thing, ActionItem):
        if thing.due_on and thing.due_on.isoformat() != former["due_on"]:
            thing.promises[-1].withdrawn_at = at
        _restore_beside(thing, former)
    for column in type(thing).__table__.columns:
        if column.name in former:
            setattr(thing, column.name, _revived(former[column.name], column.type.python_type))


def _restore_beside(action: ActionItem, former: Mapping[str, Any]) -> None:
    """What held it up holds it up again, and it was not brought before anybody."""
    now = _beside(action)
    if former["hold_id"] and not now["hold_id"]:
        db.session.execute(update(ActionHold).filter_by(id=former["hold_id"]).values(ended_on=None))
    if now["escalation_id"] != former["escalation_id"]:
        db.session.execute(delete(Escalation).filter_by(id=now["escalation_id"]))


def _facts(thing: ActionItem | Proposal) -> dict[str, Any]:
    """What a thing's row holds and what stands beside it, as JSON keeps it."""
    values = {column.name: getattr(thing, column.name) for column in type(thing).__table__.columns}
    row = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if name not in _IDENTITY
    }
    return row | _beside(thing) if isinstance(thing, ActionItem) else row


def _beside(action: ActionItem) -> dict[str, int | None]:
    """What holds an action up, and the last time it was escalated."""
    raised = steering_asked.latest_escalation(action.id)
    return {"hold_id": queries.open_hold(action.id), "escalation_id": raised.id if raised else None}


def _revived(value: Any, kind: Any) -> Any:
    if value is None:
        return None
    return kind.fromisoformat(value) if issubclass(kind, date) else kind(value)


# --- Closing ---


def close(review: Review, said: Sequence[tuple[int | None, StatementDraft]], *, by: Actor, at: datetime) -> None:
    """Close the sitting for good: freeze all it saw and decided, and write its minutes.

    `said` is one statement for each decision, with the account that took it.
    """
    _ensure_open(review)
    if review.held_on > at.astimezone(JAKARTA).date():
        raise NotPossible(_l("The day of this sitting is still to come."))
    record(review, "closed", by=by, at=at, meeting_id=review.meeting_id, to_state=ReviewStatus.CLOSED)
    db.session.flush()
    with unrestricted():
        _note_outcomes(review.id)
        _write_minutes(review, said, by=by, at=at)
        stored = canonical(queries.content_of(review, closed_by=by.name, closed_at=at))
    review.content, review.content_hash = stored, mark_of(stored)
    review.status, review.closed_at, review.closed_by_name = ReviewStatus.CLOSED, at, by.name


def _note_outcomes(review_id: int) -> None:
    """Write beside each thing how the sitting leaves it."""
    for status, due_on, mine in queries.outcomes():
        things = update(ReviewItem).where(ReviewItem.review_id == review_id, mine)
        db.session.execute(things.values(state_after=status, due_after=due_on), execution_options={
            "synchronize_session": False})  # fmt: skip


def _write_minutes(
    review: Review, said: Sequence[tuple[int | None, StatementDraft]], *, by: Actor, at: datetime
) -> None:
    meeting = queries.meeting_of(review)
    if meeting.status is MeetingStatus.SCHEDULED:
        meetings.move_meeting(meeting, MeetingStatus.HELD, reason=None, by=by, at=at)
    seats = {}
    for account in queries.participants(review.id):
        who = AttendanceDraft(person_id=account.person_id) if account.person_id else AttendanceDraft(
            post_as_written=account.display_name)  # fmt: skip
        seats[account.id] = meetings.add_attendance(meeting, who, by=by, at=at)
    db.session.flush()  # statements name the seats of their speakers
    for account_id, draft in said:
        seat = seats.get(account_id) if account_id else None
        meetings.add_statement(meeting, replace(draft, speaker_id=seat.id if seat else None), by=by, at=at)
