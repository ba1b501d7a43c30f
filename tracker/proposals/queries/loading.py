"""Options that load what belongs to a proposal."""

from sqlalchemy.orm import joinedload, selectinload

from tracker.proposals.models import Proponent, Proposal, TargetLink

#: For lists that are read in batches.
IN_BATCHES = (
    selectinload(Proposal.proponents).joinedload(Proponent.person),
    selectinload(Proposal.target_links).joinedload(TargetLink.target),
)

#: For lists with proponents, authorities and targets.
OF_ROWS = (
    *IN_BATCHES,
    selectinload(Proposal.proponents).joinedload(Proponent.position),
    joinedload(Proposal.responsible_unit),
    joinedload(Proposal.decision_authority),
    joinedload(Proposal.survivor),
)

#: Joined in one statement, since a proposal has few proponents and links.
AT_ONCE = (
    joinedload(Proposal.proponents).joinedload(Proponent.person),
    joinedload(Proposal.target_links).joinedload(TargetLink.target),
)
