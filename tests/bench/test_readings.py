"""The texts of `bench/texts` are read as well as they have to be."""

from pathlib import Path

import pytest

from bench.readings import BARS, FOLDER, below_bars, folders, judged, table


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_texts_are_read_as_well_as_their_style_demands(folder: Path) -> None:
    result = judged(folder=folder)

    assert below_bars(result) == [], table(result)
    assert sum(result.texts.values()) == len(list(folder.glob("*.txt")))


def test_every_style_has_texts() -> None:
    assert {path.name.split("-")[0] for path in FOLDER.rglob("*.txt")} == set(BARS)
    assert len(list(FOLDER.glob("*.txt"))) >= 24
