"""Labels of kinds, runs and rows."""

from tracker.core.wording import Tones, Words, gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.imports.models import ImportRun
from tracker.imports.rules.kinds import ImportKind, RowState, RunState

WORDS: Words = {
    ImportKind: {
        ImportKind.UNITS: _l("Units"),
        ImportKind.POSTS: _l("Posts"),
        ImportKind.PERSONS: _l("People"),
        ImportKind.HOLDINGS: _l("Who holds which post"),
        ImportKind.MEETINGS: _l("Meetings"),
        ImportKind.ATTENDANCE: _l("Attendance of meetings"),
        ImportKind.PROPOSALS: _l("Proposals"),
        ImportKind.ACTIONS: _l("Follow-up"),
        ImportKind.REPORTS: _l("Reports and verification of follow-up"),
        ImportKind.DOCUMENTS: _l("Target documents and objectives"),
        ImportKind.INDICATORS: _l("Indicators"),
        ImportKind.VALUES: _l("Values by period"),
        ImportKind.ACCOUNTS: _l("Accounts"),
    },
    RunState: {
        RunState.PREPARED: _l("Not saved yet"),
        RunState.WAITING: _l("Being saved"),
        RunState.STORED: _l("Saved"),
        RunState.UNDOING: _l("Being undone"),
        RunState.UNDONE: _l("Undone"),
    },
    RowState: {
        RowState.WRONG: _l("wrong"),
        RowState.ASKED: _l("to be answered"),
        RowState.NEW: _l("new"),
        RowState.CHANGED: _l("changed"),
        RowState.SAME: _l("the same"),
    },
}
TONES: Tones = {
    RunState: {
        RunState.PREPARED: "warn",
        RunState.WAITING: "info",
        RunState.STORED: "good",
        RunState.UNDOING: "info",
        RunState.UNDONE: "neutral",
    },
    RowState: {RowState.WRONG: "bad", RowState.ASKED: "warn", RowState.NEW: "good", RowState.CHANGED: "info"},
}
_UNDONE = {"import_undone": _l("Import undone: as it was before")}
EVENTS = {
    "import_run": {
        "begun": _l("File uploaded"),
        "stored": _l("Import saved"),
        "undone": _l("Import undone"),
    },
    **dict.fromkeys(
        ("org_unit", "position", "person", "meeting", "proposal", "action_item", "target", "account"), _UNDONE
    ),
}  # fmt: skip


def name_of(run: ImportRun) -> str:
    """Pasted cells have no name of their own, so theirs is in the reader's language."""
    return gettext("Pasted cells") if run.is_pasted else run.name
