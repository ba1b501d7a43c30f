"""Facts for status sentences of proposals and actions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.audit.models import Event
from tracker.audit.queries import events_about
from tracker.meetings.rules import Bearing
from tracker.proposals.models import Proponent, Proposal, TargetLink
from tracker.status.models import HandOver, as_holder
from tracker.status.queries.facts import Facts, facts_of, hand_overs
from tracker.status.queries.responsibilities import names_in, responsibilities_of_action, responsibilities_of_proposal
from tracker.status.rules import ActionStanding, EffectOnTarget, Proposer, Responsibility, Standing


def standing_of(proposal: Proposal, facts: Facts, responsibilities: Sequence[Responsibility]) -> Standing:
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
        finished_actions=sum(action.status is ActionStatus.COMPLETED for action in facts.actions),
        responsibility=responsibilities[-1] if responsibilities else None,
        effects=[_as_effect(link) for link in proposal.target_links if link.realised_by_name],
    )


def _as_effect(link: TargetLink) -> EffectOnTarget:
    return EffectOnTarget(
        target_id=link.target.name_id, target_en=link.target.name_en, expected=link.expected_effect,
        effect=link.realised_effect, value=link.realised_value, period=link.realised_period,
    )  # fmt: skip


def _as_proposer(row: Proponent) -> Proposer:
    if row.person:
        return Proposer(name_id=row.person.name, attribution=row.attribution)
    if row.position:
        return Proposer(name_id=row.position.title_id, name_en=row.position.title_en, attribution=row.attribution)
    return Proposer(name_id=row.post_as_written or "", attribution=row.attribution)


def meetings_about(proposal: Proposal, facts: Facts) -> set[int]:
    """Ids of meetings that discussed it; the meeting it was raised in does not count."""
    statement_meetings = {
        mention.statement.meeting_id
        for mention in facts.mentions
        if mention.bearing in {Bearing.DISCUSSES, Bearing.DECIDES}
        or (mention.bearing is Bearing.RAISES and mention.statement.meeting_id != proposal.raised_in_id)
    }
    moved = {
        event.meeting_id for event in facts.events if event.verb.startswith("moved_") and event.meeting_id is not None
    }
    return statement_meetings | moved


def _reason_of(verb: str, events: Iterable[Event], subject_id: int) -> str | None:
    return next((event.reason for event in events if event.verb == verb and event.subject_id == subject_id), None)


def action_standing(action: ActionItem, facts: Facts, responsibilities: Sequence[Responsibility]) -> ActionStanding:
    return ActionStanding(
        assigned_on=action.assigned_on,
        assignee=as_holder(action.pic) or as_holder(action.responsible_unit),
        due_on=action.due_on,
        unit_id=action.responsible_unit_id,
        times_moved=sum(promise.from_on is not None for promise in action.promises),
        status=action.status,
        status_since=action.status_since,
        percent=action.percent,
        reason=_reason_of(f"moved_{action.status}", facts.events, action.id),
        responsibility=responsibilities[-1] if responsibilities else None,
    )


@dataclass(frozen=True)
class Answer:
    facts: Facts
    responsibilities: Sequence[Responsibility]
    standing: Standing


def answers_about(proposal_rows: Sequence[Proposal]) -> dict[int, Answer]:
    """Answers by proposal id. Requires loaded proponents, authorities and targets."""
    facts = facts_of([proposal.id for proposal in proposal_rows])
    answers = {}
    subjects: list[Proposal | ActionItem] = [
        *proposal_rows,
        *(action for related in facts.values() for action in related.actions),
    ]
    names = names_in(subjects, [event for proposal in proposal_rows for event in facts[proposal.id].events])
    for proposal in proposal_rows:
        responsibilities = responsibilities_of_proposal(proposal, facts[proposal.id], names)
        answers[proposal.id] = Answer(
            facts[proposal.id], responsibilities, standing_of(proposal, facts[proposal.id], responsibilities)
        )
    return answers


@dataclass(frozen=True)
class ActionAnswer:
    facts: Facts
    responsibilities: Sequence[Responsibility]
    standing: ActionStanding


def answer_about_action(action: ActionItem, hand_over_rows: Sequence[HandOver] | None = None) -> ActionAnswer:
    """Requires loaded due dates and holds. `hand_over_rows`: its hand-overs, if they are loaded already."""
    rows = hand_overs([], [action.id]) if hand_over_rows is None else hand_over_rows
    facts = Facts(actions=[action], events=list(events_about({"action_item": [action.id]})), hand_overs=list(rows))
    responsibilities = responsibilities_of_action(action, facts, names_in([action], facts.events), action.holds)
    return ActionAnswer(facts, responsibilities, action_standing(action, facts, responsibilities))
