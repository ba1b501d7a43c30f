"""The pages behind reply links, and those on which the secretariat prints and revokes them."""

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from http import HTTPStatus

import segno
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import proving, signin
from tracker.actions import queries as actions
from tracker.actions.models import ActionItem
from tracker.core import clock, typed
from tracker.core.actor import acting
from tracker.core.errors import NotPossible
from tracker.core.office import office
from tracker.core.pages import ensure, me
from tracker.core.rate_limit import Throttle
from tracker.core.settings import current_settings
from tracker.core.transactions import commit, transactional
from tracker.core.uploads import takes_files
from tracker.core.wording import gettext, speaking
from tracker.reply_links import commands, policy, queries, rules
from tracker.reply_links.forms import DateForm, FinishForm, LetterForm, ProgressForm
from tracker.reply_links.models import ReplyLink
from tracker.reply_links.rules import Purpose

bp = Blueprint("reply_links", __name__)
blueprints = (bp,)
#: (requests, minutes). `unknown` counts those of a network for links that are none: it never closes real ones.
throttle = Throttle(link=(60, 15), unknown=(60, 15))
#: Of a refused answer no more is read than this, to give what was typed back.
LONGEST_READ = 100_000

Form = ProgressForm | FinishForm | DateForm
_FORMS: dict[Purpose, type[Form]] = {
    Purpose.REPORT: ProgressForm,
    Purpose.FINISH: FinishForm,
    Purpose.ASK_DATE: DateForm,
}
#: The page and what is shown after its form was sent.
_PAGE, _DONE = "reply_links/answer.html", "reply_links/done.html"


def _needs_link(view: Callable[[str], ResponseReturnValue]) -> Callable[[str], ResponseReturnValue]:
    """Act as the reader of the link, before anything of the request is read. All that is no link looks the same."""

    @wraps(view)
    def run(token: str) -> ResponseReturnValue:
        found = queries.answerable(token, current_settings().secret_key, clock.now())
        if found is None:
            _count(unknown=proving.network())
            return _refusal()
        link, _ = found
        reader, language = link.reader, link.account.language if link.account else None
        _count(link=str(link.id))
        signin.act_as(reader)
        with speaking(language) if language else nullcontext():
            return view(token)

    return run


def _count(**who: str) -> None:
    """Counted even if nothing else is stored. Rows are read anew after it: another answer may have come in between."""
    throttle.count(**who)
    commit()


def _refusal() -> ResponseReturnValue:
    is_short = (request.content_length or 0) <= LONGEST_READ
    page = _as_stranger("reply_links/refused.html", office=office(), words=typed.words() if is_short else [])
    return page, HTTPStatus.NOT_FOUND


def _as_stranger(template: str, **values: object) -> str:
    """Without navigation, whoever is signed in in that browser."""
    with acting(None):
        return render_template(template, **values)


@bp.get("/reply/<token>", provide_automatic_options=False)
@signin.sealed
@_needs_link
def show(token: str) -> ResponseReturnValue:
    """Changes nothing: mail programs open links by themselves."""
    found = queries.answerable(token, current_settings().secret_key, clock.now())
    if found is None:
        return _refusal()
    link, action = found
    form = _FORMS[link.purpose](formdata=None)
    return _as_stranger(_PAGE, form=_asking(form, action), link=link, action=action, token=token)


def _asking(form: Form, action: ActionItem) -> Form:
    if isinstance(form, FinishForm):
        form.has_evidence = actions.has_evidence(action)
    return form


@bp.post("/reply/<token>")
@signin.sealed
@takes_files
@_needs_link
@transactional
def answer(token: str) -> ResponseReturnValue:
    found = queries.answerable(token, current_settings().secret_key, clock.now(), to_change=True)
    if found is None:
        return _refusal()
    link, action = found
    form = _asking(_FORMS[link.purpose](), action)
    try:
        form.check()
        _store(form, link, action)
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _as_stranger(_PAGE, form=form, link=link, action=action, token=token), status
    return _as_stranger(_DONE, link=link, action=action)


def _store(form: Form, link: ReplyLink, action: ActionItem) -> None:
    at, today = clock.now(), clock.today()
    if isinstance(form, DateForm):
        commands.ask_due_date(link, action, form.asked_for.data, form.reason.data, at=at)
    elif isinstance(form, FinishForm):
        commands.report(link, action, form.report(today), form.attachment(), at=at)
    else:
        commands.report(link, action, form.report(today), at=at)


def _letter_page(form: LetterForm, action: ActionItem) -> str:
    form.purpose.offer_only(commands.purposes_of(action))
    return render_template(
        "reply_links/new.html", form=form, action=action, addressee=commands.addressee_of(action),
        lasts=rules.LETTER_LASTS.days,
    )  # fmt: skip


@bp.get("/actions/<row:action_id>/letters/new")
def new(action_id: int) -> ResponseReturnValue:
    action = actions.in_full(action_id)
    ensure(policy.may_write_letter(me(), action))
    return _letter_page(LetterForm(formdata=None), action)


@bp.post("/actions/<row:action_id>/letters/new")
@transactional
def create(action_id: int) -> ResponseReturnValue:
    action = actions.in_full(action_id, to_change=True)
    ensure(policy.may_write_letter(me(), action))
    form = LetterForm()
    form.purpose.offer_only(commands.purposes_of(action))
    try:
        form.check()
        link = commands.write_letter(action, form.purpose.data, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _letter_page(form, action), status
    return redirect(url_for(".letter", action_id=action.id, reply_link_id=link.id), 303)


@bp.get("/actions/<row:action_id>/letters/<row:reply_link_id>")
def letter(action_id: int, reply_link_id: int) -> ResponseReturnValue:
    """To be printed. Links sent by mail are never shown to others than their readers."""
    ensure(policy.may_manage(me()))
    action, link = actions.in_full(action_id), queries.link(action_id, reply_link_id)
    ensure(link.is_letter and link.is_out(clock.now()))
    settings = current_settings()
    address = f"{settings.site_url}/reply/{rules.token_of(link.id, settings.secret_key)}"
    picture = segno.make(address, error="m", micro=False).svg_data_uri(scale=3, border=2)
    return render_template("reply_links/letter.html", action=action, link=link, address=address, picture=picture)


@bp.post("/actions/<row:action_id>/reply-links/<row:reply_link_id>/revoke")
@transactional
def revoke(action_id: int, reply_link_id: int) -> ResponseReturnValue:
    ensure(policy.may_manage(me()))
    action = actions.in_full(action_id, to_change=True)
    commands.revoke(queries.link(action.id, reply_link_id, to_change=True), by=me(), at=clock.now())
    flash(gettext("The link is revoked. Anyone who opens it is told so."))
    return redirect(url_for("actions.show", action_id=action.id, _anchor="reply-links"), 303)
