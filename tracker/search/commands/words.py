"""Word counts, used for completion and correction."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, insert, select, text

from tracker.audit.models import AuditHead
from tracker.core import analysis
from tracker.core.batches import batches
from tracker.core.db import db
from tracker.search.models import ENTRIES, WORDS

_COUNT_WORD = (
    "INSERT INTO search_word (word, stem, held) VALUES (:word, :stem, :held) "
    "ON CONFLICT (word) DO UPDATE SET held = search_word.held + excluded.held"
)


def count_words(gone: Iterable[Mapping[str, Any]], fresh: Iterable[Mapping[str, Any]]) -> None:
    changes: Counter[str] = Counter()
    for entry in fresh:
        changes.update((entry["words"] or "").split())
    for entry in gone:
        changes.subtract((entry["words"] or "").split())
    rows = [{"word": word, "stem": analysis.stem(word), "held": by} for word, by in sorted(changes.items()) if by]
    if rows:
        db.session.execute(text(_COUNT_WORD), rows)
        if any(by < 0 for by in changes.values()):
            db.session.execute(delete(WORDS).where(WORDS.c.held <= 0))


def recount_words() -> None:
    db.session.execute(select(AuditHead.length).with_for_update())  # other writers wait here until this is committed
    db.session.execute(delete(WORDS))
    rows = [{"word": word, "stem": analysis.stem(word), "held": count} for word, count in _counted_words().items()]
    for batch in batches(rows):
        db.session.execute(insert(WORDS), list(batch))


def miscounted_words() -> list[str]:
    listed = {row.word: row.held for row in db.session.execute(select(WORDS.c.word, WORDS.c.held))}
    return sorted(word for word, _ in listed.items() ^ _counted_words().items())


def _counted_words() -> Counter[str]:
    counts: Counter[str] = Counter()
    for words in db.session.scalars(select(ENTRIES.c.words).where(ENTRIES.c.words.is_not(None))):
        counts.update(words.split())
    return counts
