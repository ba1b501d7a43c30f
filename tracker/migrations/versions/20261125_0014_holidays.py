"""The table of days off, filled for 2020 to 2027 so that every installation can count working days at once."""

import csv
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "20261125_0014"
down_revision = "20261124_1605"
branch_labels = None
depends_on = None

KNOWN = Path(__file__).with_name("20261125_holidays.csv")


def upgrade() -> None:
    holiday = op.create_table(
        "holiday",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("name_id", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("national", "joint_leave", name="kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("is_confirmed", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holiday")),
        sa.UniqueConstraint("date", name=op.f("uq_holiday_date")),
    )
    with KNOWN.open(encoding="utf-8", newline="") as file:
        rows = [
            {**row, "date": date.fromisoformat(row["date"]), "is_confirmed": row["is_confirmed"] == "yes", "version": 1}
            for row in csv.DictReader(file)
        ]
    op.bulk_insert(holiday, rows)


def downgrade() -> None:
    op.drop_table("holiday")
