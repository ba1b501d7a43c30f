"""Filter of the register, and the check for earlier proposals."""

from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice

from tracker.core.fields import Code, Combobox, Line, Paragraph, Stage, Year
from tracker.core.forms import FilterForm
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.proposals.queries import ORDERS, WATCHES, ProposalFilter
from tracker.proposals.rules import ProposalStatus


class ProposedBeforeForm(FilterForm):
    text = Paragraph(_l("What do you want to propose?"))


class ProposalFilterForm(FilterForm):
    orders = tuple(ORDERS)

    q = Line(_l("Text or code"))
    stage = Stage()
    watch = SelectField(
        _l("Attention"),
        default="",
        choices=lambda: [
            SelectChoice("", gettext("Everything")),
            SelectChoice("waits_for_me", gettext("Waiting for me")),
            SelectChoice("escalated", gettext("Escalated, not answered")),
        ],
    )
    status = Code(ProposalStatus, _l("Status"))
    year = Year(_l("Year"))
    proponent = Combobox(_l("Proponent"))
    unit = Combobox(_l("Responsible unit"))
    target = Combobox(_l("Target"))
    orphans = BooleanField(_l("Only proposals without a target"))

    def filter(self) -> ProposalFilter:
        """Values of `watch` that are not among the choices are ignored, on pages and in exported lists."""
        return ProposalFilter(
            q=self.q.data,
            watch=self.watch.data if self.watch.data in WATCHES else None,
            stage=self.stage.data or None,
            status=self.status.data,
            year=int(self.year.data) if self.year.data else None,
            proponent_id=self.proponent.data,
            unit_id=self.unit.data,
            target_id=self.target.data,
            is_orphan=self.orphans.data,
            order=self.order,
        )
