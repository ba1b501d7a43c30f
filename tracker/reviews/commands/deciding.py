"""Deciding of one thing in a sitting, and taking the decision back."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from tracker.actions import commands as actions
from tracker.actions.changes import commands as steering
from tracker.actions.models import ActionItem
from tracker.actions.rules import CLOSED, ActionStatus
from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.clock import day_at
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy as _l
from tracker.proposals import commands as proposals
from tracker.proposals.models import Proposal
from tracker.proposals.rules import ProposalStatus, Step
from tracker.reviews import queries, rules
from tracker.reviews.commands.drafts import Verdict
from tracker.reviews.commands.former import facts, in_charge_before_and_after, restore
from tracker.reviews.models import Review, ReviewItem
from tracker.reviews.rules import Decision, ReviewStatus


def decide(review: Review, item: ReviewItem, verdict: Verdict, *, by: Actor, at: datetime) -> None:
    """Decide of one thing; what the decision means for the thing happens at once."""
    ensure_open(review)
    if item.decision is not None:
        raise NotPossible(_l("This has been decided already. Undo that decision first."))
    if verdict.decision in rules.NEEDS_REASON and not verdict.reason:
        raise NotPossible(_l("Give a reason."), field="reason")
    thing = item.thing
    former = None if verdict.decision is Decision.GOES_ON else facts(thing)  # nothing changes by that
    on = day_of(review, thing, at)
    if isinstance(thing, ActionItem):
        _ON_ACTION[verdict.decision](thing, verdict, on, by, at)
    else:
        _ON_PROPOSAL[verdict.decision](thing, verdict, review.meeting_id, on, by, at)
    why = "; ".join(words for words in (verdict.reason, verdict.note) if words) or None
    verb = f"reviewed_{item.act_of(verdict.decision)}"
    record(thing, verb, by=by, at=at, on=on, meeting_id=review.meeting_id, reason=why)
    db.session.flush()  # the version after is counted by storing
    item.decision, item.turn = verdict.decision, queries.next_turn(review.id)
    item.reason, item.note = verdict.reason, verdict.note
    item.decided_at, item.decided_by_id, item.decided_by_name = at, by.account_id, by.name
    item.former = former if former is not None and facts(thing) != former else None
    item.version_after = thing.version
    record(review, "decided", by=by, at=at, on=on, meeting_id=review.meeting_id, mentions=[thing])


def day_of(review: Review, thing: ActionItem | Proposal, at: datetime) -> date:
    """The day of a decision: that of the sitting, but not before the last step of the thing itself."""
    return min(max(review.held_on, thing.status_since), day_at(at))


def ensure_open(review: Review) -> None:
    """Refuse what comes after the sitting was closed."""
    if review.status is ReviewStatus.CANCELLED:
        raise NotPossible(_l("This review was cancelled. Open it again to decide in it."))
    if review.status is ReviewStatus.CLOSED:
        raise NotPossible(_l("This review is closed."))


def _finish(action: ActionItem, verdict: Verdict, on: date, by: Actor, at: datetime) -> None:
    """Done: verified where there is evidence and the reviewer may verify, else it goes to verification."""
    if action.status in CLOSED:
        return  # finished or given up outside the sitting; the queue only takes note
    if (
        action.status is ActionStatus.AWAITING_VERIFICATION
    ):  # done can only mean verified, or is refused with the reason
        actions.move_action(action, ActionStatus.COMPLETED, reason=None, evidence=verdict.evidence, on=on, by=by, at=at)
    else:
        actions.finish(action, evidence=verdict.evidence, on=on, by=by, at=at)


def _extend(action: ActionItem, verdict: Verdict, on: date, by: Actor, at: datetime) -> None:
    if verdict.due_on is None:
        raise NotPossible(_l("Enter the new due date."), field="due_on")
    promise = actions.Promise(due_on=verdict.due_on, reason=verdict.reason, agreed_by=verdict.agreed_by)
    actions.move_due_date(action, promise, on=on, by=by, at=at)


def _reassign(action: ActionItem, verdict: Verdict, on: date, by: Actor, at: datetime) -> None:
    steering.reassign(
        action, pic_id=verdict.pic_id, responsible_unit_id=verdict.unit_id, reason=verdict.reason or "", on=on, by=by,
        at=at,
    )  # fmt: skip
    db.session.flush()
    db.session.refresh(action, ["pic", "responsible_unit"])


def _escalate(thing: ActionItem | Proposal, verdict: Verdict, _: date, by: Actor, at: datetime) -> None:
    to = {"position_id": verdict.position_id, "person_id": verdict.person_id}
    steering.escalate(thing, **to, reason=verdict.reason or "", by=by, at=at)


def _nothing(*_: object) -> None:
    """The event alone says it."""


_ON_ACTION: Mapping[Decision, Callable[[ActionItem, Verdict, date, Actor, datetime], None]] = {
    Decision.DONE: _finish, Decision.GOES_ON: _nothing, Decision.EXTEND: _extend, Decision.REASSIGN: _reassign,
    Decision.ESCALATE: _escalate,
}  # fmt: skip


def _move(proposal: Proposal, step: Step, meeting_id: int, by: Actor, at: datetime) -> None:
    move = proposals.Move(step=step, meeting_id=meeting_id)
    proposals.move_proposal(proposal, move, by=by, at=at)


def _discuss(proposal: Proposal, verdict: Verdict, meeting_id: int, on: date, by: Actor, at: datetime) -> None:
    step = Step(to=ProposalStatus.UNDER_DISCUSSION, on=on, reason=verdict.note, has_meeting=True)
    _move(proposal, step, meeting_id, by, at)


def _defer(proposal: Proposal, verdict: Verdict, meeting_id: int, on: date, by: Actor, at: datetime) -> None:
    if verdict.due_on is None or verdict.due_on <= day_at(at):
        raise NotPossible(_l("Enter the date to discuss it again."), field="due_on")
    if proposal.status is ProposalStatus.DEFERRED:  # it was taken up here, and is put off once more
        _discuss(proposal, verdict, meeting_id, on, by, at)
    step = Step(to=ProposalStatus.DEFERRED, on=on, reason=verdict.reason, revisit_on=verdict.due_on, has_meeting=True)
    _move(proposal, step, meeting_id, by, at)


def _entrust(proposal: Proposal, verdict: Verdict, _: int, on: date, by: Actor, at: datetime) -> None:
    proposals.entrust(proposal, verdict.unit_id, reason=verdict.reason, on=on, by=by, at=at)
    db.session.flush()
    db.session.refresh(proposal, ["responsible_unit"])


_ON_PROPOSAL: Mapping[Decision, Callable[[Proposal, Verdict, int, date, Actor, datetime], None]] = {
    Decision.DONE: _discuss, Decision.GOES_ON: _nothing, Decision.EXTEND: _defer, Decision.REASSIGN: _entrust,
    Decision.ESCALATE: lambda proposal, verdict, _, on, by, at: _escalate(proposal, verdict, on, by, at),
}  # fmt: skip


def undo(review: Review, item: ReviewItem, *, by: Actor, at: datetime) -> None:
    """Take a decision back: the thing gets its former values, by an event of its own."""
    ensure_open(review)
    if item.decision is None:
        raise NotPossible(_l("There is no decision to undo."))
    thing = item.thing
    now = facts(thing)
    decided_at = item.decided_at or at
    if item.former:
        if thing.version != item.version_after:
            raise NotPossible(_l("It was changed after the decision. Change it on its own page."))
        restore(thing, item.former, decided_at=decided_at, at=at)
    after = str(thing.status)
    moved: dict[str, Any] = {"from_state": now["status"], "to_state": after} if after != now["status"] else {}
    moved |= in_charge_before_and_after(now, facts(thing))
    record(thing, "reviewed_undone", by=by, at=at, meeting_id=review.meeting_id,
           decided_at=decided_at.isoformat(), **moved)  # fmt: skip
    for name in ("decision", "turn", "reason", "note", "decided_at", "decided_by_id", "decided_by_name", "former",
                 "version_after"):  # fmt: skip
        setattr(item, name, None)
    record(review, "decision_undone", by=by, at=at, meeting_id=review.meeting_id, mentions=[thing])
