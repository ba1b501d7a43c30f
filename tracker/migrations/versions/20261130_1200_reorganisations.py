"""Reorganisations by decree, and what units and posts were before.

Revision ID: 20261130_1200
Revises: 20261130_1140
"""

import sqlalchemy as sa
from alembic import op

revision = "20261130_1200"
down_revision = "20261130_1140"
branch_labels = None
depends_on = None

FORMER = sa.table("former_unit_name", sa.column("unit_id"), sa.column("parent_id"))
UNIT = sa.table("org_unit", sa.column("id"), sa.column("parent_id"))
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("former_unit_name") as batch:
        batch.add_column(sa.Column("parent_id", sa.Integer(), nullable=True))
        batch.create_foreign_key("fk_former_unit_name_parent_id", "org_unit", ["parent_id"], ["id"])
    # Nobody recorded another unit above it.
    above = sa.select(UNIT.c.parent_id).where(UNIT.c.id == FORMER.c.unit_id).scalar_subquery()
    op.execute(sa.update(FORMER).values(parent_id=above))
    op.create_table(
        "former_position",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("title_id", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["position_id"], ["position.id"], name="fk_former_position_position_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["org_unit.id"], name="fk_former_position_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_former_position"),
    )
    op.create_index("ix_former_position_position_id", "former_position", ["position_id"])
    op.create_table(
        "reorganisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("in_force_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("edited_at", MOMENT, nullable=False),
        sa.Column("entered_at", MOMENT, nullable=True),
        sa.Column("entered_by_name", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(entered_at IS NULL) = (entered_by_name IS NULL)", name=op.f("ck_reorganisation_entered_by_someone")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reorganisation"),
    )
    op.create_table(
        "reorganisation_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reorganisation_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "unit", "post", "person", "item", name="kind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        *_references("reorganisation_line", {
            "unit_id": "org_unit", "position_id": "position", "person_id": "person", "successor_unit_id": "org_unit",
            "successor_position_id": "position",
        }),
        sa.Column("successor_name", sa.Text(), nullable=True),
        *_references("reorganisation_line", {"below_unit_id": "org_unit"}),
        sa.Column("below_name", sa.Text(), nullable=True),
        sa.Column("takes_rest", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reorganisation_id"], ["reorganisation.id"], name="fk_reorganisation_line_reorganisation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reorganisation_line"),
    )  # fmt: skip
    for column in (
        "reorganisation_id", "unit_id", "position_id", "person_id", "successor_unit_id", "successor_position_id",
    ):  # fmt: skip
        op.create_index(f"ix_reorganisation_line_{column}", "reorganisation_line", [column])
    op.create_table(
        "reorganisation_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reorganisation_id", sa.Integer(), nullable=False),
        *_references("reorganisation_item", {
            "action_id": "action_item", "proposal_id": "proposal", "target_id": "target",
            "successor_unit_id": "org_unit",
        }),
        sa.Column("successor_name", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(CASE WHEN action_id IS NULL THEN 0 ELSE 1 END + CASE WHEN proposal_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN target_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_reorganisation_item_one_item"),
        ),
        sa.ForeignKeyConstraint(
            ["reorganisation_id"], ["reorganisation.id"], name="fk_reorganisation_item_reorganisation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reorganisation_item"),
    )  # fmt: skip
    for column in ("reorganisation_id", "action_id", "proposal_id", "target_id"):
        op.create_index(f"ix_reorganisation_item_{column}", "reorganisation_item", [column])


def _references(table: str, columns: dict[str, str]) -> list[sa.Column[int]]:
    return [
        sa.Column(
            name, sa.Integer(), sa.ForeignKey(f"{to}.id", name=f"fk_{table}_{name}"), nullable=True
        )
        for name, to in columns.items()
    ]


def downgrade() -> None:
    op.drop_table("reorganisation_item")
    op.drop_table("reorganisation_line")
    op.drop_table("reorganisation")
    op.drop_table("former_position")
    with op.batch_alter_table("former_unit_name") as batch:
        batch.drop_constraint("fk_former_unit_name_parent_id", type_="foreignkey")
        batch.drop_column("parent_id")
