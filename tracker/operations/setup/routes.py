"""The page of the office's settings, and where the others are."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock, office
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.settings import current_settings
from tracker.core.transactions import transactional
from tracker.core.wording import gettext
from tracker.operations.setup import commands, policy
from tracker.operations.setup.forms import OfficeForm
from tracker.people import queries as people

bp = Blueprint("setup", __name__, url_prefix="/settings")
blueprints = (bp,)


def _page(form: OfficeForm) -> str:
    letterhead = people.letterhead_setting()
    organiser = people.unit(letterhead.organiser_unit_id) if letterhead and letterhead.organiser_unit_id else None
    return render_template(
        "operations/setup/edit.html", form=form, setting=office.setting(), letterhead=letterhead, organiser=organiser,
        environment=current_settings(),
    )  # fmt: skip


@bp.get("")
def edit() -> ResponseReturnValue:
    ensure(policy.may_set_up(me()))
    return _page(OfficeForm.of(office.setting()))


@bp.post("")
@transactional
def update() -> ResponseReturnValue:
    ensure(policy.may_set_up(me()))
    form = OfficeForm()
    try:
        form.check()
        commands.change_office(form.draft(), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _page(form), status
    flash(gettext("Saved. It is in force."))
    return redirect(url_for(".edit"), 303)
