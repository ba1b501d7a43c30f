"""How long a three-page PDF of minutes takes, and what memory: `python -m bench.documents`."""

import resource
import statistics
import sys
import time

from tracker.documents import formats

ROUNDS = 20
TEXT = "Pembahasan berjalan tertib dan menghasilkan beberapa pokok pikiran yang perlu ditindaklanjuti bersama. " * 2


def sheet() -> dict[str, object]:
    """Minutes of about three pages: 24 statements, 12 proposals, 20 rows of attendance."""
    row = {"lead": "Nama, Jabatan (Catatan)", "quote": "", "text": TEXT, "note": ""}
    table = {"title": "Usulan", "head": ["Kode", "Usulan"], "widths": [0, 1], "signature_column": -1,
             "is_attachment": False, "is_last_before_signatures": True}  # fmt: skip
    sign = {"place": "Jakarta", "role": "Notulis", "name": "Nama", "nip": "NIP"}
    return {
        "language": "id", "title": "Notula rapat", "letterhead": ["Kementerian", "Direktorat Jenderal"], "number": "",
        "draft": "DRAF", "footer": "R-2020-001", "nothing": "belum ditetapkan", "notice": "", "closing": "",
        "facts": [["Tempat", "Jakarta"]] * 12, "sections": [{"title": "Pembahasan", "rows": [row] * 24}],
        "tables": [{**table, "rows": [[f"U-2020-{number:03}", TEXT[:90]] for number in range(12)]}],
        "signatures": [sign, sign], "mark": "", "qr": "",
    }  # fmt: skip


def main() -> None:
    """Print the median and the peak."""
    taken = []
    made = formats.pdf(sheet())
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        formats.pdf(sheet())
        taken.append((time.perf_counter() - begun) * 1000)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    pages = made.count(b"/Type /Page\n") or made.count(b"/Type/Page/") or "?"
    sys.stdout.write(f"{pages} pages, {len(made)} bytes, median {statistics.median(taken):.0f} ms of {ROUNDS}, "
                     f"slowest {max(taken):.0f} ms, peak {peak:.0f} MiB\n")  # fmt: skip


if __name__ == "__main__":
    main()
