"""Labels of the weekly review, and the sentences of its minutes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from tracker.actions import queries as actions
from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.core.actor import Classification
from tracker.core.wording import Shape, Shapes, Words, either, gettext, label, long_day, ngettext, number, speaking
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.commands import MeetingDraft, StatementDraft, StatementLinks
from tracker.meetings.rules import Bearing, MeetingType, SourceType, StatementKind
from tracker.proposals.rules import ProposalStatus
from tracker.reviews.commands import MinutesLine
from tracker.reviews.models import ReviewItem
from tracker.reviews.rules import (
    CHANGES_NOTHING,
    Act,
    Decision,
    Movement,
    QueueGroup,
    ReviewStatus,
    act_on_action,
    act_on_proposal,
)

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


def statements_of(items: Sequence[ReviewItem]) -> list[MinutesLine]:
    """A statement for each decision with an effect or a note, and one that lists the codes of all other items.

    Items that are classified are left out, since the minutes are open to everybody.
    """
    open_to_all = [item for item in items if item.subject.classification is Classification.ORDINARY]
    going_on = [item for item in open_to_all if item.act in CHANGES_NOTHING and not (item.note or item.reason)]
    lines = [
        MinutesLine(item.decided_by_id, StatementDraft(
            kind=StatementKind.INFORMATION if item.act in CHANGES_NOTHING else StatementKind.DECISION,
            gist_id=_sentence(item, "id"), gist_en=_sentence(item, "en"),
        ), _named_in([item]))
        for item in open_to_all if item not in going_on
    ]  # fmt: skip
    if going_on:
        gist_id, gist_en = (_summary_sentence(going_on, language) for language in ("id", "en"))
        draft = StatementDraft(kind=StatementKind.INFORMATION, gist_id=gist_id, gist_en=gist_en)
        lines.append(MinutesLine(going_on[0].decided_by_id, draft, _named_in(going_on)))
    return lines


def _named_in(items: Sequence[ReviewItem]) -> StatementLinks:
    """The actions and proposals that a statement is about and whose texts it repeats."""
    return StatementLinks(
        actions=[item.action for item in items if item.action],
        proposals=[(item.proposal, Bearing.DISCUSSES) for item in items if item.proposal],
        repeats=[item.subject for item in items],
    )


def _summary_sentence(items: Sequence[ReviewItem], language: str) -> str:
    with speaking(language):
        codes = ", ".join(sorted(item.subject.code for item in items))
        return ngettext(
            "%(num)d item continues: %(codes)s", "%(num)d items continue: %(codes)s", len(items), codes=codes
        )


def _sentence(item: ReviewItem, language: str) -> str:
    with speaking(language):
        subject = item.subject
        text = either(subject.text_id, subject.text_en) if isinstance(subject, ActionItem) else either(
            subject.title_id, subject.title_en)  # fmt: skip
        parts = [f"{subject.code} {text}: {outcome_of(item)}."]
        parts += [gettext("Reason: %(reason)s", reason=item.reason)] if item.reason else []
        parts += [gettext("Note: %(note)s", note=item.note)] if item.note else []
        return " ".join(parts)


#: Labels of weekly figures.
SERIES = {
    "open": _l("Left open"),
    "overdue": _l("Overdue when opened"),
    "done_before": _l("Done since the last review"),
    "done_here": _l("Done during the review"),
    "slipped_before": _l("Slipped since the last review"),
    "extended_here": _l("Extended in the review"),
}


def state_of(row: Mapping[str, Any]) -> str:
    kind = ActionStatus if row["kind"] == ActionItem.__tablename__ else ProposalStatus
    return label(kind(row["state_after"]))


def act_in(row: Mapping[str, Any]) -> Act | None:
    if not row["decision"]:
        return None
    decision = Decision(row["decision"])
    if row["kind"] != ActionItem.__tablename__:
        return act_on_proposal(decision)
    return act_on_action(decision, ActionStatus(row["state_after"]), had_date=row["due_before"] is not None)


def due_of(row: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(row["due_after"]) if row["due_after"] else None


def outcome_in(row: Mapping[str, Any]) -> str:
    act = act_in(row)
    if act is None:
        return ""
    until = long_day(date.fromisoformat(row["due_after"])) if row["due_after"] else None
    who = row["pic"] or either(row["unit_id"], row["unit_en"]) or None
    return outcome(act, until=until, who=who)


class Part(StrEnum):
    CHANGES = "changes"
    SAME = "same"
    LEFT = "left"


PARTS = {
    Part.CHANGES: _l("Decisions that change something"),
    Part.SAME: _l("Continues unchanged"),
    Part.LEFT: _l("In the queue, not decided"),
}


def parts_of(content: Mapping[str, Any]) -> dict[Part, list[dict[str, Any]]]:
    """Rows of a report: decisions that changed something by unit, unchanged items, and undecided items of the queue."""
    parts: dict[Part, list[dict[str, Any]]] = {part: [] for part in Part}
    for row in content["items"]:
        act = act_in(row)
        if act:
            parts[Part.SAME if act in CHANGES_NOTHING else Part.CHANGES].append(row)
        elif row["queue_group"]:
            parts[Part.LEFT].append(row)
    parts[Part.CHANGES].sort(key=_by_unit)
    parts[Part.SAME].sort(key=lambda row: row["turn"])
    return parts


def _by_unit(row: Mapping[str, Any]) -> tuple[bool, str, int]:
    unit = either(row["unit_id"], row["unit_en"]) or ""
    return not unit, unit.casefold(), row["turn"]


def headline_of(content: Mapping[str, Any]) -> str:
    """A summary of the report: number of decisions by act, and of undecided items."""
    acts = Counter(act for row in content["items"] if (act := act_in(row)))
    undecided_count = len(parts_of(content)[Part.LEFT])
    counts = ", ".join(f"{number(acts[act])} {label(act).lower()}" for act in Act if acts[act])
    decided = ngettext("%(num)d decision: %(acts)s.", "%(num)d decisions: %(acts)s.", acts.total(), acts=counts)
    undecided = ngettext(
        "%(num)d item of the queue was not decided.", "%(num)d items of the queue were not decided.", undecided_count
    )
    return " ".join([decided if counts else gettext("Nothing was decided."), *([undecided] if undecided_count else [])])
