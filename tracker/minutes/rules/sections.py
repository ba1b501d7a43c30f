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
    """An agenda item with its number and text; both are None for the lines, and for the actions, of no item."""

    number: int | None
    text: str | None
    lines: list[Line]
    #: Actions that follow from no statement.
    actions: list[Mapping[str, Any]]


def sections_of(content: Mapping[str, Any]) -> list[Section]:
    """Content by agenda item; lines of none come first and actions of none last, if there are any.

    Content of schema 1 did not record agenda items of statements, so it is a single section.
    """
    if content["schema"] == 1:
        return [Section(None, None, [Line(statement, []) for statement in content["statements"]], [])]
    actions = {action["code"]: action for action in content["actions"]}
    listed = {code for statement in content["statements"] for code in statement["actions"]}
    items = {item["number"]: item["text"] for item in content["agenda"]}
    of_items = {number: Section(number, text, [], []) for number, text in items.items()}
    first, last = Section(None, None, [], []), Section(None, None, [], [])
    for statement in content["statements"]:
        of_items.get(statement["agenda_item"], first).lines.append(
            Line(statement, [actions[code] for code in statement["actions"] if code in actions])
        )
    for action in content["actions"]:
        if action["statement"] is None and action["code"] not in listed:
            of_items.get(action["agenda_item"], last).actions.append(action)
    return [*([first] if first.lines else []), *of_items.values(), *([last] if last.actions else [])]
