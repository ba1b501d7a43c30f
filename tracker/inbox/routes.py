"""The page of everything that waits for the user."""

from datetime import date

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.pages import me
from tracker.inbox import labels, queries

bp = Blueprint("inbox", __name__)
blueprints = (bp,)
bp.add_app_template_filter(labels.path_of, "path_of_waiting")
bp.add_app_template_filter(labels.page_of, "page_of_waiting")
bp.add_app_template_filter(labels.act_of, "act_of_waiting")
bp.add_app_template_filter(queries.own_of, "as_waiting")
bp.add_app_template_filter(labels.title_of, "title_of_waiting")


@bp.app_template_filter()
def days_since(day: date) -> int:
    """Negative for a day to come."""
    return (clock.today() - day).days


@bp.app_template_filter("verbs_of_waiting")
def verbs_of(waiting: queries.Waiting) -> list[labels.Verb]:
    return labels.verbs_of(waiting, me())


#: Maximum number of each kind, each with its forms; the lists show the rest.
SHOWN = 50


@bp.get("/waiting")
def index() -> ResponseReturnValue:
    groups = queries.waiting_for(me(), SHOWN)
    return render_template("inbox/index.html", groups=groups, shown=SHOWN)
