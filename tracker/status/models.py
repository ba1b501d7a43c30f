"""Tables of hand-overs and thresholds."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.actions.models import ActionItem
from tracker.core.constraints import retry_on_violation
from tracker.core.db import Model, Versioned
from tracker.core.visibility import PartOfClassified, is_one_seen
from tracker.people.models import OrgUnit, Person, Position
from tracker.proposals.models import Proposal
from tracker.status.rules import Holder, HolderKind


def as_holder(row: object) -> Holder | None:
    if isinstance(row, Person):
        return Holder(HolderKind.PERSON, row.full_name, short=row.name, row_id=row.id)
    if isinstance(row, Position):
        return Holder(HolderKind.POST, row.title_id, row.title_en, row.short, row.id)
    if isinstance(row, OrgUnit):
        return Holder(HolderKind.UNIT, row.name_id, row.name_en, row.short, row.id)
    return None


_ONE_SUBJECT = "(proposal_id IS NULL) <> (action_id IS NULL)"
_ONE_HOLDER = (
    "(CASE WHEN person_id IS NULL THEN 0 ELSE 1 END + CASE WHEN position_id IS NULL THEN 0 ELSE 1 END"
    " + CASE WHEN unit_id IS NULL THEN 0 ELSE 1 END + CASE WHEN outside IS NULL THEN 0 ELSE 1 END) = 1"
)


class HandOver(PartOfClassified, Model):
    """From a day on, a person, post, unit or somebody outside has to act, until it ends."""

    __tablename__ = "hand_over"
    __table_args__ = (
        CheckConstraint(_ONE_SUBJECT, name="one_subject"),
        CheckConstraint(_ONE_HOLDER, name="one_holder"),
        CheckConstraint("answer IS NULL OR ended_at IS NOT NULL", name="answer_ends_it"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"), index=True)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action_item.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    position_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"))
    #: Name of a body or person outside the organisation.
    outside: Mapped[str | None]
    on: Mapped[date]
    reason: Mapped[str | None]
    at: Mapped[datetime]
    by_name: Mapped[str]
    #: When it was answered, or superseded by a step, another hand-over or a change of those in charge.
    ended_at: Mapped[datetime | None]
    ended_by_name: Mapped[str | None]
    #: The answer; null if it was superseded.
    answer: Mapped[str | None]

    proposal: Mapped[Proposal | None] = relationship(lazy="raise_on_sql")
    action: Mapped[ActionItem | None] = relationship(lazy="raise_on_sql")
    person: Mapped[Person | None] = relationship(lazy="raise_on_sql")
    position: Mapped[Position | None] = relationship(lazy="raise_on_sql")
    unit: Mapped[OrgUnit | None] = relationship(lazy="raise_on_sql")

    @property
    def holder(self) -> Holder | None:
        if self.outside:
            return Holder(HolderKind.OUTSIDE, self.outside)
        return as_holder(self.person or self.position or self.unit)

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        return is_one_seen((Proposal, cls.proposal_id), (ActionItem, cls.action_id))


retry_on_violation("pk_answer_setting")


class AnswerSetting(Versioned, Model):
    """Thresholds for unanswered proposals: one row, or none while the defaults apply."""

    __tablename__ = "answer_setting"
    __table_args__ = (
        CheckConstraint("after_meetings > 0 AND after_days > 0", name="positive"),
        CheckConstraint("id = 1", name="only_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    after_meetings: Mapped[int]
    after_days: Mapped[int]
