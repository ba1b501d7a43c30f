"""Pages are given what their templates ask for, also where a form comes back refused."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

#: The page says so if it has nothing to compare.
ASKS_WHETHER_GIVEN = {"reviews/compare.html"}


def rendered() -> Iterator[tuple[str, frozenset[str]]]:
    """(template, names of the values) of each `render_template` with values by name."""
    for file in Path("tracker").rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text())):
            is_page = isinstance(call, ast.Call) and getattr(call.func, "id", "") == "render_template"
            if is_page and isinstance(call.args[0], ast.Constant) and all(word.arg for word in call.keywords):
                yield call.args[0].value, frozenset(word.arg for word in call.keywords)


def test_a_template_is_given_the_same_values_wherever_it_is_rendered() -> None:
    given: dict[str, set[frozenset[str]]] = defaultdict(set)
    for template, names in rendered():
        given[template].add(names)

    assert len(given) > 100
    assert {template for template, ways in given.items() if len(ways) > 1} == ASKS_WHETHER_GIVEN
