"""What the register is narrowed to."""

from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice

from tracker.core.fields import Code, Line, Pick, Year
from tracker.core.forms import FilterForm
from tracker.core.wording import lazy as _l
from tracker.core.wording import say
from tracker.proposals.queries import ProposalFilter
from tracker.proposals.rules import (
    ProposalStatus,
)


class ProposalFilterForm(FilterForm):
    """The filter of the register."""

    q = Line(_l("Text or code"))
    stage = SelectField(
        _l("Open or closed"),
        default="",
        choices=lambda: [
            SelectChoice("", say("Both")),
            SelectChoice("open", say("Open")),
            SelectChoice("closed", say("Closed")),
        ],
    )
    status = Code(ProposalStatus, _l("Status"))
    year = Year(_l("Year"))
    proponent = Pick(_l("Proponent"))
    unit = Pick(_l("Responsible unit"))
    target = Pick(_l("Target"))
    orphans = BooleanField(_l("Only proposals without a target"))

    def filter(self) -> ProposalFilter:
        """What the query wants."""
        return ProposalFilter(
            q=self.q.data,
            stage=self.stage.data or None,
            status=self.status.data,
            year=int(self.year.data) if self.year.data else None,
            proponent_id=self.proponent.data,
            unit_id=self.unit.data,
            target_id=self.target.data,
            is_orphan=self.orphans.data,
        )
