"""`make mutants` takes minutes; that each of its weaknesses can still be planted is seen at once."""

import re
from pathlib import Path

import pytest

from tests.security.mutants import MUTANTS, Mutant


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_weakness_finds_its_place(mutant: Mutant) -> None:
    assert Path(mutant.file).read_text().count(mutant.before) == 1
    place, _, name = mutant.tests.split()[0].partition("::")
    assert f"def {name}" in Path(place).read_text()


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
