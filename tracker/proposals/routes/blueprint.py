"""Blueprint of proposals."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from tracker.proposals.models import Proposal

bp = Blueprint("proposals", "tracker.proposals.routes", url_prefix="/proposals")


def back(proposal: Proposal) -> ResponseReturnValue:
    return redirect(url_for(".show", proposal_id=proposal.id), 303)
