"""The page of everything that waits for the user."""

from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from tracker.actions.models import ActionItem
from tracker.core import clock
from tracker.core.errors import NotFound
from tracker.core.pages import me
from tracker.core.verbs import Verb
from tracker.inbox import labels, queries
from tracker.inbox.rules import Matter

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


@bp.app_template_filter()
def days_after_due(action: ActionItem) -> int:
    """By the day in the unit that owes it; 0 without a due date."""
    return (action.day_where_owed(clock.today()) - action.due_on).days if action.due_on else 0


@bp.app_template_filter("verbs_of_waiting")
def verbs_of(waiting: queries.Waiting) -> list[Verb]:
    return labels.verbs_of(waiting, me())


#: Maximum number of each kind beside others, and alone; each has its forms. The lists show the rest.
SHOWN_OF_EACH, SHOWN_ALONE = 10, 50


@bp.get("/waiting")
def index() -> ResponseReturnValue:
    only = _kind_in_address()
    groups = queries.waiting_for(me(), SHOWN_ALONE if only else SHOWN_OF_EACH, only=only)
    return render_template("inbox/index.html", groups=groups, only=only, shown=SHOWN_ALONE)


def _kind_in_address() -> Matter | None:
    named = request.args.get("matter", "")
    if named and named not in list(Matter):
        raise NotFound
    return Matter(named) if named else None
