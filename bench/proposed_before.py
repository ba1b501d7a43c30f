"""How well earlier proposals are recognised: `python -m bench.proposed_before` prints the figures and what fails."""

import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from flask_migrate import upgrade

from tracker import create_app
from tracker.core import clock
from tracker.core.actor import SYSTEM, acting
from tracker.core.db import db
from tracker.core.settings import Settings
from tracker.core.transactions import commit
from tracker.proposals.commands import ProposalDraft, propose
from tracker.search import queries

PAIRS = Path(__file__).parents[1] / "tests" / "search" / "proposed_before.json"
FIRST_DAY = date(2020, 1, 6)


@dataclass(frozen=True)
class Asked:
    """One text of the set: what should be shown for it, if anything, and what was."""

    text: str
    expected: str | None
    shown: list[str]

    @property
    def is_found(self) -> bool:
        """Whether the right one is among those shown."""
        return self.expected in self.shown

    @property
    def astray(self) -> list[str]:
        """What was shown and is something else."""
        return [title for title in self.shown if title != self.expected]


def ask_all() -> Iterator[Asked]:
    """Put the register of the set into an empty database that is migrated and current, then ask each text."""
    told = json.loads(PAIRS.read_text(encoding="utf-8"))
    titles = [one["title"] for one in told["register"]]
    for number, one in enumerate(told["register"]):
        draft = ProposalDraft(title_id=one["title"], gist_id=one["gist"], source_note="Set uji",
                              raised_on=FIRST_DAY + timedelta(days=number))  # fmt: skip
        propose(draft, by=SYSTEM, at=clock.now())
    commit()
    for pair in told["pairs"]:
        expected = None if pair["expected"] is None else titles[pair["expected"]]
        yield Asked(pair["asked"], expected, [found.title_id for found in queries.proposed_before(pair["asked"])])


def figures(asked: list[Asked]) -> tuple[float, float]:
    """(precision, recall), both at three."""
    wanted = [one for one in asked if one.expected]
    shown = sum(len(one.shown) for one in asked)
    right = sum(one.is_found for one in wanted)
    return right / shown, right / len(wanted)


def main() -> None:
    """Ask on a database of its own, print the figures and everything that fails."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/set.sqlite"
        app = create_app(Settings(database_url=url, secret_key="k" * 40, instance=Path(folder)))  # of no use to anybody
        with app.app_context(), acting(SYSTEM):
            upgrade()
            asked = list(ask_all())
            db.session.remove()
            db.engine.dispose()
    precision, recall = figures(asked)
    for one in asked:
        if one.expected and not one.is_found:
            sys.stdout.write(f"not found: {one.text}\n    should show: {one.expected}\n")
        for title in one.astray:
            sys.stdout.write(f"wrongly shown: {one.text}\n    shows: {title}\n")
    none = [one for one in asked if not one.expected]
    quiet = sum(not one.shown for one in none)
    sys.stdout.write(f"{len(asked)} texts, at three: precision {precision:.3f}, recall {recall:.3f}; "
                     f"{quiet} of {len(none)} that are new show nothing\n")  # fmt: skip


if __name__ == "__main__":
    main()
