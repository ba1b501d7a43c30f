"""The life cycle of a proposal and what each step needs. Pure. Source: domain.md 7.3."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ProposalStatus(StrEnum):
    """Where a proposal stands."""

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

#: From each status, those that may follow.
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
#: Statuses in which somebody still has to decide, now or once the date of a deferral has come.
AWAITING_DECISION = frozenset({S.SUBMITTED, S.UNDER_DISCUSSION, S.DEFERRED})
#: Statuses in which something rests on what is proposed: a decision, work, or that it goes on elsewhere.
DECIDED = frozenset(ProposalStatus) - AWAITING_DECISION
#: Statuses from which going back to discussion is a reopening.
REOPENABLE = frozenset(status for status in CLOSED if NEXT[status])


#: Events that say when somebody noted something of a proposal, not when it happened.
NOTED = frozenset({"proponent_added", "target_linked", "effect_set", "related"})


class NotActionableReason(StrEnum):
    """The valid reasons why something cannot be followed up (BPK, status 4)."""

    FORCE_MAJEURE = "force_majeure"
    LEGAL_PROCESS = "legal_process"
    CHANGE_OF_ORGANISATION = "change_of_organisation"
    CHANGE_OF_REGULATION = "change_of_regulation"
    OTHER = "other"


class ProponentRole(StrEnum):
    """In what capacity someone stands behind a proposal."""

    PROPONENT = "proponent"
    SUPPORTER = "supporter"
    ON_BEHALF_OF = "on_behalf_of"


class Attribution(StrEnum):
    """How sure it is that this person proposed it."""

    QUOTED = "quoted"
    PARAPHRASED = "paraphrased"
    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"


#: What the secretariat may find once somebody has disputed; confirming stays with the person named.
SETTLED_AS = (Attribution.QUOTED, Attribution.PARAPHRASED, Attribution.UNCONFIRMED)


class Answer(StrEnum):
    """What somebody named as a proponent says to that."""

    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    TAKEN_BACK = "taken_back"


#: A dispute is taken back before anything else is said; so is a confirmation that was a slip.
_ANSWERS = {
    Attribution.CONFIRMED: (Answer.DISPUTED, Answer.TAKEN_BACK),
    Attribution.DISPUTED: (Answer.TAKEN_BACK,),
}


def answers_to(attribution: Attribution) -> tuple[Answer, ...]:
    """The answers that are possible now."""
    return _ANSWERS.get(attribution, (Answer.CONFIRMED, Answer.DISPUTED))


class Settlement(StrEnum):
    """How a disputed attribution ends."""

    STAYS = "stays"
    COMES_OFF = "comes_off"


class RelationKind(StrEnum):
    """How two proposals relate. Merging is a change of status, not a relation one adds by hand."""

    MERGED_INTO = "merged_into"
    SPLIT_FROM = "split_from"
    ALTERNATIVE_TO = "alternative_to"
    CONTINUES = "continues"
    DUPLICATES = "duplicates"
    RELATED_TO = "related_to"


#: Relations that say from which earlier proposal one comes.
DESCENT = frozenset({RelationKind.CONTINUES, RelationKind.SPLIT_FROM})


class Effect(StrEnum):
    """What a proposal does to a target."""

    SUPPORTS = "supports"
    ADDS_TARGET = "adds_target"
    CHANGES_INDICATOR = "changes_indicator"
    CHANGES_VALUE = "changes_value"
    IMPROVES_MEASURABILITY = "improves_measurability"
    HINDERS = "hinders"


class LinkState(StrEnum):
    """Whether the link to a target has been accepted by someone entitled to."""

    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


#: A decision about a link is taken back before another is taken.
LINK_STEPS: dict[LinkState, tuple[LinkState, ...]] = {
    LinkState.SUGGESTED: (LinkState.CONFIRMED, LinkState.REJECTED),
    LinkState.CONFIRMED: (LinkState.SUGGESTED,),
    LinkState.REJECTED: (LinkState.SUGGESTED,),
}


class Needs(StrEnum):
    """What a step of the life cycle may lack."""

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
    """What is given for one step: the facts a guard asks for."""

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
    """Whether the life cycle has this step at all."""
    return after in NEXT[before]


def lacking(step: Step, *, before: ProposalStatus, actions: int, open_actions: int) -> list[Needs]:
    """What still has to be given before this step may be taken, in the order of the form."""
    has_reason = bool(step.reason)
    wanted: Mapping[ProposalStatus, Iterable[tuple[bool, Needs]]] = {
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
        S.IN_FOLLOW_UP: [(actions > 0, Needs.ACTION)],
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
    return [need for is_met, need in wanted.get(step.to, ()) if not is_met]


def would_close_circle(proposal_id: int, survivor_id: int, merged_into: Mapping[int, int]) -> bool:
    """Whether merging into `survivor_id` would make the chain of mergers lead back to the proposal itself."""
    seen = {proposal_id}
    following: int | None = survivor_id
    while following is not None:
        if following in seen:
            return True
        seen.add(following)
        following = merged_into.get(following)
    return False


def family(start: int, descents: Iterable[tuple[int, int]]) -> dict[int, int]:
    """All that led to a proposal (-1, -2 …) and came of it (1, 2 …); itself is 0. Descents are (later, earlier)."""
    before: dict[int, list[int]] = {}
    after: dict[int, list[int]] = {}
    for later, earlier in descents:
        before.setdefault(later, []).append(earlier)
        after.setdefault(earlier, []).append(later)
    found = {start: 0}
    for neighbours, way in ((before, -1), (after, 1)):
        todo = [start]
        while todo:
            one = todo.pop(0)
            for other in neighbours.get(one, ()):
                if other not in found:
                    found[other] = found[one] + way
                    todo.append(other)
    return found


def all_merged_into(survivor: int, merged_into: Mapping[int, int]) -> list[int]:
    """Every proposal that ended in this one, directly or through others, the nearest first."""
    found: list[int] = []
    todo = [survivor]
    while todo:
        into = todo.pop(0)
        these = sorted(one for one, other in merged_into.items() if other == into and one not in found)
        found += these
        todo += these
    return found
