"""The number of runs per fault: a few in the test suite, `FAULT_RUNS` by `make faults`, which prints a table."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest


@dataclass(frozen=True, kw_only=True)
class Told:
    """A row of the table."""

    fault: str
    database: str
    runs: int
    #: How often the fault really struck; the rest were over before it could.
    struck: int
    losses: int
    errors: int
    p95: str


ROWS: list[Told] = []
WIDTH = "{:58} {:11} {:>6} {:>7} {:>7} {:>7} {:>8}"


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Add a result to the table."""

    def take_down(*, runs: int, struck: int, losses: int, errors: int = 0, p95: str = "", about: str = "") -> None:
        given = dict(request.node.callspec.params) if hasattr(request.node, "callspec") else {}
        database = given.pop("kind", "postgresql")
        name = request.node.originalname.removeprefix("test_").replace("_", " ")
        fault = ": ".join([name, *map(str, given.values()), *filter(None, [about])])
        ROWS.append(
            Told(fault=fault, database=database, runs=runs, struck=struck, losses=losses, errors=errors, p95=p95)
        )

    return take_down


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if "FAULT_RUNS" in os.environ:
        terminalreporter.write_line(WIDTH.format("fault", "database", "runs", "struck", "losses", "errors", "p95"))
        for row in ROWS:
            cells = row.runs, row.struck, row.losses, row.errors, row.p95
            terminalreporter.write_line(WIDTH.format(row.fault, row.database, *cells))
