"""The code for the screen of the room, the pages of the phone, and what the secretariat confirms."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from http import HTTPStatus

import segno
from flask import (
    Blueprint,
    flash,
    get_template_attribute,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from tracker.accounts import proving, signin
from tracker.core import clock
from tracker.core.actor import Actor, acting, current
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.rate_limit import Throttle
from tracker.core.request import is_quiet
from tracker.core.settings import current_settings
from tracker.core.transactions import commit, transactional
from tracker.core.wording import clock as clock_time
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings import policy as meetings_policy
from tracker.meetings import queries as meetings
from tracker.meetings.check_in import commands, policy, queries, rules
from tracker.meetings.check_in.forms import ArrivalForm, CodeForm
from tracker.meetings.check_in.queries import Guest
from tracker.meetings.check_in.rules import Outcome
from tracker.meetings.invitations import labels as invitations
from tracker.meetings.invitations.rules import OPENED
from tracker.meetings.models import Meeting
from tracker.meetings.rules import AttendanceRole, AttendanceStatus, parse_attendee

bp = Blueprint("check_in", __name__)
blueprints = (bp,)
#: (requests, minutes), by network. `typed` counts wrong codes, which are short: after so many one has to scan. `key`
#: counts wrong keys, which cannot be guessed: it never closes real ones. `name` counts names that wait.
throttle = Throttle(typed=(30, 15), key=(600, 15), name=(300, 15))
CHANGED = _l("This code is over: it changes every minute. Scan the code on the screen again, or type it here.")


@bp.get("/meetings/<row:meeting_id>/check-in")
def screen(meeting_id: int) -> ResponseReturnValue:
    ensure(meetings_policy.may_log(me()))
    meeting = meetings.meeting(meeting_id)
    version, shown = _shown(meeting)
    return render_template(
        "meetings/check_in/screen.html", meeting=meeting, letter=_letter(meeting), version=version, shown=shown
    )


@bp.get("/meetings/<row:meeting_id>/check-in/now")
def now(meeting_id: int) -> ResponseReturnValue:
    """Polled every few seconds: 304 while code and counts are the same."""
    ensure(meetings_policy.may_log(me()))
    version, shown = _shown(meetings.meeting(meeting_id))
    if version in request.if_none_match.as_set(include_weak=True):
        answer = make_response("", HTTPStatus.NOT_MODIFIED)
    else:
        answer = jsonify(version=version, html=shown)
    answer.set_etag(version, weak=True)
    return answer


def _shown(meeting: Meeting) -> tuple[str, Markup]:
    at, settings = clock.now(), current_settings()
    code, picture = None, None
    if policy.may_show_code(me(), meeting, at):
        code = rules.code_of(meeting.id, rules.minute_of(at), settings.secret_key)
        address = f"{settings.site_url}/check-in/{code.key}"
        picture = segno.make(address, error="m", micro=False).svg_data_uri(scale=8, border=4, light="#fff")
    macro = get_template_attribute("meetings/check_in/_screen.html", "shown")
    opens, is_over = rules.opens_at(meeting), at >= rules.opens_at(meeting)
    html = Markup(  # noqa: S704  # a template's own words
        macro(code, picture, f"{settings.site_url.partition('://')[2]}/check-in", queries.counts(meeting.id),
              f"{clock_time(opens.time())} {meeting.zone.name}", is_over)
    )  # fmt: skip
    return hashlib.sha256(html.encode()).hexdigest()[:20], html


def _letter(meeting: Meeting) -> invitations.Letter:
    """What everybody may read who passes the screen, or holds the code."""
    return invitations.letter(meeting, meetings.classification_of_names([meeting.id])[meeting.id], ())


def _needs_code(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Give the view the number of the meeting whose code was sent. Wrong ones are counted, whatever else is stored."""

    @wraps(view)
    def run(**address: str) -> ResponseReturnValue:
        code = request.form.get("code", "").strip() or address.get("key", "")
        if rules.is_for_typing(code):
            throttle.ensure_open(typed=proving.network())
        meeting_id = queries.meeting_of(code, clock.now(), current_settings().secret_key) if code else None
        if code and meeting_id is None:
            throttle.count(**{"typed" if rules.is_for_typing(code) else "key": proving.network()})
            commit()
        return view(**address, meeting_id=meeting_id)

    return run


@bp.get("/check-in")
@signin.public
def ask() -> ResponseReturnValue:
    return _as_guest("meetings/check_in/code.html", form=CodeForm(formdata=None))


