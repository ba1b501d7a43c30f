"""The follow-up matrix (matriks tindak lanjut), in the columns of the office. Source: domain.md 4.2."""

from sqlalchemy import Select
from sqlalchemy.orm import joinedload, selectinload

from tracker.actions import queries
from tracker.actions.forms import ActionFilterForm
from tracker.actions.models import ActionItem, ActionUpdate
from tracker.core import clock
from tracker.core.wording import in_words, label, long_day, number, say, short_day
from tracker.core.wording import lazy as _l
from tracker.exchange.formats import Value
from tracker.exchange.lists.description import Beside, Column, Listing
from tracker.exchange.lists.proposals import in_targets
from tracker.exchange.queries import Origins, origins_of
from tracker.people import queries as people
from tracker.proposals.models import Proposal, TargetLink


def _asked(form: ActionFilterForm) -> Select[ActionItem]:
    links = joinedload(ActionItem.proposal).selectinload(Proposal.target_links).joinedload(TargetLink.target)
    return queries.asked(form.filter(), clock.today()).options(
        links, selectinload(ActionItem.supporting_units), selectinload(ActionItem.updates)
    )


def _meeting(action: ActionItem, origins: Origins) -> Value:
    meeting = origins.meeting_of(action)
    return f"{in_words(meeting, 'name')} ({long_day(meeting.date)})" if meeting else None


def _follows_from(action: ActionItem, origins: Origins) -> Value:
    statement = origins.statement_of(action)
    said = statement and f"{label(statement.kind)}: {in_words(statement, 'gist') or statement.quote}"
    proposed = action.proposal and f"{action.proposal.code} {in_words(action.proposal, 'title')}"
    return "\n".join(part for part in (proposed, said) if part) or None


def _responsible(action: ActionItem, _: Beside) -> Value:
    unit = in_words(action.responsible_unit, "name") if action.responsible_unit else say("not yet set")
    return f"{unit}\nPIC: {action.pic.full_name if action.pic else say('not yet set')}"


def _targets(action: ActionItem, _: Beside) -> Value:
    return in_targets(action.proposal) if action.proposal else None


def _latest(action: ActionItem) -> ActionUpdate | None:
    return action.updates[0] if action.updates else None


def _progress(action: ActionItem, _: Beside) -> Value:
    latest = _latest(action)
    if latest is None:
        return ""
    part = f" ({number(latest.percent)}%)" if latest.percent is not None else ""
    return f"{short_day(latest.on)}{part}: {latest.progress_note}"


def _next(action: ActionItem, _: Beside) -> Value:
    latest = _latest(action)
    if latest is None or not latest.next_step:
        return ""
    return f"{latest.next_step} ({short_day(latest.next_due_on)})" if latest.next_due_on else latest.next_step


def _evidence(action: ActionItem, _: Beside) -> Value:
    latest = _latest(action)
    return action.evidence or (latest and latest.evidence) or ""


def _remarks(action: ActionItem, origins: Origins) -> Value:
    today = clock.today()
    moved = action.original_due_on if action.original_due_on != action.due_on else None
    return "; ".join(
        part
        for part in (
            say("overdue") if action.is_overdue(today) else "",
            say("due soon") if action.is_due_soon(today, origins.soon_until) else "",
            say("first promised for %(day)s", day=short_day(moved)) if moved else "",
            say("waits for %(who)s", who=action.waiting_for) if action.waiting_for else "",
            label(action.classification) if action.classification != "ordinary" else "",
        )
        if part
    )


ACTIONS = Listing(
    name="actions",
    title=_l("Follow-up matrix"),
    form=ActionFilterForm,
    choices={"unit": people.unit_choices, "pic": people.person_choices},
    question=_asked,
    beside=origins_of,
    is_numbered=True,
    columns=(
        Column(_l("Code"), lambda action, _: action.code, 12),
        Column(_l("Meeting (date)"), _meeting, 26),
        Column(_l("Proposal, decision or directive"), _follows_from, 32),
        Column(_l("Follow-up"), lambda action, _: in_words(action, "text"), 36),
        Column(_l("Responsible (unit; PIC)"), _responsible, 26),
        Column(
            _l("Supporting units"),
            lambda action, _: "\n".join(in_words(unit, "name") for unit in action.supporting_units),
            20,
        ),
        Column(_l("Due"), lambda action, _: action.due_on, 13),
        Column(_l("Status"), lambda action, _: action.status, 16),
        Column(_l("Progress made"), _progress, 30),
        Column(_l("Obstacle"), lambda action, _: getattr(_latest(action), "obstacle", None) or "", 22),
        Column(_l("Evidence"), _evidence, 20),
        Column(_l("Next step (due)"), _next, 22),
        Column(_l("Performance target concerned"), _targets, 30),
        Column(_l("Remarks"), _remarks, 22),
    ),
)
