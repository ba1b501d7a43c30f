"""Passages of the minutes, and the characters in them that fonts cannot print. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.core import typesetting


@dataclass(frozen=True)
class Passage:
    """A text in the minutes and its position, such as («statement», 3)."""

    part: str
    number: int
    text: str


def passages(content: Mapping[str, Any]) -> Iterator[Passage]:
    meeting = content["meeting"]
    yield from (Passage(name, 0, meeting[name]) for name in ("name_id", "date", "venue", "opening") if meeting[name])
    yield from (Passage("agenda", item["number"], item["text"]) for item in content["agenda"])
    yield from (
        Passage("attendance", row["number"], _joined(row["person"], row["post"])) for row in content["attendance"]
    )
    yield from (Passage("statement", row["number"], _statement_text(row)) for row in content["statements"])
    for part, title in (("proposal", "title_id"), ("action", "text_id")):
        for number, row in enumerate(content[f"{part}s"], 1):
            yield Passage(part, number, f"{row['code']} {row[title]}")
    if content.get("hidden"):  # missing in versions frozen before hidden items were counted
        yield Passage("hidden", 0, str(content["hidden"]))
    if meeting["closing"]:
        yield Passage("closing", 0, meeting["closing"])


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def _statement_text(statement: Mapping[str, Any]) -> str:
    who = statement["speaker"] or statement["speaker_post"] or statement["speaker_note"]
    text = " ".join(
        part for part in (f"“{statement['quote']}”" if statement["quote"] else None, statement["gist_id"]) if part
    )
    return f"{who}: {text}" if who else text


def unprintable(content: Mapping[str, Any]) -> list[tuple[str, int, str]]:
    """Characters that documents show as code points, as (part, number, code point)."""
    return [
        (passage.part, passage.number, f"U+{ord(character):04X}")
        for passage in passages(content)
        for character in typesetting.unprintable(passage.text)
    ]
