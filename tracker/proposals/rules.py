"""Status transitions of proposals and what each needs. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ProposalStatus(StrEnum):
    SUBMITTED = "submitted"
    UNDER_DISCUSSION = "under_discussion"
    DEFERRED = "deferred"
    APPROVED = "approved"
    IN_FOLLOW_UP = "in_follow_up"
    REALISED = "realised"
    REJECTED = "rejected"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    NOT_ACTIONABLE = "not_actionable"


S = ProposalStatus

#: Allowed transitions by current status.
NEXT: dict[ProposalStatus, frozenset[ProposalStatus]] = {
    S.SUBMITTED: frozenset({S.UNDER_DISCUSSION, S.APPROVED, S.REJECTED, S.DEFERRED, S.MERGED, S.WITHDRAWN}),
    S.UNDER_DISCUSSION: frozenset({S.APPROVED, S.REJECTED, S.DEFERRED, S.IN_FOLLOW_UP, S.MERGED, S.WITHDRAWN}),
    S.DEFERRED: frozenset({S.UNDER_DISCUSSION, S.APPROVED, S.REJECTED, S.MERGED, S.WITHDRAWN}),
    S.APPROVED: frozenset({S.IN_FOLLOW_UP, S.NOT_ACTIONABLE, S.MERGED}),
    S.IN_FOLLOW_UP: frozenset({S.REALISED, S.NOT_ACTIONABLE, S.MERGED}),
    S.REALISED: frozenset(),
    S.REJECTED: frozenset({S.UNDER_DISCUSSION}),
    S.MERGED: frozenset(),
    S.WITHDRAWN: frozenset({S.UNDER_DISCUSSION}),
    S.NOT_ACTIONABLE: frozenset({S.UNDER_DISCUSSION}),
}
CLOSED = frozenset({S.REALISED, S.REJECTED, S.MERGED, S.WITHDRAWN, S.NOT_ACTIONABLE})
OPEN = frozenset(ProposalStatus) - CLOSED
#: Statuses in which a decision is pending, now or after a deferral.
AWAITING_DECISION = frozenset({S.SUBMITTED, S.UNDER_DISCUSSION, S.DEFERRED})
#: Statuses in which the text was decided on or is being followed up, so that changing it is a correction.
DECIDED = frozenset(ProposalStatus) - AWAITING_DECISION
#: Steps with which somebody decides, and which say who.
DECISIONS = frozenset({S.APPROVED, S.REJECTED, S.DEFERRED, S.NOT_ACTIONABLE})
#: Closed statuses from which a proposal can return to discussion.
REOPENABLE = frozenset(status for status in CLOSED if NEXT[status])


#: Events whose date is that of recording, not that of the matter itself.
NOTED = frozenset({"proponent_added", "target_linked", "effect_set", "related"})


class NotActionableReason(StrEnum):
    """Valid reasons why something cannot be followed up (BPK, status 4)."""

    FORCE_MAJEURE = "force_majeure"
    LEGAL_PROCESS = "legal_process"
    CHANGE_OF_ORGANISATION = "change_of_organisation"
    CHANGE_OF_REGULATION = "change_of_regulation"
    OTHER = "other"


class ProponentRole(StrEnum):
    PROPONENT = "proponent"
    SUPPORTER = "supporter"
    ON_BEHALF_OF = "on_behalf_of"


class Attribution(StrEnum):
    """How certain it is that this person proposed it."""

    QUOTED = "quoted"
    PARAPHRASED = "paraphrased"
    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"


#: Attributions that the secretariat may set; only the person named can confirm.
SETTLED_AS = (Attribution.QUOTED, Attribution.PARAPHRASED, Attribution.UNCONFIRMED)


class Answer(StrEnum):
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    TAKEN_BACK = "taken_back"


#: A dispute must be withdrawn before another answer; a confirmation can also be disputed directly.
_ANSWERS = {
    Attribution.CONFIRMED: (Answer.DISPUTED, Answer.TAKEN_BACK),
    Attribution.DISPUTED: (Answer.TAKEN_BACK,),
}


def answers_to(attribution: Attribution) -> tuple[Answer, ...]:
    return _ANSWERS.get(attribution, (Answer.CONFIRMED, Answer.DISPUTED))


class Settlement(StrEnum):
    STAYS = "stays"
    COMES_OFF = "comes_off"


class RelationKind(StrEnum):
    """Relation between two proposals. MERGED_INTO is only created by the merge step."""

    MERGED_INTO = "merged_into"
    SPLIT_FROM = "split_from"
    ALTERNATIVE_TO = "alternative_to"
    CONTINUES = "continues"
    DUPLICATES = "duplicates"
    RELATED_TO = "related_to"


#: Relations to an earlier proposal from which this one descends.
DESCENT = frozenset({RelationKind.CONTINUES, RelationKind.SPLIT_FROM})


class Effect(StrEnum):
    SUPPORTS = "supports"
    ADDS_TARGET = "adds_target"
    CHANGES_INDICATOR = "changes_indicator"
    CHANGES_VALUE = "changes_value"
    IMPROVES_MEASURABILITY = "improves_measurability"
    HINDERS = "hinders"


class LinkState(StrEnum):
    """State of a link to a target; decision makers confirm and reject."""

    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


#: A decision about a link must be withdrawn before another one.
LINK_STEPS: dict[LinkState, tuple[LinkState, ...]] = {
    LinkState.SUGGESTED: (LinkState.CONFIRMED, LinkState.REJECTED),
    LinkState.CONFIRMED: (LinkState.SUGGESTED,),
    LinkState.REJECTED: (LinkState.SUGGESTED,),
}


class Needs(StrEnum):
    """What a step may lack."""

    MEETING_OR_NOTE = "meeting_or_note"
    AUTHORITY = "authority"
    REASON = "reason"
    REASON_CODE = "reason_code"
    REVISIT_ON = "revisit_on"
    ACTION = "action"
    EVIDENCE = "evidence"
    NO_OPEN_ACTION = "no_open_action"
    SURVIVOR = "survivor"


@dataclass(frozen=True, kw_only=True)
class Step:
    """Facts about a step that the guards check."""

    to: ProposalStatus
    on: date
    reason: str | None = None
    reason_code: NotActionableReason | None = None
    revisit_on: date | None = None
    has_authority: bool = False
    has_meeting: bool = False
    evidence: str | None = None
    survivor_id: int | None = None


def can_move(before: ProposalStatus, after: ProposalStatus) -> bool:
    return after in NEXT[before]


def lacking(
    step: Step, *, before: ProposalStatus, actions: int, open_actions: int, is_history: bool = False
) -> list[Needs]:
    """What is missing before this step can be taken, in the order of the form.

    The actions of long ago may never have been written down, or be recorded later (ADR 93).
    """
    has_reason = bool(step.reason)
    conditions: Mapping[ProposalStatus, Iterable[tuple[bool, Needs]]] = {
        S.UNDER_DISCUSSION: [
            (step.has_meeting or has_reason, Needs.MEETING_OR_NOTE),
            (has_reason or before not in REOPENABLE, Needs.REASON),
        ],
        S.APPROVED: [
            (step.has_authority, Needs.AUTHORITY),
            (step.has_meeting or has_reason, Needs.MEETING_OR_NOTE),
        ],
        S.REJECTED: [(has_reason, Needs.REASON)],
        S.DEFERRED: [
            (has_reason, Needs.REASON),
            (step.revisit_on is not None and step.revisit_on > step.on, Needs.REVISIT_ON),
        ],
        S.IN_FOLLOW_UP: [(actions > 0 or is_history, Needs.ACTION)],
        S.REALISED: [
            (bool(step.evidence), Needs.EVIDENCE),
            (open_actions == 0 or has_reason, Needs.NO_OPEN_ACTION),
        ],
        S.NOT_ACTIONABLE: [
            (step.reason_code is not None, Needs.REASON_CODE),
            (has_reason or step.reason_code is not NotActionableReason.OTHER, Needs.REASON),
        ],
        S.MERGED: [(step.survivor_id is not None, Needs.SURVIVOR)],
        S.WITHDRAWN: [(has_reason, Needs.REASON)],
    }
    return [need for is_met, need in conditions.get(step.to, ()) if not is_met]


def would_form_cycle(proposal_id: int, survivor_id: int, merged_into: Mapping[int, int]) -> bool:
    """Whether merging into `survivor_id` would form a cycle of mergers."""
    seen = {proposal_id}
    current: int | None = survivor_id
    while current is not None:
        if current in seen:
            return True
        seen.add(current)
        current = merged_into.get(current)
    return False


def lineage(start: int, descents: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Generation of all ancestors (-1, -2 …) and descendants (1, 2 …) of a proposal; 0 is the proposal itself.

    `descents` are pairs (later, earlier).
    """
    before: dict[int, list[int]] = {}
    after: dict[int, list[int]] = {}
    for later, earlier in descents:
        before.setdefault(later, []).append(earlier)
        after.setdefault(earlier, []).append(later)
    generations = {start: 0}
    for neighbours, step in ((before, -1), (after, 1)):
        queue = [start]
        while queue:
            current = queue.pop(0)
            for other in neighbours.get(current, ()):
                if other not in generations:
                    generations[other] = generations[current] + step
                    queue.append(other)
    return generations


def all_merged_into(survivor: int, merged_into: Mapping[int, int]) -> list[int]:
    """All proposals merged into this one, directly or through others, the nearest first."""
    merged: list[int] = []
    queue = [survivor]
    while queue:
        current = queue.pop(0)
        direct = sorted(
            proposal_id
            for proposal_id, survivor_id in merged_into.items()
            if survivor_id == current and proposal_id not in merged
        )
        merged += direct
        queue += direct
    return merged
