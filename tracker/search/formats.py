"""What the index stores of a row, and how a result quotes a text. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.core import analysis
from tracker.core.actor import Classification

ORDINARY = Classification.ORDINARY
_WORD = re.compile(r"\w+")
#: Number of words quoted before and after the first match.
BEFORE, AFTER = 8, 26


@dataclass(frozen=True, kw_only=True)
class Document:
    head: str
    body: str = ""
    code: str | None = None
    day: date | None = None
    is_open: bool | None = None
    is_ordinary: bool = True
    #: The meeting that decides who may see it.
    meeting_id: int | None = None
    proposal_id: int | None = None
    action_id: int | None = None


def joined(*texts: object) -> str:
    return "\n".join(str(text) for text in texts if text)


def of_meeting(row: Any) -> Document:
    return Document(
        head=joined(row.code, *((row.name_id, row.name_en) if _is_name_public(row) else ())),
        body=joined(row.venue, row.venue_detail, row.city, row.document_number, row.invitation_number, row.opening,
                    row.closing, row.note, *(item.text for item in row.agenda if not item.repeats)),
        code=row.code, day=row.date, meeting_id=row.id, is_ordinary=row.classification == ORDINARY,
    )  # fmt: skip


def _is_name_public(row: Any) -> bool:
    """A name taken over from a meeting that is classified now is not indexed; the search finds that meeting instead."""
    return row.named_after is None or row.named_after.classification == ORDINARY


def of_statement(row: Any) -> Document | None:
    """None if the line was removed from the minutes."""
    if row.removed_at is not None:
        return None
    speaker = row.speaker
    return Document(
        head=joined(row.gist_id, row.gist_en, row.quote),
        body=joined(row.speaker_note, row.on_behalf_of, row.recorder_note,
                    speaker and joined(speaker.person and speaker.person.full_name, speaker.post_as_written)),
        day=row.meeting.date, meeting_id=row.meeting_id,
        is_ordinary=row.meeting.classification == row.classification == ORDINARY,
    )  # fmt: skip


def of_proposal(row: Any, is_open: bool) -> Document:
    names = [
        joined(proponent.person and proponent.person.full_name, proponent.post_as_written)
        for proponent in row.proponents
    ]
    return Document(
        head=joined(row.code, row.former_code, row.title_id, row.title_en),
        body=joined(row.gist_id, row.gist_en, row.source_note, row.outcome_note, *names),
        code=row.code, day=row.raised_on, is_open=is_open, proposal_id=row.id,
        is_ordinary=row.classification == ORDINARY,
    )  # fmt: skip


def of_action(row: Any, is_open: bool) -> Document:
    reports = [
        joined(update.progress_note, update.obstacle, update.next_step, update.evidence) for update in row.updates
    ]
    return Document(
        head=joined(row.code, row.former_code, row.text_id, row.text_en),
        body=joined(row.pic and row.pic.full_name, row.evidence, row.waiting_for, *_supporters(row), *reports),
        code=row.code, day=row.assigned_on, is_open=is_open, action_id=row.id,
        is_ordinary=row.classification == ORDINARY,
    )  # fmt: skip


def _supporters(row: Any) -> list[str]:
    return [
        joined(supporter.person and supporter.person.full_name, supporter.as_written) for supporter in row.supporters
    ]


def of_target(row: Any) -> Document:
    own = ("operational_definition", "formula", "data_source", "unit_of_measure", "document_number")
    return Document(
        head=joined(row.code, row.name_id, row.name_en),
        body=joined(row.note_id, row.note_en, *(getattr(row, name, None) for name in own)),
        code=row.code,
    )


def of_person(row: Any) -> Document | None:
    """The civil-service number is not searchable. None for a merged row."""
    if not row.is_listed:
        return None
    return Document(
        head=joined(row.full_name, *row.aliases), body=joined(row.note), is_ordinary=row.is_in_open_register
    )


def of_unit(row: Any) -> Document:
    """Includes former names."""
    former = [joined(name.name_id, name.name_en) for name in row.former_names]
    return Document(head=joined(row.name_id, row.name_en, row.short), body=joined(*former))


def of_post(row: Any) -> Document | None:
    if not row.is_listed:
        return None
    return Document(head=joined(row.title_id, row.title_en, row.short, *row.aliases))


def of_attachment(row: Any) -> Document | None:
    if row.removed_at is not None:
        return None
    is_ordinary = row.classification == ORDINARY and row.parent.classification == ORDINARY
    return Document(
        head=joined(row.name), body=joined(row.caption), day=row.added_at.date(), is_ordinary=is_ordinary,
        meeting_id=row.meeting_id, proposal_id=row.proposal_id, action_id=row.action_id,
    )  # fmt: skip


def marks(year: int | None, is_open: bool | None) -> list[str]:
    """Filter values as pseudo-words. They contain an underscore, which the analyser removes from ordinary text."""
    stage = {True: ["_open"], False: ["_closed"]}.get(is_open, []) if is_open is not None else []
    return [*([f"_{year}"] if year else []), *stage]


def texts_of(row: Any) -> list[str | None]:
    names = ("gist_id", "gist_en", "quote", "outcome_note", "note", "note_id", "note_en", "evidence", "opening",
             "closing", "venue", "operational_definition",
             "caption")  # fmt: skip
    return [getattr(row, name, None) for name in names]


def marked(text: str, stems: frozenset[str]) -> list[tuple[str, bool]]:
    """Split the whole text into (piece, is a match)."""
    return _pieces(text, list(_WORD.finditer(text)), stems, is_whole=True)


def snippet(texts: Iterable[str | None], stems: frozenset[str]) -> list[tuple[str, bool]]:
    """The part of the text with the most matches, split into (piece, is a match)."""
    best: tuple[int, str] = (-1, "")
    for text in texts:
        matches = len({analysis.stem_of(match.group()) for match in _WORD.finditer(text or "")} & stems)
        if text and matches > best[0]:
            best = (matches, text)
    text = best[1]
    words = list(_WORD.finditer(text))
    hits = [number for number, word in enumerate(words) if analysis.stem_of(word.group()) in stems]
    first = max((hits[0] if hits else 0) - BEFORE, 0)
    return _pieces(text, words[first : first + BEFORE + AFTER], stems, is_whole=len(words) <= first + BEFORE + AFTER)


def _pieces(
    text: str, words: Sequence[re.Match[str]], stems: frozenset[str], *, is_whole: bool
) -> list[tuple[str, bool]]:
    if not words:
        return []
    start, end = words[0].start(), words[-1].end()
    is_first = not _WORD.search(text[:start])
    pieces = [("" if is_first else "… ", False)]
    at = 0 if is_first else start
    for word in words:
        if analysis.stem_of(word.group()) in stems:
            pieces += [(text[at : word.start()], False), (word.group(), True)]
            at = word.end()
    return [piece for piece in [*pieces, (text[at:] if is_whole else text[at:end] + " …", False)] if piece[0]]
