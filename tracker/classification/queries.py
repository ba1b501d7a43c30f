"""Queries for classification: the row to classify, related rows, and access granted by name."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ScalarSelect, Select, and_, func, literal, or_, select, union
from sqlalchemy.orm import joinedload

from tracker.accounts.models import Account, Grant
from tracker.actions.models import ActionItem
from tracker.attachments import queries as attachments
from tracker.attachments.models import Attachment
from tracker.audit.models import Event
from tracker.core.actor import Classification
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.visibility import is_seen
from tracker.meetings.models import Meeting, Statement, StatementProposal, StatementRepeat
from tracker.meetings.queries import classification_of_names
from tracker.meetings.rules import Bearing
from tracker.proposals.models import Proposal, ProposalRelation
from tracker.proposals.rules import RelationKind

Subject = Meeting | Statement | Proposal | ActionItem | Attachment
#: Rows that are raised together with a subject.
RelatedRow = Statement | Proposal | ActionItem
#: Models by the name used in URLs.
SUBJECTS: dict[str, type[Subject]] = {
    "meetings": Meeting, "statements": Statement, "proposals": Proposal, "actions": ActionItem,
    "attachments": Attachment,
}  # fmt: skip


def subject(kind: str, row_id: int, *, to_change: bool = False) -> Subject:
    if kind not in SUBJECTS:
        raise NotFound
    if kind == "attachments":
        return attachments.attachment(row_id, to_change=to_change)
    model: Any = SUBJECTS[kind]
    query = select(model).filter_by(id=row_id)
    query = query.options(joinedload(Statement.meeting)) if model is Statement else query
    row: Subject | None = db.session.scalar(query.with_for_update(of=model) if to_change else query)
    if row is None:
        raise NotFound
    return row


def page_subject(subject: Subject) -> Meeting | Proposal | ActionItem:
    """The row on whose page its events are shown: the meeting of a statement, the parent of an attachment."""
    if isinstance(subject, Statement):
        return subject.meeting
    return subject.parent if isinstance(subject, Attachment) else subject


def related_to(subject: Subject) -> list[RelatedRow]:
    """Rows that follow from the subject or say the same. Inside `unrestricted` this includes hidden rows."""
    return related_rows(related_ids(subject))


def related_rows(ids_by_table: Mapping[str, Collection[int]]) -> list[RelatedRow]:
    """Statements, proposals and actions with these ids that the viewer may see, newest first."""
    rows: list[RelatedRow] = []
    for model in (Statement, Proposal, ActionItem):
        if ids := ids_by_table.get(model.__tablename__):
            options = [joinedload(Statement.meeting)] if model is Statement else []
            query = select(model).where(model.id.in_(ids)).options(*options)
            rows += db.session.scalars(query.order_by(model.id.desc()))
    return rows


def related_ids(subject: Subject) -> dict[str, set[int]]:
    """Ids, by table, of all rows that follow from the subject or say the same, directly or through others.

    These say the same: a statement and the proposal it raised, a proposal and its parts, statements that were joined or
    split. Statements of a classified meeting are hidden with it and are left out. Reads the tables without visibility
    criteria, because a relation may lead through a hidden row. Runs a query for each step.
    """
    related: dict[str, set[int]] = {model.__tablename__: set() for model in (Statement, Proposal, ActionItem)}
    step: dict[str, set[int]] = {subject.__tablename__: {subject.id}}
    while edges := [edge for table, ids in step.items() for edge in _direct_relations(table, ids)]:
        new: dict[str, set[int]] = defaultdict(set)
        for table, row_id in db.session.execute(union(*edges)):
            new[table].add(row_id)
        new["statement"] |= _split_counterparts(step.get("statement", ()), new.pop("event", ()))
        new = {table: ids - related[table] for table, ids in new.items()}
        new.get(subject.__tablename__, set()).discard(subject.id)
        for table, ids in new.items():
            related[table] |= ids
        step = {table: ids for table, ids in new.items() if ids}
    if isinstance(subject, Meeting):
        lines = Statement.__table__.c
        own_lines = select(lines.id).where(lines.meeting_id == subject.id, lines.id.in_(related["statement"]))
        related["statement"] -= set(db.session.scalars(own_lines)) if related["statement"] else set()
    return related


def _direct_relations(table: str, ids: Collection[int]) -> list[Select[str, int]]:
    """Selects (table, id) of the rows directly related to these rows. Nothing follows from an action."""
    line, proposal, action = (model.__table__.c for model in (Statement, Proposal, ActionItem))
    link, relation, event = (model.__table__.c for model in (StatementProposal, ProposalRelation, Event))
    raises, split = link.bearing == Bearing.RAISES, relation.kind == RelationKind.SPLIT_FROM
    lines_of_meetings = select(line.id).where(line.meeting_id.in_(ids))
    meetings_of_lines = select(line.meeting_id).where(line.id.in_(ids))
    is_split_event = and_(
        event.subject == "meeting", event.subject_id.in_(meetings_of_lines), event.verb == "statement_split"
    )
    relations: dict[str, list[tuple[Any, Any, Any]]] = {
        "meeting": [
            (Proposal, proposal.id, proposal.raised_in_id.in_(ids)),
            (ActionItem, action.id, or_(action.meeting_id.in_(ids), action.statement_id.in_(lines_of_meetings))),
        ],
        "statement": [
            (Proposal, link.proposal_id, and_(link.statement_id.in_(ids), raises)),
            (ActionItem, action.id, action.statement_id.in_(ids)),
            (Event, event.id, is_split_event),  # only events record which lines were split
            (Statement, line.id, line.joined_into_id.in_(ids)),
            (Statement, line.joined_into_id, and_(line.id.in_(ids), line.joined_into_id.is_not(None))),
        ],
        "proposal": [
            (ActionItem, action.id, action.proposal_id.in_(ids)),
            (Statement, link.statement_id, and_(link.proposal_id.in_(ids), raises)),
            (Proposal, relation.from_id, and_(relation.to_id.in_(ids), split)),
            (Proposal, relation.to_id, and_(relation.from_id.in_(ids), split)),
        ],
    }  # fmt: skip
    return [
        select(literal(model.__tablename__), row_id).where(condition)
        for model, row_id, condition in relations.get(table, ())
    ]


def _split_counterparts(lines: Collection[int], split_events: Collection[int]) -> set[int]:
    """The statements that were split off these, or from which these were split; the events mention both."""
    own = {f"{Statement.__tablename__}:{line_id}" for line_id in lines}
    query = select(Event.mentions).where(Event.id.in_(split_events))
    pairs = [set(mentions or ()) for mentions in db.session.scalars(query)] if split_events else []
    return {int(key.partition(":")[2]) for pair in pairs if pair & own for key in pair - own}


def repeating_lines(subject: Subject) -> Sequence[Statement]:
    if not isinstance(subject, Proposal | ActionItem):
        return []
    repeated = StatementRepeat.proposal_id if isinstance(subject, Proposal) else StatementRepeat.action_id
    query = select(Statement).join(StatementRepeat, StatementRepeat.statement_id == Statement.id)
    query = query.where(repeated == subject.id).options(joinedload(Statement.meeting))
    return db.session.scalars(query.order_by(Statement.id.desc())).all()


def text_to_compare(subject: Subject) -> str | None:
    if isinstance(subject, Statement):
        return subject.quote or subject.gist_id
    if isinstance(subject, Proposal):
        return subject.title_id
    return subject.text_id if isinstance(subject, ActionItem) else None


def grants(meeting_id: int) -> Sequence[Grant]:
    query = select(Grant).filter_by(meeting_id=meeting_id).options(joinedload(Grant.account))
    return db.session.scalars(query.order_by(Grant.id)).all()


def grant(meeting_id: int, grant_id: int) -> Grant:
    query = select(Grant).filter_by(id=grant_id, meeting_id=meeting_id).options(joinedload(Grant.account))
    row = db.session.scalar(query)
    if row is None:
        raise NotFound
    return row


def account_choices() -> list[tuple[int, str]]:
    query = select(Account).filter_by(is_active=True).order_by(Account.display_name)
    return [(row.id, f"{row.display_name} ({row.username})") for row in db.session.scalars(query)]


def hidden_actions() -> ScalarSelect[int]:
    """Statement for the number of hidden actions of visible meetings.

    It does not depend on the filter of the list: otherwise filters would reveal what a hidden action says.
    """
    action_table = ActionItem.__table__.alias()
    # In the text of the statement, so that SQLite uses the partial index of what is classified.
    ordinary = literal(Classification.ORDINARY, action_table.c.classification.type, literal_execute=True)
    query = (
        select(func.count())
        .select_from(action_table)
        .join(Meeting, Meeting.id == action_table.c.meeting_id)
        .where(action_table.c.classification != ordinary)
        .where(~is_seen(ActionItem, action_table.c.id))
    )
    return query.scalar_subquery()


def is_mailable(subject: object) -> bool:
    """Whether a mail may contain its text, or what else others keep: only ordinary rows with ordinary names are."""
    level: Classification = getattr(subject, "classification", Classification.ORDINARY)
    if isinstance(subject, Meeting) and subject.named_after_id:
        level = classification_of_names([subject.id])[subject.id]
    return level is Classification.ORDINARY
