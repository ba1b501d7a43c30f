"""Records that a line may mention. Only those the line seems to name are loaded, not whole registers."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, case, cast, func, or_, select
from sqlalchemy.orm import aliased

from tracker.actions.models import ActionItem
from tracker.actions.rules import OPEN as OPEN_ACTIONS
from tracker.core.db import db
from tracker.core.running_codes import codes_in
from tracker.core.wording import either, gettext
from tracker.meetings.live import rules
from tracker.meetings.live.rules import OUTCOMES, Known, Names, RecordKind, Reference, Register
from tracker.meetings.models import Attendance, Meeting
from tracker.meetings.rules import MeetingStatus
from tracker.people import queries as people
from tracker.people.models import OrgUnit, Person, Position
from tracker.people.rules import covers, full_name
from tracker.proposals.models import Proposal
from tracker.proposals.rules import CLOSED, ProposalStatus, can_move
from tracker.targets.models import Indicator, Objective, Target, TargetDocument
from tracker.targets.rules import ENDED, TargetState

#: A name with more matches is ambiguous anyway.
MOST_OF_A_NAME = 100
#: Most codes looked up per line.
MOST_CODES = 20
#: Shorter beginnings are only searched at the start of words.
SHORT = 3
_PERSON = (Person.id, Person.title_prefix, Person.name, Person.title_suffix, Person.aliases)


def people_known_to(meeting: Meeting, line: str) -> list[Known]:
    """The attendance list, then persons, posts and units that the line seems to name."""
    listed = [_listed(row) for row in meeting.attendance]
    names = rules.names_in(line, of_people=True)
    if not names:
        return listed
    attendee_ids = {row.person_id for row in meeting.attendance}
    persons = (person for person in _persons(names, meeting.date) if person.id not in attendee_ids)
    return [*listed, *persons, *_posts(names, meeting.date), *_units(names, meeting.date)]


def everybody_known_to(meeting: Meeting) -> list[Known]:
    """The attendance list, then the whole register, for pasted texts."""
    attendee_ids = {row.person_id for row in meeting.attendance}
    persons = db.session.execute(select(*_PERSON).where(Person.is_listed).order_by(Person.id))
    return [*map(_listed, meeting.attendance), *(_person(row, None) for row in persons if row.id not in attendee_ids)]


def _listed(row: Attendance) -> Known:
    person, post, written = row.person, row.position, row.post_as_written
    names = _distinct(person.full_name, person.name, *person.aliases) if person else ()
    titles = (written, *post_spellings(post)) if post else (written,)
    return Known(
        Register.ATTENDANCE, row.id, _distinct(*names, *titles),
        detail=(written or (post.title_id if post else None)) if person else None,
        status=row.status, names=names, position_id=row.position_id,
    )  # fmt: skip


def _distinct(*words: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


def post_spellings(post: Position) -> tuple[str, ...]:
    return _distinct(post.title_id, post.title_en, post.short, *post.aliases)


def _person(row: Any, detail: str | None) -> Known:
    name = full_name(row.title_prefix, row.name, row.title_suffix)
    names = _distinct(name, row.name, *row.aliases)
    return Known(Register.PERSON, row.id, names, detail, names=names)


def _persons(names: Names, day: date) -> list[Known]:
    query = _likeliest(select(*_PERSON).where(Person.is_listed), names, Person.folded)
    rows = db.session.execute(query.order_by(Person.id)).all()
    posts = people.posts_held([row.id for row in rows], day) if rows else {}
    return [_person(row, ", ".join(post.words for post in posts.get(row.id, ())) or None) for row in rows]


def _likeliest(query: Any, names: Names, *columns: Any) -> Select[Any]:
    """Rows in which a word starts with the first word of a name; those that also have the second word come first."""
    first = or_(*(_has(column, words[0]) for words in names for column in columns))
    second = [_has(column, words[1]) for words in names if len(words) > 1 for column in columns]
    likely: Select[Any] = query.where(first).limit(MOST_OF_A_NAME)
    return likely.order_by(case((or_(*second), 0), else_=1)) if second else likely


def _has(column: Any, word: str) -> ColumnElement[bool]:
    folded = func.lower(column)
    if len(word) >= SHORT:
        return folded.contains(word, autoescape=True)
    return or_(*(folded.like(f"{before}{word}%") for before in ("", "% ", "%\n", "%(", "%/", '%"', "%-")))


def _posts(names: Names, day: date) -> Iterator[Known]:
    columns = (Position.title_id, Position.title_en, Position.short, cast(Position.aliases, Text))
    query = select(
        Position.id, Position.title_id, Position.title_en, Position.short, Position.aliases, Position.valid_from,
        Position.valid_to, OrgUnit.name_id, OrgUnit.name_en,
    ).outerjoin(OrgUnit, OrgUnit.id == Position.unit_id).where(Position.is_listed)  # fmt: skip
    for row in db.session.execute(_likeliest(query, names, *columns).order_by(Position.id)):
        yield Known(
            Register.POSITION, row.id, _distinct(row.title_id, row.title_en, row.short, *row.aliases),
            either(row.name_id, row.name_en) or None, position_id=row.id,
            is_in_force=covers(row.valid_from, row.valid_to, day),
        )  # fmt: skip


def _units(names: Names, day: date) -> Iterator[Known]:
    above = aliased(OrgUnit)
    query = select(
        OrgUnit.id, OrgUnit.name_id, OrgUnit.name_en, OrgUnit.short, OrgUnit.valid_from, OrgUnit.valid_to,
        above.name_id.label("above_id"), above.name_en.label("above_en"),
    ).outerjoin(above, above.id == OrgUnit.parent_id)  # fmt: skip
    columns = (OrgUnit.name_id, OrgUnit.name_en, OrgUnit.short)
    for row in db.session.execute(_likeliest(query, names, *columns).order_by(OrgUnit.id)):
        yield Known(
            Register.UNIT, row.id, _distinct(row.name_id, row.name_en, row.short),
            either(row.above_id, row.above_en) or None, is_in_force=covers(row.valid_from, row.valid_to, day),
        )  # fmt: skip


_T, _D = Target.__table__, TargetDocument.__table__
_TARGET_OF_DOCUMENT = _T.alias("target_of_document")
_DOCUMENT_ID = func.coalesce(Objective.__table__.c.document_id, Indicator.__table__.c.document_id)
_TARGETS = (
    select(
        _T.c.id, _T.c.state, _T.c.code, _T.c.name_id, _T.c.name_en, _D.c.edition,
        _TARGET_OF_DOCUMENT.c.state.label("document_state"),
        _TARGET_OF_DOCUMENT.c.name_id.label("document_id"), _TARGET_OF_DOCUMENT.c.name_en.label("document_en"),
    )
    .select_from(_T)
    .outerjoin(Objective.__table__, Objective.__table__.c.id == _T.c.id)
    .outerjoin(Indicator.__table__, Indicator.__table__.c.id == _T.c.id)
    .outerjoin(_D, _D.c.id == _DOCUMENT_ID)
    .outerjoin(_TARGET_OF_DOCUMENT, _TARGET_OF_DOCUMENT.c.id == _D.c.id)
)  # fmt: skip


def targets_known(line: str, *also: int | None) -> list[Known]:
    """Targets that the line seems to name after `#`, plus those with the given ids."""
    names = tuple(
        dict.fromkeys((*rules.names_in(line, of_people=False), *rules.names_in(line, of_people=False, is_title=True)))
    )
    numbers = [number for number in also if number]
    rows: list[Any] = []
    if names:
        rows += db.session.execute(_likeliest(_TARGETS, names, _T.c.code, _T.c.name_id, _T.c.name_en).order_by(_T.c.id))
    if numbers:
        rows += db.session.execute(_TARGETS.where(_T.c.id.in_(numbers)))
    return list({row.id: _target(row) for row in rows}.values())


def _target(row: Any) -> Known:
    document = either(row.document_id, row.document_en)
    if document and row.edition > 1:
        document = gettext("%(document)s, edition %(number)s", document=document, number=row.edition)
    is_over = row.state in ENDED or row.document_state is TargetState.SUPERSEDED
    return Known(
        Register.TARGET, row.id, _distinct(either(row.name_id, row.name_en), row.code, row.name_id, row.name_en),
        document or None, is_in_force=not is_over,
    )  # fmt: skip


def references_in(line: str, about_id: int | None = None) -> list[Reference]:
    """Proposals, actions and meetings whose codes are in the line, and the proposal it is about.

    Only those visible to the user; other codes count as ordinary text.
    """
    codes = list(dict.fromkeys(references.code for references in codes_in(line)))[:MOST_CODES]
    references = [*_proposals(codes, about_id), *_actions(codes), *_meetings(codes)] if codes or about_id else []
    order = {code: at for at, code in enumerate(codes)}
    return sorted(references, key=lambda reference: order.get(reference.code, -1))


def proposals_named(numbers: Sequence[int]) -> list[Reference]:
    by_id = {reference.id: reference for reference in _of_proposals(Proposal.id.in_(numbers))} if numbers else {}
    return [by_id[number] for number in numbers if number in by_id]


def _proposals(codes: Sequence[str], about_id: int | None) -> Iterator[Reference]:
    return _of_proposals(or_(Proposal.code.in_(codes), Proposal.id == about_id))


def _of_proposals(are_wanted: ColumnElement[bool]) -> Iterator[Reference]:
    survivor = aliased(Proposal)
    query = (
        select(Proposal.id, Proposal.code, Proposal.title_id, Proposal.title_en, Proposal.status,
               Proposal.decision_authority_id, Proposal.classification, survivor.code.label("survivor_code"))
        .outerjoin(survivor, survivor.id == Proposal.survivor_id)
        .where(are_wanted)
    )  # fmt: skip
    for row in db.session.execute(query):
        yield Reference(
            kind=RecordKind.PROPOSAL, id=row.id, code=row.code, title=either(row.title_id, row.title_en),
            state=row.status, is_closed=row.status in CLOSED, merged_into=row.survivor_code,
            authority_id=row.decision_authority_id, outcomes=_outcomes(row.status),
        )  # fmt: skip


def _outcomes(status: ProposalStatus) -> tuple[ProposalStatus, ...]:
    """Possible decisions from this status; empty if it could only be reopened or discussed further."""
    possible = [outcome for outcome in OUTCOMES if can_move(status, outcome)]
    decides = [outcome for outcome in possible if outcome is not ProposalStatus.UNDER_DISCUSSION]
    return (*decides, ProposalStatus.UNDER_DISCUSSION) if decides else ()


def _actions(codes: Sequence[str]) -> Iterator[Reference]:
    query = select(ActionItem.id, ActionItem.code, ActionItem.text_id, ActionItem.text_en, ActionItem.status,
                      ActionItem.classification).where(ActionItem.code.in_(codes))  # fmt: skip
    for row in db.session.execute(query) if codes else ():
        yield Reference(
            kind=RecordKind.ACTION, id=row.id, code=row.code, title=either(row.text_id, row.text_en), state=row.status,
            is_closed=row.status not in OPEN_ACTIONS,
        )  # fmt: skip


def _meetings(codes: Sequence[str]) -> Iterator[Reference]:
    query = select(Meeting.id, Meeting.code, Meeting.name_id, Meeting.name_en, Meeting.status,
                      Meeting.classification).where(Meeting.code.in_(codes))  # fmt: skip
    for row in db.session.execute(query) if codes else ():
        yield Reference(
            kind=RecordKind.MEETING, id=row.id, code=row.code, title=either(row.name_id, row.name_en),
            state=row.status, is_closed=row.status is MeetingStatus.CANCELLED,
        )  # fmt: skip
