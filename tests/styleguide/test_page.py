"""The styleguide shows every example as its call makes it, and only in development."""

from dataclasses import replace

import pytest
from flask import Flask

from tests.visitor import READER, Visitor
from tracker.styleguide.examples import COMPONENTS, EXAMPLES

pytestmark = pytest.mark.one_database


def test_each_example_is_shown_light_and_dark_with_its_call(visit: Visitor) -> None:
    page = visit.as_(READER).get("/styleguide").soup

    calls = page.select(".guide-call")
    assert len(page.select(".guide-shown[data-bs-theme=light]")) == len(calls) > 60
    assert len(page.select(".guide-shown[data-bs-theme=dark]")) == len(calls)
    assert '{{ state("late", "terlambat 3 hari") }}' in page.select_one("#guide-shapes .guide-call").text
    assert page.select_one("#guide-shapes .guide-shown .state").text == "terlambat 3 hari"


def test_every_picture_has_examples_and_every_example_a_component() -> None:
    shown = {file.relative_to(EXAMPLES) for file in EXAMPLES.rglob("*.html")}
    there = {file.relative_to(COMPONENTS) for file in COMPONENTS.rglob("*.html")}

    assert shown - there == set()
    assert {file for file in there if file.parent.name == "pictures" and not file.name.startswith("_")} <= shown


def test_it_does_not_exist_in_production(app: Flask, visit: Visitor) -> None:
    visitor = visit.as_(READER)
    app.extensions["settings"] = replace(app.extensions["settings"], is_production=True)

    visitor.get("/styleguide", status=404)
