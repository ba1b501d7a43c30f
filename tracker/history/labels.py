"""The words of the audit chain."""

from tracker.core.wording import Tones, Words
from tracker.core.wording import lazy as _l
from tracker.history.rules import AuditedKind, Change

WORDS: Words = {
    Change: {
        Change.INSERT: _l("added"),
        Change.UPDATE: _l("changed"),
        Change.DELETE: _l("deleted"),
        Change.READ: _l("read"),
    },
    AuditedKind: {
        AuditedKind.MEETING: _l("Meeting"),
        AuditedKind.STATEMENT: _l("Statement"),
        AuditedKind.MINUTES: _l("Minutes"),
        AuditedKind.PROPOSAL: _l("Proposal"),
        AuditedKind.ACTION: _l("Follow-up"),
        AuditedKind.ATTACHMENT: _l("Attachment"),
        AuditedKind.TARGET: _l("Target"),
        AuditedKind.PERSON: _l("Person"),
        AuditedKind.ACCOUNT: _l("Account"),
        AuditedKind.ROLE: _l("Role of an account"),
        AuditedKind.PREVIEW: _l("Preview"),
    },
}
TONES: Tones = {Change: {Change.READ: "info", Change.DELETE: "warn"}}
#: What is wrong with a chain that does not hold.
FAULTS = {
    "missing": _l("entries before this one are missing"),
    "altered": _l("this entry was altered"),
    "tail": _l("the chain does not end as its head says"),
    "cut": _l("newer entries, written down outside the database, are gone"),
    "not as anchored": _l("this entry is not the one written down outside the database"),
}
