"""Status sentences in the user's language, composed of clauses."""

from tracker.core.wording import Words
from tracker.core.wording import lazy_gettext as _l
from tracker.status.labels import actions, indicators, meetings, proposals
from tracker.status.labels.clauses import holder_name
from tracker.status.rules import ActionStanding, HolderKind, IndicatorStanding, MeetingStanding, Standing

__all__ = ["EVENTS", "WORDS", "holder_name", "status_sentence"]

WORDS: Words = {
    HolderKind: {
        HolderKind.PERSON: _l("Person"),
        HolderKind.POST: _l("Post"),
        HolderKind.UNIT: _l("Unit"),
        HolderKind.OUTSIDE: _l("Outside body"),
        HolderKind.VERIFIER: _l("Verifier"),
    },
}
_HAND_OVERS = {
    "handed_over": _l("Handed over to those who have to act now"),
    "hand_over_answered": _l("Hand-over answered"),
}
EVENTS = {
    "proposal": {
        **_HAND_OVERS,
        "split": _l("Split into parts"),
        "split_off": _l("Split off from another proposal"),
    },
    "action_item": _HAND_OVERS,
    "statement": {"origin_attached": _l("The meeting where this was said was linked")},
    "answer_setting": {"thresholds_changed": _l("Thresholds of unanswered proposals changed")},
}


def status_sentence(standing: Standing | ActionStanding | MeetingStanding | IndicatorStanding) -> str:
    if isinstance(standing, Standing):
        clauses = proposals.clauses_of(standing)
    elif isinstance(standing, ActionStanding):
        clauses = actions.clauses_of(standing)
    elif isinstance(standing, MeetingStanding):
        clauses = meetings.clauses_of(standing)
    else:
        clauses = indicators.clauses_of(standing)
    return "; ".join(clause for clause in clauses if clause)
