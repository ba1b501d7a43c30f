"""The report of a closed review, from its frozen content."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Any

from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.core.clock import day_at, local, office_zone
from tracker.core.pictures import Group
from tracker.core.wording import clock, either, gettext, label, long_day, ngettext, number, short_day
from tracker.core.wording import lazy_gettext as _l
from tracker.proposals.rules import ProposalStatus
from tracker.reviews.labels.words import outcome
from tracker.reviews.models import Review
from tracker.reviews.rules import Act, Decision, Standing, act_on_action, act_on_proposal, moves, standing_of


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
    """Where a report has an item; those after the first are folded."""

    ASKED = "asked"
    DONE = "done"
    DISCUSSED = "discussed"
    SAME = "same"
    LEFT = "left"


PARTS = {
    Part.ASKED: _l("Asked of somebody"),
    Part.DONE: _l("Done"),
    Part.DISCUSSED: _l("Proposals discussed or deferred"),
    Part.SAME: _l("Continues unchanged"),
    Part.LEFT: _l("Not discussed"),
}
_PART_OF_ACT = {
    Act.DONE: Part.DONE, Act.NOTED: Part.DONE, Act.DISCUSSED: Part.DISCUSSED, Act.PUT_OFF: Part.DISCUSSED,
    Act.GOES_ON: Part.SAME,
}  # fmt: skip


def part_of(row: Mapping[str, Any]) -> Part | None:
    """None if it was neither decided nor in the queue. An item that continues with a note asks what the note says."""
    act = act_in(row)
    if act is None:
        return Part.LEFT if row["queue_group"] else None
    if act is Act.GOES_ON and (row["note"] or row["reason"]):
        return Part.ASKED
    return _PART_OF_ACT.get(act, Part.ASKED)


def parts_of(content: Mapping[str, Any]) -> dict[Part, list[dict[str, Any]]]:
    """Rows of a report: what is asked of somebody by unit, the others in the order of the review."""
    parts: dict[Part, list[dict[str, Any]]] = {part: [] for part in Part}
    for row in content["items"]:
        if part := part_of(row):
            parts[part].append(row)
    parts[Part.ASKED].sort(key=_by_unit)
    for part in (Part.DONE, Part.DISCUSSED, Part.SAME):
        parts[part].sort(key=lambda row: row["turn"])
    return parts


def unit_of(row: Mapping[str, Any]) -> str | None:
    return either(row["unit_id"], row["unit_en"]) or None


def in_words(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the page of a report shows of a row, besides what it has."""
    due = due_of(row)
    return {
        "text": either(row["text_id"], row["text_en"]), "act": act_in(row), "outcome": outcome_in(row),
        "unit": unit_of(row), "due": short_day(due) if due else None,
    }  # fmt: skip


def hours_of(review: Review) -> str | None:
    """From when to when it was held, if that was on the day of the review."""
    if review.closed_at is None or {day_at(review.opened_at), day_at(review.closed_at)} != {review.held_on}:
        return None
    begun, ended = (clock(local(at).time()) for at in (review.opened_at, review.closed_at))
    return f"{begun}–{ended} {office_zone().name}"


def week_title(review: Review) -> str:
    return f"{review.week}, {short_day(review.held_on)}"


def by_unit(rows: Sequence[dict[str, Any]]) -> list[tuple[str | None, list[dict[str, Any]]]]:
    """Rows that are sorted by unit, with the name of each unit."""
    return [(unit, list(of_unit)) for unit, of_unit in groupby(rows, key=unit_of)]


def _by_unit(row: Mapping[str, Any]) -> tuple[bool, str, int]:
    unit = unit_of(row) or ""
    return not unit, unit.casefold(), row["turn"]


def acts_of(content: Mapping[str, Any]) -> Counter[Act]:
    return Counter(act for row in content["items"] if (act := act_in(row)))


def counts_of(content: Mapping[str, Any]) -> str:
    """Number of decisions by act, and of items that were not discussed."""
    acts, undecided_count = acts_of(content), len(parts_of(content)[Part.LEFT])
    counts = ", ".join(f"{number(acts[act])} {label(act).lower()}" for act in Act if acts[act])
    decided = ngettext("%(num)d decision: %(acts)s.", "%(num)d decisions: %(acts)s.", acts.total(), acts=counts)
    undecided = ngettext(
        "%(num)d item of the queue was not decided.", "%(num)d items of the queue were not decided.", undecided_count
    )
    return " ".join([decided if counts else gettext("Nothing was decided."), *([undecided] if undecided_count else [])])


#: How the picture of a report draws them.
_KINDS = {Standing.DONE: "done", Standing.LATE: "late", Standing.SOON: "wait", Standing.NEW: "new"}


@dataclass(frozen=True, kw_only=True)
class Course:
    """Where the actions stood after the review before, and where they stand after this one."""

    #: By the standings before and after.
    moves: Mapping[tuple[str, str], int]
    late_before: int
    late_after: int

    @property
    def total(self) -> int:
        return sum(self.moves.values())

    @property
    def before(self) -> list[Group]:
        return _groups(0, self.moves)

    @property
    def after(self) -> list[Group]:
        return _groups(1, self.moves)


def _groups(side: int, moves: Mapping[tuple[str, str], int]) -> list[Group]:
    shown = {move[side] for move in moves}
    return [
        Group(key=standing, label=label(standing), kind=_KINDS.get(standing, "calm"))
        for standing in Standing if standing in shown
    ]  # fmt: skip


def course_of(content: Mapping[str, Any], before: Mapping[int, Standing]) -> Course:
    """`before` has the actions that the review before had."""
    held_on, next_on = (date.fromisoformat(content[name]) for name in ("held_on", "next_on"))
    after = {
        row["id"]: standing_of(ActionStatus(row["state_after"]), due_of(row), held_on, next_on)
        for row in content["items"] if row["kind"] == ActionItem.__tablename__
    }  # fmt: skip
    moved = moves(before, after)
    return Course(
        moves={(str(one), str(other)): count for (one, other), count in moved.items()},
        late_before=sum(count for (standing, _), count in moved.items() if standing is Standing.LATE),
        late_after=sum(count for (_, standing), count in moved.items() if standing is Standing.LATE),
    )


def headline_of(content: Mapping[str, Any], course: Course) -> str:
    """What became of the overdue actions, and how many wait for somebody else's verification."""
    awaiting = sum(row["state_after"] == ActionStatus.AWAITING_VERIFICATION for row in content["items"])
    if awaiting:
        rest = ngettext("%(num)d item awaits verification", "%(num)d items await verification", awaiting)
    else:
        decided = acts_of(content).total()
        rest = ngettext("%(num)d item was decided", "%(num)d items were decided", decided)
    return f"{_lateness(content, course)}; {rest}"


def _lateness(content: Mapping[str, Any], course: Course) -> str:
    before, after = course.late_before, course.late_after
    if content["previous"] is None:
        return ngettext("%(num)d action overdue", "%(num)d actions overdue", after)
    if before == after:
        return gettext("Overdue unchanged: %(count)s", count=number(after))
    sentence = (
        _l("Overdue fell from %(before)s to %(after)s")
        if after < before
        else _l("Overdue rose from %(before)s to %(after)s")
    )
    return str(sentence) % {"before": number(before), "after": number(after)}
