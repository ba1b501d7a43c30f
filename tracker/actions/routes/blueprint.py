"""Blueprint of follow-up actions."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from tracker.actions.models import ActionItem

bp = Blueprint("actions", __name__, url_prefix="/actions")


def back(action: ActionItem) -> ResponseReturnValue:
    return redirect(url_for(".show", action_id=action.id), 303)
