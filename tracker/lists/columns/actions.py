"""The follow-up matrix (matriks tindak lanjut) in the columns that the ministry uses."""

from typing import Any

from sqlalchemy import Select

from tracker.actions import queries
from tracker.actions.forms import ActionFilterForm
from tracker.actions.models import ActionItem as A
from tracker.actions.rules import is_due_soon, is_overdue
from tracker.classification.queries import hidden_actions
from tracker.core import clock
from tracker.core.wording import gettext, in_words, label, long_day, number, short_day
from tracker.core.wording import lazy_gettext as _l
from tracker.corrections.labels import mark
from tracker.lists.columns.description import Column, Listing, Tab
from tracker.lists.formats import Value
from tracker.lists.queries import ActionFacts, facts_of
from tracker.people import queries as people
from tracker.proposals.labels import effect_words


def _meeting(action: Any, facts: ActionFacts) -> Value:
    meeting = facts.meetings.get(action.meeting_id)
    return f"{in_words(meeting, 'name')} ({long_day(meeting.date)})" if meeting else None


def _follows_from(action: Any, facts: ActionFacts) -> Value:
    statement, proposal = facts.statements.get(action.statement_id), facts.proposals.get(action.proposal_id)
    stated = statement and f"{label(statement.kind)}: {in_words(statement, 'gist') or statement.quote}"
    proposed = proposal and f"{proposal.code} {in_words(proposal, 'title')}"
    return "\n".join(part for part in (proposed, stated) if part) or None


def _responsible(action: Any, facts: ActionFacts) -> Value:
    unit, pic = facts.units.get(action.responsible_unit_id), facts.persons.get(action.pic_id)
    post = facts.posts.get(action.responsible_position_id)
    name = in_words(unit, "name") if unit else gettext("not yet set")
    person = pic.full_name if pic else in_words(post, "title") if post else gettext("not yet set")
    return f"{name}\nPIC: {person}" + (f", {in_words(post, 'title')}" if pic and post else "")


def _supporting(action: Any, facts: ActionFacts) -> Value:
    return "\n".join(
        ", ".join(part for part in (supporter.name, in_words(supporter, "title")) if part)
        for supporter in facts.supporting.get(action.id, ())
    )


def _targets(action: Any, facts: ActionFacts) -> Value:
    links = facts.targets.get(action.proposal_id, ())
    return "\n".join(f"{effect_words(link.effect)}: {in_words(link, 'name')}" for link in links) or None


def _progress(action: Any, facts: ActionFacts) -> Value:
    latest = facts.latest.get(action.id)
    if latest is None:
        return ""
    part = f" ({number(latest.percent)}%)" if latest.percent is not None else ""
    return f"{short_day(latest.on)}{part}: {latest.progress_note}"


def _obstacle(action: Any, facts: ActionFacts) -> Value:
    latest, hold = facts.latest.get(action.id), facts.holds.get(action.id)
    obstacles = [latest.obstacle] if latest and latest.obstacle else []
    if hold:
        since = gettext("since %(day)s", day=short_day(hold.since))
        reason = f". {hold.reason}" if hold.reason else ""
        obstacles.append(f"{label(hold.kind)}: {hold.waiting_for}, {since}{reason}")
    return "\n".join(obstacles)


def _next(action: Any, facts: ActionFacts) -> Value:
    latest = facts.latest.get(action.id)
    if latest is None or not latest.next_step:
        return ""
    return f"{latest.next_step} ({short_day(latest.next_due_on)})" if latest.next_due_on else latest.next_step


def _evidence(action: Any, facts: ActionFacts) -> Value:
    latest = facts.latest.get(action.id)
    stated = action.evidence or (latest and latest.evidence)
    return "\n".join(part for part in (stated, *(file.name for file in facts.files.get(action.id, ()))) if part)


def _remarks(action: Any, facts: ActionFacts) -> Value:
    today = clock.today()
    moved = action.original_due_on if action.original_due_on != action.due_on else None
    request, escalation = facts.requests.get(action.id), facts.escalations.get(action.id)
    return "; ".join(
        part
        for part in (
            gettext("overdue") if is_overdue(action.status, action.due_on, today) else "",
            gettext("due soon") if is_due_soon(action.status, action.due_on, today, facts.soon_until) else "",
            gettext("first promised for %(day)s", day=short_day(moved)) if moved else "",
            gettext("an extension to %(day)s is requested", day=short_day(request.asked_for)) if request else "",
            gettext("escalated to %(who)s", who=_escalated_to(escalation)) if escalation else "",
            gettext("waiting for %(who)s", who=action.waiting_for) if action.waiting_for else "",
            _corrected(action, facts),
            label(action.classification) if action.classification != "ordinary" else "",
        )
        if part
    )


def _corrected(action: Any, facts: ActionFacts) -> str:
    return mark(action, facts.corrections.get(action.id)) if action.corrected_at else ""


def _escalated_to(escalation: Any) -> str:
    person = escalation.Person and escalation.Person.full_name
    return ", ".join(part for part in (person, in_words(escalation, "title")) if part)


def _matching(**filters: Any) -> Select[A]:
    return queries.filtered(queries.ActionFilter(**filters), clock.today())


ACTIONS = Listing(
    name="actions",
    title=_l("Follow-up matrix"),
    form=ActionFilterForm,
    sources={"unit": people.UNITS, "pic": people.PERSONS},
    query=lambda form: queries.filtered(form.filter(), clock.today()),
    reads=(A.id, A.code, A.text_id, A.text_en, A.status, A.due_on, A.original_due_on, A.meeting_id, A.proposal_id,
           A.statement_id, A.responsible_position_id, A.responsible_unit_id, A.pic_id, A.evidence, A.waiting_for,
           A.classification, A.corrected_at),
    related=facts_of,
    hidden=hidden_actions,
    is_numbered=True,
    opens_with="stage=open",
    tabs=(
        Tab(_l("Overdue"), "watch=overdue", lambda: _matching(watch="overdue")),
        Tab(_l("This week"), "watch=this_week", lambda: _matching(watch="this_week")),
        Tab(_l("No PIC"), "watch=no_pic", lambda: _matching(watch="no_pic")),
        Tab(_l("Open"), "stage=open", lambda: _matching(stage="open")),
        Tab(_l("All"), "", _matching),
    ),
    columns=(
        Column(_l("Code"), lambda action, _: action.code, 21),
        Column(_l("Meeting (date)"), _meeting, 26),
        Column(_l("Proposal, decision or directive"), _follows_from, 30),
        Column(_l("Follow-up"), lambda action, _: in_words(action, "text"), 34),
        Column(_l("Responsible (unit; PIC)"), _responsible, 26),
        Column(_l("Supporting units and persons"), _supporting, 18),
        Column(_l("Due"), lambda action, _: action.due_on, 20),
        Column(_l("Status"), lambda action, _: action.status, 20),
        Column(_l("Progress made"), _progress, 28),
        Column(_l("Obstacle"), _obstacle, 18),
        Column(_l("Evidence"), _evidence, 18),
        Column(_l("Next step (due)"), _next, 20),
        Column(_l("Performance target concerned"), _targets, 28),
        Column(_l("Remarks"), _remarks, 20),
    ),
)  # fmt: skip
