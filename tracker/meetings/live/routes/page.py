"""The page of the live minutes, and the two responses to a submitted form: done, or refused with the input."""

from collections.abc import Sequence

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.actor import Classification
from tracker.core.forms import PageForm
from tracker.core.pages import me
from tracker.core.request import is_quiet, row_number
from tracker.core.wording import gettext
from tracker.meetings.live import labels, queries, rules
from tracker.meetings.live.forms import AgendaForm, LineForm, RollCallForm
from tracker.meetings.live.models import TypedLine
from tracker.meetings.live.routes.parts import Screen, screen_of, short_hash
from tracker.meetings.live.routes.reading import offered_to
from tracker.meetings.live.rules import Phase, Understood
from tracker.meetings.models import Meeting, Statement
from tracker.meetings.rules import MeetingStatus


def phase_of(meeting: Meeting) -> Phase:
    return rules.phase_of(
        meeting.status, meeting.date, clock.today(meeting.zone), is_locked=meeting.locked_at is not None
    )


def done(meeting_id: int, anchor: str, **more: object) -> ResponseReturnValue:
    if is_quiet():
        return jsonify(outcome="stored", **more)
    return redirect(url_for("live.show", meeting_id=meeting_id, _anchor=anchor), 303)


def refused(meeting: Meeting, form: PageForm, status: int, **more: object) -> ResponseReturnValue:
    if is_quiet():
        return jsonify(outcome="refused", problems=problems_of(form), **more), status
    return page(meeting, form), status


def problems_of(form: PageForm) -> list[str]:
    return [sentence for _, sentence in form.problems()]


def page(meeting: Meeting, form: PageForm | None = None, read: Understood | None = None) -> str:
    phase, drafts = phase_of(meeting), own_drafts(meeting.id)
    draft = _draft_to_continue(drafts) if form is None else None
    screen = screen_of(meeting, phase, [other for other in drafts if other is not draft])
    item = _item_discussed(meeting, screen.minutes.lines)
    line_form = form if isinstance(form, LineForm) else _line_form(draft, item)
    offered = offered_to(meeting, line_form, read, screen.minutes.lines)
    line_form.offer(offered, read)
    return render_template(
        "meetings/live/show.html",
        meeting=meeting,
        phase=phase,
        version=version_of(meeting.id),
        screen=screen,
        line_form=line_form,
        draft=draft,
        after_words=_words_of(screen, line_form.below()),
        offered=offered,
        read=read,
        roll_call=form if isinstance(form, RollCallForm) else RollCallForm(formdata=None),
        agenda_form=form if isinstance(form, AgendaForm) else AgendaForm(formdata=None),
        counts=screen.counts,
        may_keep_locally=meeting.classification is Classification.ORDINARY,
        keys=labels.KEYS,
        marks=labels.MARKS,
        signs=labels.SIGNS,
        signs_of_effects=labels.SIGNS_OF_EFFECTS,
        role_marks=labels.ROLE_PREFIXES,
        closed_because=_why_closed(meeting),
        ways_on=_links_when_closed(meeting),
        **({"form": form} if form else {}),
    )


def version_of(meeting_id: int) -> str:
    """A version of the record and of the set of drafts. Their text does not matter to other windows."""
    of_screen, keys = queries.version_of(meeting_id, me())
    return f"{of_screen}.{short_hash(keys)}"


def own_drafts(meeting_id: int) -> list[TypedLine]:
    return list(queries.being_typed(meeting_id, me().account_id))


def _draft_to_continue(drafts: list[TypedLine]) -> TypedLine | None:
    chosen = request.args.get("draft")
    return next((draft for draft in drafts if draft.key == chosen), drafts[0] if drafts else None)


def _item_discussed(meeting: Meeting, lines: Sequence[Statement]) -> int | None:
    """The agenda item of the line recorded last; before the first line, the first item."""
    if lines:
        return max(lines, key=lambda line: line.id).agenda_item_id
    return meeting.agenda[0].id if meeting.agenda else None


def _line_form(draft: TypedLine | None, agenda_item_id: int | None) -> LineForm:
    about = request.args.get("about", "")
    is_proposal = row_number(about) is not None
    line = draft.text if draft else f"{about} " if about and not is_proposal else None
    return LineForm(
        formdata=None,
        data={
            "earlier": f"same:{about}" if is_proposal else None,
            "after": request.args.get("after"),
            "line": line,
            "agenda_item": agenda_item_id,
            **({"once": draft.key, "step": str(draft.step)} if draft else {}),
        },
    )


def _words_of(screen: Screen, line_id: int | None) -> str:
    statement: Statement | None = next((line for line in screen.minutes.lines if line.id == line_id), None)
    return " ".join((statement.gist_id or statement.quote or "").split())[:60] if statement else ""


def _why_closed(meeting: Meeting) -> str:
    if meeting.status is MeetingStatus.CANCELLED:
        return gettext("The meeting was cancelled: there is nothing to record.")
    if meeting.status is MeetingStatus.CLOSED:
        return gettext("The minutes are approved. They are changed by a correction, which keeps the approved version.")
    return gettext("The minutes are submitted and waiting for approval. They can be changed when they are returned.")


def _links_when_closed(meeting: Meeting) -> list[tuple[str, str]]:
    links = [(url_for("meetings.show", meeting_id=meeting.id), gettext("Read the minutes"))]
    if meeting.status is MeetingStatus.CLOSED:
        links.append((url_for("minutes.ask_to_correct", meeting_id=meeting.id), gettext("Open a correction")))
    return links
