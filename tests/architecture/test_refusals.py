"""A view says itself what happens to a refused form (ADR 8)."""

import ast
from collections.abc import Iterator

from tracker.core.settings import ROOT


def checks_outside(node: ast.AST, *, is_caught: bool = False) -> Iterator[int]:
    """Lines on which a form is checked and nothing catches what it finds."""
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Try(body=body, handlers=[ast.ExceptHandler(type=ast.Name(id="NotPossible")), *_]):
                for statement in body:
                    yield from checks_outside(ast.Module([statement], []), is_caught=True)
                for other in (*child.handlers, *child.orelse, *child.finalbody):
                    yield from checks_outside(other)
                continue
            case ast.With(items=[ast.withitem(context_expr=ast.Call(func=ast.Name(id="refusing")))]):
                continue  # what programs get: `tracker.api.bodies`
            case ast.Call(func=ast.Attribute(attr=name)) if name.split("_")[0] == "check" and not is_caught:
                yield child.lineno
        yield from checks_outside(child, is_caught=is_caught)


def test_each_view_that_checks_a_form_shows_the_refusal_in_it() -> None:
    pages = [place for place in (ROOT / "tracker").rglob("*.py") if "routes" in {*place.parts, place.stem}]
    checked = {place: list(checks_outside(ast.parse(place.read_text()))) for place in pages}

    assert {str(place.relative_to(ROOT)): lines for place, lines in checked.items() if lines} == {}
    assert sum(place.read_text().count("form.show_refusal(") for place in pages) > 80
