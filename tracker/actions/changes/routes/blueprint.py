"""Where the pages that steer actions hang, and what they have in common."""

from typing import Any

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from tracker.actions.changes import labels
from tracker.actions.models import ActionItem
from tracker.core.wording import say
from tracker.people import queries as people
from tracker.proposals.models import Proposal

bp = Blueprint("steering", __name__, url_prefix="/actions")
#: Pages that actions and proposals have in common.
either_bp = Blueprint("escalations", __name__)
bp.add_app_template_filter(labels.particulars, "particulars")


def offer_charge(form: Any, nothing: str | None = None) -> Any:
    """Fill the lists of those who may be put in charge."""
    form.responsible_unit.offer(people.unit_choices(), nothing or say("not yet set"))
    form.pic.offer(people.person_choices(), nothing or say("not yet set"))
    return form


def back(thing: ActionItem | Proposal) -> ResponseReturnValue:
    """Back to the action or the proposal."""
    if isinstance(thing, Proposal):
        return redirect(url_for("proposals.show", proposal_id=thing.id), 303)
    return redirect(url_for("actions.show", action_id=thing.id), 303)
