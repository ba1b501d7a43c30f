"""The words for the codes of targets, and for what happens to them."""

from typing import Any

from tracker.core.wording import Tones, Words, in_words
from tracker.core.wording import lazy as _l
from tracker.targets.queries import name_with_edition
from tracker.targets.rules import Change, DocumentKind, Lacking, ObjectiveLevel, Polarity, TargetKind, TargetState


def named_with_edition(target: Any) -> str:
    """The name of a target or of a row with its columns, and the edition where it is superseded."""
    return name_with_edition(in_words(target, "name"), target.superseded_edition)


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
        Polarity.STABILISE: _l("Just as planned"),
    },
    Lacking: {
        Lacking.UNIT: _l("unit of measure"),
        Lacking.FORMULA: _l("formula"),
        Lacking.VALUE: _l("target value"),
    },
    Change: {
        Change.ADDED: _l("new"),
        Change.REMOVED: _l("dropped"),
        Change.CHANGED: _l("changed"),
    },
}
TONES: Tones = {
    TargetState: {
        T.PROPOSED: "info", T.ENACTED: "good", T.IN_FORCE: "good", T.ACTIVE: "good", T.CANDIDATE: "warn",
    },
    Change: {Change.ADDED: "good", Change.REMOVED: "bad", Change.CHANGED: "info"},
}  # fmt: skip
_TARGET = {
    "added": _l("Recorded"),
    "copied": _l("Begun as a new version with everything the enacted one holds"),
    "took_over": _l("In force, in place of the edition before"),
    "version_opened": _l("A new version was begun"),
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
#: The words for what two versions are compared by.
FACTS = {
    "code": _l("Code in the document"),
    "name_id": _l("Name in Indonesian"),
    "name_en": _l("Name in English"),
    "state": _l("State"),
    "note_id": _l("Note in Indonesian"),
    "note_en": _l("Note in English"),
    "level": _l("Level"),
    "unit_of_measure": _l("Unit of measure"),
    "polarity": _l("Which way is better"),
    "baseline": _l("Baseline"),
    "operational_definition": _l("Operational definition"),
    "formula": _l("Formula"),
    "data_source": _l("Source of the data"),
    "is_key": _l("Key indicator (IKU)"),
    "is_cumulative": _l("Values add up over the year"),
    "document_number": _l("Document number"),
    "owner_unit": _l("Unit that answers for it"),
    "target_value": _l("Target value"),
    "target_upper": _l("Upper bound"),
}
