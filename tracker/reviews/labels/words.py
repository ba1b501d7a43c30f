"""Labels of the weekly review."""

from datetime import date

from tracker.actions import queries as actions
from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.core.wording import Shape, Shapes, Words, either, gettext, long_day, ngettext, speaking
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.commands import MeetingDraft
from tracker.meetings.rules import MeetingType, SourceType
from tracker.reviews.models import ReviewItem
from tracker.reviews.rules import Act, Decision, Movement, Order, QueueGroup, ReviewStatus, Standing

WORDS: Words = {
    ReviewStatus: {
        ReviewStatus.OPEN: _l("Being held"),
        ReviewStatus.CLOSED: _l("Closed and frozen"),
        ReviewStatus.CANCELLED: _l("Cancelled"),
    },
    QueueGroup: {
        QueueGroup.OVERDUE: _l("Overdue"),
        QueueGroup.DUE_BEFORE_NEXT: _l("Due before the next review"),
        QueueGroup.UNASSIGNED: _l("Without a PIC or a due date"),
        QueueGroup.STALE: _l("No news for 14 days"),
        QueueGroup.AWAITING_VERIFICATION: _l("Awaiting verification"),
        QueueGroup.BACK_FROM_DEFERRAL: _l("Back from deferral"),
        QueueGroup.ONLY_SUBMITTED: _l("Proposed, no follow-up yet"),
    },
    Order: {
        Order.REASON: _l("By reason"),
        Order.UNIT: _l("By unit"),
        Order.PIC: _l("By PIC"),
    },
    Movement: {
        Movement.DONE: _l("Done"),
        Movement.EXTENDED: _l("Extended"),
        Movement.SLIPPED_AGAIN: _l("Slipped again"),
        Movement.NOT_MOVED: _l("No progress"),
        Movement.NEW: _l("New or reopened"),
        Movement.RETURNED: _l("Back from deferral"),
        Movement.MOVED: _l("Progressed"),
        Movement.DROPPED: _l("No longer pursued"),
    },
    Decision: {
        Decision.DONE: _l("Done, or taken up for discussion"),
        Decision.GOES_ON: _l("Continues"),
        Decision.EXTEND: _l("Extend or defer"),
        Decision.REASSIGN: _l("Reassign"),
        Decision.ESCALATE: _l("Escalate"),
    },
    Act: {
        Act.DONE: _l("Done"),
        Act.REPORTED: _l("Reported as finished"),
        Act.NOTED: _l("Noted"),
        Act.DISCUSSED: _l("Taken up for discussion"),
        Act.GOES_ON: _l("Continues"),
        Act.DATED: _l("Due date set"),
        Act.EXTENDED: _l("Extended"),
        Act.PUT_OFF: _l("Deferred"),
        Act.REASSIGNED: _l("Reassigned"),
        Act.ESCALATED: _l("Escalated"),
    },
    Standing: {
        Standing.DONE: _l("Done"),
        Standing.ENDED: _l("No longer pursued"),
        Standing.LATE: _l("Overdue"),
        Standing.SOON: _l("Due soon"),
        Standing.ON_TRACK: _l("On schedule"),
        Standing.UNDATED: _l("No due date"),
        Standing.NEW: _l("New or reopened"),
    },
}
SHAPES: Shapes = {
    ReviewStatus: {
        ReviewStatus.OPEN: Shape.RUN,
        ReviewStatus.CLOSED: Shape.DONE,
        ReviewStatus.CANCELLED: Shape.ENDED,
    },
    QueueGroup: {
        QueueGroup.OVERDUE: Shape.LATE,
        QueueGroup.DUE_BEFORE_NEXT: Shape.WAIT,
        QueueGroup.UNASSIGNED: Shape.WAIT,
        QueueGroup.STALE: Shape.PAUSE,
        QueueGroup.AWAITING_VERIFICATION: Shape.WAIT,
        QueueGroup.BACK_FROM_DEFERRAL: Shape.OPEN,
        QueueGroup.ONLY_SUBMITTED: Shape.OPEN,
    },
    Movement: {
        Movement.DONE: Shape.DONE,
        Movement.EXTENDED: Shape.RUN,
        Movement.SLIPPED_AGAIN: Shape.LATE,
        Movement.NOT_MOVED: Shape.PAUSE,
        Movement.NEW: Shape.OPEN,
        Movement.RETURNED: Shape.OPEN,
        Movement.MOVED: Shape.RUN,
        Movement.DROPPED: Shape.ENDED,
    },
    Act: {
        Act.DONE: Shape.DONE,
        Act.REPORTED: Shape.WAIT,
        Act.NOTED: Shape.RUN,
        Act.DISCUSSED: Shape.RUN,
        Act.GOES_ON: Shape.RUN,
        Act.DATED: Shape.RUN,
        Act.EXTENDED: Shape.RUN,
        Act.PUT_OFF: Shape.PAUSE,
        Act.REASSIGNED: Shape.RUN,
        Act.ESCALATED: Shape.WAIT,
    },
}
_REVIEWED = {
    "reviewed_goes_on": _l("Weekly review: continues"),
    "reviewed_reassigned": _l("Weekly review: reassigned"),
    "reviewed_escalated": _l("Weekly review: escalated"),
    "reviewed_undone": _l("Weekly review: decision undone, former values restored"),
    # Verbs of older events, recorded before events were named after the act.
    "reviewed_reassign": _l("Weekly review: reassigned"),
    "reviewed_escalate": _l("Weekly review: escalated"),
}
_REVIEWED_ACTION = _REVIEWED | {
    "reviewed_done": _l("Weekly review: done"),
    "reviewed_reported": _l("Weekly review: reported as finished, awaiting verification"),
    "reviewed_noted": _l("Weekly review: noted, it had already ended"),
    "reviewed_dated": _l("Weekly review: due date set"),
    "reviewed_extended": _l("Weekly review: extended"),
    "reviewed_extend": _l("Weekly review: extended"),
}
_REVIEWED_PROPOSAL = _REVIEWED | {
    "reviewed_discussed": _l("Weekly review: taken up for discussion"),
    "reviewed_put_off": _l("Weekly review: deferred"),
    "reviewed_done": _l("Weekly review: taken up for discussion"),
    "reviewed_extend": _l("Weekly review: deferred"),
}
EVENTS = {
    "review": {
        "opened": _l("Review opened"),
        "opened_again": _l("Review reopened"),
        "cancelled": _l("Review cancelled"),
        "decided": _l("One item decided"),
        "decision_undone": _l("One decision undone"),
        "closed": _l("Review closed and frozen"),
    },
    "action_item": _REVIEWED_ACTION,
    "proposal": _REVIEWED_PROPOSAL,
}
#: Keyboard shortcuts of the queue with their descriptions.
KEYS = (
    ("S", _l("done: with evidence it is completed, without it goes to verification; a proposal is discussed")),
    ("L", _l("continues")),
    ("P", _l("extend, with a reason; then 1, 2 or 3 for one week, two weeks or the end of the month")),
    ("A", _l("reassign, with a reason")),
    ("E", _l("escalate, with a reason")),
    ("J", _l("next, without deciding")),
    ("K", _l("previous")),
    ("N", _l("write a note")),
    ("U", _l("undo my last decision")),
    ("Ctrl+Enter", _l("send what is being written")),
    ("?", _l("this list")),
)


