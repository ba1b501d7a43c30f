"""The number of runs per fault: a few in the test suite, `FAULT_RUNS` by `make faults`, which prints a table.

If it is asked for all 60, it also writes the table into docs/measured.md.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
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
#: Around the table that is written into a file.
BEGIN, END = "<!-- faults -->", "<!-- end of faults -->"


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
    if "FAULT_RUNS" not in os.environ:
        return
    lines = table()
    for line in lines:
        terminalreporter.write_line(line)
    if file := os.environ.get("FAULT_TABLE"):
        write_into(Path(file), lines)


def table() -> list[str]:
    head = ["| Fault | Database | Runs | Struck | Lost | Errors | p95 |", "|---|---|---|---|---|---|---|"]
    return head + [
        f"| {row.fault} | {row.database} | {row.runs} | {row.struck} | {row.losses} | {row.errors} | {row.p95} |"
        for row in ROWS
    ]


def write_into(file: Path, lines: list[str]) -> None:
    """Replace the table between the two marks of this file."""
    before, _, rest = file.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    file.write_text("\n".join([before + BEGIN, *lines, END + after]))
