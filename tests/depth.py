"""How far generated tests go: a sample in `make test`, more in `make long`, whatever is asked for by other targets."""

import os

import pytest


def runs(variable: str, sample: int, *, in_depth: int) -> pytest.MarkDecorator:
    """The parameter `runs` of a test; the variable of the environment asks for another number."""
    asked = os.environ.get(variable)
    deep = pytest.param(in_depth, marks=pytest.mark.long, id="in depth")
    return pytest.mark.parametrize("runs", [int(asked)] if asked else [pytest.param(sample, id="sample"), deep])
