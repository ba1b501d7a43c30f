"""The words for the codes of targets, and for what happens to them."""

from tracker.core.wording import Tones, Words
from tracker.core.wording import lazy as _l
from tracker.targets.rules import DocumentKind, ObjectiveLevel, Polarity, TargetKind, TargetState

T = TargetState
WORDS: Words = {
    TargetKind: {
        TargetKind.DOCUMENT: _l("Target document"),
        TargetKind.OBJECTIVE: _l("Objective"),
        TargetKind.INDICATOR: _l("Performance indicator"),
    },
    DocumentKind: {
        DocumentKind.STRATEGIC_PLAN: _l("Strategic plan (Renstra)"),
        DocumentKind.PERFORMANCE_TARGET: _l("Performance targets of the year"),
        DocumentKind.PERFORMANCE_AGREEMENT: _l("Performance agreement (PK)"),
    },
    ObjectiveLevel: {
        ObjectiveLevel.STRATEGIC: _l("Strategic objective"),
        ObjectiveLevel.PROGRAMME: _l("Programme objective"),
        ObjectiveLevel.ACTIVITY: _l("Activity objective"),
        ObjectiveLevel.TARGET_AREA: _l("Target area"),
    },
    TargetState: {
        T.DRAFT: _l("draft"),
        T.PROPOSED: _l("proposed"),
        T.ENACTED: _l("enacted"),
        T.SUPERSEDED: _l("superseded"),
        T.IN_FORCE: _l("in force"),
        T.CANDIDATE: _l("candidate"),
        T.ACTIVE: _l("active"),
        T.RETIRED: _l("retired"),
    },
    Polarity: {
        Polarity.MAXIMISE: _l("The higher the better"),
        Polarity.MINIMISE: _l("The lower the better"),
        Polarity.RANGE: _l("Within a range"),
    },
}
TONES: Tones = {
    TargetState: {
        T.PROPOSED: "info", T.ENACTED: "good", T.IN_FORCE: "good", T.ACTIVE: "good", T.CANDIDATE: "warn",
    },
}  # fmt: skip
_TARGET = {
    "added": _l("Recorded"),
    "edited": _l("Details changed"),
    "value_set": _l("Values of a period recorded"),
    "moved_draft": _l("Back to draft"),
    "moved_proposed": _l("Proposed for enactment"),
    "moved_enacted": _l("Enacted"),
    "moved_superseded": _l("Superseded"),
    "moved_in_force": _l("Put in force"),
    "moved_candidate": _l("Made a candidate"),
    "moved_active": _l("Made active"),
    "moved_retired": _l("Retired"),
}
EVENTS = {"target_document": _TARGET, "objective": _TARGET, "indicator": _TARGET}
