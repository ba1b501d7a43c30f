"""Time and memory of 50,000 rows as CSV and XLSX: `python -m bench.lists [rows]`. Each file in its own process.

Fails if an XLSX needs more CPU time, or more memory in addition to the app's own, than allowed.
"""

import multiprocessing
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from flask_migrate import upgrade

from bench.rows import store
from tracker import create_app
from tracker.actions.models import ActionItem, ActionUpdate
from tracker.actions.rules import ActionStatus
from tracker.core import clock
from tracker.core.db import db
from tracker.core.settings import Settings
from tracker.core.wording import speaking
from tracker.demo.cli import load
from tracker.lists import formats, labels
from tracker.lists.columns import LISTS
from tracker.meetings.models import Meeting

DAY = date(2020, 1, 1)
MOST_SECONDS, MOST_MEBIBYTES = 6, 60


def fill(url: str, folder: Path, rows: int) -> None:
    """Create the demo plus this many meetings and actions, each with a progress report."""
    with _app(url, folder).app_context():
        upgrade()
        load()
        now, many = clock.now(), range(rows)
        store(
            Meeting,
            [
                {
                    "code": f"R-2030-{n:06}",
                    "name_id": f"Rapat nomor {n}",
                    "date": DAY + timedelta(days=n % 3000),
                    "recorded_at": now,
                    "venue": "Graha Pengayoman",
                    "version": 1,
                }
                for n in many
            ],
        )
        store(
            ActionItem,
            [
                {
                    "id": 1000 + n,
                    "code": f"TL-2030-{n:06}",
                    "text_id": f"Menyiapkan bahan rapat nomor {n} beserta datanya",
                    "status": ActionStatus.IN_PROGRESS,
                    "status_since": DAY,
                    "assigned_on": DAY,
                    "proposal_id": 1 + n % 50,
                    "responsible_unit_id": 1 + n % 5,
                    "pic_id": 1 + n % 9,
                    "due_on": DAY + timedelta(days=n % 3000),
                    "original_due_on": DAY,
                    "version": 1,
                }
                for n in many
            ],
        )
        store(
            ActionUpdate,
            [
                {
                    "action_id": 1000 + n,
                    "on": DAY,
                    "status": ActionStatus.IN_PROGRESS,
                    "at": now,
                    "by_name": "Sekretariat",
                    "progress_note": "Bahan telah dikumpulkan dari unit terkait.",
                }
                for n in many
            ],
        )
        db.session.commit()  # fmt: skip


def _app(url: str, folder: Path):
    return create_app(Settings(database_url=url, secret_key="k" * 40, instance=folder))


def write(url: str, folder: Path, name: str, kind: str) -> None:
    """Write one list and print its time and memory."""
    app, listing = _app(url, folder), LISTS[name]
    writer = {"csv": formats.write_csv, "xlsx": formats.write_xlsx}[kind]
    with app.test_request_context("/"), speaking("id"), tempfile.TemporaryFile() as file:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        begun, begun_working, count = time.perf_counter(), time.process_time(), []
        sheet = labels.sheet_of(
            listing, listing.form(), by="bench", at=clock.now(), is_example=False, on_progress=count.append
        )
        writer(sheet, file)
        taken, worked = time.perf_counter() - begun, time.process_time() - begun_working
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        sys.stdout.write(f"{name}.{kind}: {count[-1]} rows x {len(sheet.headings)} columns, {taken:.1f} s "
                         f"({worked:.1f} s of one core), "
                         f"peak {peak:.0f} MiB, of which {peak - before:.0f} for the list, "
                         f"{file.tell() / 2**20:.1f} MiB written\n")  # fmt: skip
    if kind == "xlsx" and (worked > MOST_SECONDS or peak - before > MOST_MEBIBYTES):
        sys.exit(f"{name}.{kind}: more than {MOST_SECONDS} s of one core or {MOST_MEBIBYTES} MiB")


def main() -> None:
    """Fill a database and write each list."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    context, failed = multiprocessing.get_context("spawn"), 0
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.sqlite"
        steps = [(fill, (url, Path(folder), rows))]
        files = [(name, kind) for name in ("meetings", "actions") for kind in ("csv", "xlsx")]
        steps += [(write, (url, Path(folder), name, kind)) for name, kind in files]
        for step, arguments in steps:
            process = context.Process(target=step, args=arguments)
            process.start()
            process.join()
            failed = failed or process.exitcode
    sys.exit(failed)


if __name__ == "__main__":
    main()
