"""Pages for series and for planning the next meeting."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import LANGUAGES, gettext, long_day, speaking
from tracker.meetings import policy
from tracker.meetings import queries as meetings
from tracker.meetings.models import AgendaItem, Meeting
from tracker.meetings.series import commands, queries
from tracker.meetings.series.forms import JoinForm, NextForm, SeriesForm
from tracker.meetings.series.rules import next_day

bp = Blueprint("series", __name__, url_prefix="/meetings")
blueprints = (bp,)


@bp.get("/series/<row:series_id>")
def show(series_id: int) -> ResponseReturnValue:
    return render_template(
        "meetings/series/show.html",
        series=queries.series(series_id),
        meetings=queries.meetings_of(series_id),
        unfinished=queries.unfinished_items(series_id),
        may_log=policy.may_log(me()),
    )


@bp.get("/series/<row:series_id>/edit")
def edit(series_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    series = queries.series(series_id)
    return render_template("meetings/series/edit.html", form=SeriesForm.of(series), series=series)


@bp.post("/series/<row:series_id>/edit")
@transactional
def update(series_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    series = queries.series(series_id, to_change=True)
    form = SeriesForm()
    try:
        form.check(SeriesForm.of(series))
        first = queries.meetings_of(series_id)[-1]
        commands.edit_series(series, form.draft(), first, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("meetings/series/edit.html", form=form, series=series), status
    flash(gettext("Saved."))
    return redirect(url_for(".show", series_id=series_id), 303)


@bp.get("/<row:meeting_id>/series/new")
def new(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = meetings.meeting(meeting_id)
    form = SeriesForm(formdata=None, data={"name_id": meeting.name_id, "name_en": meeting.name_en})
    return render_template("meetings/series/new.html", form=form, meeting=meeting)


@bp.post("/<row:meeting_id>/series/new")
@transactional
def begin(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = meetings.meeting(meeting_id, to_change=True)
    form = SeriesForm()
    try:
        form.check()
        commands.begin_series(meeting, form.draft(), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("meetings/series/new.html", form=form, meeting=meeting), status
    flash(gettext("The meeting now belongs to a series. Plan the next one from here."))
    return redirect(url_for("meetings.show", meeting_id=meeting_id, _anchor="series"), 303)


def _join_page(form: JoinForm, meeting: Meeting) -> str:
    form.series.offer(queries.series_choices())
    return render_template("meetings/series/join.html", form=form, meeting=meeting)


@bp.get("/<row:meeting_id>/series/join")
def choose(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    return _join_page(JoinForm(formdata=None), meetings.meeting(meeting_id))


@bp.post("/<row:meeting_id>/series/join")
@transactional
def join(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = meetings.meeting(meeting_id, to_change=True)
    form = JoinForm()
    form.series.offer(queries.series_choices())
    try:
        form.check()
        commands.join_series(meeting, queries.series(form.series.data, to_change=True), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _join_page(form, meeting), status
    flash(gettext("The meeting now belongs to the series."))
    return redirect(url_for("meetings.show", meeting_id=meeting_id, _anchor="series"), 303)


@bp.post("/<row:meeting_id>/series/leave")
@transactional
def leave(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = meetings.meeting(meeting_id, to_change=True)
    commands.leave_series(meeting, by=me(), at=clock.now())
    flash(gettext("The meeting no longer belongs to the series."))
    return redirect(url_for("meetings.show", meeting_id=meeting_id), 303)


@bp.get("/<row:meeting_id>/next")
def following(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = meetings.meeting(meeting_id)
    place = queries.membership(meeting_id)
    suggested = {
        "name_id": place.series.name_id if place else meeting.name_id,
        "date": next_day(meeting.date, place.series.rhythm if place else None),
        "start_time": meeting.start_time,
        "end_time": meeting.end_time if meeting.end_on is None else None,
        "venue": meeting.venue,
        "venue_detail": meeting.venue_detail,
        "agenda": [_approval_of(meeting)],
    }
    form = NextForm(formdata=None, data=suggested)
    unfinished = _offer_carried(form, meeting)
    _offer_chairs(form, meeting)
    # If the agenda was not used at all, nothing is known about what was discussed, so nothing is preselected.
    is_agenda_used = len(unfinished) < len(meeting.agenda) or any(item.set_aside for item in unfinished)
    form.carried.data = [item.id for item in unfinished] if is_agenda_used else []
    chair = meetings.chair_of(meeting.attendance)
    form.chair.data = chair.id if chair else None
    return _next_page(form, meeting)


def _offer_carried(form: NextForm, meeting: Meeting) -> list[AgendaItem]:
    """Offer unfinished items, except the approval of earlier minutes, which each agenda has anew."""
    place = queries.membership(meeting.id)
    approvals = _approvals_of(place.previous) if place and place.previous else ()
    unfinished = [item for item in meetings.not_discussed(meeting) if item.text not in approvals]
    form.carried.offer([(item.id, item.text) for item in unfinished])
    return unfinished


def _approval_of(meeting: Meeting) -> str:
    """The agenda item for approving the minutes; without the name if that was copied from another meeting."""
    return _unnamed_approval_of(meeting) if meeting.named_after_id else _named_approval_of(meeting)


def _named_approval_of(meeting: Meeting) -> str:
    return gettext("Approval of the minutes of %(name)s, %(day)s", name=meeting.name_id, day=long_day(meeting.date))


def _unnamed_approval_of(meeting: Meeting) -> str:
    return gettext("Approval of the minutes of the meeting of %(day)s", day=long_day(meeting.date))


def _approvals_of(meeting: Meeting) -> set[str]:
    """The item in every language, with and without the name."""
    texts = set()
    for code in LANGUAGES:
        with speaking(code):
            texts |= {_named_approval_of(meeting), _unnamed_approval_of(meeting)}
    return texts


def _offer_chairs(form: NextForm, meeting: Meeting) -> None:
    form.chair.offer(meetings.speaker_choices(meeting), gettext("not yet known"))


def _next_page(form: NextForm, meeting: Meeting) -> str:
    return render_template("meetings/series/next.html", form=form, meeting=meeting)


@bp.post("/<row:meeting_id>/next")
@transactional
def plan(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = meetings.meeting(meeting_id)
    form = NextForm()
    unfinished = _offer_carried(form, meeting)
    _offer_chairs(form, meeting)
    try:
        form.check()
        carried = [item for item in unfinished if item.id in (form.carried.data or ())]
        planned = commands.plan_next(meeting, form.draft(), form.agenda.entries(), carried, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _next_page(form, meeting), status
    flash(gettext("The next meeting is planned. The participants of this one are expected there."))
    return redirect(url_for("meetings.show", meeting_id=planned.id), 303)
