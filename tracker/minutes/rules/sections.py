"""The minutes by agenda item. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Line:
    """A statement of the minutes with the actions right under it."""

    said: Mapping[str, Any]
    actions: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Section:
    """An agenda item with its number and words, or, without them, what belongs to none. Read from a content."""

    number: int | None
    text: str | None
    lines: list[Line]
    #: Those that follow from no line.
    actions: list[Mapping[str, Any]]


def sections_of(content: Mapping[str, Any]) -> list[Section]:
    """The minutes by agenda item; what belongs to none comes first, and is left out where it is empty.

    A content that was frozen before lines had their agenda item (schema 1) is one section.
    """
    if content["schema"] == 1:
        return [Section(None, None, [Line(said, []) for said in content["statements"]], [])]
    known = {action["code"]: action for action in content["actions"]}
    placed = {code for said in content["statements"] for code in said["actions"]}
    items = {item["number"]: item["text"] for item in content["agenda"]}
    sections = {number: Section(number, text, [], []) for number, text in [(None, None), *items.items()]}

    def _section_of(row: Mapping[str, Any]) -> Section:
        return sections[row["agenda_item"] if row["agenda_item"] in items else None]

    for said in content["statements"]:
        _section_of(said).lines.append(Line(said, [known[code] for code in said["actions"] if code in known]))
    for action in content["actions"]:
        if action["statement"] is None and action["code"] not in placed:
            _section_of(action).actions.append(action)
    return [one for one in sections.values() if one.number is not None or one.lines or one.actions]
