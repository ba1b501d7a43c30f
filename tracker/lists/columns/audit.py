"""The audit chain: who did what to which row, and when; never the values."""

from tracker.audit import policy, queries
from tracker.audit.forms import AuditFilterForm
from tracker.audit.rules import Change
from tracker.core.wording import lazy_gettext as _l
from tracker.lists.columns.description import Column, Listing

AUDIT = Listing(
    name="audit",
    title=_l("Audit"),
    form=AuditFilterForm,
    query=lambda form: queries.entries_query(form.filter()),
    may=policy.may_audit,
    columns=(
        Column(_l("Entry"), lambda entry, _: entry.id, 10),
        Column(_l("Date and time (UTC)"), lambda entry, _: f"{entry.at:%Y-%m-%dT%H:%M:%SZ}", 22),
        Column(_l("By"), lambda entry, _: entry.by_name, 30),
        Column(_l("What was done"), lambda entry, _: Change(entry.change), 14),
        Column(_l("Table"), lambda entry, _: entry.table_name, 24),
        Column(_l("Its number"), lambda entry, _: entry.row_id, 12),
        Column(_l("Columns"), lambda entry, _: ", ".join(entry.columns), 40),
        Column(_l("Page"), lambda entry, _: entry.page or "", 24),
        Column(_l("SHA-256"), lambda entry, _: entry.hash, 66),
    ),
)
