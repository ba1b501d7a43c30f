"""What a search finds."""

from tracker.api.schemas.common import Shown
from tracker.search.rules import SearchKind


class SearchHit(Shown):
    kind: SearchKind
    id: int
    words: str
