"""Response times of the search: `python -m bench.search [entries]`, on SQLite or an empty database at `DATABASE_URL`.

Prints medians for a rare and a common word, alone and together, and for “proposed before?”, with visibility rules.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import text

from bench.rows import store
from tracker import create_app
from tracker.core import clock
from tracker.core.actor import SYSTEM, acting
from tracker.core.db import db
from tracker.core.settings import Settings
from tracker.core.transactions import commit
from tracker.meetings.models import Meeting, Statement
from tracker.proposals.models import Proposal
from tracker.search import commands, queries
from tracker.search.rules import SearchFilter

ENTRIES, ROUNDS, BATCH = 100_000, 30, 5_000
FIRST_DAY = date(2016, 1, 4)
COMMON = "pelaksanaan"
STARTS = ["ke", "pe", "ra", "da", "su", "bi", "ko", "ma", "ti", "lo", "ga", "nu"]
ENDS = ["laku", "tampa", "rundi", "sebar", "polik", "gantar", "mukar", "senti", "barang", "dolmen"]
VOCABULARY = [start + end for start in STARTS for end in ENDS]


def fill(entries: int) -> None:
    """One meeting per 50 entries and one proposal per 10; each text contains the common word."""
    chance = random.Random(1)  # noqa: S311  # reproducible on purpose
    meetings, proposals = entries // 50 + 1, entries // 10

    def words(rare: str = "") -> str:
        return " ".join([COMMON, *chance.choices(VOCABULARY, k=24), rare])

    def day(number: int) -> date:
        return FIRST_DAY + timedelta(days=number % 3600)

    store(Meeting, [
        {"id": n, "code": f"R-{n:07}", "name_id": words(), "status": "held", "date": day(n), "recorded_at": clock.now(),
         "classification": "secret" if n % 50 == 0 else "ordinary", "version": 1}
        for n in range(1, meetings + 1)])  # fmt: skip
    for start in range(1, proposals + 1, BATCH):
        store(Proposal, [
            {"id": n, "code": f"U-{n:07}", "title_id": words(), "gist_id": words(), "status": "submitted",
             "status_since": day(n), "raised_on": day(n), "source_note": "bench", "version": 1}
            for n in range(start, min(start + BATCH, proposals + 1))])  # fmt: skip
    for start in range(1, entries - meetings - proposals + 1, BATCH):
        store(Statement, [
            {"id": n, "meeting_id": n % meetings + 1, "number": n, "kind": "remark", "version": 1,
             "gist_id": words("kumbang" if n % 7001 == 0 else "")} for n in range(start, start + BATCH)])  # fmt: skip
    commit()
    for _ in commands.renew_all():
        commit()


def median(work: Callable[[], object]) -> str:
    """Median wall time and CPU time in milliseconds, without the first run."""
    work()
    taken, spent = [], []
    for _ in range(ROUNDS):
        begun, cpu_begun = time.perf_counter(), time.process_time()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
        spent.append((time.process_time() - cpu_begun) * 1000)
        db.session.rollback()
        db.session.expunge_all()
    return f"{statistics.median(taken):6.1f} ms, CPU {statistics.median(spent):6.1f} ms"


def main() -> None:
    """Fill a database, measure and print."""
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES
    with tempfile.TemporaryDirectory() as folder:
        url = os.environ.get("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite")
        url = url.replace("postgresql://", "postgresql+psycopg://")
        app = create_app(Settings(database_url=url, secret_key="k" * 40, instance=Path(folder)))  # a throwaway key
        with app.app_context(), acting(SYSTEM):
            upgrade()
            begun = time.perf_counter()
            fill(entries)
            db.session.execute(text("ANALYZE"))
            commit()
            sys.stdout.write(f"{db.engine.dialect.name}: {entries} entries, made and indexed in "
                             f"{time.perf_counter() - begun:.0f} s\n")  # fmt: skip
            for name, words in (("rare", "kumbang"), ("common", COMMON), ("both", f"kumbang {COMMON}"),
                                ("two common", f"{COMMON} {VOCABULARY[0]}"), ("beginning", COMMON[:5])):  # fmt: skip
                result = queries.search(SearchFilter(q=words), clock.today())
                spent = median(lambda words=words: queries.search(SearchFilter(q=words), clock.today()))  # type: ignore[misc]
                sys.stdout.write(f"{name:>12}: {spent}, {result.count} ranked\n")
            like = median(lambda: queries.proposed_before(" ".join([COMMON, *VOCABULARY[:12]])))
            sys.stdout.write(f"proposed before?: {like}\n")
            db.session.remove()
            db.engine.dispose()


if __name__ == "__main__":
    main()
