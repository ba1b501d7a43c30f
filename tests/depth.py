"""How far tests go that sweep or generate: a sample in `make test`, the rest in `make long`."""

import os

import pytest


def one_in(number: int) -> pytest.MarkDecorator:
    """The parameter `step` of a sweep: `make test` takes one in so many of what there is, `make long` all of it."""
    sample, whole = pytest.param(number, id=f"one in {number}"), pytest.param(1, marks=pytest.mark.long, id="all")
    return pytest.mark.parametrize("step", [sample, whole])


def runs(variable: str, sample: int, *, in_depth: int) -> pytest.MarkDecorator:
    """The parameter `runs` of a generated test; the variable of the environment asks for another number."""
    asked = os.environ.get(variable)
    deep = pytest.param(in_depth, marks=pytest.mark.long, id="in depth")
    return pytest.mark.parametrize("runs", [int(asked)] if asked else [pytest.param(sample, id="sample"), deep])
