"""Kinds of targets, their states and which follow each other. Pure."""

from enum import StrEnum


class TargetKind(StrEnum):
    DOCUMENT = "document"
    OBJECTIVE = "objective"
    INDICATOR = "indicator"


class DocumentKind(StrEnum):
    STRATEGIC_PLAN = "strategic_plan"
    PERFORMANCE_TARGET = "performance_target"
    PERFORMANCE_AGREEMENT = "performance_agreement"


class ObjectiveLevel(StrEnum):
    """Level of an objective in the cascade; a target area is named but not yet placed in it."""

    STRATEGIC = "strategic_objective"
    PROGRAMME = "programme_objective"
    ACTIVITY = "activity_objective"
    TARGET_AREA = "target_area"


class TargetState(StrEnum):
    """States of documents (draft … superseded), objectives (draft, in force, retired) and indicators."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    ENACTED = "enacted"
    SUPERSEDED = "superseded"
    IN_FORCE = "in_force"
    CANDIDATE = "candidate"
    ACTIVE = "active"
    RETIRED = "retired"


STATES = {
    TargetKind.DOCUMENT: (TargetState.DRAFT, TargetState.PROPOSED, TargetState.ENACTED, TargetState.SUPERSEDED),
    TargetKind.OBJECTIVE: (TargetState.DRAFT, TargetState.IN_FORCE, TargetState.RETIRED),
    TargetKind.INDICATOR: (TargetState.CANDIDATE, TargetState.DRAFT, TargetState.ACTIVE, TargetState.RETIRED),
}

#: States of what is no longer used.
ENDED = frozenset({TargetState.RETIRED, TargetState.SUPERSEDED})

#: Allowed next states by kind and state.
NEXT: dict[TargetKind, dict[TargetState, frozenset[TargetState]]] = {
    TargetKind.DOCUMENT: {
        TargetState.DRAFT: frozenset({TargetState.PROPOSED}),
        TargetState.PROPOSED: frozenset({TargetState.DRAFT, TargetState.ENACTED}),
        TargetState.ENACTED: frozenset({TargetState.SUPERSEDED}),
        TargetState.SUPERSEDED: frozenset(),
    },
    TargetKind.OBJECTIVE: {
        TargetState.DRAFT: frozenset({TargetState.IN_FORCE, TargetState.RETIRED}),
        TargetState.IN_FORCE: frozenset({TargetState.RETIRED}),
        TargetState.RETIRED: frozenset({TargetState.DRAFT}),
    },
    TargetKind.INDICATOR: {
        TargetState.CANDIDATE: frozenset({TargetState.DRAFT, TargetState.RETIRED}),
        TargetState.DRAFT: frozenset({TargetState.ACTIVE, TargetState.CANDIDATE, TargetState.RETIRED}),
        TargetState.ACTIVE: frozenset({TargetState.RETIRED}),
        TargetState.RETIRED: frozenset({TargetState.DRAFT}),
    },
}


class Editions(StrEnum):
    """Documents enacted or proposed, with what is in no document; drafts; or earlier editions."""

    IN_FORCE = "in_force"
    DRAFT = "draft"
    SUPERSEDED = "superseded"

    @classmethod
    def of(cls, document: TargetState) -> "Editions":
        return {TargetState.DRAFT: cls.DRAFT, TargetState.SUPERSEDED: cls.SUPERSEDED}.get(document, cls.IN_FORCE)


class Polarity(StrEnum):
    MAXIMISE = "maximise"
    MINIMISE = "minimise"
    RANGE = "range"
    STABILISE = "stabilise"


class Lacking(StrEnum):
    UNIT = "unit"
    FORMULA = "formula"
    VALUE = "value"


def can_move(kind: TargetKind, before: TargetState, after: TargetState) -> bool:
    return after in NEXT[kind][before]
