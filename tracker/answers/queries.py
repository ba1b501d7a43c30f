"""Questions whose answers are put together from everything that hangs on a proposal or an action."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import distinct, func, or_, select
from sqlalchemy.orm import joinedload

from tracker.actions import queries as actions_asked
from tracker.actions.models import ActionHold, ActionItem
from tracker.actions.rules import OPEN as OPEN_ACTIONS
from tracker.actions.rules import ActionStatus, HoldKind
from tracker.answers import rules
from tracker.answers.models import AnswerSetting, HandOver, as_holder
from tracker.answers.rules import ActionStanding, Change, Holder, HolderKind, Proposer, Standing, Turn
from tracker.core.clock import JAKARTA
from tracker.core.db import db
from tracker.core.paging import Page, page_of
from tracker.history.models import Event
from tracker.history.queries import events_about
from tracker.meetings import queries as meetings
from tracker.meetings.models import Statement, StatementProposal
from tracker.meetings.rules import Bearing
from tracker.proposals import queries as proposals
from tracker.proposals.models import Proponent, Proposal
from tracker.proposals.rules import ProposalStatus


@dataclass
class Facts:
    """Everything that hangs on one proposal; events newest first, the rest oldest first."""

    mentions: list[StatementProposal] = field(default_factory=list)
    actions: list[ActionItem] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    hand_overs: list[HandOver] = field(default_factory=list)


@dataclass(frozen=True)
class Entry:
    """One line of the timeline: something that happened to the proposal or an action, or was said in a meeting."""

    on: date
    event: Event | None = None
    mention: StatementProposal | None = None
    action: ActionItem | None = None


def facts_of(proposal_ids: Sequence[int]) -> Mapping[int, Facts]:
    """What hangs on each of these proposals, in four statements however many they are."""
    found: dict[int, Facts] = defaultdict(Facts)
    for mention in meetings.statements_about(*proposal_ids):
        found[mention.proposal_id].mentions.append(mention)
    owner: dict[int, int] = {}
    for action in actions_asked.of_proposals(proposal_ids):
        owner[action.id] = action.proposal_id or 0
        found[owner[action.id]].actions.append(action)
    for event in events_about({"proposal": proposal_ids, "action_item": list(owner)}):
        is_own = event.subject == "proposal"
        found[event.subject_id if is_own else owner[event.subject_id]].events.append(event)
    for given in hand_overs(proposal_ids, list(owner)):
        found[given.proposal_id or owner[given.action_id or 0]].hand_overs.append(given)
    return found


def hand_overs(proposal_ids: Sequence[int], action_ids: Sequence[int]) -> Sequence[HandOver]:
    """Who was handed these proposals and actions, oldest first."""
    either = or_(HandOver.proposal_id.in_(proposal_ids), HandOver.action_id.in_(action_ids))
    loaded = (joinedload(HandOver.person), joinedload(HandOver.position), joinedload(HandOver.unit))
    return db.session.scalars(select(HandOver).where(either).options(*loaded).order_by(HandOver.id)).all()


def _steps(events: Iterable[Event]) -> Iterable[Event]:
    """The steps of the life cycle, oldest first."""
    steps = [one for one in events if one.verb in {"proposed", "assigned"} or one.verb.startswith("moved_")]
    return reversed(steps)


def day_of(event: Event) -> date:
    """The day on which it took effect."""
    return event.on or event.at.astimezone(JAKARTA).date()


def turns_of_proposal(proposal: Proposal, facts: Facts) -> list[Turn]:
    """In whose hands a proposal was, from the first day to now."""
    authority, unit = as_holder(proposal.decision_authority), as_holder(proposal.responsible_unit)
    unfinished = [turns_of_action(action, facts) for action in facts.actions if action.status in OPEN_ACTIONS]
    working = [told[-1].holder for told in unfinished if told]

    def _derived(status: ProposalStatus) -> Holder | None:
        return rules.holder_of_proposal(status, authority=authority, unit=unit, working=working)

    changes = [
        Change(day_of(step), _derived(ProposalStatus(step.to_state)), step.reason)
        for step in _steps(facts.events)
        if step.subject == "proposal" and step.to_state in set(ProposalStatus)
    ]
    changes += [Change(one.on, one.holder, one.reason) for one in facts.hand_overs if one.proposal_id]
    return rules.turns(changes, None)


def turns_of_action(action: ActionItem, facts: Facts, holds: Iterable[ActionHold] = ()) -> list[Turn]:
    """In whose hands an action was, from the first day to now."""
    unlisted = Holder(HolderKind.OUTSIDE, action.waiting_for) if action.waiting_for else None
    known = {"pic": as_holder(action.pic) or unlisted, "unit": as_holder(action.responsible_unit)}
    changes = [
        Change(day_of(step), rules.holder_of_action(ActionStatus(step.to_state), **known))
        for step in _steps(facts.events)
        if step.subject == "action_item" and step.subject_id == action.id and step.to_state in set(ActionStatus)
    ]
    given = [Change(one.on, one.holder, one.reason) for one in facts.hand_overs if one.action_id == action.id]
    for held in holds:
        if held.kind is HoldKind.WAITING_OUTSIDE:
            given.append(Change(held.since, Holder(HolderKind.OUTSIDE, held.waiting_for), held.reason))
            if held.ended_on:
                given.append(Change(held.ended_on, known["pic"] or known["unit"]))
    return rules.turns([*changes, *given], None)


def standing_of(proposal: Proposal, facts: Facts, told: Sequence[Turn]) -> Standing:
    """The facts of the status sentence of a proposal."""
    return Standing(
        proposers=[_as_proposer(row) for row in proposal.proponents],
        raised_on=proposal.raised_on,
        is_from_meeting=proposal.raised_in_id is not None,
        times_discussed=len(meetings_about(proposal, facts)),
        status=proposal.status,
        status_since=proposal.status_since,
        reason=_reason_of(f"moved_{proposal.status}", facts.events, proposal.id),
        reason_code=proposal.not_actionable_reason,
        authority=as_holder(proposal.decision_authority),
        revisit_on=proposal.revisit_on,
        survivor_code=proposal.survivor.code if proposal.survivor else None,
        actions=len(facts.actions),
        finished_actions=sum(one.status is ActionStatus.COMPLETED for one in facts.actions),
        turn=told[-1] if told else None,
    )


def _as_proposer(row: Proponent) -> Proposer:
    if row.person:
        return Proposer(name_id=row.person.name, attribution=row.attribution)
    if row.position:
        return Proposer(name_id=row.position.title_id, name_en=row.position.title_en, attribution=row.attribution)
    return Proposer(name_id=row.post_as_written or "", attribution=row.attribution)


def meetings_about(proposal: Proposal, facts: Facts) -> set[int]:
    """The meetings in which it was discussed; being raised in its own meeting is no discussion yet."""
    said = {
        mention.statement.meeting_id
        for mention in facts.mentions
        if mention.bearing in {Bearing.DISCUSSES, Bearing.DECIDES}
        or (mention.bearing is Bearing.RAISES and mention.statement.meeting_id != proposal.raised_in_id)
    }
    moved = {one.meeting_id for one in facts.events if one.verb.startswith("moved_") and one.meeting_id is not None}
    return said | moved


def _reason_of(verb: str, events: Iterable[Event], subject_id: int) -> str | None:
    return next((one.reason for one in events if one.verb == verb and one.subject_id == subject_id), None)


def action_standing(action: ActionItem, facts: Facts, told: Sequence[Turn]) -> ActionStanding:
    """The facts of the status sentence of an action."""
    return ActionStanding(
        assigned_on=action.assigned_on,
        assignee=as_holder(action.pic) or as_holder(action.responsible_unit),
        due_on=action.due_on,
        times_moved=sum(promise.from_on is not None for promise in action.promises),
        status=action.status,
        status_since=action.status_since,
        percent=action.percent,
        reason=_reason_of(f"moved_{action.status}", facts.events, action.id),
        turn=told[-1] if told else None,
    )


def timeline_of(facts: Facts) -> list[Entry]:
    """Events, and what the minutes say, as one story, newest first."""
    by_id = {action.id: action for action in facts.actions}
    told = [
        Entry(day_of(event), event=event, action=by_id[event.subject_id] if event.subject == "action_item" else None)
        for event in facts.events
    ]
    said = [Entry(mention.statement.meeting.date, mention=mention) for mention in reversed(facts.mentions)]
    return sorted([*told, *said], key=lambda entry: entry.on, reverse=True)


@dataclass(frozen=True)
class Answer:
    """What became of one proposal: everything that hangs on it, in whose hands it was, and how it stands."""

    facts: Facts
    turns: Sequence[Turn]
    standing: Standing


def answers_about(wanted: Sequence[Proposal]) -> dict[int, Answer]:
    """What became of each of these proposals. Expects their proponents and authorities to be loaded."""
    facts = facts_of([proposal.id for proposal in wanted])
    found = {}
    for proposal in wanted:
        told = turns_of_proposal(proposal, facts[proposal.id])
        found[proposal.id] = Answer(facts[proposal.id], told, standing_of(proposal, facts[proposal.id], told))
    return found


@dataclass(frozen=True)
class ActionAnswer:
    """What became of one action."""

    facts: Facts
    turns: Sequence[Turn]
    standing: ActionStanding


def answer_about_action(action: ActionItem) -> ActionAnswer:
    """What became of an action. Expects its promises and holds to be loaded."""
    facts = Facts(actions=[action], events=list(events_about({"action_item": [action.id]})))
    facts.hand_overs.extend(hand_overs([], [action.id]))
    told = turns_of_action(action, facts, action.holds)
    return ActionAnswer(facts, told, action_standing(action, facts, told))


def setting(*, to_change: bool = False) -> AnswerSetting:
    """When an undecided proposal counts as unanswered."""
    question = select(AnswerSetting)
    stored = db.session.scalar(question.with_for_update() if to_change else question)
    return stored or AnswerSetting(id=1, after_meetings=rules.AFTER_MEETINGS, after_days=rules.AFTER_DAYS)


def unanswered(limits: AnswerSetting, today: date, bookmark: str | None) -> Page[Proposal]:
    """Proposals nobody decided although they were before enough meetings or are old enough, the oldest first."""
    heard = (
        select(func.count(distinct(Statement.meeting_id)))
        .join(StatementProposal, StatementProposal.statement_id == Statement.id)
        .where(StatementProposal.proposal_id == Proposal.id, StatementProposal.bearing != Bearing.MOTIVATES)
        .where(Statement.removed_at.is_(None))
        .correlate(Proposal)
        .scalar_subquery()
    )
    is_old = Proposal.raised_on <= today - timedelta(days=limits.after_days)
    is_silent = Proposal.status.in_(rules.UNDECIDED) & or_(is_old, heard >= limits.after_meetings)
    is_back = (Proposal.status == ProposalStatus.DEFERRED) & (Proposal.revisit_on <= today)
    question = select(Proposal).where(or_(is_silent, is_back)).options(*proposals.OF_ROWS)
    return page_of(question.order_by(Proposal.raised_on, Proposal.id), bookmark)
