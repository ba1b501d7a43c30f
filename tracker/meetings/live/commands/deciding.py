"""Link lines to earlier proposals, actions and meetings, and apply decisions. Callers commit."""

from collections.abc import Sequence
from datetime import datetime

from tracker.actions import queries as actions
from tracker.core.actor import Actor
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy as _l
from tracker.meetings import queries as meetings
from tracker.meetings.commands import Bearings
from tracker.meetings.live.rules import Decision, RecordKind, Reference
from tracker.meetings.models import Statement
from tracker.meetings.rules import Bearing, StatementKind, bearing_of
from tracker.proposals import commands, policy, rules
from tracker.proposals import queries as proposals
from tracker.proposals.commands import Move
from tracker.proposals.models import Proposal
from tracker.proposals.rules import Needs, ProposalStatus, Step

#: Field of the line's form for each detail that a decision may lack.
_LACKING = {
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
) -> Bearings:
    """How a line of this kind relates to the records it names or is about; raises if one is not visible.

    `led_to` are ids of proposals that the line led to.
    """
    only_discusses = decision is not None and decision.outcome is ProposalStatus.UNDER_DISCUSSION
    numbers = [one.id for one in references if one.kind is RecordKind.PROPOSAL]
    proposal_rows = [
        proposals.in_full(number) for number in dict.fromkeys([*([about_id] if about_id else []), *numbers])
    ]
    return Bearings(
        proposals=[
            (
                one,
                Bearing.MOTIVATES
                if one.id in led_to
                else bearing_of(kind, is_open=one.status in rules.OPEN, only_discusses=only_discusses),
            )
            for one in proposal_rows
        ],
        actions=[actions.in_full(one.id) for one in references if one.kind is RecordKind.ACTION],
        meetings=[meetings.meeting(one.id) for one in references if one.kind is RecordKind.MEETING],
    )


def decide(statement: Statement, decision: Decision, *, by: Actor, at: datetime) -> list[Proposal]:
    """Apply a decision to each proposal it decides or reopens, and return those that moved.

    The reason is the text of the line and the date that of the meeting; the event references both.
    """
    bearings = {Bearing.DISCUSSES} if decision.outcome is ProposalStatus.UNDER_DISCUSSION else {Bearing.DECIDES}
    numbers = [link.proposal_id for link in statement.proposal_links if link.bearing in bearings]
    about = [proposals.in_full(number, to_change=True) for number in numbers]
    moving = [proposal for proposal in about if rules.can_move(proposal.status, decision.outcome)]
    if not moving and decision.outcome is not ProposalStatus.UNDER_DISCUSSION:
        raise NotPossible(_l("This decision is not possible in the current status of the proposal."), field="outcome")
    for proposal in moving:
        _move(proposal, statement, decision, by=by, at=at)
    return moving


def _move(proposal: Proposal, statement: Statement, decision: Decision, *, by: Actor, at: datetime) -> None:
    if not policy.may_move(by, proposal, decision.outcome):
        raise NotPossible(_l("Only the decision maker can reopen a closed proposal."), field="outcome")
    authority_id = decision.authority_id or proposal.decision_authority_id
    step = Step(
        to=decision.outcome, on=statement.meeting.date, reason=statement.gist_id or statement.quote,
        revisit_on=decision.revisit_on,
        has_authority=authority_id is not None, has_meeting=True,
    )  # fmt: skip
    missing = proposals.lacking(proposal, step)
    if missing:
        sentence, field = _LACKING.get(missing[0], (_l("Information that this step needs is missing."), "outcome"))
        raise NotPossible(sentence, field=field)
    move = Move(
        step=step,
        meeting_id=statement.meeting_id,
        statement_id=statement.id,
        authority_id=authority_id,
        quoted=statement,
    )
    commands.move_proposal(proposal, move, by=by, at=at)