def reason_of_cancelling() -> str:
    with speaking("id"):
        return gettext("The weekly review was cancelled before anything was decided.")


def meeting_draft(week: str, held_on: date) -> MeetingDraft:
    with speaking("id"):
        name_id = gettext("Weekly follow-up review, week %(week)s", week=week)
    with speaking("en"):
        name_en = gettext("Weekly follow-up review, week %(week)s", week=week)
    return MeetingDraft(
        name_id=name_id, name_en=name_en, date=held_on, meeting_type=MeetingType.WEEKLY_REVIEW,
        source_type=SourceType.OWN_NOTES,
    )  # fmt: skip


def age_of(weeks: int, sittings: int) -> str:
    since = ngettext("open for %(num)d week", "open for %(num)d weeks", weeks)
    return f"{since if weeks else gettext('open for less than a week')}, {in_reviews(sittings)}"


def evidence_hint(action: ActionItem) -> str:
    """What «Done» does to this action, depending on its evidence."""
    has_evidence = actions.has_evidence(action)
    if action.status is ActionStatus.AWAITING_VERIFICATION:
        if has_evidence:
            return gettext("There is evidence: «Done» verifies and completes it, unless you are its PIC.")
        return gettext(
            "Awaiting verification: «Done» needs evidence, named here or attached on the page of the action."
        )
    if has_evidence:
        return gettext("There is evidence: «Done» completes it, unless you are its PIC.")
    return gettext("With evidence it is completed here, unless you are its PIC; without, it goes to verification.")


def in_reviews(count: int) -> str:
    return ngettext("in %(num)d review", "in %(num)d reviews", count)


def outcome(act: Act, *, until: str | None, who: str | None) -> str:
    outcomes = {
        Act.DONE: gettext("completed, and verified"),
        Act.REPORTED: gettext("reported as finished; awaiting verification by somebody else"),
        Act.NOTED: gettext("settled"),
        Act.DISCUSSED: gettext("taken up for discussion"),
        Act.GOES_ON: gettext("continues"),
        Act.DATED: gettext("due date set to %(day)s", day=until),
        Act.EXTENDED: gettext("extended to %(day)s", day=until),
        Act.PUT_OFF: gettext("deferred until %(day)s", day=until),
        Act.REASSIGNED: gettext("reassigned to %(who)s", who=who or gettext("not yet set")),
        Act.ESCALATED: gettext("escalated to the leadership"),
    }
    return outcomes[act]


def outcome_of(item: ReviewItem) -> str:
    subject, action = item.subject, item.action
    until = action.due_on if action else item.proposal.revisit_on if item.proposal else None
    unit = subject.responsible_unit
    who = action.pic.full_name if action and action.pic else either(unit.name_id, unit.name_en) if unit else None
    assert item.act  # noqa: S101  # the item must be decided
    return outcome(item.act, until=long_day(until) if until else None, who=who)


#: Labels of weekly figures.
SERIES = {
    "open": _l("Left open"),
    "overdue": _l("Overdue when opened"),
    "done_before": _l("Done since the last review"),
    "done_here": _l("Done during the review"),
    "slipped_before": _l("Slipped since the last review"),
    "extended_here": _l("Extended in the review"),
}
