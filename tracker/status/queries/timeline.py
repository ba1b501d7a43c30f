"""The timeline of a proposal or an action: what happened, oldest first, each event once.

Events about the record, such as corrected spellings, are listed apart, as changes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, pairwise

from tracker.actions.models import ActionItem, ActionUpdate, DueDateChange
from tracker.actions.rules import ActionStatus
from tracker.audit.models import Event
from tracker.core.clock import day_at
from tracker.core.wording import Shape, shape
from tracker.meetings.models import Statement, StatementProposal
from tracker.meetings.rules import Bearing
from tracker.proposals.rules import DECISIONS, NOTED, ProposalStatus
from tracker.status.queries.facts import Facts, day_of
from tracker.status.rules import SILENT_DAYS, echoes, is_told

#: Events that the line of the minutes which decides belongs to.
_DECISIONS = frozenset(f"moved_{status}" for status in DECISIONS)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Something that happened, or a silence. `repeats` are later equal events without anything between."""

    on: date
    event: Event | None = None
    repeats: Sequence[Event] = ()
    mention: StatementProposal | None = None
    statement: Statement | None = None
    #: Actions assigned with this, or on this day.
    actions: Sequence[ActionItem] = ()
    report: ActionUpdate | None = None
    promise: DueDateChange | None = None
    silent_days: int = 0

    @property
    def recorded_on(self) -> date:
        return day_at(self.event.at) if self.event else self.on

    @property
    def last_on(self) -> date:
        return day_of(self.repeats[-1]) if self.repeats else self.on

    @property
    def shape(self) -> Shape:
        """The sign of the state that it led to, or a ring."""
        if not self.event or not self.event.verb.startswith("moved_") or not self.event.to_state:
            return Shape.OPEN
        statuses = ProposalStatus if self.event.subject == "proposal" else ActionStatus
        return shape(statuses(self.event.to_state)) or Shape.OPEN


@dataclass(frozen=True)
class Change:
    """An event that only changed the record, or one of an action of the proposal."""

    on: date
    event: Event
    action: ActionItem | None = None


@dataclass(frozen=True)
class Timeline:
    entries: Sequence[Entry]
    #: Newest first.
    changes: Sequence[Change]
    #: Days since the last entry, if that is long.
    silent_days: int = 0


def timeline_of_proposal(facts: Facts, today: date) -> Timeline:
    own = [event for event in facts.events if event.subject == "proposal"]
    is_raised = any(mention.bearing is Bearing.RAISES for mention in facts.mentions)
    shown, _ = _shown_and_others(event for event in own if not (is_raised and event.verb == "proposed"))
    deciding = [mention.statement for mention in facts.mentions if mention.bearing is Bearing.DECIDES]
    statements = {statement.meeting.date: statement for statement in deciding}
    entries = list[Entry]()
    for event in shown:
        statement = statements.pop(day_of(event), None) if event.verb in _DECISIONS else None
        entries.append(Entry(on=day_of(event), event=event, statement=statement))
    shown_with_events = {entry.statement.id for entry in entries if entry.statement}
    said = [mention for mention in facts.mentions if mention.statement_id not in shown_with_events]
    entries = [*(Entry(on=mention.statement.meeting.date, mention=mention) for mention in said), *entries]
    entries = _with_actions(sorted(entries, key=lambda entry: entry.on), facts.actions)
    action_by_id = {action.id: action for action in facts.actions}
    shown_ids = {event.id for event in shown}
    changes = [
        Change(day_of(event), event, action_by_id[event.subject_id] if event.subject == "action_item" else None)
        for event in facts.events
        if event.id not in shown_ids
    ]
    return _finished(entries, changes, facts.events, today)


def timeline_of_action(
    action: ActionItem, facts: Facts, agreed: Statement | None, named_in: Sequence[Statement], today: date
) -> Timeline:
    """`agreed` is the line of the minutes that it implements, `named_in` are later ones. Requires loaded meetings."""
    reports = {(report.at, report.on): report for report in action.updates}
    promises = {promise.at: promise for promise in action.promises}
    shown, others = _shown_and_others(facts.events)
    entries = []
    for event in shown:
        on = day_of(event)
        report = reports.get((event.at, on)) if event.verb == "progress_reported" else None
        promise = promises.get(event.at) if event.verb == "due_date_moved" else None
        statement = agreed if event.verb == "assigned" else None
        entries.append(Entry(on=on, event=event, report=report, promise=promise, statement=statement))
    entries += [Entry(on=said.meeting.date, statement=said) for said in named_in if said is not agreed]
    changes = [Change(day_of(event), event) for event in others]
    return _finished(sorted(entries, key=lambda entry: entry.on), changes, facts.events, today)


def _shown_and_others(events: Iterable[Event]) -> tuple[list[Event], list[Event]]:
    """Events to show, oldest first, and the others, newest first."""
    shown, others = list[Event](), list[Event]()
    beside: Mapping[tuple[int, object, date], set[str]] = defaultdict(set)
    events = list(events)
    for event in events:
        beside[event.subject_id, event.at, day_of(event)].add(event.verb)
    for event in events:
        verbs = beside[event.subject_id, event.at, day_of(event)]
        (shown if is_told(event.verb) and not echoes(event.verb, verbs) else others).append(event)
    return sorted(shown, key=lambda event: (day_of(event), event.id)), others


def _with_actions(entries: Sequence[Entry], actions: Sequence[ActionItem]) -> list[Entry]:
    """Put the actions with the last event of the day on which they were assigned, or on that day alone."""
    assigned: dict[date, list[ActionItem]] = defaultdict(list)
    for action in sorted(actions, key=lambda one: (one.assigned_on, one.id)):
        assigned[action.assigned_on].append(action)
    merged = list[Entry]()
    for entry in reversed(entries):
        rows = assigned.pop(entry.on, []) if entry.event else []
        merged.insert(0, replace(entry, actions=rows))
    merged += [Entry(on=on, actions=rows) for on, rows in assigned.items()]
    return sorted(merged, key=lambda entry: entry.on)


def _finished(entries: Sequence[Entry], changes: Sequence[Change], events: Iterable[Event], today: date) -> Timeline:
    days = {day_of(event) for event in events if event.verb not in NOTED} | {entry.on for entry in entries}
    silences = [Entry(on=on, silent_days=(until - on).days) for on, until in _gaps(days)]
    since = (today - max(days)).days if days else 0
    entries = sorted([*_together(entries), *silences], key=lambda entry: (entry.on, bool(entry.silent_days)))
    return Timeline(entries, changes, since if since >= SILENT_DAYS else 0)


def _gaps(days: Iterable[date]) -> Iterator[tuple[date, date]]:
    return ((on, until) for on, until in pairwise(sorted(days)) if (until - on).days >= SILENT_DAYS)


def _together(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Tell decisions of several reviews in a row once, if they are the same."""

    def verb(entry: Entry) -> object:
        is_review = entry.event and entry.event.verb.startswith("reviewed_")
        return entry.event.verb if entry.event and is_review else id(entry)

    for _, run in groupby(entries, verb):
        first, *later = run
        yield replace(first, repeats=[entry.event for entry in later if entry.event]) if later else first
