"""Following, and looking: two buttons that stand on the pages of things."""

from typing import Any

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.pages import ensure, flash_undoable, me
from tracker.core.transactions import transactional
from tracker.core.wording import say
from tracker.status.follows import commands, policy, queries

bp = Blueprint("follows", __name__)
blueprints = (bp,)

_PAGES = {
    "proposals": ("proposals.show", "proposal_id"),
    "actions": ("actions.show", "action_id"),
    "targets": ("targets.show", "target_id"),
    "meetings": ("meetings.show", "meeting_id"),
}


def _address(kind: str, thing_id: int) -> str:
    endpoint, name = _PAGES[kind]
    number: dict[str, Any] = {name: thing_id}
    return url_for(endpoint, **number)


@bp.app_template_global("address_of")
def address_of(kind: str, thing: queries.Thing) -> str:
    """The page of a thing that can be followed."""
    return _address(kind, thing.id)


@bp.app_template_global("title_of_followed")
def title_of(thing: queries.Thing) -> str:
    """The column of words that names it, for `in_words`."""
    return {"Proposal": "title", "ActionItem": "text"}.get(type(thing).__name__, "name")


@bp.app_template_global("path_of_followed")
def path_of(thing: queries.Thing) -> str:
    """The path of its page, for mails, which are written outside of any request."""
    kind = next(kind for kind, model in queries.KINDS.items() if isinstance(thing, model))
    return f"/{kind}/{thing.id}"


@bp.post("/follow/<kind>/<row:thing_id>")
@transactional
def follow(kind: str, thing_id: int) -> ResponseReturnValue:
    is_followed = commands.follow(queries.thing(kind, thing_id), by=me(), at=clock.now())
    words = say("You are following it now. Changes appear on your home page and in your weekly e-mail.")
    flash_undoable(
        words if is_followed else say("You are no longer following it."),
        url_for(".follow", kind=kind, thing_id=thing_id),
    )
    return redirect(_address(kind, thing_id), 303)


@bp.post("/looked/<kind>/<row:thing_id>")
@transactional
def look(kind: str, thing_id: int) -> ResponseReturnValue:
    thing = queries.thing(kind, thing_id)
    ensure(policy.is_concerned(me(), thing, queries.kept(me(), thing)))
    commands.look(thing, by=me(), at=clock.now())
    return redirect(_address(kind, thing_id), 303)
