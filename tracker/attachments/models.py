"""The table of attachments: a name, what it is, and the mark its bytes are kept by."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, and_, or_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.actions.models import ActionItem
from tracker.attachments.rules import AttachmentKind
from tracker.core.db import Model, Versioned, codes
from tracker.core.visibility import Classified, Viewer
from tracker.meetings.models import Meeting
from tracker.proposals.models import Proposal


class Attachment(Classified, Versioned, Model):
    """A file of a meeting, a proposal or an action. Removing it marks it; the bytes stay."""

    __tablename__ = "attachment"
    __table_args__ = (
        CheckConstraint(
            "(meeting_id IS NOT NULL AND proposal_id IS NULL AND action_id IS NULL)"
            " OR (meeting_id IS NULL AND proposal_id IS NOT NULL AND action_id IS NULL)"
            " OR (meeting_id IS NULL AND proposal_id IS NULL AND action_id IS NOT NULL)",
            name="belongs_to_one",
        ),
        CheckConstraint("size > 0", name="has_content"),
        CheckConstraint("(removed_at IS NULL) = (removed_by_name IS NULL)", name="removed_by_someone"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"), index=True)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action_item.id"), index=True)
    kind: Mapped[AttachmentKind] = mapped_column(codes(AttachmentKind, "kind"))
    caption: Mapped[str | None]
    #: The name it came with, made harmless. The stored name is the mark.
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    #: SHA-256 of the bytes, in hexadecimal figures.
    mark: Mapped[str] = mapped_column(index=True)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    added_by_name: Mapped[str]
    added_at: Mapped[datetime]
    removed_by_name: Mapped[str | None]
    removed_at: Mapped[datetime | None]

    meeting: Mapped[Meeting | None] = relationship(lazy="raise_on_sql")
    proposal: Mapped[Proposal | None] = relationship(lazy="raise_on_sql")
    action: Mapped[ActionItem | None] = relationship(lazy="raise_on_sql")

    @property
    def parent(self) -> Meeting | Proposal | ActionItem:
        """What it belongs to."""
        return next(thing for thing in (self.meeting, self.proposal, self.action) if thing)

    @classmethod
    def is_known_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        """Whoever takes part in what it belongs to knows of it, and whoever added it."""
        return or_(
            cls.added_by_id == viewer.account,
            cls.meeting.has(Meeting.is_known_to(viewer)),
            cls.proposal.has(Proposal.is_known_to(viewer)),
            cls.action.has(ActionItem.is_known_to(viewer)),
        )

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        """Never more open than what it belongs to, whatever that becomes later."""
        parent_is_open = or_(
            cls.meeting.has(Meeting.is_open_to_viewer()),
            cls.proposal.has(Proposal.is_open_to_viewer()),
            cls.action.has(ActionItem.is_open_to_viewer()),
        )
        return and_(super().is_open_to_viewer(), parent_is_open)
