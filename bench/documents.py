"""Time and memory of a three-page PDF of minutes: `make bench-documents`. The bar is 100 ms."""

import io
import resource
import statistics
import sys
import time

from pypdf import PdfReader

from tracker.minutes.documents import formats
from tracker.minutes.documents.rules import SAMPLE

ROUNDS, BAR = 20, 100
TEXT = "Pembahasan berjalan tertib dan menghasilkan beberapa pokok pikiran yang perlu ditindaklanjuti bersama. " * 2


def sheet() -> dict[str, object]:
    """Minutes of three pages: 24 statements and 12 proposals, with signatures and without attachments."""
    sample = SAMPLE["sections"][0]["rows"][0]
    statement = {**sample, "quote": "", "note": "", "text": TEXT, "proposals": [], "actions": []}
    table = {**SAMPLE["tables"][0], "head": ["Kode", "Usulan"], "widths": [0, 1], "is_last_before_signatures": True}
    return {
        **SAMPLE, "facts": [["Tempat", "Jakarta"]] * 10, "copies": [], "opening": "",
        "sections": [{"title": "Pembahasan", "rows": [{**statement, "number": number} for number in range(1, 25)],
                      "actions": []}],
        "tables": [{**table, "rows": [[f"U-2020-{number:03}", TEXT[:90]] for number in range(12)]}], "mark": "",
    }  # fmt: skip


def megabytes() -> float:
    """The peak memory of this process in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print pages, times and memory. Fail above the bar."""
    before = megabytes()
    begun = time.perf_counter()
    made = formats.pdf(sheet())
    first = (time.perf_counter() - begun) * 1000
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        formats.pdf(sheet())
        taken.append((time.perf_counter() - begun) * 1000)
    after = megabytes()
    median, pages = statistics.median(taken), len(PdfReader(io.BytesIO(made)).pages)
    sys.stdout.write(
        f"{pages} pages, {len(made)} bytes; first {first:.0f} ms, then median {median:.0f} ms of {ROUNDS}, "
        f"fastest {min(taken):.0f}, slowest {max(taken):.0f}; "
        f"{before:.0f} MiB before, {after:.0f} MiB at most\n"
    )
    if median > BAR or pages != 3:  # the bar is for three pages
        raise SystemExit(1)


if __name__ == "__main__":
    main()
