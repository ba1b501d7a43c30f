"""Filter form of the cascade."""

from wtforms import BooleanField

from tracker.core.fields import Code, Combobox, Pick, Year
from tracker.core.forms import FilterForm
from tracker.core.wording import lazy_gettext as _l
from tracker.targets.queries import ORDERS, TargetFilter
from tracker.targets.rules import DocumentKind, Editions, Outcome, TargetState


class TargetFilterForm(FilterForm):
    orders = ORDERS
    year = Year(_l("Year"))
    kind = Code(DocumentKind, _l("Kind of document"))
    unit = Combobox(_l("Responsible unit"))
    state = Code(TargetState, _l("State"))
    document = Pick(_l("Target document"))
    editions = Code(Editions, _l("Edition"))
    outcome = Code(Outcome, _l("Result of indicators"))
    orphans = BooleanField(_l("Only indicators without proposals"))

    def filter(self) -> TargetFilter:
        return TargetFilter(
            year=int(self.year.data) if self.year.data else None,
            document_kind=self.kind.data,
            unit_id=self.unit.data,
            state=self.state.data,
            document_id=self.document.data,
            outcome=self.outcome.data,
            editions=self.editions.data,
        )
