"""What somebody explains just after another has asked is a response. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tracker.meetings.intake.rules.reader import Piece
from tracker.meetings.rules import StatementKind

_ASKS = re.compile(
    r"\b(?:bertanya|menanyakan|mempertanyakan|tanya|ditanyakan|dipertanyakan|"
    r"asked (?:whether|if|how|what|why|when|who)|questioned|queried|enquired|inquired)\b|\?\W*$",
    re.IGNORECASE,
)
_EXPLAINS = re.compile(r"\b(?:menjelaskan|menerangkan|dijelaskan|jelaskan|diterangkan|explained)\b", re.IGNORECASE)


def with_answers(pieces: Iterable[Piece]) -> Iterator[Piece]:
    asked: Piece | None = None
    for piece in pieces:
        is_other = asked is not None and piece.speaker_name != asked.speaker_name
        if is_other and piece.kind is StatementKind.REMARK and _EXPLAINS.search(piece.words):
            piece = replace(piece, kind=StatementKind.RESPONSE)
        if piece.is_kept:
            asked = piece if _ASKS.search(piece.words) else None
        yield piece
