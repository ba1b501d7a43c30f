"""How long a three-page PDF of minutes takes, and what memory: `make bench-documents`. The bar is 100 ms."""

import io
import resource
import statistics
import sys
import time

from pypdf import PdfReader

from tracker.documents import formats

ROUNDS, BAR = 20, 100
TEXT = "Pembahasan berjalan tertib dan menghasilkan beberapa pokok pikiran yang perlu ditindaklanjuti bersama. " * 2


def sheet() -> dict[str, object]:
    """Minutes of three pages: 24 statements and 12 proposals, signed for and with no attachment."""
    row = {"lead": "Nama, Jabatan (Catatan)", "quote": "", "text": TEXT, "note": ""}
    table = {"title": "Usulan", "head": ["Kode", "Usulan"], "widths": [0, 1], "signature_column": -1,
             "is_attachment": False, "is_last_before_signatures": True}  # fmt: skip
    sign = {"place": "Jakarta", "role": "Notulis", "post": "Jabatan", "name": "Nama", "nip": "NIP"}
    return {
        "language": "id", "title": "Notula rapat", "letterhead": ["Kementerian", "Direktorat Jenderal"], "number": "",
        "address": "Jakarta", "draft": "DRAF", "footer": "R-2020-001", "nothing": "belum ditetapkan", "notice": "",
        "facts": [["Tempat", "Jakarta"]] * 12, "sections": [{"title": "Pembahasan", "rows": [row] * 24}],
        "tables": [{**table, "rows": [[f"U-2020-{number:03}", TEXT[:90]] for number in range(12)]}],
        "closing": "", "signatures": [sign, sign], "mark": "", "qr": "", "page": "{page} / {pages}", "glyph_note": "",
    }  # fmt: skip


def megabytes() -> float:
    """The most memory this process ever held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print pages, times and memory; fail above the bar."""
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
    if median > BAR or pages != 3:  # three pages are what the bar is about
        raise SystemExit(1)


if __name__ == "__main__":
    main()
