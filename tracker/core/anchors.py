"""The head of the audit chain, written down outside the database as well, so that a cut or rewritten chain is noticed.

One line a commit («moment length hash») in a file a month: old files may be moved to a medium that nobody rewrites.
"""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from errno import ENOSPC
from pathlib import Path
from typing import cast

import structlog
from flask import Flask, current_app

from tracker.core import ownership

_LINE = re.compile(r"(\d{4}-\d\d-\d\dT[\d:]{8}Z) (\d+) ([0-9a-f]{64})")
#: So much of the end of a file holds the last lines, also where several processes wrote them out of order.
_TAIL = 8192


class Anchors:
    """A folder of files to which lines are only ever added; several processes may add at once."""

    def __init__(self, folder: Path) -> None:
        """The folder is made once, at the start: one that has gone since must be noticed."""
        self.folder = folder
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            ownership.hand_over(folder)

    def keep(self, length: int, mark: str, at: datetime) -> str | None:
        """Write down how long the chain is now and what it ends in, also into the log; answer why that failed."""
        log = structlog.get_logger("tracker.audit")
        log.info("audit_head", length=length, hash=mark)
        try:
            self._add(f"{at:%Y-%m-%dT%H:%M:%SZ} {length} {mark}\n", at)
        except OSError as fault:  # what people did is stored by now; it must not look as if it were not
            log.error("audit_head_not_anchored", length=length, hash=mark, fault=str(fault))
            return str(fault)
        return None

    def fault(self, at: datetime) -> str | None:
        """Why nothing can be written down here now; a full disk is seen by the next line alone."""
        try:
            self._add("", at)
        except OSError as fault:
            return str(fault)
        return None

    def _add(self, line: str, at: datetime) -> None:
        place = self.folder / f"heads-{at:%Y-%m}.log"
        is_new = not place.exists()
        file = os.open(place, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            if line and _is_torn(file):
                line = f"\n{line}"
            if os.write(file, line.encode()) < len(line):
                raise OSError(ENOSPC, os.strerror(ENOSPC), str(place))
        finally:
            os.close(file)
        if is_new:
            ownership.hand_over(place)

    def last(self) -> int:
        """The longest chain written down last; 0 where nothing can be read."""
        for place in sorted(self.folder.glob("heads-*.log"), reverse=True):
            with suppress(OSError), place.open("rb") as file:
                file.seek(max(0, place.stat().st_size - _TAIL))
                lengths = [length for _, length, _ in _lines(file.read(_TAIL).decode(errors="replace"))]
                if lengths:
                    return max(lengths)
        return 0

    def of_each_day(self) -> Mapping[int, str]:
        """The longest chain written down on each day: length and hash. Each hash covers everything before it."""
        longest: dict[str, tuple[int, str]] = {}
        for file in sorted(self.folder.glob("heads-*.log")):
            for moment, length, mark in _lines(file.read_text(errors="replace")):
                longest[moment[:10]] = max(longest.get(moment[:10], (0, "")), (length, mark))
        return dict(longest.values())


def _lines(text: str) -> Iterator[tuple[str, int, str]]:
    """The whole lines; one that a full disk cut off says nothing."""
    for line in text.splitlines():
        if found := _LINE.fullmatch(line):
            yield found[1], int(found[2]), found[3]


def _is_torn(file: int) -> bool:
    """Whether the last line was cut off, so that the next begins a line of its own."""
    size = os.fstat(file).st_size
    return size > 0 and os.pread(file, 1, size - 1) != b"\n"


def anchors() -> Anchors:
    """The anchors of this installation."""
    return cast(Anchors, current_app.extensions["anchors"])


def set_up(app: Flask) -> None:
    """Keep them beside the database of the own machine, but not in it."""
    app.extensions["anchors"] = Anchors(app.extensions["settings"].instance / "audit")
