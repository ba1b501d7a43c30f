"""The filter form of the audit page, and the tick for what is recorded as history."""

from wtforms import BooleanField

from tracker.audit.queries import AuditFilter
from tracker.audit.rules import AuditedKind, Change
from tracker.core.fields import Code, Day, Line
from tracker.core.forms import FilterForm
from tracker.core.wording import lazy_gettext as _l


class AuditFilterForm(FilterForm):
    who = Line(_l("By"))
    change = Code(Change, _l("What was done"))
    kind = Code(AuditedKind, _l("Affected record"))
    row = Line(_l("Its number"), longest=40)
    from_on = Day(_l("From"))
    to_on = Day(_l("Until"))

    def filter(self) -> AuditFilter:
        return AuditFilter(
            who=self.who.data, change=self.change.data, kind=self.kind.data, row_id=self.row.data,
            from_on=self.from_on.data, to_on=self.to_on.data,
        )  # fmt: skip


class WithHistory:
    """Mixin for forms of new rows that may have begun long ago (ADR 93)."""

    is_history = BooleanField(_l("Record as history: with the dates of that time, without mails"))
