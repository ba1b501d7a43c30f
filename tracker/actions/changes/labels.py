"""Labels of requests, escalations and holds, and of their events."""

from collections.abc import Mapping
from typing import Any

from tracker.actions.changes.rules import Direction, EscalationEnd, RequestState
from tracker.core.wording import Shape, Shapes, Words, either, gettext
from tracker.core.wording import lazy_gettext as _l

WORDS: Words = {
    RequestState: {
        RequestState.ASKED: _l("Requested"),
        RequestState.GRANTED: _l("Granted"),
        RequestState.REFUSED: _l("Refused"),
        RequestState.LAPSED: _l("Lapsed: the action was closed first"),
    },
    Direction: {
        Direction.CONTINUE: _l("It goes on, with a direction"),
        Direction.REASSIGN: _l("Reassign"),
        Direction.STOP: _l("Stop: the action is cancelled"),
    },
    EscalationEnd: {
        EscalationEnd.ANSWERED: _l("Answered"),
        EscalationEnd.LAPSED: _l("Lapsed: closed before an answer"),
    },
}
SHAPES: Shapes = {
    RequestState: {
        RequestState.ASKED: Shape.WAIT,
        RequestState.GRANTED: Shape.DONE,
        RequestState.REFUSED: Shape.ENDED,
        RequestState.LAPSED: Shape.ENDED,
    },
    EscalationEnd: {EscalationEnd.ANSWERED: Shape.DONE, EscalationEnd.LAPSED: Shape.ENDED},
}
_ESCALATIONS = {
    "escalated": _l("Escalated"),
    "escalation_answered": _l("Escalation answered"),
    "escalation_lapsed": _l("Escalation lapsed without an answer: it was closed"),
}
EVENTS = {
    "proposal": _ESCALATIONS,
    "action_item": {
        "due_date_asked": _l("Another due date requested"),
        "due_date_granted": _l("Another due date granted"),
        "due_date_refused": _l("Another due date refused"),
        "reassigned": _l("Reassigned to another PIC or unit"),
        **_ESCALATIONS,
        "due_date_lapsed": _l("The request for another due date lapsed: the action was closed"),
        "held_blocked": _l("Blocked"),
        "held_waiting_outside": _l("Waiting for an outside party"),
        "released": _l("Resumed"),
        "bulk_change_undone": _l("Bulk change undone"),
    },
}


def particulars(event: Any) -> str | None:
    """Old and new assignee, recipient of an escalation, or subject of an event; None if the details have none."""
    details = event.details or {}
    if "what" in details:
        return str(details["what"])
    if event.verb == "escalated":
        return _recipient(details)
    before, after = details.get("before"), details.get("after")
    if not isinstance(before, Mapping) or not isinstance(after, Mapping) or "pic" not in before:
        return None
    return _reassignment(before, after)


def _recipient(details: Mapping[str, Any]) -> str | None:
    title = either(details.get("title_id"), details.get("title_en"))
    who = ", ".join(part for part in (details.get("person"), title) if part)
    return gettext("Escalated to %(who)s", who=who) if who else None


def _reassignment(before: Mapping[str, Any], after: Mapping[str, Any]) -> str | None:
    nobody = gettext("not yet set")
    units = [either(assignment["unit_name_id"], assignment["unit_name_en"]) or nobody for assignment in (before, after)]
    changes = []
    if before["pic_id"] != after["pic_id"]:
        changes.append(gettext("PIC from %(old)s to %(new)s", old=before["pic"] or nobody, new=after["pic"] or nobody))
    if before["responsible_unit_id"] != after["responsible_unit_id"]:
        changes.append(gettext("Unit from %(old)s to %(new)s", old=units[0], new=units[1]))
    return "; ".join(changes) or None
