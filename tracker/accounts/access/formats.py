"""Links to hand over as a file. Pure."""

import csv
import io
from collections.abc import Iterable, Sequence

from tracker.core.delimited import DELIMITERS, ENCODING, LINE_END, inert


def links_file(headings: Sequence[str], rows: Iterable[Sequence[str]], language: str) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=DELIMITERS[language], lineterminator=LINE_END)
    writer.writerow(headings)
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return text.getvalue().encode(ENCODING)
