"""The follow-up matrix (matriks tindak lanjut) in the columns that the ministry uses."""

from typing import Any

from sqlalchemy import Select

from tracker.actions import queries
from tracker.actions.forms import ActionFilterForm
from tracker.actions.models import ActionItem as A
from tracker.actions.rules import days_late, is_due_soon
from tracker.classification.queries import hidden_actions
from tracker.core import clock
from tracker.core.wording import either, gettext, in_words, label, long_day, number, short_day
from tracker.core.wording import lazy_gettext as _l
from tracker.corrections.labels import mark
from tracker.lists.columns.description import Column, Listing, Tab
from tracker.lists.formats import Value
from tracker.lists.queries import ActionFacts, facts_of
from tracker.people import queries as people
from tracker.proposals.labels import effect_words


def _meeting(action: Any, facts: ActionFacts) -> Value:
    row = facts.rows[action.id]
    return f"{in_words(row, 'meeting_name')} ({long_day(row.meeting_date)})" if row.meeting_date else None


def _follows_from(action: Any, facts: ActionFacts) -> Value:
    row = facts.rows[action.id]
    stated = row.statement_kind and (
        f"{label(row.statement_kind)}: {in_words(row, 'statement_gist') or row.statement_quote}"
    )
    proposed = row.proposal_code and f"{row.proposal_code} {in_words(row, 'proposal_title')}"
    return "\n".join(part for part in (proposed, stated) if part) or None


def _responsible(action: Any, facts: ActionFacts) -> Value:
    row = facts.rows[action.id]
    name, post = in_words(row, "unit_name"), in_words(row, "post_title")
    person = row.pic or post or gettext("not yet set")
    return f"{name or gettext('not yet set')}\nPIC: {person}" + (f", {post}" if row.pic and post else "")


def _supporting(action: Any, facts: ActionFacts) -> Value:
    return "\n".join(
        ", ".join(part for part in (name, either(title_id, title_en)) if part)
        for name, title_id, title_en in facts.supporting(action.id)
    )


def _targets(action: Any, facts: ActionFacts) -> Value:
    return "\n".join(f"{effect_words(effect)}: {either(*names)}" for effect, *names in facts.targets(action.id)) or None


def _progress(action: Any, facts: ActionFacts) -> Value:
    row = facts.rows[action.id]
    if row.latest_on is None:
        return ""
    part = f" ({number(row.latest_percent)}%)" if row.latest_percent is not None else ""
    words = f": {row.latest_progress_note}" if row.latest_progress_note else ""
    return f"{short_day(row.latest_on)}{part}{words}"


def _obstacle(action: Any, facts: ActionFacts) -> Value:
    row = facts.rows[action.id]
    obstacles = [row.latest_obstacle] if row.latest_obstacle else []
    if row.hold_kind:
        since = gettext("since %(day)s", day=short_day(row.hold_since))
        reason = f". {row.hold_reason}" if row.hold_reason else ""
        obstacles.append(f"{label(row.hold_kind)}: {row.hold_waiting_for}, {since}{reason}")
    return "\n".join(obstacles)


def _next(action: Any, facts: ActionFacts) -> Value:
    row = facts.rows[action.id]
    due = f" ({short_day(row.latest_next_due_on)})" if row.latest_next_due_on else ""
    return f"{row.latest_next_step}{due}" if row.latest_next_step else ""


def _evidence(action: Any, facts: ActionFacts) -> Value:
    stated = action.evidence or facts.rows[action.id].latest_evidence
    return "\n".join(part for part in (stated, *facts.files.get(action.id, ())) if part)


def _remarks(action: Any, facts: ActionFacts) -> Value:
    today, row = clock.today(), facts.rows[action.id]
    there = people.day_in_unit(action.responsible_unit_id, today)
    moved = action.original_due_on if action.original_due_on != action.due_on else None
    return "; ".join(
        part
        for part in (
            gettext("overdue") if days_late(action.status, action.due_on, there) else "",
            gettext("due soon") if is_due_soon(action.status, action.due_on, today, facts.soon_until) else "",
            gettext("first promised for %(day)s", day=short_day(moved)) if moved else "",
            gettext("an extension to %(day)s is requested", day=short_day(row.asked_for)) if row.asked_for else "",
            gettext("escalated to %(who)s", who=_escalated_to(row)) if row.escalation_id else "",
            gettext("waiting for %(who)s", who=action.waiting_for) if action.waiting_for else "",
            gettext("former code %(code)s", code=action.former_code) if action.former_code else "",
            _corrected(action, facts),
            label(action.classification) if action.classification != "ordinary" else "",
        )
        if part
    )


def _corrected(action: Any, facts: ActionFacts) -> str:
    return mark(action, facts.corrections.get(action.id)) if action.corrected_at else ""


def _escalated_to(row: Any) -> str:
    return ", ".join(part for part in (row.escalated_to, in_words(row, "escalated_to_title")) if part)


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
           A.former_code, A.classification, A.corrected_at),
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
        Column(_l("Follow-up"), lambda action, _: in_words(action, "text"), 34, is_title=True),
        Column(_l("Responsible (unit; PIC)"), _responsible, 26, is_brief=True),
        Column(_l("Supporting units and persons"), _supporting, 18),
        Column(_l("Due"), lambda action, _: action.due_on, 20, is_brief=True),
        Column(_l("Status"), lambda action, _: action.status, 20, is_brief=True),
        Column(_l("Progress made"), _progress, 28),
        Column(_l("Obstacle"), _obstacle, 18),
        Column(_l("Evidence"), _evidence, 18),
        Column(_l("Next step (due)"), _next, 20),
        Column(_l("Performance target concerned"), _targets, 28),
        Column(_l("Remarks"), _remarks, 20),
    ),
)  # fmt: skip
