"""How often each fault is tried: a little in the suite, `FAULT_RUNS` times by `make faults`, which prints a table."""

import os
from collections.abc import Callable
from typing import Any

import pytest

TOLD: list[tuple[str, int, int, int]] = []


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Take down what came of it: runs, faults that struck, and what was lost or half done."""

    def take_down(*, runs: int, faults: int, losses: int) -> None:
        TOLD.append((request.node.name, runs, faults, losses))

    return take_down


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if "FAULT_RUNS" in os.environ:
        terminalreporter.write_line(f"{'fault':78} {'runs':>6} {'faults':>7} {'losses':>7}")
        for name, *figures in TOLD:
            terminalreporter.write_line(f"{name:78} {figures[0]:6} {figures[1]:7} {figures[2]:7}")
