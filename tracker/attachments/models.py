"""The table of attachments; the files themselves are stored by `core.storage`."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, ForeignKeyConstraint, and_, or_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.actions.models import ActionItem
from tracker.attachments.rules import AttachmentKind
from tracker.core.db import Model, Versioned, codes
from tracker.core.visibility import Classified, Viewer, is_seen
from tracker.meetings.models import AgendaItem, Meeting
from tracker.proposals.models import Proposal


class Attachment(Classified, Versioned, Model):
    """A file of a meeting, a proposal or an action. Removing it sets `removed_at`; the file stays in storage."""

    __tablename__ = "attachment"
    __table_args__ = (
        CheckConstraint(
            "(meeting_id IS NOT NULL AND proposal_id IS NULL AND action_id IS NULL)"
            " OR (meeting_id IS NULL AND proposal_id IS NOT NULL AND action_id IS NULL)"
            " OR (meeting_id IS NULL AND proposal_id IS NULL AND action_id IS NOT NULL)",
            name="belongs_to_one",
        ),
        CheckConstraint("agenda_item_id IS NULL OR meeting_id IS NOT NULL", name="agenda_item_has_meeting"),
        ForeignKeyConstraint(
            ["agenda_item_id", "meeting_id"],
            ["agenda_item.id", "agenda_item.meeting_id"],
            name="fk_attachment_agenda_item_id",
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
    #: The uploaded name, cleaned by `media_types.clean_name`. In storage the file is named by its digest.
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    #: SHA-256 digest of the content, in hexadecimal.
    mark: Mapped[str] = mapped_column(index=True)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    added_by_name: Mapped[str]
    added_at: Mapped[datetime]
    removed_by_name: Mapped[str | None]
    removed_at: Mapped[datetime | None]
    #: The agenda item of its meeting whose paper it is; the database refuses an item of another meeting.
    agenda_item_id: Mapped[int | None] = mapped_column(index=True, sort_order=1)

    meeting: Mapped[Meeting | None] = relationship(lazy="raise_on_sql")
    proposal: Mapped[Proposal | None] = relationship(lazy="raise_on_sql")
    action: Mapped[ActionItem | None] = relationship(lazy="raise_on_sql")

    @property
    def parent(self) -> Meeting | Proposal | ActionItem:
        return next(row for row in (self.meeting, self.proposal, self.action) if row)

    @classmethod
    def is_known_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        return or_(
            cls.added_by_id == viewer.account,
            cls.meeting.has(Meeting.is_known_to(viewer)),
            cls.proposal.has(Proposal.is_known_to(viewer)),
            cls.action.has(ActionItem.is_known_to(viewer)),
        )

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        """Hidden whenever its parent or its agenda item is hidden, even if that was classified later."""
        parent_is_open = or_(
            cls.meeting.has(Meeting.is_open_to_viewer()),
            cls.proposal.has(Proposal.is_open_to_viewer()),
            cls.action.has(ActionItem.is_open_to_viewer()),
        )
        item_is_open = or_(cls.agenda_item_id.is_(None), is_seen(AgendaItem, cls.agenda_item_id))
        return and_(super().is_open_to_viewer(), parent_is_open, item_is_open)
