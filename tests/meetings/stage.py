"""A meeting to try commands on."""

from datetime import UTC, datetime

from sqlalchemy import select

from tracker.actions import commands as actions
from tracker.actions.models import ActionItem
from tracker.audit.models import Event
from tracker.core.actor import Actor, Role
from tracker.core.db import db
from tracker.meetings import commands as meetings
from tracker.meetings import queries
from tracker.meetings.commands import Bearings, StatementDraft
from tracker.meetings.commands.drafts import UNRELATED
from tracker.meetings.models import AgendaItem, Meeting, Statement
from tracker.meetings.rules import StatementKind

SOMEBODY = Actor(account_id=None, name="Sekretariat", roles=frozenset(Role))
AT = datetime(2026, 3, 4, 3, tzinfo=UTC)
DEED = {"by": SOMEBODY, "at": AT}


class Stage:
    """One meeting, with short ways to fill it and to look at it."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting

    def say(
        self,
        words: str,
        *,
        kind: StatementKind = StatementKind.REMARK,
        item: AgendaItem | None = None,
        after: Statement | None = None,
        bearings: Bearings = UNRELATED,
        **more: object,
    ) -> Statement:
        is_quote = words.startswith("“")
        draft = StatementDraft(
            kind=kind, quote=words[1:-1] if is_quote else None, gist_id=None if is_quote else words,
            agenda_item_id=item.id if item else None, **more,
        )  # fmt: skip
        return meetings.add_statement(self.meeting, draft, bearings, after=after, **DEED)

    def raised(self, words: str) -> Statement:
        """A line that raises a proposal."""
        said = self.say(words, kind=StatementKind.PROPOSAL)
        meetings.raise_proposal(self.line(said), words, None, **DEED)
        db.session.flush()
        return said

    def act(self, said: Statement, text: str = "Kerjakan") -> ActionItem:
        """An action under a line."""
        origin = queries.origin_under(self.line(said))
        return actions.assign_action(
            actions.ActionDraft(text_id=text), origin, None, on=self.meeting.date, **DEED
        )  # fmt: skip

    @property
    def agenda(self) -> list[AgendaItem]:
        return list(self.reloaded().agenda)

    def reloaded(self) -> Meeting:
        """The meeting as the next request would read it."""
        db.session.flush()
        db.session.expire_all()
        return queries.meeting(self.meeting.id)

    def line(self, said: Statement) -> Statement:
        return queries.statement(said.id)

    def words(self) -> list[str]:
        """What the minutes say, in order."""
        self.reloaded()
        return [said.quote or said.gist_id or "" for said in queries.statements_of(self.meeting.id)]

    def by_item(self) -> dict[str | None, list[str]]:
        """What was said under each agenda item."""
        outline = queries.outline_of(self.reloaded(), queries.statements_of(self.meeting.id), [])
        return {
            section.item.text if section.item else None: [point.line.gist_id or "" for point in section.points]
            for section in outline.sections
        }

    def events(self, *verbs: str) -> list[Event]:
        """Those events of the meeting, the first first."""
        question = select(Event).filter_by(subject="meeting", subject_id=self.meeting.id).where(Event.verb.in_(verbs))
        return list(db.session.scalars(question.order_by(Event.id)))

    def verbs(self) -> list[str]:
        """The events of the meeting, the first first."""
        question = select(Event.verb).filter_by(subject="meeting", subject_id=self.meeting.id)
        return list(db.session.scalars(question.order_by(Event.id)))
