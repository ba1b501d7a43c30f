"""Statements and actions of the minutes by agenda item. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Line:
    statement: Mapping[str, Any]
    actions: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Section:
    """An agenda item with its number and text; both are None for what belongs to no item."""

    number: int | None
    text: str | None
    lines: list[Line]
    #: Actions that follow from no statement.
    actions: list[Mapping[str, Any]]


def sections_of(content: Mapping[str, Any]) -> list[Section]:
    """Content by agenda item; what belongs to none comes first, if there is any.

    Content of schema 1 did not record agenda items of statements, so it is a single section.
    """
    if content["schema"] == 1:
        return [Section(None, None, [Line(statement, []) for statement in content["statements"]], [])]
    actions = {action["code"]: action for action in content["actions"]}
    listed = {code for statement in content["statements"] for code in statement["actions"]}
    items = {item["number"]: item["text"] for item in content["agenda"]}
    sections = {number: Section(number, text, [], []) for number, text in [(None, None), *items.items()]}

    def _section_of(row: Mapping[str, Any]) -> Section:
        return sections[row["agenda_item"] if row["agenda_item"] in items else None]

    for statement in content["statements"]:
        _section_of(statement).lines.append(
            Line(statement, [actions[code] for code in statement["actions"] if code in actions])
        )
    for action in content["actions"]:
        if action["statement"] is None and action["code"] not in listed:
            _section_of(action).actions.append(action)
    return [section for section in sections.values() if section.number is not None or section.lines or section.actions]
