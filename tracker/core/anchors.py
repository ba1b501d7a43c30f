"""The head of the audit chain, written down outside the database as well, so that a cut or rewritten chain is noticed.

One line a commit («moment length hash») in a file a month: old files may be moved to a medium that nobody rewrites.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import cast

import structlog
from flask import Flask, current_app


class Anchors:
    """A folder of files to which lines are only ever added; several processes may add at once."""

    def __init__(self, folder: Path) -> None:
        """The folder is made when the first line comes."""
        self.folder = folder

    def keep(self, length: int, mark: str, at: datetime) -> None:
        """Write down how long the chain is now and what it ends in; also into the log, which may be kept elsewhere."""
        log = structlog.get_logger("tracker.audit")
        log.info("audit_head", length=length, hash=mark)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / f"heads-{at:%Y-%m}.log").open("a") as file:
                file.write(f"{at:%Y-%m-%dT%H:%M:%SZ} {length} {mark}\n")
        except OSError as fault:  # what people did is stored by now; it must not look as if it were not
            log.error("audit_head_not_anchored", length=length, hash=mark, fault=str(fault))

    def of_each_day(self) -> Mapping[int, str]:
        """The longest chain written down on each day: length and hash. Each hash covers everything before it."""
        longest: dict[str, tuple[int, str]] = {}
        for file in sorted(self.folder.glob("heads-*.log")):
            for line in file.read_text().splitlines():
                moment, length, mark = line.split(" ")
                day = moment[:10]
                longest[day] = max(longest.get(day, (0, "")), (int(length), mark))
        return dict(longest.values())


def anchors() -> Anchors:
    """The anchors of this installation."""
    return cast(Anchors, current_app.extensions["anchors"])


def set_up(app: Flask) -> None:
    """Keep them beside the database of the own machine, but not in it."""
    app.extensions["anchors"] = Anchors(app.extensions["settings"].instance / "audit")
