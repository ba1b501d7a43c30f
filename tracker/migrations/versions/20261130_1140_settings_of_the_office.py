"""Let an office set its name, time zone, languages, sender of mails and day of the weekly review.

Revision ID: 20261130_1140
Revises: 20261130_1130
"""

import sqlalchemy as sa
from alembic import op

revision = "20261130_1140"
down_revision = "20261130_1130"
branch_labels = None
depends_on = None

TIME_ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
LANGUAGES = ("id en", "en id", "id", "en")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "office_setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("timezone", _one_of("timezone", *TIME_ZONES), nullable=False),
        sa.Column("languages", _one_of("languages", *LANGUAGES), nullable=False),
        sa.Column("mail_from", sa.Text(), nullable=True),
        sa.Column("review_day", _one_of("review_day", *DAYS), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_setting")),
    )


def downgrade() -> None:
    op.drop_table("office_setting")
