"""The papers of a meeting that the reader may see, in the order of its agenda."""

from collections.abc import Iterator, Sequence

from tracker.attachments import queries as attachments
from tracker.attachments.models import Attachment
from tracker.attachments.rules import AttachmentKind
from tracker.core import storage
from tracker.core.actor import Actor
from tracker.core.enumerations import without_marks
from tracker.meetings.models import Meeting
from tracker.minutes.bundle.formats.papers import MOST_PAPERS, Paper, PaperKind, kind_of


def rows_of(meeting: Meeting, reader: Actor) -> list[tuple[str | None, Attachment]]:
    """Each paper with its agenda item; those of the meeting as a whole come last."""
    papers = attachments.papers_of(meeting)
    rows: list[tuple[str | None, Attachment]] = [
        (title, row)
        for item, title in zip(meeting.agenda, agenda_of(meeting), strict=True)
        for row in papers.get(item.id, [])
    ]
    rest = [
        (None, row)
        for row in attachments.files_of(meeting, reader).rows
        if row.kind is AttachmentKind.PAPER and row.agenda_item_id is None
    ]
    return [*rows, *rest][:MOST_PAPERS]


def agenda_of(meeting: Meeting) -> list[str]:
    """The agenda as this reader sees it, numbered as on the pages of the meeting."""
    texts = without_marks([item.text for item in meeting.agenda])
    return [f"{number}. {text}" for number, text in enumerate(texts, 1)]


def with_content(rows: Sequence[tuple[str | None, Attachment]]) -> Iterator[Paper]:
    so_far = 0
    for item, row in rows:
        kind = kind_of(row.media_type, row.size, so_far)
        content = b""
        if kind is not PaperKind.SEPARATE:
            file = storage.store().open(row.mark)
            if file is None:
                kind = PaperKind.SEPARATE
            else:
                with file:
                    content = file.read()
                so_far += len(content)
        yield Paper(title=row.caption or row.name, item=item, kind=kind, content=content)
