"""Labels of proposals and their events."""

from decimal import Decimal

from tracker.core.wording import Shape, Shapes, Tones, Words, gettext, label, number
from tracker.core.wording import lazy_gettext as _l
from tracker.proposals.rules import (
    Answer,
    Attribution,
    Effect,
    LinkState,
    Needs,
    NotActionableReason,
    ProponentRole,
    ProposalStatus,
    RelationKind,
    Settlement,
)

S = ProposalStatus


def effect_words(effect: Effect | None) -> str:
    return label(effect) if effect else gettext("effect not yet set")


def realised_words(effect: str | None, value: Decimal | None, period: str | None) -> str:
    """Realised effect with its value and period; empty if nothing was recorded."""
    value_with_period = (
        gettext("%(value)s (%(period)s)", value=number(value), period=period) if value is not None else ""
    )
    return " ".join(filter(None, (effect, value_with_period)))


STEPS: Words = {
    ProposalStatus: {
        S.SUBMITTED: _l("Submit again"),
        S.UNDER_DISCUSSION: _l("Take up for discussion"),
        S.DEFERRED: _l("Defer"),
        S.APPROVED: _l("Approve"),
        S.IN_FOLLOW_UP: _l("Follow up"),
        S.REALISED: _l("Mark as realised"),
        S.REJECTED: _l("Reject"),
        S.MERGED: _l("Merge"),
        S.WITHDRAWN: _l("Withdraw the proposal"),
        S.NOT_ACTIONABLE: _l("Declare impossible to follow up"),
    },
}
WORDS: Words = {
    ProposalStatus: {
        S.SUBMITTED: _l("Submitted"),
        S.UNDER_DISCUSSION: _l("Under discussion"),
        S.DEFERRED: _l("Deferred"),
        S.APPROVED: _l("Approved"),
        S.IN_FOLLOW_UP: _l("In follow-up"),
        S.REALISED: _l("Realised"),
        S.REJECTED: _l("Rejected"),
        S.MERGED: _l("Merged"),
        S.WITHDRAWN: _l("Withdrawn"),
        S.NOT_ACTIONABLE: _l("Cannot be followed up"),
    },
    NotActionableReason: {
        NotActionableReason.FORCE_MAJEURE: _l("Force majeure"),
        NotActionableReason.LEGAL_PROCESS: _l("Legal process under way"),
        NotActionableReason.CHANGE_OF_ORGANISATION: _l("Change of organisation"),
        NotActionableReason.CHANGE_OF_REGULATION: _l("Change of regulation"),
        NotActionableReason.OTHER: _l("Another reason"),
    },
    ProponentRole: {
        ProponentRole.PROPONENT: _l("Proponent"),
        ProponentRole.SUPPORTER: _l("Supporter"),
        ProponentRole.ON_BEHALF_OF: _l("On behalf of"),
    },
    Attribution: {
        Attribution.QUOTED: _l("quoted"),
        Attribution.PARAPHRASED: _l("paraphrased"),
        Attribution.UNCONFIRMED: _l("unconfirmed"),
        Attribution.CONFIRMED: _l("confirmed"),
        Attribution.DISPUTED: _l("disputes the attribution"),
    },
    Answer: {
        Answer.CONFIRMED: _l("Confirm: I proposed this"),
        Answer.DISPUTED: _l("Dispute"),
        Answer.TAKEN_BACK: _l("Withdraw the answer"),
    },
    RelationKind: {
        RelationKind.MERGED_INTO: _l("merged into"),
        RelationKind.SPLIT_FROM: _l("split from"),
        RelationKind.ALTERNATIVE_TO: _l("alternative to"),
        RelationKind.CONTINUES: _l("continuation of"),
        RelationKind.DUPLICATES: _l("duplicate of"),
        RelationKind.RELATED_TO: _l("related to"),
    },
    Effect: {
        Effect.SUPPORTS: _l("supports"),
        Effect.ADDS_TARGET: _l("adds a target"),
        Effect.CHANGES_INDICATOR: _l("changes the indicator"),
        Effect.CHANGES_VALUE: _l("changes the target value"),
        Effect.IMPROVES_MEASURABILITY: _l("improves measurability"),
        Effect.HINDERS: _l("hinders"),
    },
    LinkState: {
        LinkState.SUGGESTED: _l("suggested"),
        LinkState.CONFIRMED: _l("confirmed"),
        LinkState.REJECTED: _l("rejected"),
    },
    Settlement: {
        Settlement.STAYS: _l("The name is kept, as follows"),
        Settlement.COMES_OFF: _l("The name is removed"),
    },
    Needs: {
        Needs.MEETING_OR_NOTE: _l("Name the meeting, or give the basis in the reason."),
        Needs.AUTHORITY: _l("Choose who decided."),
        Needs.REASON: _l("Give the reason."),
        Needs.REASON_CODE: _l("Choose a valid reason."),
        Needs.REVISIT_ON: _l("Enter a revisit date later than this step."),
        Needs.ACTION: _l("There is no follow-up action yet. Add one first."),
        Needs.EVIDENCE: _l("Name the evidence."),
        Needs.NO_OPEN_ACTION: _l("Actions are still open. Close them first, or explain."),
        Needs.SURVIVOR: _l("Choose the proposal to merge into."),
    },
}
TONES: Tones = {
    Attribution: {Attribution.UNCONFIRMED: "warn", Attribution.CONFIRMED: "good", Attribution.DISPUTED: "bad"},
    Effect: {Effect.HINDERS: "warn"},
}
SHAPES: Shapes = {
    ProposalStatus: {
        S.SUBMITTED: Shape.OPEN,
        S.UNDER_DISCUSSION: Shape.RUN,
        S.DEFERRED: Shape.PAUSE,
        S.APPROVED: Shape.DONE,
        S.IN_FOLLOW_UP: Shape.RUN,
        S.REALISED: Shape.DONE,
        S.REJECTED: Shape.ENDED,
        S.MERGED: Shape.ENDED,
        S.WITHDRAWN: Shape.ENDED,
        S.NOT_ACTIONABLE: Shape.ENDED,
    },
    LinkState: {
        LinkState.SUGGESTED: Shape.WAIT,
        LinkState.CONFIRMED: Shape.DONE,
        LinkState.REJECTED: Shape.ENDED,
    },
}
EVENTS = {
    "proposal": {
        "proposed": _l("Proposed"),
        "edited": _l("Details changed"),
        "proponent_added": _l("Proponent named"),
        "proponent_removed": _l("Proponent removed"),
        "attribution_confirmed": _l("Attribution confirmed by the person named"),
        "attribution_disputed": _l("Attribution disputed by the person named"),
        "attribution_taken_back": _l("Answer about the attribution withdrawn by the person named"),
        "attribution_settled": _l("Disputed attribution settled: the name is kept"),
        "attribution_withdrawn": _l("Disputed attribution settled: the name is removed"),
        "related": _l("Related to another proposal"),
        "relation_clarified": _l("Relation clarified"),
        "target_linked": _l("Linked to a target"),
        "link_carried": _l("Link to a target moved to the edition in force"),
        "link_carried_back": _l("Link to a target moved back to its original edition"),
        "effect_set": _l("Effect on a target set"),
        "link_confirmed": _l("Link to a target confirmed"),
        "effect_told": _l("Realised effect on a target recorded"),
        "link_rejected": _l("Link to a target rejected"),
        "link_suggested": _l("Decision about a link to a target withdrawn"),
        "took_in": _l("Another proposal was merged into this one"),
        "moved_under_discussion": _l("Taken up for discussion"),
        "moved_approved": _l("Approved"),
        "moved_rejected": _l("Rejected"),
        "moved_deferred": _l("Deferred"),
        "moved_in_follow_up": _l("Taken into follow-up"),
        "moved_realised": _l("Realised"),
        "moved_not_actionable": _l("Declared impossible to follow up"),
        "moved_merged": _l("Merged into another proposal"),
        "moved_withdrawn": _l("Withdrawn"),
    }
}
