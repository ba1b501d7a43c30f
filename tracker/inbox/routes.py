"""The page of everything that waits for the user."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from tracker.core.pages import me
from tracker.inbox import labels, queries

bp = Blueprint("inbox", __name__)
blueprints = (bp,)
bp.add_app_template_filter(labels.path_of, "path_of_waiting")
bp.add_app_template_filter(labels.page_of, "page_of_waiting")
bp.add_app_template_filter(labels.act_of, "act_of_waiting")
bp.add_app_template_filter(labels.title_of, "title_of_waiting")

#: Maximum number of each kind; the lists show the rest.
SHOWN = 100


@bp.get("/waiting")
def index() -> ResponseReturnValue:
    groups = queries.waiting_for(me(), SHOWN)
    return render_template("inbox/index.html", groups=groups, shown=SHOWN)
