"""Every page that each account of the demo can reach, in both languages."""

import re

import pytest

from tests.visitor import ADMIN, PASSWORDS, SECRETARIAT, Visitor

#: How many pages of one shape of address are visited: now by the accounts that between them see every page.
NOW = [(SECRETARIAT, 1), (ADMIN, 1)]
LATER = [pytest.param(name, 3, marks=pytest.mark.long) for name in PASSWORDS]


@pytest.mark.timeout(300)
@pytest.mark.one_database
@pytest.mark.parametrize(("username", "most"), [*NOW, *LATER])
def test_every_reachable_page_responds_and_follows_the_page_rules(visit: Visitor, username: str, most: int) -> None:
    browser = visit.as_(username)
    todo, seen, shapes = ["/"], {"/"}, {}

    while todo:
        page = browser.look(todo.pop(0))
        if page.status in {302, 303}:
            continue
        assert page.status == 200, (page.path, page.heading)
        for link in page.links:
            path = link.split("#")[0]
            shape = re.sub(r"\d+", "N", path.split("?")[0])
            if not path.startswith("/") or path.startswith("/static") or path in seen:
                continue
            seen.add(path)
            shapes[shape] = shapes.get(shape, 0) + 1
            if shapes[shape] <= most:
                todo.append(path)

    assert {"/meetings", "/proposals", "/targets", "/actions", "/people", "/units", "/posts"} <= seen
