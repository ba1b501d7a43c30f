"""Link lines to earlier proposals, actions and meetings, and apply decisions. Callers commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tracker.actions import queries as actions
from tracker.core.actor import Actor
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings import queries as meetings
from tracker.meetings.commands import StatementLinks
from tracker.meetings.live.rules import Decision, RecordKind, Reference
from tracker.meetings.models import Statement
from tracker.meetings.rules import Bearing, StatementKind, bearing_of
from tracker.proposals import commands, policy, rules
from tracker.proposals import queries as proposals
from tracker.proposals.commands import Move
from tracker.proposals.models import Proposal
from tracker.proposals.rules import Needs, ProposalStatus, Step

#: Field of the line's form for each detail that a decision may lack.
LACKING = {
    Needs.AUTHORITY: (_l("Choose who decides."), "authority"),
    Needs.REVISIT_ON: (_l("Enter the date to discuss it again, after the meeting."), "revisit_on"),
}


def links_of(
    kind: StatementKind,
    references: Sequence[Reference],
    *,
    decision: Decision | None = None,
    about_id: int | None = None,
    led_to: Sequence[int] = (),
) -> StatementLinks:
    """How a line of this kind relates to the records it names or is about; raises if one is not visible.

    `led_to` are ids of proposals that the line led to.
    """
    only_discusses = decision is not None and decision.outcome is ProposalStatus.UNDER_DISCUSSION
    numbers = [reference.id for reference in references if reference.kind is RecordKind.PROPOSAL]
    proposal_rows = [
        proposals.in_full(number) for number in dict.fromkeys([*([about_id] if about_id else []), *numbers])
    ]
    return StatementLinks(
        proposals=[
            (
                proposal,
                Bearing.MOTIVATES
                if proposal.id in led_to
                else bearing_of(kind, is_open=proposal.status in rules.OPEN, only_discusses=only_discusses),
            )
            for proposal in proposal_rows
        ],
        actions=[actions.in_full(reference.id) for reference in references if reference.kind is RecordKind.ACTION],
        meetings=[meetings.meeting(reference.id) for reference in references if reference.kind is RecordKind.MEETING],
    )


@dataclass(frozen=True)
class Decided:
    proposal: Proposal
    step: Step
    authority_id: int | None


def steps_of(
    decision: Decision, about: StatementLinks, *, reason: str | None, on: date, by: Actor, at: datetime
) -> list[Decided]:
    """The steps of the proposals that a decision decides or reopens. Refuses before the line is stored."""
    bearings = {Bearing.DISCUSSES} if decision.outcome is ProposalStatus.UNDER_DISCUSSION else {Bearing.DECIDES}
    rows = [
        proposals.in_full(proposal.id, to_change=True) for proposal, bearing in about.proposals if bearing in bearings
    ]
    moving = [proposal for proposal in rows if rules.can_move(proposal.status, decision.outcome)]
    if not moving and decision.outcome is not ProposalStatus.UNDER_DISCUSSION:
        raise NotPossible(_l("This decision is not possible in the current status of the proposal."), field="outcome")
    return [_step_of(proposal, decision, reason=reason, on=on, by=by, at=at) for proposal in moving]


def _step_of(
    proposal: Proposal, decision: Decision, *, reason: str | None, on: date, by: Actor, at: datetime
) -> Decided:
    if not policy.may_move(by, proposal, decision.outcome):
        raise NotPossible(_l("Only the decision maker can reopen a closed proposal."), field="outcome")
    authority_id = decision.authority_id or proposal.decision_authority_id
    step = Step(
        to=decision.outcome, on=on, reason=reason, revisit_on=decision.revisit_on,
        has_authority=authority_id is not None, has_meeting=True,
    )  # fmt: skip
    missing = proposals.lacking(proposal, step)
    if missing:
        sentence, field = LACKING.get(missing[0], (_l("Information that this step needs is missing."), "outcome"))
        raise NotPossible(sentence, field=field)
    commands.ensure_possible(proposal, step, at=at)
    return Decided(proposal, step, authority_id)


def decide(statement: Statement, steps: Sequence[Decided], *, by: Actor, at: datetime) -> None:
    for decided in steps:
        move = Move(
            step=decided.step,
            meeting_id=statement.meeting_id,
            statement_id=statement.id,
            authority_id=decided.authority_id,
            quoted=statement,
        )
        commands.move_proposal(decided.proposal, move, by=by, at=at)
