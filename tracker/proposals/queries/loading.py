"""What comes with a proposal, as one or as one of many."""

from sqlalchemy.orm import joinedload, selectinload

from tracker.proposals.models import Proponent, Proposal, TargetLink

#: Proponents and targets of a list that is read in batches.
IN_BATCHES = (
    selectinload(Proposal.proponents).joinedload(Proponent.person),
    selectinload(Proposal.target_links).joinedload(TargetLink.target),
)

#: What rows of many proposals show: who proposed, who decides, what they touch.
OF_ROWS = (
    *IN_BATCHES,
    selectinload(Proposal.proponents).joinedload(Proponent.position),
    joinedload(Proposal.responsible_unit),
    joinedload(Proposal.decision_authority),
    joinedload(Proposal.survivor),
)

#: A proposal has few proponents and links, so that they come with it in one statement.
AT_ONCE = (
    joinedload(Proposal.proponents).joinedload(Proponent.person),
    joinedload(Proposal.target_links).joinedload(TargetLink.target),
)
