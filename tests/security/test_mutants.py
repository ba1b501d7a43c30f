"""`make mutants` takes minutes; that each of its weaknesses can still be planted is seen at once."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.security.mutants import MUTANTS, ROOT, Mutant, row_of


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_weakness_finds_its_place(mutant: Mutant) -> None:
    assert Path(mutant.file).read_text().count(mutant.before) == 1


@pytest.mark.long
def test_the_tests_that_should_notice_a_weakness_exist() -> None:
    """They are collected once, not run. Without words of their own, those of both databases count on SQLite."""
    files = sorted({re.split(" |::", mutant.tests)[0] for mutant in MUTANTS})
    command = [sys.executable, "-m", "pytest", "-n", "0", "--collect-only", *files]
    collected = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    tests = [line for line in collected if "::" in line]

    def selects(mutant: Mutant) -> bool:
        place, _, word = mutant.tests.partition(" -k ")
        there = [test for test in tests if re.match(rf"{re.escape(place)}(::|\[|$)", test)]
        return any(word in test if word else "postgresql" not in test for test in there)

    assert [mutant.name for mutant in MUTANTS if not selects(mutant)] == []


def test_the_table_of_planted_weaknesses_is_complete() -> None:
    """`python -m tests.security.mutants --table` prints it."""
    text = Path("docs/security.md").read_text()
    rows = re.findall(r"(?m)^\| .*", text[text.index("## The planted weaknesses") : text.index("## Findings")])[1:]

    assert sorted(rows) == sorted(row_of(mutant) for mutant in MUTANTS)


def test_every_finding_names_a_test_that_there_is() -> None:
    told = Path("docs/security.md").read_text()
    rows = re.findall(r"(?m)^\| .*", told[told.index("## Findings") : told.index("## What is not covered")])[1:]
    file, missing = "", []
    for row in rows:
        named = re.findall(r"`([\w/.]*)(?:::(\w+))?`", row)
        assert named or "accepted (ADR " in row
        for place, name in named:
            file = f"tests/{place}" if place else file
            if f"def {name}" not in Path(file).read_text():
                missing.append((file, name))

    assert len(rows) >= 14
    assert missing == []
