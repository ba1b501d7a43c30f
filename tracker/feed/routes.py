"""The calendar itself, and the pages on which its address is made and ended."""

import hashlib

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import commands as accounts_commands
from tracker.accounts import proving, signin
from tracker.accounts import queries as accounts
from tracker.accounts.models import CalendarAddress
from tracker.accounts.rules import DueDatesAs
from tracker.calendar import formats
from tracker.core import clock
from tracker.core.errors import NotFound, NotPossible
from tracker.core.pages import me
from tracker.core.rate_limit import Throttle
from tracker.core.settings import current_settings
from tracker.core.transactions import transactional
from tracker.core.wording import gettext, speaking
from tracker.feed import labels
from tracker.feed.forms import AddressForm

bp = Blueprint("feed", __name__)
blueprints = (bp,)
#: (requests, minutes). `unknown` counts those of a network for addresses that are none: it never closes real ones.
throttle = Throttle(address=(60, 15), unknown=(60, 15))


@bp.get("/account/calendar")
@signin.requires_proof
def new() -> ResponseReturnValue:
    return _page(AddressForm(formdata=None, data={"due_dates": DueDatesAs.TASKS}))


@bp.post("/account/calendar")
@signin.requires_proof
@transactional
def create() -> ResponseReturnValue:
    """Renders instead of redirecting, so that the address is shown only this once."""
    account = accounts.account(me().account_id or 0, to_change=True)
    form = AddressForm()
    try:
        form.check()
        token = accounts_commands.make_calendar_address(account, form.due_dates.data, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _page(form), status
    address = current_settings().site_url + url_for(".show", token=token)
    return render_template("feed/address.html", address=address)


def _page(form: AddressForm) -> str:
    return render_template("feed/new.html", form=form, is_linked=me().person_id is not None)


@bp.post("/account/calendar/<row:address_id>/end")
@transactional
def end(address_id: int) -> ResponseReturnValue:
    address = accounts.own_calendar_address(address_id, me().account_id or 0)
    accounts_commands.end_calendar_address(address, by=me(), at=clock.now())
    flash(gettext("That address is ended. Programs that use it receive nothing any more."))
    return redirect(url_for("accounts.show", _anchor="calendars"), 303)


@bp.get("/calendar/<token>.ics", provide_automatic_options=False)
@signin.sealed
def show(token: str) -> Response:
    """Read with the rights that the owner has now. Wrong, ended and absent addresses look the same."""
    address = accounts.calendar_address_with(token)
    if address is None:
        throttle.count(unknown=proving.network())
        raise NotFound
    throttle.count(address=str(address.id))
    signin.act_for(address.account)
    with speaking(address.account.language):
        file = labels.calendar_of(me(), address.due_dates, current_settings().site_url, clock.today())
    signin.note_use(CalendarAddress.fetched_at, address.id, last=address.fetched_at, known_as=address.program)
    response = Response(file, content_type=f"{formats.MEDIA_TYPE}; charset=utf-8")
    response.headers["Content-Disposition"] = "inline; filename=tracker.ics"
    # No Last-Modified: an entry that is taken away leaves no newer time behind, and would stay in the calendar.
    response.set_etag(hashlib.sha256(file).hexdigest())
    response.make_conditional(request)
    return response
