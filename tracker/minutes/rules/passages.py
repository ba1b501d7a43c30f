"""The passages of the minutes, and the characters in them that do not print. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.core import typesetting


@dataclass(frozen=True)
class Passage:
    """A passage of the minutes: where it stands («statement», 3) and its words."""

    part: str
    number: int
    text: str


def passages(content: Mapping[str, Any]) -> Iterator[Passage]:
    """The minutes as passages, in the order of the form."""
    meeting = content["meeting"]
    yield from (Passage(name, 0, meeting[name]) for name in ("name_id", "date", "venue", "opening") if meeting[name])
    yield from (Passage("agenda", item["number"], item["text"]) for item in content["agenda"])
    yield from (
        Passage("attendance", row["number"], _joined(row["person"], row["post"])) for row in content["attendance"]
    )
    yield from (Passage("statement", said["number"], _said(said)) for said in content["statements"])
    for part, title in (("proposal", "title_id"), ("action", "text_id")):
        for number, one in enumerate(content[f"{part}s"], 1):
            yield Passage(part, number, f"{one['code']} {one[title]}")
    if content.get("hidden"):  # versions frozen before items were counted have none
        yield Passage("hidden", 0, str(content["hidden"]))
    if meeting["closing"]:
        yield Passage("closing", 0, meeting["closing"])


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def _said(said: Mapping[str, Any]) -> str:
    who = said["speaker"] or said["speaker_post"] or said["speaker_note"]
    words = " ".join(part for part in (f"“{said['quote']}”" if said["quote"] else None, said["gist_id"]) if part)
    return f"{who}: {words}" if who else words


def unprintable(content: Mapping[str, Any]) -> list[tuple[str, int, str]]:
    """The characters that a document will show by their code points: part, number in it, code point."""
    return [
        (passage.part, passage.number, f"U+{ord(character):04X}")
        for passage in passages(content)
        for character in typesetting.unprintable(passage.text)
    ]
