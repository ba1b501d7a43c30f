"""A meeting for testing commands."""

from datetime import UTC, datetime

from sqlalchemy import select

from tracker.actions import commands as actions
from tracker.actions.models import ActionItem
from tracker.audit.models import Event
from tracker.core.actor import Actor, Role
from tracker.core.db import db
from tracker.meetings import commands as meetings
from tracker.meetings import queries
from tracker.meetings.commands import StatementDraft, StatementLinks
from tracker.meetings.commands.drafts import NO_LINKS
from tracker.meetings.models import AgendaItem, Meeting, Statement
from tracker.meetings.rules import StatementKind

SOMEBODY = Actor(account_id=None, name="Sekretariat", roles=frozenset(Role))
AT = datetime(2026, 3, 4, 3, tzinfo=UTC)
BY_AT = {"by": SOMEBODY, "at": AT}


class Stage:
    """A meeting with shortcuts for filling and inspecting it."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting

    def say(
        self,
        text: str,
        *,
        kind: StatementKind = StatementKind.REMARK,
        item: AgendaItem | None = None,
        after: Statement | None = None,
        links: StatementLinks = NO_LINKS,
        **attributes: object,
    ) -> Statement:
        is_quote = text.startswith("“")
        draft = StatementDraft(
            kind=kind, quote=text[1:-1] if is_quote else None, gist_id=None if is_quote else text,
            agenda_item_id=item.id if item else None, **attributes,
        )  # fmt: skip
        return meetings.add_statement(self.meeting, draft, links, after=after, **BY_AT)

    def raised(self, text: str) -> Statement:
        """A statement that raises a proposal."""
        statement = self.say(text, kind=StatementKind.PROPOSAL)
        meetings.raise_proposal(self.line(statement), text, None, **BY_AT)
        db.session.flush()
        return statement

    def act(self, statement: Statement, text: str = "Kerjakan") -> ActionItem:
        """An action under a statement."""
        origin = queries.origin_for_action(self.line(statement))
        return actions.assign_action(
            actions.ActionDraft(text_id=text), origin, None, on=self.meeting.date, **BY_AT
        )  # fmt: skip

    @property
    def agenda(self) -> list[AgendaItem]:
        return list(self.reloaded().agenda)

    def reloaded(self) -> Meeting:
        """The meeting as the next request would load it."""
        db.session.flush()
        db.session.expire_all()
        return queries.meeting(self.meeting.id)

    def line(self, statement: Statement) -> Statement:
        return queries.statement(statement.id)

    def words(self) -> list[str]:
        """Texts of the statements in order."""
        self.reloaded()
        return [statement.quote or statement.gist_id or "" for statement in queries.statements_of(self.meeting.id)]

    def by_item(self) -> dict[str | None, list[str]]:
        """Texts of the statements by agenda item."""
        outline = queries.outline_of(self.reloaded(), queries.statements_of(self.meeting.id), [])
        return {
            section.item.text if section.item else None: [point.line.gist_id or "" for point in section.points]
            for section in outline.sections
        }

    def events(self, *verbs: str) -> list[Event]:
        """Events of the meeting with these verbs, oldest first."""
        query = select(Event).filter_by(subject="meeting", subject_id=self.meeting.id).where(Event.verb.in_(verbs))
        return list(db.session.scalars(query.order_by(Event.id)))

    def verbs(self) -> list[str]:
        """Verbs of all events of the meeting, oldest first."""
        query = select(Event.verb).filter_by(subject="meeting", subject_id=self.meeting.id)
        return list(db.session.scalars(query.order_by(Event.id)))
