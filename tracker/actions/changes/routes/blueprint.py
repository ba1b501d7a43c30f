"""Blueprints of changes, and helpers shared by their pages."""

from typing import Any

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from tracker.actions.changes import labels
from tracker.actions.models import ActionItem
from tracker.core.wording import gettext
from tracker.people import queries as people
from tracker.proposals.models import Proposal

bp = Blueprint("changes", __name__, url_prefix="/actions")
#: Pages for actions and proposals alike.
shared_bp = Blueprint("escalations", __name__)
bp.add_app_template_filter(labels.particulars, "particulars")


def offer_assignees(form: Any, empty_label: str | None = None) -> Any:
    form.responsible_unit.offer(people.UNITS, empty_label or gettext("not yet set"))
    form.pic.offer(people.PERSONS, empty_label or gettext("not yet set"))
    return form


def back(subject: ActionItem | Proposal) -> ResponseReturnValue:
    if isinstance(subject, Proposal):
        return redirect(url_for("proposals.show", proposal_id=subject.id), 303)
    return redirect(url_for("actions.show", action_id=subject.id), 303)
