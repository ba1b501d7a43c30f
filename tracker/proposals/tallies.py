"""What proposals count for: the numbers by status."""

from sqlalchemy import literal

from tracker.core.actor import Classification
from tracker.core.tallies import Tallied, counted, register
from tracker.proposals.models import Proposal

#: Proposals by status.
STATUS = "proposal.status"

_PROPOSAL = Proposal.__table__.c
register(
    Tallied(
        Proposal,
        {Proposal: "id"},
        [
            counted(_PROPOSAL.id, STATUS, _PROPOSAL.status, literal(0)).where(
                _PROPOSAL.classification == Classification.ORDINARY
            )
        ],
    )
)
