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
from tracker.reviews.rules import Decision, Movement, QueueGroup, ReviewStatus

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
        Decision.DONE: _l("Done"),
        Decision.GOES_ON: _l("Goes on"),
        Decision.EXTEND: _l("Extend"),
        Decision.REASSIGN: _l("Reassign"),
        Decision.ESCALATE: _l("Escalate"),
    },
}
TONES: Tones = {
    ReviewStatus: {ReviewStatus.OPEN: "info", ReviewStatus.CLOSED: "good"},
    QueueGroup: {QueueGroup.OVERDUE: "bad", QueueGroup.DUE_BEFORE_NEXT: "warn", QueueGroup.UNASSIGNED: "warn"},
    Movement: {Movement.DONE: "good", Movement.SLIPPED_AGAIN: "bad", Movement.EXTENDED: "warn", Movement.MOVED: "info"},
    Decision: {Decision.DONE: "good", Decision.EXTEND: "warn", Decision.ESCALATE: "bad", Decision.REASSIGN: "info"},
}
_REVIEWED = {
    "reviewed_done": _l("Weekly review: done"),
    "reviewed_goes_on": _l("Weekly review: goes on"),
    "reviewed_extend": _l("Weekly review: extended"),
    "reviewed_reassign": _l("Weekly review: reassigned"),
    "reviewed_escalate": _l("Weekly review: escalated"),
    "reviewed_undone": _l("Weekly review: decision undone, former values restored"),
}
EVENTS = {
    "review": {
        "opened": _l("Sitting opened"),
        "decided": _l("One thing decided"),
        "decision_undone": _l("One decision undone"),
        "closed": _l("Sitting closed and frozen"),
    },
    "action_item": _REVIEWED,
    "proposal": _REVIEWED,
}
#: The life of each key on the screen of the queue.
KEYS = (
    ("S", _l("done: with evidence it is completed, without it goes to verification")),
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


def outcome(decision: Decision, *, is_action: bool, state: str, until: str | None, who: str | None) -> str:
    """What a decision came to, in words."""
    if decision is Decision.DONE and is_action:
        done = {ActionStatus.COMPLETED: say("completed, and verified"),
                ActionStatus.AWAITING_VERIFICATION: say("reported as finished; somebody else verifies it")}  # fmt: skip
        return done.get(ActionStatus(state), say("settled"))
    words = {
        Decision.DONE: say("taken up for discussion"),
        Decision.GOES_ON: say("goes on"),
        Decision.EXTEND: say("extended to %(day)s", day=until) if is_action else say("put off to %(day)s", day=until),
        Decision.REASSIGN: say("reassigned to %(who)s", who=who or say("not yet set")),
        Decision.ESCALATE: say("escalated to the leadership"),
    }
    return words[decision]


def outcome_of(item: ReviewItem) -> str:
    """What the decision of one thing came to."""
    thing, action = item.thing, item.action
    until = action.due_on if action else item.proposal.revisit_on if item.proposal else None
    unit = thing.responsible_unit
    who = action.pic.full_name if action and action.pic else either(unit.name_id, unit.name_en) if unit else None
    assert item.decision  # noqa: S101  # asked only of what was decided
    return outcome(item.decision, is_action=action is not None, state=thing.status,
                   until=long_day(until) if until else None, who=who)  # fmt: skip


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


def code_of(row: Mapping[str, Any]) -> Decision | None:
    """The decision of a frozen row, if there was one."""
    return Decision(row["decision"]) if row["decision"] else None


def report_of(row: Mapping[str, Any]) -> str:
    """What the decision of a frozen row came to, in words."""
    is_action = row["kind"] == ActionItem.__tablename__
    until = long_day(date.fromisoformat(row["due_after"])) if row["due_after"] else None
    who = row["pic"] or either(row["unit_id"], row["unit_en"]) or None
    return outcome(Decision(row["decision"]), is_action=is_action, state=row["state_after"], until=until, who=who)
