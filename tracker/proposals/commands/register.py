"""Record and edit proposals. Callers commit."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from tracker.audit.commands import record
from tracker.core.actor import Actor, Classification
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.numbering import next_code
from tracker.core.occurrence import ensure_day, history_until
from tracker.core.wording import lazy_gettext as _l
from tracker.core.wording import long_day
from tracker.corrections import commands as corrections
from tracker.proposals import queries
from tracker.proposals.commands.decided import change_of_authority
from tracker.proposals.commands.drafts import ProposalDraft
from tracker.proposals.models import Proposal
from tracker.proposals.rules import ProposalStatus


def propose(draft: ProposalDraft, *, by: Actor, at: datetime) -> Proposal:
    ensure_day(draft.raised_on, since=draft.raised_on, at=at, field="raised_on")
    proposal = Proposal(
        **asdict(draft),
        code=next_code("U", draft.raised_on.year),
        status=ProposalStatus.SUBMITTED,
        status_since=draft.raised_on,
        history_until=history_until(draft.raised_on, at=at),
        recorded_by_id=by.account_id,
        proponents=[],
        target_links=[],
    )
    db.session.add(proposal)
    db.session.flush()  # the event needs the id
    record(
        proposal, "proposed", by=by, at=at, on=draft.raised_on, meeting_id=draft.raised_in_id,
        to_state=ProposalStatus.SUBMITTED, after=assignment(proposal),
    )  # fmt: skip
    return proposal


def ensure_not_below(proposal: Proposal, level: Classification, *, field: str) -> None:
    """Refuse a source with a higher classification than the proposal; no link raises it silently."""
    if proposal.classification.rank < level.rank:
        raise NotPossible(
            _l("The proposal has a lower classification than its source. Raise its classification first."), field=field
        )


def edit_proposal(
    proposal: Proposal, draft: ProposalDraft, *, reason: str | None = None, by: Actor, at: datetime
) -> None:
    """Store the draft, except its classification, which only sets the minimum that the source requires.

    Changing texts that were decided on is a correction and needs a reason.
    """
    _ensure_before_steps(proposal, draft.raised_on, at=at)
    is_moved = draft.raised_in_id != proposal.raised_in_id
    if is_moved:
        ensure_not_below(proposal, draft.classification, field="raised_in")
    before = assignment(proposal)
    # The classification is changed by classification.commands.
    values = {name: value for name, value in asdict(draft).items() if name != "classification"}
    are_others_unchanged = all(
        value == getattr(proposal, name) for name, value in values.items() if name not in proposal.decided_columns
    )
    authority = {"decision_authority_id": change_of_authority(proposal, draft.decision_authority_id)}
    is_correction = corrections.apply_edit(proposal, values, reason=reason, named=authority, by=by, at=at)
    if proposal.status is ProposalStatus.SUBMITTED:
        proposal.status_since = queries.last_step_on(proposal.id) or proposal.raised_on
    if not (is_correction and are_others_unchanged):
        record(proposal, "edited", by=by, at=at, **assignment_change(proposal, before))


def _ensure_before_steps(proposal: Proposal, raised_on: date, *, at: datetime) -> None:
    ensure_day(raised_on, since=raised_on, at=at, field="raised_on")
    first = queries.first_step_on(proposal.id)
    if first and raised_on > first:
        raise NotPossible(
            _l("Enter %(day)s or an earlier date: the step after it happened then.", day=long_day(first)),
            field="raised_on",
        )


def assign_unit(
    proposal: Proposal, unit_id: int | None, *, reason: str | None, on: date | None = None, by: Actor, at: datetime
) -> None:
    before = assignment(proposal)
    proposal.responsible_unit_id = unit_id
    record(proposal, "edited", by=by, at=at, on=on, reason=reason, **assignment_change(proposal, before))


def hand_to(
    proposal: Proposal, *, unit_id: int | None, authority_id: int | None, reason: str, on: date, by: Actor, at: datetime
) -> None:
    """Give the proposal to a successor of its unit, or of the post that has to decide it."""
    before = assignment(proposal)
    proposal.responsible_unit_id, proposal.decision_authority_id = unit_id, authority_id
    record(proposal, "edited", by=by, at=at, on=on, reason=reason, **assignment_change(proposal, before))


def assignment(proposal: Proposal) -> dict[str, int | None]:
    return {
        "decision_authority_id": proposal.decision_authority_id,
        "responsible_unit_id": proposal.responsible_unit_id,
    }


def assignment_change(proposal: Proposal, before: dict[str, int | None]) -> dict[str, Any]:
    """Details of an event if the assignment changed; empty otherwise."""
    after = assignment(proposal)
    return {"before": before, "after": after} if before != after else {}
