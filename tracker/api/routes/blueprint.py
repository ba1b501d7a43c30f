"""Addresses of operations. Each asks for a token before anything else."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response

from tracker.api import signin
from tracker.api.operations import OPERATIONS, Operation, View, perform
from tracker.core.request import API

bp = Blueprint("api", __name__, url_prefix=API)
bp.before_request(signin.authenticate)
bp.after_request(signin.with_headers)


def operation(method: str, path: str, **given: Any) -> Callable[[View], View]:
    """Register the view as this operation (`Operation`). The view itself stays a plain function."""

    def register(view: View) -> View:
        one = Operation(view=view, method=method, path=path, **given)
        OPERATIONS[one.name] = one

        def run(**numbers: Any) -> Response:
            return perform(one, numbers)

        run.is_transactional = one.writes  # type: ignore[attr-defined]  # read by the test that walks the routes
        bp.add_url_rule(path, one.name, run, methods=[method], provide_automatic_options=False)
        return view

    return register
