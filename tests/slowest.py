"""`make slow-tests`: where the seconds of a run go, by file, database and phase."""

import sys
from collections import Counter, defaultdict

import pytest

MOST = 40
COLUMNS = ("whole", "sqlite", "postgresql", "setup", "call", "teardown")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The slowest files first; what is neither under SQLite nor under PostgreSQL has no database."""
    by_file: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for report in (one for reports in terminalreporter.stats.values() for one in reports):
        if isinstance(report, pytest.TestReport):
            parameters = report.nodeid.partition("[")[2]
            kinds = [kind for kind in ("sqlite", "postgresql") if kind in parameters]
            spent = dict.fromkeys(["whole", report.when, *kinds], report.duration)
            for name in (report.nodeid.partition("::")[0], "all files"):
                by_file[name].update(spent)
    terminalreporter.section("seconds by file")
    terminalreporter.write_line("".join(f"{name:>12}" for name in COLUMNS))
    for name, spent in sorted(by_file.items(), key=lambda one: -one[1]["whole"])[: MOST + 1]:
        terminalreporter.write_line("".join(f"{spent[column]:12.1f}" for column in COLUMNS) + f"  {name}")


if __name__ == "__main__":
    sys.exit(pytest.main(["-n", "3", "-m", "not long", *sys.argv[1:]], plugins=[sys.modules[__name__]]))
