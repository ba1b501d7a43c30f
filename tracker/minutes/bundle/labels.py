"""Texts of the bundle in the user's language."""

from collections.abc import Mapping, Sequence
from typing import Any

from tracker.core.actor import Classification
from tracker.core.wording import gettext, label
from tracker.minutes.bundle.formats.papers import Paper, PaperKind
from tracker.minutes.documents.labels import CODES, facts_of, frame, illustration_notice

EVENTS: dict[str, Any] = {}


def sheet_of(
    content: Mapping[str, Any], agenda: Sequence[str], papers: Sequence[Paper], level: Classification
) -> dict[str, Any]:
    """The cover, and a page for each paper that says that it is separate, used where it has no pages of its own."""
    return {
        **frame(content, gettext("Papers of the meeting"), is_draft=False),
        "classification": f"{label(level)} ({CODES[level]})",
        "is_secret": level.rank >= Classification.SECRET.rank,
        "notice": illustration_notice(content),
        "facts": facts_of(content, is_short=True),
        "list_title": gettext("Agenda and papers"),
        "agenda": agenda,
        "rest_title": gettext("Of the meeting as a whole"),
        "separate": gettext(
            "This paper is separate: it is no PDF or picture, is damaged or protected, or is too large."
        ),
        "papers": [{"title": paper.title, "item": paper.item or "", "is_picture": paper.kind is PaperKind.PICTURE}
                   for paper in papers],
    }  # fmt: skip
