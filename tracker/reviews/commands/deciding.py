"""Decide about an item of a review, and undo a decision."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from tracker.actions import commands as actions
from tracker.actions.changes import commands as changes
from tracker.actions.models import ActionItem
from tracker.actions.rules import CLOSED, ActionStatus
from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.clock import day_at
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.reasons import ensure_reason
from tracker.core.wording import lazy_gettext as _l
from tracker.proposals import commands as proposals
from tracker.proposals.models import Proposal
from tracker.proposals.rules import ProposalStatus, Step
from tracker.reviews import queries, rules
from tracker.reviews.commands.drafts import DecisionDraft
from tracker.reviews.commands.snapshots import assignment_change, restore, snapshot
from tracker.reviews.models import Review, ReviewItem
from tracker.reviews.rules import Decision, ReviewStatus


def decide(review: Review, item: ReviewItem, draft: DecisionDraft, *, by: Actor, at: datetime) -> None:
    ensure_open(review)
    if item.decision is not None:
        raise NotPossible(_l("This has been decided already. Undo that decision first."))
    if draft.decision in rules.NEEDS_REASON:
        ensure_reason(draft.reason)
    subject = item.subject
    former = None if draft.decision is Decision.GOES_ON else snapshot(subject)  # which changes nothing
    on = day_of(review, subject, at)
    if isinstance(subject, ActionItem):
        _ON_ACTION[draft.decision](subject, draft, on, by, at)
    else:
        _ON_PROPOSAL[draft.decision](subject, draft, review.meeting_id, on, by, at)
    reason = "; ".join(text for text in (draft.reason, draft.note) if text) or None
    verb = f"reviewed_{item.act_of(draft.decision)}"
    record(subject, verb, by=by, at=at, on=on, meeting_id=review.meeting_id, reason=reason)
    db.session.flush()  # increments the version
    item.decision, item.turn = draft.decision, queries.next_turn(review.id)
    item.reason, item.note = draft.reason, draft.note
    item.decided_at, item.decided_by_id, item.decided_by_name = at, by.account_id, by.name
    item.former = former if former is not None and snapshot(subject) != former else None
    item.version_after = subject.version
    record(review, "decided", by=by, at=at, on=on, meeting_id=review.meeting_id, mentions=[subject])


def day_of(review: Review, subject: ActionItem | Proposal, at: datetime) -> date:
    """The day of the review, or of the last step of the subject if that is later; never in the future."""
    return min(max(review.held_on, subject.status_since), day_at(at))


def ensure_open(review: Review) -> None:
    if review.status is ReviewStatus.CANCELLED:
        raise NotPossible(_l("This review was cancelled. Open it again to decide in it."))
    if review.status is ReviewStatus.CLOSED:
        raise NotPossible(_l("This review is closed."))


def _finish(action: ActionItem, draft: DecisionDraft, on: date, by: Actor, at: datetime) -> None:
    if action.status in CLOSED:  # closed outside the review; the decision only takes note of it
        _ensure_evidence_unchanged(action, draft)
        return
    if action.status is ActionStatus.AWAITING_VERIFICATION:  # verify it, or refuse with the reason
        actions.move_action(action, ActionStatus.COMPLETED, reason=None, evidence=draft.evidence, on=on, by=by, at=at)
    else:
        actions.finish(action, evidence=draft.evidence, on=on, by=by, at=at)


def _extend(action: ActionItem, draft: DecisionDraft, on: date, by: Actor, at: datetime) -> None:
    if draft.due_on is None:
        raise NotPossible(_l("Enter the new due date."), field="due_on")
    promise = actions.Promise(due_on=draft.due_on, reason=draft.reason, agreed_by=draft.agreed_by)
    actions.move_due_date(action, promise, on=on, by=by, at=at)


def _reassign(action: ActionItem, draft: DecisionDraft, on: date, by: Actor, at: datetime) -> None:
    changes.reassign(
        action, pic_id=draft.pic_id, responsible_unit_id=draft.unit_id, reason=draft.reason or "", on=on, by=by,
        at=at,
    )  # fmt: skip
    db.session.flush()
    db.session.refresh(action, ["pic", "responsible_unit"])


def _escalate(subject: ActionItem | Proposal, draft: DecisionDraft, _: date, by: Actor, at: datetime) -> None:
    recipient = {"position_id": draft.position_id, "person_id": draft.person_id}
    changes.escalate(subject, **recipient, reason=draft.reason or "", by=by, at=at)


def _let_continue(action: ActionItem, draft: DecisionDraft, *_: object) -> None:
    _ensure_evidence_unchanged(action, draft)


def _ensure_evidence_unchanged(action: ActionItem, draft: DecisionDraft) -> None:
    """“Done” and “Continue” share a form, so evidence may have been typed for a decision that stores none."""
    if draft.evidence and draft.evidence != action.evidence:
        sentence = _l("Evidence is recorded with “Done” only. Remove it here, or record it in a report.")
        raise NotPossible(sentence, field="evidence")


def _change_nothing(*_: object) -> None:
    """Only the event is recorded."""


_ON_ACTION: Mapping[Decision, Callable[[ActionItem, DecisionDraft, date, Actor, datetime], None]] = {
    Decision.DONE: _finish, Decision.GOES_ON: _let_continue, Decision.EXTEND: _extend, Decision.REASSIGN: _reassign,
    Decision.ESCALATE: _escalate,
}  # fmt: skip


def _move(proposal: Proposal, step: Step, meeting_id: int, by: Actor, at: datetime) -> None:
    move = proposals.Move(step=step, meeting_id=meeting_id)
    proposals.move_proposal(proposal, move, by=by, at=at)


def _discuss(proposal: Proposal, draft: DecisionDraft, meeting_id: int, on: date, by: Actor, at: datetime) -> None:
    step = Step(to=ProposalStatus.UNDER_DISCUSSION, on=on, reason=draft.note, has_meeting=True)
    _move(proposal, step, meeting_id, by, at)


def _defer(proposal: Proposal, draft: DecisionDraft, meeting_id: int, on: date, by: Actor, at: datetime) -> None:
    if draft.due_on is None or draft.due_on <= day_at(at):
        raise NotPossible(_l("Enter the date to discuss it again."), field="due_on")
    if proposal.status is ProposalStatus.DEFERRED:  # taken up in this review and deferred again
        _discuss(proposal, draft, meeting_id, on, by, at)
    step = Step(to=ProposalStatus.DEFERRED, on=on, reason=draft.reason, revisit_on=draft.due_on, has_meeting=True)
    _move(proposal, step, meeting_id, by, at)


def _assign_unit(proposal: Proposal, draft: DecisionDraft, _: int, on: date, by: Actor, at: datetime) -> None:
    proposals.assign_unit(proposal, draft.unit_id, reason=draft.reason, on=on, by=by, at=at)
    db.session.flush()
    db.session.refresh(proposal, ["responsible_unit"])


_ON_PROPOSAL: Mapping[Decision, Callable[[Proposal, DecisionDraft, int, date, Actor, datetime], None]] = {
    Decision.DONE: _discuss, Decision.GOES_ON: _change_nothing, Decision.EXTEND: _defer,
    Decision.REASSIGN: _assign_unit,
    Decision.ESCALATE: lambda proposal, draft, _, on, by, at: _escalate(proposal, draft, on, by, at),
}  # fmt: skip


def undo(review: Review, item: ReviewItem, *, by: Actor, at: datetime) -> None:
    """Restore the values before the decision, with an event. Raises NotPossible if the subject changed since."""
    ensure_open(review)
    if item.decision is None:
        raise NotPossible(_l("There is no decision to undo."))
    subject = item.subject
    current = snapshot(subject)
    decided_at = item.decided_at or at
    if item.former:
        if subject.version != item.version_after:
            raise NotPossible(_l("It was changed after the decision. Change it on its own page."))
        restore(subject, item.former, decided_at=decided_at, at=at)
    status_after = str(subject.status)
    details: dict[str, Any] = (
        {"from_state": current["status"], "to_state": status_after} if status_after != current["status"] else {}
    )
    details |= assignment_change(current, snapshot(subject))
    record(subject, "reviewed_undone", by=by, at=at, meeting_id=review.meeting_id,
           decided_at=decided_at.isoformat(), **details)  # fmt: skip
    for name in ("decision", "turn", "reason", "note", "decided_at", "decided_by_id", "decided_by_name", "former",
                 "version_after"):  # fmt: skip
        setattr(item, name, None)
    record(review, "decision_undone", by=by, at=at, meeting_id=review.meeting_id, mentions=[subject])
