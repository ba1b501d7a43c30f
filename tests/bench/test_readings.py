"""The texts of `bench/texts` are read as well as they have to be."""

from bench.readings import BARS, FOLDER, below_bars, judged, table


def test_texts_are_read_as_well_as_their_style_demands() -> None:
    result = judged()

    assert below_bars(result) == [], table(result)
    assert sum(result.texts.values()) == len(list(FOLDER.glob("*.txt"))) >= 24
    assert set(result.texts) == set(BARS)
