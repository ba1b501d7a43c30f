"""Escalate actions and proposals, and answer escalations."""

from datetime import datetime
from typing import Any

from tracker.actions.changes import policy
from tracker.actions.changes.commands.open_only import ensure_open
from tracker.actions.changes.commands.reassigning import reassign
from tracker.actions.changes.models import Escalation
from tracker.actions.changes.rules import EscalationEnd
from tracker.actions.commands import move_action
from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.audit.commands import note_part, record
from tracker.audit.queries import parts_of
from tracker.audit.rules import Part
from tracker.core import clock
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy_gettext as _l
from tracker.people import queries as people
from tracker.people.models import Person, Position
from tracker.proposals.models import Proposal


def escalate(
    subject: ActionItem | Proposal, *, position_id: int | None, person_id: int | None, reason: str, by: Actor,
    at: datetime,
) -> Escalation:  # fmt: skip
    """Escalate to a post, a person or both. Those in charge of the subject stay in charge."""
    ensure_open(subject)
    if position_id is None and person_id is None:
        raise NotPossible(_l("Choose the post or the person."), field="position")
    escalation = Escalation(
        action_id=subject.id if isinstance(subject, ActionItem) else None,
        proposal_id=subject.id if isinstance(subject, Proposal) else None,
        position_id=position_id, person_id=person_id, reason=reason, by_name=by.name, at=at,
    )  # fmt: skip
    db.session.add(escalation)
    db.session.flush()  # the event needs the id of the escalation
    note_part(escalation, Part.ASKED, by=by)
    record(
        subject,
        "escalated",
        by=by,
        at=at,
        reason=reason,
        escalation_id=escalation.id,
        **_recipient(position_id, person_id),
    )
    return escalation


def _recipient(position_id: int | None, person_id: int | None) -> dict[str, Any]:
    post = db.session.get(Position, position_id) if position_id else None
    person = db.session.get(Person, person_id) if person_id else None
    return {
        "position_id": position_id, "title_id": post.title_id if post else None,
        "title_en": post.title_en if post else None, "person_id": person_id,
        "person": person.full_name if person else None,
    }  # fmt: skip


def answer_escalation(
    subject: ActionItem | Proposal, escalation: Escalation, answer: str, *, by: Actor, at: datetime
) -> None:
    """Whoever escalated may only answer if they are also the recipient."""
    if escalation.ended_at is not None:
        raise NotPossible(_l("This escalation was already answered, or is closed."))
    posts = people.posts_of(by.person_id, clock.today())
    if Part.ASKED in parts_of(by, escalation) and not policy.is_recipient(by, escalation, posts):
        raise NotPossible(_l("You escalated this, so somebody else has to record the answer."))
    end_escalation(escalation, EscalationEnd.ANSWERED, by_name=by.name, at=at)
    escalation.answer = answer
    record(subject, "escalation_answered", by=by, at=at, reason=answer, escalation_id=escalation.id)


def answer_by_reassigning(
    action: ActionItem, escalation: Escalation, reason: str, *, pic_id: int | None, responsible_unit_id: int | None,
    by: Actor, at: datetime,
) -> None:  # fmt: skip
    answer_escalation(action, escalation, reason, by=by, at=at)
    reassign(action, pic_id=pic_id, responsible_unit_id=responsible_unit_id, reason=reason, by=by, at=at)


def answer_by_stopping(action: ActionItem, escalation: Escalation, reason: str, *, by: Actor, at: datetime) -> None:
    """Cancel the action. Raises NotPossible if the actor was ever in charge of it."""
    answer_escalation(action, escalation, reason, by=by, at=at)
    move_action(action, ActionStatus.CANCELLED, reason=reason, evidence=None, by=by, at=at)


def end_escalation(escalation: Escalation, ended_as: EscalationEnd, *, by_name: str, at: datetime) -> None:
    """End it without any checks and without an event."""
    escalation.ended_as, escalation.ended_at, escalation.ended_by_name = ended_as, at, by_name
