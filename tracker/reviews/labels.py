"""The words of the weekly review, and the sentences that its minutes are made of."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.core.actor import Classification
from tracker.core.wording import Tones, Words, either, label, long_day, say, speaking
from tracker.core.wording import lazy as _l
from tracker.meetings.commands import MeetingDraft, StatementDraft
from tracker.meetings.rules import MeetingType, SourceType, StatementKind
from tracker.proposals.rules import ProposalStatus
from tracker.reviews.models import ReviewItem
from tracker.reviews.rules import Act, Decision, Movement, QueueGroup, ReviewStatus, act_on_action, act_on_proposal

WORDS: Words = {
    ReviewStatus: {ReviewStatus.OPEN: _l("Being held"), ReviewStatus.CLOSED: _l("Closed and frozen")},
    QueueGroup: {
        QueueGroup.OVERDUE: _l("Overdue"),
        QueueGroup.DUE_BEFORE_NEXT: _l("Due before the next review"),
        QueueGroup.UNASSIGNED: _l("Without a PIC or a due date"),
        QueueGroup.STALE: _l("Nothing heard for 14 days"),
        QueueGroup.AWAITING_VERIFICATION: _l("Awaiting verification"),
        QueueGroup.BACK_FROM_DEFERRAL: _l("Back from deferral"),
        QueueGroup.ONLY_SUBMITTED: _l("Proposed, and no follow-up yet"),
    },
    Movement: {
        Movement.DONE: _l("Done"),
        Movement.EXTENDED: _l("Extended"),
        Movement.SLIPPED_AGAIN: _l("Slipped again"),
        Movement.NOT_MOVED: _l("Not moved"),
        Movement.NEW: _l("New or reopened"),
        Movement.RETURNED: _l("Back from deferral"),
        Movement.MOVED: _l("Moved on"),
        Movement.DROPPED: _l("No longer pursued"),
    },
    Decision: {
        Decision.DONE: _l("Done, or taken up for discussion"),
        Decision.GOES_ON: _l("Goes on"),
        Decision.EXTEND: _l("Extend, or put off"),
        Decision.REASSIGN: _l("Reassign"),
        Decision.ESCALATE: _l("Escalate"),
    },
    Act: {
        Act.DONE: _l("Done"),
        Act.REPORTED: _l("Reported as finished"),
        Act.NOTED: _l("Noted"),
        Act.DISCUSSED: _l("Taken up for discussion"),
        Act.GOES_ON: _l("Goes on"),
        Act.DATED: _l("Due date set"),
        Act.EXTENDED: _l("Extended"),
        Act.PUT_OFF: _l("Deferred"),
        Act.REASSIGNED: _l("Reassigned"),
        Act.ESCALATED: _l("Escalated"),
    },
}
TONES: Tones = {
    ReviewStatus: {ReviewStatus.OPEN: "info", ReviewStatus.CLOSED: "good"},
    QueueGroup: {QueueGroup.OVERDUE: "bad", QueueGroup.DUE_BEFORE_NEXT: "warn", QueueGroup.UNASSIGNED: "warn"},
    Movement: {Movement.DONE: "good", Movement.SLIPPED_AGAIN: "bad", Movement.EXTENDED: "warn", Movement.MOVED: "info"},
    Act: {
        Act.DONE: "good",
        Act.REPORTED: "info",
        Act.DISCUSSED: "info",
        Act.EXTENDED: "warn",
        Act.PUT_OFF: "warn",
        Act.ESCALATED: "bad",
        Act.REASSIGNED: "info",
    },
}
_REVIEWED = {
    "reviewed_goes_on": _l("Weekly review: goes on"),
    "reviewed_reassigned": _l("Weekly review: reassigned"),
    "reviewed_escalated": _l("Weekly review: escalated"),
    "reviewed_undone": _l("Weekly review: decision undone, former values restored"),
    # Events that were recorded before they were named after the act.
    "reviewed_reassign": _l("Weekly review: reassigned"),
    "reviewed_escalate": _l("Weekly review: escalated"),
}
_REVIEWED_ACTION = _REVIEWED | {
    "reviewed_done": _l("Weekly review: done"),
    "reviewed_reported": _l("Weekly review: reported as finished, awaiting verification"),
    "reviewed_noted": _l("Weekly review: noted, it had ended before"),
    "reviewed_dated": _l("Weekly review: due date set"),
    "reviewed_extended": _l("Weekly review: extended"),
    "reviewed_extend": _l("Weekly review: extended"),
}
_REVIEWED_PROPOSAL = _REVIEWED | {
    "reviewed_discussed": _l("Weekly review: taken up for discussion"),
    "reviewed_put_off": _l("Weekly review: put off"),
    "reviewed_done": _l("Weekly review: taken up for discussion"),
    "reviewed_extend": _l("Weekly review: put off"),
}
EVENTS = {
    "review": {
        "opened": _l("Sitting opened"),
        "decided": _l("One thing decided"),
        "decision_undone": _l("One decision undone"),
        "closed": _l("Sitting closed and frozen"),
    },
    "action_item": _REVIEWED_ACTION,
    "proposal": _REVIEWED_PROPOSAL,
}
#: The life of each key on the screen of the queue.
KEYS = (
    ("S", _l("done: with evidence it is completed, without it goes to verification; a proposal is discussed")),
    ("L", _l("goes on")),
    ("P", _l("extend, with a reason")),
    ("A", _l("reassign, with a reason")),
    ("E", _l("escalate, with a reason")),
    ("J", _l("next, without deciding")),
    ("K", _l("previous")),
    ("N", _l("write a note")),
    ("U", _l("undo my last decision")),
    ("?", _l("this list")),
)


def meeting_draft(week: str, held_on: date) -> MeetingDraft:
    """The meeting whose minutes a sitting writes, named in both languages."""
    with speaking("id"):
        name_id = say("Weekly follow-up review, week %(week)s", week=week)
    with speaking("en"):
        name_en = say("Weekly follow-up review, week %(week)s", week=week)
    return MeetingDraft(
        name_id=name_id, name_en=name_en, date=held_on, meeting_type=MeetingType.WEEKLY_REVIEW,
        source_type=SourceType.OWN_NOTES,
    )  # fmt: skip


def outcome(act: Act, *, until: str | None, who: str | None) -> str:
    """What a decision came to, in words."""
    words = {
        Act.DONE: say("completed, and verified"),
        Act.REPORTED: say("reported as finished; somebody else verifies it"),
        Act.NOTED: say("settled"),
        Act.DISCUSSED: say("taken up for discussion"),
        Act.GOES_ON: say("goes on"),
        Act.DATED: say("due date set to %(day)s", day=until),
        Act.EXTENDED: say("extended to %(day)s", day=until),
        Act.PUT_OFF: say("put off to %(day)s", day=until),
        Act.REASSIGNED: say("reassigned to %(who)s", who=who or say("not yet set")),
        Act.ESCALATED: say("escalated to the leadership"),
    }
    return words[act]


def outcome_of(item: ReviewItem) -> str:
    """What the decision of one thing came to."""
    thing, action = item.thing, item.action
    until = action.due_on if action else item.proposal.revisit_on if item.proposal else None
    unit = thing.responsible_unit
    who = action.pic.full_name if action and action.pic else either(unit.name_id, unit.name_en) if unit else None
    assert item.act  # noqa: S101  # asked only of what was decided
    return outcome(item.act, until=long_day(until) if until else None, who=who)


def statements_of(items: Sequence[ReviewItem]) -> list[tuple[int | None, StatementDraft]]:
    """One statement for each decision, with the account that took it. Classified things stay out of open minutes."""
    return [
        (item.decided_by_id, StatementDraft(kind=_kind_of(item), gist_id=_told(item, "id"), gist_en=_told(item, "en")))
        for item in items
        if item.thing.classification is Classification.ORDINARY
    ]


def _kind_of(item: ReviewItem) -> StatementKind:
    return StatementKind.INFORMATION if item.decision is Decision.GOES_ON else StatementKind.DECISION


def _told(item: ReviewItem, language: str) -> str:
    with speaking(language):
        thing = item.thing
        text = either(thing.text_id, thing.text_en) if isinstance(thing, ActionItem) else either(
            thing.title_id, thing.title_en)  # fmt: skip
        parts = [f"{thing.code} {text}: {outcome_of(item)}."]
        parts += [say("Reason: %(reason)s", reason=item.reason)] if item.reason else []
        parts += [say("Note: %(note)s", note=item.note)] if item.note else []
        return " ".join(parts)


#: What the lines of the trend are.
SERIES = {
    "open": _l("Left open"), "overdue": _l("Found overdue"), "done": _l("Done"), "slipped": _l("Slipped"),
}  # fmt: skip


def state_of(row: Mapping[str, Any]) -> str:
    """The state in which a closed sitting left a thing, from its frozen row."""
    kind = ActionStatus if row["kind"] == ActionItem.__tablename__ else ProposalStatus
    return label(kind(row["state_after"]))


def act_in(row: Mapping[str, Any]) -> Act | None:
    """What the decision of a frozen row did, if there was one."""
    if not row["decision"]:
        return None
    decision = Decision(row["decision"])
    if row["kind"] != ActionItem.__tablename__:
        return act_on_proposal(decision)
    return act_on_action(decision, ActionStatus(row["state_after"]), had_date=row["due_before"] is not None)


def report_of(row: Mapping[str, Any]) -> str:
    """What the decision of a frozen row came to, in words."""
    act = act_in(row)
    assert act  # noqa: S101  # asked only of what was decided
    until = long_day(date.fromisoformat(row["due_after"])) if row["due_after"] else None
    who = row["pic"] or either(row["unit_id"], row["unit_en"]) or None
    return outcome(act, until=until, who=who)
