"""The page on which those on its list are invited to a meeting, and the link with which they answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import proving, signin
from tracker.calendar.holidays import queries as holidays
from tracker.core import clock
from tracker.core.errors import NotFound, NotPossible
from tracker.core.office import office
from tracker.core.pages import ensure, me
from tracker.core.rate_limit import Throttle
from tracker.core.settings import current_settings
from tracker.core.transactions import commit, transactional
from tracker.core.wording import gettext, ngettext, speaking
from tracker.meetings import policy as meetings_policy
from tracker.meetings import queries as meetings
from tracker.meetings.check_in import queries as check_in
from tracker.meetings.invitations import commands, labels, policy, queries
from tracker.meetings.invitations.forms import AnswerForm, InviteForm
from tracker.meetings.invitations.models import Invitation
from tracker.meetings.invitations.queries import Invitee
from tracker.meetings.invitations.rules import MOST_OPENED, OPENED, InvitationState, Occasion, Reach, Through
from tracker.meetings.models import Meeting
from tracker.notifications import queries as notifications

bp = Blueprint("invitations", __name__)
blueprints = (bp,)
#: (requests, minutes). `unknown_link` counts those of a network for links that are none: it never closes real ones.
throttle = Throttle(invitation=(60, 15), unknown_link=(60, 15))


@dataclass(frozen=True)
class Line:
    """Somebody on the list: how they are reached, and what they answered."""

    invitee: Invitee
    reach: Reach
    invitation: Invitation | None


@bp.get("/meetings/<row:meeting_id>/invitations")
def index(meeting_id: int) -> ResponseReturnValue:
    ensure(meetings_policy.may_log(me()))
    return _page(InviteForm(formdata=None), meetings.meeting(meeting_id))


@bp.post("/meetings/<row:meeting_id>/invitations")
@transactional
def send(meeting_id: int) -> ResponseReturnValue:
    ensure(meetings_policy.may_log(me()))
    form = InviteForm()
    chosen = _locked(meeting_id, whole_series=form.whole_series.data)
    meeting = next(one for one in chosen if one.id == meeting_id)
    ensure(policy.may_invite(me(), meeting, clock.now()))
    try:
        form.check()
        counts = [commands.invite(one, _reachable(one), by=me(), at=clock.now()) for one in chosen
                  if policy.may_invite(me(), one, clock.now())]  # fmt: skip
        if not any(counts):
            raise NotPossible(commands.NOTHING_TO_SEND)
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _page(form, meeting), status
    flash(ngettext("%(num)d invitation is on its way.", "%(num)d invitations are on their way.", sum(counts)))
    return redirect(url_for(".index", meeting_id=meeting_id), 303)


@bp.post("/meetings/<row:meeting_id>/invitations/again")
@transactional
def send_again(meeting_id: int) -> ResponseReturnValue:
    count = commands.send_again(_to_invite(meeting_id), by=me(), at=clock.now())
    flash(ngettext("%(num)d invitation is on its way.", "%(num)d invitations are on their way.", count))
    return redirect(url_for(".index", meeting_id=meeting_id), 303)


@bp.post("/meetings/<row:meeting_id>/invitations/take-over")
@transactional
def take_over(meeting_id: int) -> ResponseReturnValue:
    ensure(meetings_policy.may_log(me()))
    meeting = meetings.meeting(meeting_id, to_change=True)
    ensure(meeting.locked_at is None)
    count = commands.take_over(meeting, by=me(), at=clock.now())
    flash(ngettext("%(num)d row of the list was changed.", "%(num)d rows of the list were changed.", count))
    return redirect(url_for("meetings.people_present", meeting_id=meeting_id), 303)


@bp.get("/meetings/invitations/<row:invitation_id>/answer")
def enter(invitation_id: int) -> ResponseReturnValue:
    ensure(meetings_policy.may_log(me()))
    invitation = queries.invitation(invitation_id)
    ensure(invitation.may_be_answered(clock.now()))
    return render_template("meetings/invitations/enter.html", form=AnswerForm.of(invitation), invitation=invitation)


@bp.post("/meetings/invitations/<row:invitation_id>/answer")
@transactional
def store(invitation_id: int) -> ResponseReturnValue:
    ensure(meetings_policy.may_log(me()))
    invitation = queries.invitation(invitation_id, to_change=True)
    ensure(invitation.may_be_answered(clock.now()))
    form = AnswerForm()
    try:
        form.check()
        commands.answer(invitation, form.draft(), Through.SECRETARIAT, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("meetings/invitations/enter.html", form=form, invitation=invitation), status
    flash(gettext("Saved."))
    return redirect(url_for(".index", meeting_id=invitation.meeting_id), 303)


def _counted(view: Callable[[str], ResponseReturnValue]) -> Callable[[str], ResponseReturnValue]:
    """Count the request even if nothing else is stored. Absent, altered, withdrawn and expired links look the same."""

    @wraps(view)
    def run(token: str) -> ResponseReturnValue:
        try:
            invitation = _opened(token)
        except NotFound:
            _count(unknown_link=proving.network())
            raise
        _count(invitation=str(invitation.id))
        return view(token)

    return run


def _count(**who: str) -> None:
    throttle.count(**who)
    commit()


def _opened(token: str) -> Invitation:
    """With the invitation one may still check in when answering is over."""
    invitation = queries.with_token(token)
    if invitation is None or not (invitation.may_be_answered(clock.now()) or _is_at_door(invitation)):
        raise NotFound
    return invitation


def _is_at_door(invitation: Invitation) -> bool:
    return invitation.state is InvitationState.SENT and check_in.is_open(invitation.meeting, clock.now())


def _with_token(token: str, *, to_change: bool = False) -> Invitation:
    invitation = queries.with_token(token, to_change=to_change)
    if invitation is None or not invitation.may_be_answered(clock.now()):
        raise NotFound
    return invitation


@bp.get("/invitations/<token>")
@signin.public
@_counted
def asked(token: str) -> ResponseReturnValue:
    """Opening the link answers nothing: programs that check mails open links too."""
    invitation = _opened(token)
    others = [number for number in session.get(OPENED, []) if number != invitation.id]
    session[OPENED] = [*others, invitation.id][-MOST_OPENED:]
    if not invitation.may_be_answered(clock.now()):
        return redirect(url_for("check_in.ask"), 303)
    return _link_page(AnswerForm.of(invitation), invitation, token)


@bp.post("/invitations/<token>")
@signin.public
@_counted
@transactional
def answer(token: str) -> ResponseReturnValue:
    invitation = _with_token(token, to_change=True)
    form = AnswerForm()
    try:
        form.check()
        who = commands.answerer(invitation)
        commands.answer(invitation, form.draft(), Through.LINK, by=who, at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _link_page(form, invitation, token), status
    flash(gettext("Thank you, your answer is recorded. Until the meeting begins you can change it here."))
    return redirect(url_for(".asked", token=token), 303)


def _link_page(form: AnswerForm, invitation: Invitation, token: str) -> str:
    shown = _letter(invitation.meeting)
    return render_template(
        "meetings/invitations/answer.html", form=form, one=invitation, letter=shown, token=token,
        is_at_door=_is_at_door(invitation),
    )  # fmt: skip


def _letter(meeting: Meeting) -> labels.Letter:
    level = meetings.classification_of_names([meeting.id])[meeting.id]
    return labels.letter(meeting, level, queries.open_agenda(meeting.id))


def _locked(meeting_id: int, *, whole_series: bool) -> list[Meeting]:
    """In the order of their numbers, so that two who invite to one series wait for each other."""
    others = [number for number, _ in queries.others_planned(meeting_id)] if whole_series else []
    return [meetings.meeting(number, to_change=True) for number in sorted([meeting_id, *others])]


def _to_invite(meeting_id: int) -> Meeting:
    ensure(meetings_policy.may_log(me()))
    meeting = meetings.meeting(meeting_id, to_change=True)
    ensure(policy.may_invite(me(), meeting, clock.now()))
    return meeting


def _reachable(meeting: Meeting) -> frozenset[int]:
    return frozenset(notifications.mailable(meeting, queries.persons_on_list(meeting)))


def _lines(meeting: Meeting, invitations: Sequence[Invitation]) -> list[Line]:
    persons = queries.persons_on_list(meeting)
    reached, mailable = notifications.reached(persons), notifications.mailable(meeting, persons)
    of_rows = queries.by_row(meeting, invitations)

    def reach(person_id: int | None) -> Reach:
        if person_id is None:
            return Reach.NOBODY_NAMED
        if person_id not in reached:
            return Reach.NO_ADDRESS
        if person_id not in mailable:
            return Reach.NO_ACCESS
        return Reach.ACCOUNT if mailable[person_id].account else Reach.REGISTER

    return [Line(one, reach(one.person_id), of_rows.get(one.row.id)) for one in queries.invitees(meeting)]


def _page(form: InviteForm, meeting: Meeting) -> str:
    invitations = queries.of_meeting(meeting.id)
    lines, shown = _lines(meeting, invitations), _letter(meeting)
    span = (meeting.date, meeting.last_day)
    is_sent = [one for one in invitations if one.state is InvitationState.SENT]
    return render_template(
        "meetings/invitations/index.html", form=form, meeting=meeting, lines=lines, letter=shown,
        to_invite=[line for line in lines if line.reach.is_by_mail
                   and (line.invitation is None or line.invitation.state is not InvitationState.SENT)],
        out_of_reach=[line for line in lines if not line.reach.is_by_mail],
        sent=is_sent, counts=queries.answers(is_sent), has_mail=bool(current_settings().smtp_url),
        may_invite=policy.may_invite(me(), meeting, clock.now()), preview=_preview(meeting),
        series=queries.others_planned(meeting.id), days_off=holidays.days_off(*span),
        clashes=meetings.clashes(meetings.between(*span)).get(meeting.id, []),
    )  # fmt: skip


def _preview(meeting: Meeting) -> str:
    """The mail as text, in the language of the office, with a link that leads nowhere."""
    with speaking(None):
        shown = _letter(meeting)
        return render_template(
            "notifications/meeting_invited.txt", letter=shown, link=f"{current_settings().site_url}/invitations/…",
            subject=labels.subject_of(Occasion.INVITED, shown), office_name=office().name, reader=None,
            occasion=Occasion.INVITED, answer=None, name=None, stop=None,
        )  # fmt: skip
