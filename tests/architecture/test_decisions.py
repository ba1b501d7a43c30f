"""The index of the decisions names each of them, and each number that was never used."""

import re

from tracker.core.settings import ROOT

ADRS = ROOT / "docs" / "adr"


def test_the_index_names_every_decision_and_every_unused_number() -> None:
    found = {}
    for path in ADRS.glob("0*.md"):
        number, title = path.read_text(encoding="utf-8").split("\n", 1)[0].removeprefix("# ").split(". ", 1)
        found[int(number)] = (title, path.name)
    text = (ADRS / "README.md").read_text(encoding="utf-8")
    listed = {int(n): (title, file) for n, title, file in re.findall(r"(?m)^- (\d+)\. \[(.+)\]\((.+)\)$", text)}
    unused = {int(n) for n in re.findall(r"\d+", text.partition("Not used: ")[2].partition("\n")[0])}

    assert listed == found
    assert unused == set(range(1, max(found) + 1)) - set(found)
