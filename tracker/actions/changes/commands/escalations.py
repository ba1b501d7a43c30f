"""Bringing an action or a proposal before somebody higher, and the answer."""

from datetime import datetime
from typing import Any

from tracker.actions.changes import policy
from tracker.actions.changes.commands.open_only import refuse_closed
from tracker.actions.changes.models import Escalation
from tracker.actions.changes.rules import EscalationEnd
from tracker.actions.models import ActionItem
from tracker.audit.commands import note_part, record
from tracker.audit.queries import parts_of
from tracker.audit.rules import Part
from tracker.core import clock
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy as _l
from tracker.people import queries as people
from tracker.people.models import Person, Position
from tracker.proposals.models import Proposal


def escalate(
    thing: ActionItem | Proposal, *, position_id: int | None, person_id: int | None, reason: str, by: Actor,
    at: datetime,
) -> Escalation:  # fmt: skip
    """Bring it before somebody higher; it stays with those in charge."""
    refuse_closed(thing)
    if position_id is None and person_id is None:
        raise NotPossible(_l("Choose the post or the person."), field="position")
    raised = Escalation(
        action_id=thing.id if isinstance(thing, ActionItem) else None,
        proposal_id=thing.id if isinstance(thing, Proposal) else None,
        position_id=position_id, person_id=person_id, reason=reason, by_name=by.name, at=at,
    )  # fmt: skip
    db.session.add(raised)
    db.session.flush()  # the event names the escalation
    note_part(raised, Part.ASKED, by=by)
    record(thing, "escalated", by=by, at=at, reason=reason, escalation_id=raised.id, **_named(position_id, person_id))
    return raised


def _named(position_id: int | None, person_id: int | None) -> dict[str, Any]:
    """Before whom, by number and as named today."""
    post = db.session.get(Position, position_id) if position_id else None
    person = db.session.get(Person, person_id) if person_id else None
    return {
        "position_id": position_id, "title_id": post.title_id if post else None,
        "title_en": post.title_en if post else None, "person_id": person_id,
        "person": person.full_name if person else None,
    }  # fmt: skip


def answer_escalation(
    thing: ActionItem | Proposal, escalation: Escalation, answer: str, *, by: Actor, at: datetime
) -> None:
    """Say what is to be done; the escalation no longer waits for anybody."""
    if escalation.ended_at is not None:
        raise NotPossible(_l("This escalation was already answered, or is closed."))
    posts = people.posts_of(by.person_id, clock.today())
    if Part.ASKED in parts_of(by, escalation) and not policy.is_asked(by, escalation, posts):
        raise NotPossible(_l("You brought it before them, so somebody else notes the answer."))
    end_escalation(escalation, EscalationEnd.ANSWERED, by_name=by.name, at=at)
    escalation.answer = answer
    record(thing, "escalation_answered", by=by, at=at, reason=answer, escalation_id=escalation.id)


def end_escalation(escalation: Escalation, ended_as: EscalationEnd, *, by_name: str, at: datetime) -> None:
    """Note when, how and by whose act it ended."""
    escalation.ended_as, escalation.ended_at, escalation.ended_by_name = ended_as, at, by_name
