"""Records the head of the audit chain outside the database, so that a cut or rewritten chain is detected.

One line per commit (“time length hash”), one file per month: old files can be moved to write-once media.
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
#: Bytes at the end of a file that certainly contain its last line, even if processes wrote out of order.
_TAIL = 8192


class Anchors:
    """Append-only files in a folder. Several processes may append at the same time."""

    def __init__(self, folder: Path) -> None:
        """Create the folder now and never later, so that its loss is noticed."""
        self.folder = folder
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            ownership.give_to_owner(folder)

    def keep(self, length: int, last_hash: str, at: datetime) -> str | None:
        """Append length and last hash of the chain, also to the log. Return the reason if that failed."""
        log = structlog.get_logger("tracker.audit")
        log.info("audit_head", length=length, hash=last_hash)
        try:
            self._add(f"{at:%Y-%m-%dT%H:%M:%SZ} {length} {last_hash}\n", at)
        except OSError as fault:  # the change is already committed, so the request must not fail
            log.error("audit_head_not_anchored", length=length, hash=last_hash, fault=str(fault))
            return str(fault)
        return None

    def fault(self, at: datetime) -> str | None:
        """Why nothing can be written now, or None. A full disk is only noticed by the next line."""
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
            if line and _is_truncated(file):
                line = f"\n{line}"
            if os.write(file, line.encode()) < len(line):
                raise OSError(ENOSPC, os.strerror(ENOSPC), str(place))
        finally:
            os.close(file)
        if is_new:
            ownership.give_to_owner(place)

    def last(self) -> int:
        for place in sorted(self.folder.glob("heads-*.log"), reverse=True):
            with suppress(OSError), place.open("rb") as file:
                file.seek(max(0, place.stat().st_size - _TAIL))
                lengths = [length for _, length, _ in _lines(file.read(_TAIL).decode(errors="replace"))]
                if lengths:
                    return max(lengths)
        return 0

    def of_each_day(self) -> Mapping[int, str]:
        """The longest anchor of each day, as {length: hash}. Each hash covers everything before it."""
        longest: dict[str, tuple[int, str]] = {}
        for file in sorted(self.folder.glob("heads-*.log")):
            for moment, length, last_hash in _lines(file.read_text(errors="replace")):
                longest[moment[:10]] = max(longest.get(moment[:10], (0, "")), (length, last_hash))
        return dict(longest.values())


def _lines(text: str) -> Iterator[tuple[str, int, str]]:
    """The complete lines; a line truncated by a full disk is ignored."""
    for line in text.splitlines():
        if match := _LINE.fullmatch(line):
            yield match[1], int(match[2]), match[3]


def _is_truncated(file: int) -> bool:
    size = os.fstat(file).st_size
    return size > 0 and os.pread(file, 1, size - 1) != b"\n"


def anchors() -> Anchors:
    return cast(Anchors, current_app.extensions["anchors"])


def set_up(app: Flask) -> None:
    app.extensions["anchors"] = Anchors(app.extensions["settings"].instance / "audit")
