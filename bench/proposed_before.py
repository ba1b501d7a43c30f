"""Precision and recall of “proposed before?”: `python -m bench.proposed_before` prints figures and failures."""

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
class Result:
    """A query of the test set, with the expected title, if any, and the titles shown."""

    text: str
    expected: str | None
    shown: list[str]

    @property
    def is_found(self) -> bool:
        """Whether the expected title is shown."""
        return self.expected in self.shown

    @property
    def wrong_titles(self) -> list[str]:
        """Titles shown that were not expected."""
        return [title for title in self.shown if title != self.expected]


def run_queries() -> Iterator[Result]:
    """Store the proposals of the test set in an empty, migrated database, then run each query."""
    test_set = json.loads(PAIRS.read_text(encoding="utf-8"))
    titles = [proposal["title"] for proposal in test_set["register"]]
    for number, proposal in enumerate(test_set["register"]):
        draft = ProposalDraft(title_id=proposal["title"], gist_id=proposal["gist"], source_note="Set uji",
                              raised_on=FIRST_DAY + timedelta(days=number))  # fmt: skip
        propose(draft, by=SYSTEM, at=clock.now())
    commit()
    for pair in test_set["pairs"]:
        expected = None if pair["expected"] is None else titles[pair["expected"]]
        yield Result(pair["asked"], expected, [match.title_id for match in queries.proposed_before(pair["asked"])])


def figures(results: list[Result]) -> tuple[float, float]:
    """(precision, recall) of the first three matches."""
    with_match = [result for result in results if result.expected]
    shown = sum(len(result.shown) for result in results)
    right = sum(result.is_found for result in with_match)
    return right / shown, right / len(with_match)


def main() -> None:
    """Run on a temporary database. Print the figures and every failure."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/set.sqlite"
        app = create_app(Settings(database_url=url, secret_key="k" * 40, instance=Path(folder)))  # a throwaway key
        with app.app_context(), acting(SYSTEM):
            upgrade()
            results = list(run_queries())
            db.session.remove()
            db.engine.dispose()
    precision, recall = figures(results)
    for result in results:
        if result.expected and not result.is_found:
            sys.stdout.write(f"not found: {result.text}\n    expected: {result.expected}\n")
        for title in result.wrong_titles:
            sys.stdout.write(f"wrongly shown: {result.text}\n    shows: {title}\n")
    new = [result for result in results if not result.expected]
    without_match = sum(not result.shown for result in new)
    sys.stdout.write(f"{len(results)} texts, first three matches: precision {precision:.3f}, recall {recall:.3f}; "
                     f"{without_match} of {len(new)} new proposals show no match\n")  # fmt: skip


if __name__ == "__main__":
    main()
