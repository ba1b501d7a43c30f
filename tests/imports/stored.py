"""What the registers say after the invented office has moved in, beside its reference (tests/imports/office.py)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tests.imports.office import DOCUMENT, REFERENCE
from tracker.accounts.models import Account
from tracker.actions.models import ActionItem
from tracker.calendar.periods.models import Period
from tracker.meetings.models import Attendance, Meeting
from tracker.people.models import OrgUnit, Person, Position, PositionHolding
from tracker.proposals.models import Proponent, Proposal
from tracker.targets.models import Indicator, IndicatorValue, Objective, TargetDocument

_ATTENDANCE = {"online": "present_online"}
Facts = Mapping[str, set[tuple[Any, ...]]]


def meant() -> Facts:
    """By kind: each row of the reference."""
    words = {
        "units": ("name", "short", "parent", "echelon"),
        "posts": ("title", "unit"),
        "persons": ("name", "nip"),
        "holdings": ("person", "post", "from", "capacity"),
        "accounts": ("username", "mail", "roles", "person"),
        "indicators": ("code", "name", "objective", "measure", "unit"),
        "values": ("indicator", "period", "target", "actual"),
        "meetings": ("name", "date", "begins", "ends", "place"),
        "proposals": ("text", "meeting", "proponents", "status", "decided_by"),
        "actions": ("text", "meeting", "unit", "pic", "due", "status", "closed", "evidence"),
    }
    facts = {kind: {tuple(row[name] for name in names) for row in REFERENCE[kind]} for kind, names in words.items()}
    attendance = {
        (row["meeting"], row["person"], _ATTENDANCE.get(row["status"], row["status"]))
        for row in REFERENCE["attendance"]
    }
    return {**facts, "attendance": attendance, "documents": {(DOCUMENT["title"], DOCUMENT["kind"], DOCUMENT["year"])}}


def stored(session: Session) -> Facts:
    """The same of the database."""
    units = {unit.id: unit.name_id for unit in session.scalars(select(OrgUnit))}
    posts = {post.id: post.title_id for post in session.scalars(select(Position))}
    persons = {person.id: person.name for person in session.scalars(select(Person))}
    meetings = {meeting.id: meeting for meeting in session.scalars(select(Meeting))}
    objectives = {objective.id: objective.name_id for objective in session.scalars(select(Objective))}
    indicators = {indicator.id: indicator for indicator in session.scalars(select(Indicator))}
    periods = {period.id: period.code for period in session.scalars(select(Period))}
    proponents: dict[int, list[str]] = {}
    for named in session.scalars(select(Proponent).order_by(Proponent.id)):
        proponents.setdefault(named.proposal_id, []).append(persons[named.person_id])

    def day(meeting_id: int) -> Any:
        return meetings[meeting_id].date

    return {
        "units": {(unit.name_id, unit.short, units.get(unit.parent_id), unit.echelon)
                  for unit in session.scalars(select(OrgUnit))},
        "posts": {(post.title_id, units.get(post.unit_id)) for post in session.scalars(select(Position))},
        "persons": {(person.name, person.nip) for person in session.scalars(select(Person))},
        "holdings": {(persons[row.person_id], posts[row.position_id], row.start_on, row.kind.value)
                     for row in session.scalars(select(PositionHolding))},
        "accounts": {(row.username, row.email, tuple(role.role.value for role in row.roles),
                      persons.get(row.person_id))
                     for row in session.scalars(select(Account).options(selectinload(Account.roles)))
                     if row.username != "admin"},
        "documents": {(row.name_id, row.document_kind.value, row.year_from)
                      for row in session.scalars(select(TargetDocument))},
        "indicators": {(row.code, row.name_id, objectives[row.objective_id], row.unit_of_measure,
                        units.get(row.owner_unit_id)) for row in indicators.values()},
        "values": {(indicators[row.indicator_id].code, periods[row.period_id], row.target_value, row.actual_value)
                   for row in session.scalars(select(IndicatorValue))},
        "meetings": {(row.name_id, row.date, row.start_time, row.end_time, row.venue) for row in meetings.values()},
        "attendance": {(day(row.meeting_id), persons.get(row.person_id), row.status.value)
                       for row in session.scalars(select(Attendance))},
        "proposals": {(row.title_id, day(row.raised_in_id), tuple(proponents.get(row.id, ())), row.status.value,
                       posts.get(row.decision_authority_id)) for row in session.scalars(select(Proposal))},
        "actions": {(row.text_id, day(row.meeting_id), units.get(row.responsible_unit_id), persons.get(row.pic_id),
                     row.due_on, row.status.value, row.closed_on, row.evidence)
                    for row in session.scalars(select(ActionItem))},
    }  # fmt: skip
