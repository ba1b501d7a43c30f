"""The table of reply links. Tokens are not stored: they contain the encrypted id of the row."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.accounts.models import Account
from tracker.actions.models import ActionItem
from tracker.core.actor import Actor
from tracker.core.db import Model, codes
from tracker.core.visibility import PartOfClassified, is_seen
from tracker.people.models import Person
from tracker.reply_links.rules import LinkEnd, Purpose


class ReplyLink(PartOfClassified, Model):
    """A link for one purpose on one action, sent to the person in charge or printed in a letter."""

    __tablename__ = "reply_link"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (ended_as IS NULL)", name="ended_once"),
        CheckConstraint("is_letter OR person_id IS NOT NULL", name="to_somebody"),
        Index(
            "ix_reply_link_open",
            "action_id",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action_item.id"), index=True)
    purpose: Mapped[Purpose] = mapped_column(codes(Purpose, "purpose"))
    #: The person in charge; null in a letter to a unit or an outside body.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    #: The account that the mail went to, if the person has one.
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    #: Name of the person, unit or outside body when the link was made.
    addressee: Mapped[str]
    is_letter: Mapped[bool]
    made_by_name: Mapped[str]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_as: Mapped[LinkEnd | None] = mapped_column(codes(LinkEnd, "ended_as"))
    ended_at: Mapped[datetime | None]

    action: Mapped[ActionItem] = relationship(lazy="raise_on_sql")
    person: Mapped[Person | None] = relationship(lazy="raise_on_sql")
    account: Mapped[Account | None] = relationship(lazy="raise_on_sql")

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        return is_seen(ActionItem, cls.action_id)

    def is_out(self, at: datetime) -> bool:
        return self.ended_at is None and at < self.expires_at

    @property
    def reader(self) -> Actor:
        """Whoever holds the link. It gives no roles and no clearance."""
        return Actor(
            account_id=self.account_id, person_id=self.person_id, name=self.addressee, is_through_link=True
        )  # fmt: skip