@bp.post("/check-in")
@signin.public
@_needs_code
@transactional
def find(meeting_id: int | None) -> ResponseReturnValue:
    form = CodeForm()
    try:
        form.check()
        if meeting_id is None:
            raise NotPossible(_l("This is not the code on the screen now. Type it again."), field="code")
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _as_guest("meetings/check_in/code.html", form=form), status
    code = rules.code_of(meeting_id, rules.minute_of(clock.now()), current_settings().secret_key)
    return redirect(url_for(".show", key=code.key), 303)


@bp.get("/check-in/<key>")
@signin.public
@_needs_code
def show(key: str, meeting_id: int | None) -> ResponseReturnValue:
    """Changes nothing: programs that read codes open what is in them."""
    meeting = queries.meeting(meeting_id)
    if meeting is None:
        form = CodeForm(formdata=None)
        form.code.errors = [str(CHANGED)]
        return _as_guest("meetings/check_in/code.html", form=form), HTTPStatus.NOT_FOUND
    return _page(ArrivalForm(formdata=None), key, meeting)


@bp.post("/check-in/<key>")
@signin.public
@_needs_code
@transactional
def arrive(key: str, meeting_id: int | None) -> ResponseReturnValue:
    form, meeting = ArrivalForm(), queries.meeting(meeting_id)
    try:
        form.check()
        if meeting is None:
            raise NotPossible(CHANGED, field="code")
        outcome, guest = _arrived(form, meeting)
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _page(form, key, meeting), status
    return _as_guest(
        "meetings/check_in/done.html", outcome=outcome, guest=guest and guest.name, at=clock.now(),
        letter=_letter(meeting), form=form,
    )  # fmt: skip


def _arrived(form: ArrivalForm, meeting: Meeting) -> tuple[Outcome, Guest | None]:
    guest, at = _guest(meeting), clock.now()
    if guest is None:
        if not form.name.data:
            raise NotPossible(_l("Enter your name."), field="name")
        throttle.count(name=proving.network())
        return commands.announce(meeting, form.name.data, form.on_behalf_of.data, at=at), None
    account = current()
    is_own = account is not None and account.person_id == guest.person_id
    by = account if account and is_own else Actor(account_id=None, name=guest.name)
    return commands.take_check_in(queries.locked(guest.row.id), form.name.data, by=by, at=at), guest


def _guest(meeting: Meeting) -> Guest | None:
    """Whom this browser is known to belong to; nobody if the phone is lent to somebody else."""
    if "other" in request.args:
        return None
    account = current()
    return queries.guest(meeting, account.person_id if account else None, session.get(OPENED, []))


def _page(form: ArrivalForm, key: str, meeting: Meeting | None) -> str:
    guest = _guest(meeting) if meeting else None
    account = current()
    if meeting and guest is None and account and not form.name.data and "other" not in request.args:
        form.name.data = account.name
    return _as_guest(
        "meetings/check_in/arrive.html", form=form, key=key, letter=_letter(meeting) if meeting else None,
        guest=guest and guest.name, is_lent="other" in request.args,
    )  # fmt: skip


def _as_guest(template: str, **values: object) -> str:
    """Without navigation, whoever is signed in in that browser."""
    with acting(None):
        return render_template(template, **values)


@bp.post("/meetings/check-in/<row:arrival_id>/confirm")
@transactional
def confirm(arrival_id: int) -> ResponseReturnValue:
    ensure(meetings_policy.may_log(me()))
    arrival = queries.arrival(arrival_id, to_change=True)
    meeting = meetings.meeting(arrival.meeting_id, to_change=True)
    attendee = replace(
        parse_attendee(arrival.on_behalf_of or arrival.name), role=AttendanceRole.PARTICIPANT,
        status=AttendanceStatus.PRESENT, represented_by=None,
    )  # fmt: skip
    seating = meetings.Seats(meeting, clock.today(meeting.zone)).seating(attendee)
    commands.confirm(arrival, seating, by=me(), at=clock.now())
    return _back(meeting.id)


@bp.post("/meetings/check-in/<row:arrival_id>/dismiss")
@transactional
def dismiss(arrival_id: int) -> ResponseReturnValue:
    ensure(meetings_policy.may_log(me()))
    arrival = queries.arrival(arrival_id, to_change=True)
    commands.dismiss(arrival, by=me(), at=clock.now())
    return _back(arrival.meeting_id)


@bp.post("/meetings/attendance/<row:row_id>/check-in/undo")
@transactional
def undo(row_id: int) -> ResponseReturnValue:
    ensure(meetings_policy.may_log(me()))
    row = meetings.attendance(row_id, to_change=True)
    commands.undo(row, by=me(), at=clock.now())
    return _back(row.meeting_id)


def _back(meeting_id: int) -> ResponseReturnValue:
    if is_quiet():
        return jsonify(outcome="stored")
    flash(gettext("Saved."))
    return redirect(url_for("meetings.people_present", meeting_id=meeting_id, _anchor="attendance"), 303)
