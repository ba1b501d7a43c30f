"""What a timeline tells. Pure."""

from collections.abc import Set

#: Days without an event from which a timeline shows the silence.
SILENT_DAYS = 60
_TOLD = frozenset({
    "assigned", "bulk_change_undone", "effect_told", "progress_reported", "proposed", "reassigned", "released", "split",
    "split_off", "took_in",
})  # fmt: skip
_TOLD_BEGIN = (
    "attribution_", "due_date_", "escalat", "hand_over", "handed_over", "held_", "link_carried", "moved_", "reviewed_",
)  # fmt: skip
#: Verbs that say nothing more where another verb of the same moment is shown.
_ECHO_OF = {
    "moved_in_progress": "progress_reported",
    "moved_awaiting_verification": "progress_reported",
    "due_date_granted": "due_date_moved",
}


def is_told(verb: str) -> bool:
    """Whether the event is about the matter, not only about its record."""
    return verb in _TOLD or verb.startswith(_TOLD_BEGIN)


def echoes(verb: str, beside: Set[str]) -> bool:
    """Whether an event repeats another one of the same moment; `beside` are the verbs of that moment."""
    if verb.startswith("reviewed_"):
        return any(is_told(other) and not other.startswith("reviewed_") for other in beside)
    return _ECHO_OF.get(verb) in beside
