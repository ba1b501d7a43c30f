"""The specification, for programs and for people."""

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from tracker.accounts import signin
from tracker.api.specification import as_text, documented
from tracker.core.request import API

specification = Blueprint("specification", __name__, url_prefix=API)


@specification.get("/openapi.json")
@signin.public
def show() -> Response:
    """The same for everybody, and without a row: programs that make clients from it have no token yet."""
    return Response(as_text(), mimetype="application/json")


@specification.get("/docs")
def docs() -> ResponseReturnValue:
    return render_template("api/docs.html", groups=documented(), address=API)
