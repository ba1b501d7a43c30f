"""An event that tells of a classified row on the page of another one names it, so that it is shown where both are seen.

What is told is read from the call: a row is told of where its words go into the event, or where the event stands on
the page of what it belongs to. Rows that a function is handed, or makes, are known by their annotation or their class;
one that it makes is told of by the mere event.
Words that come by another way (a text that a caller took out of a row, a constructor of another table) are not
recognised so: `tests/security/test_copies_in_time.py` has those one by one.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from tracker.classification.queries import Subject
from tracker.core.settings import ROOT

CLASSES = {one.__name__ for one in get_args(Subject)}
#: Who did it, when, and what a reader sees as a link or not at all.
_SAYS_NOTHING = {"by", "at", "on", "meeting_id", "mentions"}


def rows_given(function: ast.FunctionDef) -> set[str]:
    """Names of the parameters that are rows with a classification."""
    told = (*function.args.args, *function.args.kwonlyargs)
    return {one.arg for one in told if one.annotation and names_in(one.annotation) & CLASSES}


def rows_made(function: ast.FunctionDef) -> set[str]:
    """Names of such rows that the function creates."""
    made = (one for one in ast.walk(function) if isinstance(one, ast.Assign) and isinstance(one.value, ast.Call))
    return {target.id for one in made if isinstance(one.value.func, ast.Name) and one.value.func.id in CLASSES
            for target in one.targets if isinstance(target, ast.Name)}  # fmt: skip


def names_in(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def not_named(source: str) -> Iterator[tuple[str, str]]:
    """(verb, row) of each event that uses a row without mentioning it."""
    for function in (one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.FunctionDef)):
        made = rows_made(function)
        rows = rows_given(function) | made
        for call in ast.walk(function):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "record":
                subject, verb = call.args[0], ast.unparse(call.args[1])
                told = {name for one in call.keywords if one.arg not in _SAYS_NOTHING for name in names_in(one.value)}
                if isinstance(subject, ast.Attribute):  # the event stands on the page of what the row belongs to
                    told |= names_in(subject)
                told |= made
                named = {name for one in call.keywords if one.arg == "mentions" for name in names_in(one.value)}
                own = {subject.id} if isinstance(subject, ast.Name) else set()
                yield from ((verb, row) for row in sorted(told & rows - named - own))


def commands() -> list[Path]:
    found = [one for one in (ROOT / "tracker").rglob("*.py") if one.stem == "commands" or one.parent.name == "commands"]
    assert len(found) > 40
    return sorted(found)


def test_every_event_names_the_rows_it_mentions() -> None:
    forgotten = {str(file.relative_to(ROOT)): found for file in commands() if (found := [*not_named(file.read_text())])}
    assert forgotten == {}


def test_a_missing_mention_is_detected() -> None:
    assert [*not_named("def f(said: Statement): record(said.meeting, 'x', by=by)")] == [("'x'", "said")]
    assert [*not_named("def f(m: Meeting):\n s = Statement()\n record(m, 'x', reason=s.gist_id)")] == [("'x'", "s")]
    assert [*not_named("def f(m: Meeting):\n s = Statement()\n record(m, 'x')")] == [("'x'", "s")]
    assert [*not_named("def f(m: Meeting, s: Statement): record(m, 'x', reason=w(s))")] == [("'x'", "s")]
    assert [*not_named("def f(m: Meeting, s: Statement): record(m, 'x', reason=w(s), mentions=[s])")] == []
