"""Lists and rows as programs get them."""

import pytest
from flask import Flask

from tests.api.programs import Program, program
from tests.visitor import READER, SECRETARIAT

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize("path", ["/meetings", "/proposals", "/actions"])
def test_a_list_has_pages_and_each_row_an_address(app: Flask, path: str) -> None:
    reader = program(app, READER)

    answer = reader.get(path)
    assert answer.status_code == 200, answer.text
    items, seen = list(answer.json["items"]), answer
    while 'rel="next"' in seen.headers.get("Link", ""):
        href = next(part for part in seen.headers["Link"].split(", ") if 'rel="next"' in part)
        seen = reader.get(href[1 : href.index(">")])
        items += seen.json["items"]

    assert len(items) == answer.json["count"] > 0
    assert len({item["id"] for item in items}) == len(items)
    row = reader.get(f"{path}/{items[0]['id']}")
    assert row.status_code == 200
    assert row.json["code"] == items[0]["code"]
    again = reader.get(f"{path}/{items[0]['id']}", headers={"If-None-Match": row.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_filters_are_those_of_the_page(app: Flask) -> None:
    reader = program(app, READER)

    found = reader.get("/proposals?stage=open&order=-raised")
    wrong = reader.get("/proposals?year=x")
    misspelt = reader.get("/proposals?yaer=2020")

    assert found.status_code == 200
    assert [one["parameter"] for one in wrong.json["errors"]] == ["year"]
    assert (wrong.status_code, misspelt.status_code) == (422, 422)
    assert wrong.mimetype == "application/problem+json"


def test_lines_of_the_minutes_are_read_with_what_came_of_them(app: Flask) -> None:
    secretariat = program(app, SECRETARIAT)

    lines = secretariat.get("/meetings/1/lines")

    assert lines.status_code == 200, lines.text
    assert lines.json["count"] == len(lines.json["items"]) > 0
    first = secretariat.get(f"/lines/{lines.json['items'][0]['id']}")
    assert first.json == lines.json["items"][0]


def test_strangers_get_a_problem_and_how_to_sign_in(app: Flask) -> None:
    for stranger in (Program(app, None), Program(app, "tracker_x")):
        answer = stranger.get("/meetings")
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert answer.mimetype == "application/problem+json"
