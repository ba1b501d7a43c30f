"""`make mutants` takes minutes; that each of its weaknesses can still be planted is seen at once."""

from pathlib import Path

import pytest

from tests.security.mutants import MUTANTS, Mutant


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_weakness_finds_its_place(mutant: Mutant) -> None:
    assert Path(mutant.file).read_text().count(mutant.before) == 1
    assert Path(mutant.tests.split("::")[0].split()[0]).is_file()
