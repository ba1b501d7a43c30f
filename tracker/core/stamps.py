"""Small files in the installation's folder that hold when something was done last."""

import tempfile
from datetime import datetime
from pathlib import Path

from tracker.core import ownership


def note(stamp: Path, at: datetime) -> None:
    """Replaces the file instead of writing into it: root may run this, and what lies there may be a link."""
    with tempfile.TemporaryDirectory(dir=stamp.parent, prefix=".stamp-") as folder:
        new = Path(folder) / stamp.name
        new.write_text(f"{at.isoformat()}\n")
        ownership.give_to_owner(new, stamp.parent.stat())
        new.replace(stamp)


def noted(stamp: Path) -> datetime | None:
    try:
        return datetime.fromisoformat(stamp.read_text().strip())
    except (OSError, ValueError):
        return None
