"""Tables of proposals. Meetings import this module, so here a meeting is only a foreign key."""

from datetime import date
from decimal import Decimal
from types import MappingProxyType

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Text,
    UniqueConstraint,
    bindparam,
    exists,
    or_,
    text,
)
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from tracker.audit.models import Historic, NamesSomebody
from tracker.audit.rules import Part
from tracker.core.actor import Role
from tracker.core.db import Model, Versioned, codes
from tracker.core.visibility import Classified, PartOfClassified, Viewer, is_seen
from tracker.corrections.models import Decidable, index_of_corrected
from tracker.people.models import OrgUnit, Person, Position
from tracker.proposals.rules import (
    AWAITING_DECISION,
    DECIDED,
    Attribution,
    Effect,
    LinkState,
    NotActionableReason,
    ProponentRole,
    ProposalStatus,
    RelationKind,
)
from tracker.targets.models import Target

_CLASSIFIED = text("classification <> 'ordinary'")
_AWAITING = text(f"status IN ({', '.join(repr(status.value) for status in sorted(AWAITING_DECISION))})")


class Proposal(Historic, Classified, Versioned, Decidable):
    __tablename__ = "proposal"
    decided_columns = ("title_id", "title_en", "gist_id", "gist_en", "source_note", "decision_authority_id")
    judged_by = Role.DECISION_MAKER
    __table_args__ = (
        CheckConstraint("status <> 'deferred' OR revisit_on IS NOT NULL", name="deferred_has_revisit_date"),
        CheckConstraint("(status = 'merged') = (survivor_id IS NOT NULL)", name="merged_has_survivor"),
        CheckConstraint("survivor_id <> id", name="not_merged_into_itself"),
        CheckConstraint("raised_in_id IS NOT NULL OR source_note IS NOT NULL", name="has_source"),
        Index("ix_proposal_newest", "raised_on", "id"),
        Index("ix_proposal_status", "status", "raised_on", "id", "classification"),
        Index("ix_proposal_awaiting", "raised_on", "id", sqlite_where=_AWAITING, postgresql_where=_AWAITING),
        Index(
            "ix_proposal_classified",
            "status",
            "classification",
            "recorded_by_id",
            sqlite_where=_CLASSIFIED,
            postgresql_where=_CLASSIFIED,
        ),
        index_of_corrected("proposal"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    #: What the office called it before, such as «U/07/2023»; others may have the same.
    former_code: Mapped[str | None] = mapped_column(sort_order=2001)
    title_id: Mapped[str]
    title_en: Mapped[str | None]
    gist_id: Mapped[str]
    gist_en: Mapped[str | None]
    status: Mapped[ProposalStatus] = mapped_column(codes(ProposalStatus, "status"), default=ProposalStatus.SUBMITTED)
    status_since: Mapped[date]
    raised_on: Mapped[date]
    raised_in_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    #: The source, if it was not raised at a meeting of the register.
    source_note: Mapped[str | None]
    #: The post that has to decide; not necessarily that of the chair of the meeting.
    decision_authority_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"))
    responsible_unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"), index=True)
    revisit_on: Mapped[date | None]
    not_actionable_reason: Mapped[NotActionableReason | None] = mapped_column(
        codes(NotActionableReason, "not_actionable_reason")
    )
    survivor_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"), index=True)
    outcome_note: Mapped[str | None]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    decision_authority: Mapped[Position | None] = relationship(lazy="raise_on_sql")
    responsible_unit: Mapped[OrgUnit | None] = relationship(lazy="raise_on_sql")
    survivor: Mapped["Proposal | None"] = relationship(remote_side=[id], lazy="raise_on_sql")
    proponents: Mapped[list["Proponent"]] = relationship(
        back_populates="proposal", order_by="Proponent.id", lazy="raise_on_sql"
    )
    target_links: Mapped[list["TargetLink"]] = relationship(
        back_populates="proposal", order_by="TargetLink.id", lazy="raise_on_sql"
    )

    @property
    def is_decided(self) -> bool:
        return self.status in DECIDED

    @classmethod
    def awaits_decision(cls) -> ColumnElement[bool]:
        """Whether a decision is pending. The codes are literals, so that SQLite uses the partial index."""
        pending_codes = bindparam(
            "awaiting", sorted(AWAITING_DECISION), Text(), expanding=True, literal_execute=True, unique=True
        )
        return cls.status.in_(pending_codes)

    @classmethod
    def is_known_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        proponent = Proponent.__table__.alias()
        return or_(
            cls.recorded_by_id == viewer.account,
            exists().where(proponent.c.proposal_id == cls.id, proponent.c.person_id == viewer.person),
        )


class Proponent(NamesSomebody, PartOfClassified, Versioned, Model):
    """A proponent of a proposal: a person, a post or both, and how certain the attribution is."""

    __tablename__ = "proposal_proponent"
    parts = MappingProxyType({"person_id": Part.NAMED})
    __table_args__ = (
        CheckConstraint(
            "person_id IS NOT NULL OR position_id IS NOT NULL OR post_as_written IS NOT NULL", name="somebody"
        ),
        Index("ix_proposal_proponent_attribution", "attribution", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    position_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"))
    #: Title of the post held at that time; a copy, which later changes of holder do not affect.
    post_as_written: Mapped[str | None]
    role: Mapped[ProponentRole] = mapped_column(codes(ProponentRole, "role"), default=ProponentRole.PROPONENT)
    attribution: Mapped[Attribution] = mapped_column(codes(Attribution, "attribution"))

    proposal: Mapped[Proposal] = relationship(back_populates="proponents", lazy="raise_on_sql")
    person: Mapped[Person | None] = relationship(lazy="raise_on_sql")
    position: Mapped[Position | None] = relationship(lazy="raise_on_sql")

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        return is_seen(Proposal, cls.proposal_id)


class ProposalRelation(PartOfClassified, Model):
    """A directed relation: `from_proposal` is merged into, split from … `to_proposal`."""

    __tablename__ = "proposal_relation"
    __table_args__ = (
        UniqueConstraint("from_id", "to_id", "kind"),
        CheckConstraint("from_id <> to_id", name="two_proposals"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    kind: Mapped[RelationKind] = mapped_column(codes(RelationKind, "kind"))
    note: Mapped[str | None]

    from_proposal: Mapped[Proposal] = relationship(foreign_keys=[from_id], lazy="raise_on_sql")
    to_proposal: Mapped[Proposal] = relationship(foreign_keys=[to_id], lazy="raise_on_sql")

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        first, second = aliased(Proposal), aliased(Proposal)
        return exists().where(first.id == cls.from_id) & exists().where(second.id == cls.to_id)


class TargetLink(PartOfClassified, Versioned, Model):
    __tablename__ = "proposal_target_link"
    __table_args__ = (
        UniqueConstraint("proposal_id", "target_id", "effect"),
        Index(
            "ix_proposal_target_link_effect_not_set",
            "proposal_id",
            "target_id",
            unique=True,
            sqlite_where=text("effect IS NULL"),
            postgresql_where=text("effect IS NULL"),
        ),
        CheckConstraint(
            "(realised_effect IS NULL AND realised_value IS NULL) = (realised_by_name IS NULL)",
            name="realised_effect_has_author",
        ),
        CheckConstraint("realised_value IS NULL OR realised_period IS NOT NULL", name="realised_value_has_period"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"), index=True)
    #: The original target, in a superseded edition, if the link was carried to a later edition.
    made_to_id: Mapped[int | None] = mapped_column(ForeignKey("target.id"), index=True, sort_order=7)
    #: Null if a line of the minutes names the target without stating the effect.
    effect: Mapped[Effect | None] = mapped_column(codes(Effect, "effect"))
    state: Mapped[LinkState] = mapped_column(codes(LinkState, "state"), default=LinkState.SUGGESTED)
    explanation_id: Mapped[str | None]
    expected_effect: Mapped[str | None]
    old_value: Mapped[str | None]
    new_value: Mapped[str | None]
    explanation_en: Mapped[str | None] = mapped_column(sort_order=1)
    #: Realised effect as text and, if measurable, as a value with its period; null until recorded.
    realised_effect: Mapped[str | None] = mapped_column(sort_order=2)
    realised_value: Mapped[Decimal | None] = mapped_column(sort_order=3)
    realised_period: Mapped[str | None] = mapped_column(sort_order=4)
    realised_by_name: Mapped[str | None] = mapped_column(sort_order=5)
    realised_on: Mapped[date | None] = mapped_column(sort_order=6)

    proposal: Mapped[Proposal] = relationship(back_populates="target_links", lazy="raise_on_sql")
    target: Mapped[Target] = relationship(foreign_keys=[target_id], lazy="raise_on_sql")
    made_to: Mapped[Target | None] = relationship(foreign_keys=[made_to_id], lazy="raise_on_sql")

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        return is_seen(Proposal, cls.proposal_id)
