"""Put a decree in force: all of it, or nothing."""

from datetime import date, datetime

from tracker.audit.commands import record
from tracker.audit.queries import oneself
from tracker.core.actor import Actor
from tracker.core.clock import day_at
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.visibility import unrestricted
from tracker.core.wording import lazy_gettext as _l
from tracker.core.wording import long_day
from tracker.reorganisation import policy, queries
from tracker.reorganisation.commands.drafting import ensure_draft
from tracker.reorganisation.commands.open_items import OpenItems
from tracker.reorganisation.commands.organisation import NewOrganisation
from tracker.reorganisation.models import Reorganisation
from tracker.reorganisation.rules import Plan

ANOTHER = _l("This decree gives a post or a unit to you. Somebody else has to put it in force.")
UNSETTLED = _l("Something would be left without an owner. Settle what is listed first.")
NOTHING = _l("The decree has no lines yet.")


def refusal(
    decree: Reorganisation, made: Plan, *, has_items: bool, last_on: date | None, by: Actor, at: datetime
) -> object:
    """Why the decree cannot be put in force now; None if it can."""
    if not decree.lines and not has_items:
        return NOTHING
    if made.problems:
        return UNSETTLED
    if decree.in_force_on > day_at(at):
        return _l("It can be put in force from %(day)s.", day=long_day(decree.in_force_on))
    if last_on is not None and decree.in_force_on < last_on:
        return _l("A later reorganisation, of %(day)s, is in force already.", day=long_day(last_on))
    if not policy.may_enter(by, oneself(by).persons, made.gains):
        return ANOTHER
    return None


def put_in_force(decree: Reorganisation, *, by: Actor, at: datetime) -> None:
    """Change the registers and give every open item to its new owner, also those that the actor may not see."""
    ensure_draft(decree)
    items = queries.item_lines(decree)
    made = queries.preview(decree, items).plan
    why_not = refusal(decree, made, has_items=bool(items), last_on=queries.last_in_force_on(), by=by, at=at)
    if why_not:
        raise NotPossible(why_not)
    with unrestricted():
        # A line about a hidden item that cannot be followed must not show: the item goes with the others of its unit.
        given = queries.given_of(made, queries.all_item_lines(decree))
        organisation = NewOrganisation(decree, made, by, at)
        organisation.enter()
        OpenItems(organisation, given).move()
        db.session.flush()
    decree.entered_at, decree.entered_by_name = at, by.name
    record(decree, "entered", by=by, at=at, on=decree.in_force_on)
