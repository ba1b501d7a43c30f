"""versions of targets, period schemes, realised effects

Revision ID: 20261125_0053
Revises: 20261125_0050
"""

import re
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "20261125_0053"
down_revision = "20261125_0050"
branch_labels = None
depends_on = None

NUMBER = sa.Numeric().with_variant(sa.String(length=40), "sqlite")
STATE_OF_ITS_KIND = (
    "(kind = 'document' AND state IN ('draft', 'proposed', 'enacted', 'superseded')) OR "
    "(kind = 'objective' AND state IN ('draft', 'in_force', 'retired')) OR "
    "(kind = 'indicator' AND state IN ('candidate', 'draft', 'active', 'retired'))"
)
CHECKS = {
    "target": {"state_of_its_kind": STATE_OF_ITS_KIND, "not_own_origin": "origin_id <> id"},
    "target_document": {"edition_counts_from_one": "edition > 0", "not_own_successor": "supersedes_id <> id"},
    "proposal_target_link": {
        "realised_effect_has_author": (
            "(realised_effect IS NULL AND realised_value IS NULL) = (realised_by_name IS NULL)"
        ),
        "realised_value_has_period": "realised_value IS NULL OR realised_period IS NOT NULL",
    },
}
LINK_COLUMNS = (
    ("explanation_en", sa.Text()),
    ("realised_effect", sa.Text()),
    ("realised_value", NUMBER),
    ("realised_period", sa.Text()),
    ("realised_by_name", sa.Text()),
    ("realised_on", sa.Date()),
)
POLARITIES = ("maximise", "minimise", "range")
#: Each scheme with its periods: code, last month, Indonesian and English name, and the code used until now.
SCHEMES = (
    ("B03-B12", "Kumulatif per triwulan", "Cumulative by quarter", (
        ("B03", 3, "Kumulatif s.d. Maret", "Cumulative to March", "B03"),
        ("B06", 6, "Kumulatif s.d. Juni", "Cumulative to June", "B06"),
        ("B09", 9, "Kumulatif s.d. September", "Cumulative to September", "B09"),
        ("B12", 12, "Kumulatif s.d. Desember", "Cumulative to December", "B12"))),
    ("B04-B12", "Kumulatif per caturwulan", "Cumulative by four-month term", (
        ("B04", 4, "Kumulatif s.d. April", "Cumulative to April", "B04"),
        ("B08", 8, "Kumulatif s.d. Agustus", "Cumulative to August", "B08"),
        ("B12", 12, "Kumulatif s.d. Desember", "Cumulative to December", "B12"))),
    ("TW", "Triwulan", "Quarters", (
        ("TW I", 3, "Triwulan I", "First quarter", "TW1"), ("TW II", 6, "Triwulan II", "Second quarter", "TW2"),
        ("TW III", 9, "Triwulan III", "Third quarter", "TW3"), ("TW IV", 12, "Triwulan IV", "Fourth quarter", "TW4"))),
    ("SM", "Semester", "Half-years", (
        ("SM I", 6, "Semester I", "First half-year", "S1"), ("SM II", 12, "Semester II", "Second half-year", "S2"))),
    ("TH", "Tahunan", "Yearly", (("TH", 12, "Setahun penuh", "Full year", "Y"),)),
)  # fmt: skip


def is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def remake(table: str, *, add: Sequence[str] = (), drop: Sequence[str] = (), swap: Sequence[tuple[str, str]] = ()) -> None:
    """SQLite's way to alter a table: a new one with these lines more or less, its rows, the old one's name and indexes."""
    bind = op.get_bind()
    made = bind.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).scalar_one()
    indexes = bind.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL", (table,)
    ).scalars().all()
    body = made[made.index("(") + 1 : made.rindex(")")]
    # At the commas outside brackets.
    lines = [line.strip() for line in re.split(r",(?![^()]*\))", body)]
    lines = [line for line in lines if line.removeprefix("CONSTRAINT ").split(" ")[0] not in drop]
    for old, new in swap:
        lines = [line.replace(old, new) for line in lines]
    ordered = sorted([*lines, *add], key=lambda line: line.startswith("CONSTRAINT"))  # columns come first
    op.execute(f"CREATE TABLE made_anew ({', '.join(ordered)})")
    known = {row[1] for row in bind.exec_driver_sql(f"PRAGMA table_info({table})")}
    names = ", ".join(row[1] for row in bind.exec_driver_sql("PRAGMA table_info(made_anew)") if row[1] in known)
    op.execute(f"INSERT INTO made_anew ({names}) SELECT {names} FROM {table}")
    op.execute(f"DROP TABLE {table}")
    op.execute(f"ALTER TABLE made_anew RENAME TO {table}")
    for index in indexes:
        if not any(name in index for name in drop):
            op.execute(index)


def checked(table: str) -> list[str]:
    return [f"CONSTRAINT ck_{table}_{name} CHECK ({what})" for name, what in CHECKS[table].items()]


def polarity_check(codes: Sequence[str]) -> str:
    return "CHECK (polarity IN ({}))".format(", ".join(f"'{code}'" for code in codes))


def upgrade() -> None:
    schemes()
    op.execute("ALTER TABLE target RENAME COLUMN note TO note_id")
    op.execute("ALTER TABLE proposal_target_link RENAME COLUMN explanation TO explanation_id")
    if is_sqlite():
        remake("target", add=[
            "note_en TEXT", "origin_id INTEGER", *checked("target"),
            "CONSTRAINT fk_target_origin_id FOREIGN KEY(origin_id) REFERENCES target (id)"])  # fmt: skip
        remake("target_document", add=checked("target_document"))
        remake("proposal_target_link", add=[
            *(f"{name} {kind.compile(op.get_bind().dialect)}" for name, kind in LINK_COLUMNS),
            *checked("proposal_target_link")])  # fmt: skip
        remake(
            "indicator",
            add=["scheme_id INTEGER", "CONSTRAINT fk_indicator_scheme_id FOREIGN KEY(scheme_id) REFERENCES period_scheme (id)"],
            swap=[(polarity_check(POLARITIES), polarity_check((*POLARITIES, "stabilise")))],
        )
    else:
        op.add_column("target", sa.Column("note_en", sa.Text(), nullable=True))
        op.add_column("target", sa.Column("origin_id", sa.Integer(), nullable=True))
        op.create_foreign_key(op.f("fk_target_origin_id"), "target", "target", ["origin_id"], ["id"])
        for name, kind in LINK_COLUMNS:
            op.add_column("proposal_target_link", sa.Column(name, kind, nullable=True))
        for table, checks in CHECKS.items():
            for name, what in checks.items():
                op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, what)
        op.add_column("indicator", sa.Column("scheme_id", sa.Integer(), nullable=True))
        op.create_foreign_key(op.f("fk_indicator_scheme_id"), "indicator", "period_scheme", ["scheme_id"], ["id"])
        op.drop_constraint(op.f("ck_indicator_polarity"), "indicator", type_="check")
        op.execute(f"ALTER TABLE indicator ADD CONSTRAINT ck_indicator_polarity {polarity_check((*POLARITIES, 'stabilise'))}")
    op.create_index("ix_target_origin_id", "target", ["origin_id"])
    op.create_index("ix_target_document_one_successor", "target_document", ["supersedes_id"], unique=True)
    values_by_period()


def schemes() -> None:
    """The schemes, as data."""
    op.create_table(
        "period_scheme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_id", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period_scheme")),
        sa.UniqueConstraint("code", name=op.f("uq_period_scheme_code")),
    )
    op.create_table(
        "period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_id", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("last_month", sa.Integer(), nullable=False),
        sa.CheckConstraint("last_month BETWEEN 1 AND 12", name=op.f("ck_period_ends_in_a_month")),
        sa.ForeignKeyConstraint(["scheme_id"], ["period_scheme.id"], name=op.f("fk_period_scheme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period")),
        sa.UniqueConstraint("scheme_id", "code", name=op.f("uq_period_scheme_id_code")),
    )
    bind = op.get_bind()
    for code, name_id, name_en, periods in SCHEMES:
        scheme_id = bind.execute(
            sa.text("INSERT INTO period_scheme (code, name_id, name_en, version) VALUES (:c, :i, :e, 1) RETURNING id"),
            {"c": code, "i": name_id, "e": name_en},
        ).scalar_one()
        for period, month, period_id, period_en, _ in periods:
            bind.execute(
                sa.text("INSERT INTO period (scheme_id, code, name_id, name_en, last_month) VALUES (:s, :c, :i, :e, :m)"),
                {"s": scheme_id, "c": period, "i": period_id, "e": period_en, "m": month},
            )


def value_table(*period: sa.Column | sa.Constraint, unique: str) -> None:
    op.create_table(
        "indicator_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        period[0],
        sa.Column("target_value", NUMBER, nullable=True),
        sa.Column("target_upper", NUMBER, nullable=True),
        sa.Column("actual_value", NUMBER, nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *period[1:],
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_indicator_value_indicator_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_value")),
        sa.UniqueConstraint("indicator_id", "year", unique, name=op.f(f"uq_indicator_value_indicator_id_year_{unique}")),
    )


def refill(rows: Sequence[dict[str, object]], period: str) -> None:
    """Put the values back under their numbers."""
    if rows:
        names = ("id", "indicator_id", "year", period, "target_value", "target_upper", "actual_value", "note",
                 "evidence", "version")  # fmt: skip
        held = ", ".join(f":{name}" for name in names)
        op.get_bind().execute(sa.text(f"INSERT INTO indicator_value ({', '.join(names)}) VALUES ({held})"), rows)
    if not is_sqlite():
        op.execute("SELECT setval('indicator_value_id_seq', (SELECT coalesce(max(id), 0) + 1 FROM indicator_value), false)")


def values_by_period() -> None:
    """Values name a period of a scheme instead of a code; an indicator takes the first scheme that has all its codes."""
    bind = op.get_bind()
    rows = [dict(row) for row in bind.execute(sa.text("SELECT * FROM indicator_value")).mappings()]
    numbers = {(scheme, code): number for number, scheme, code in bind.execute(sa.text(
        "SELECT period.id, period_scheme.code, period.code FROM period JOIN period_scheme ON period_scheme.id = scheme_id"))}  # fmt: skip
    known = {scheme: {old: numbers[scheme, code] for code, *_, old in periods} for scheme, _, _, periods in SCHEMES}
    used: dict[object, set[str]] = {}
    for row in rows:
        used.setdefault(row["indicator_id"], set()).add(row["period"])
    op.drop_table("indicator_value")
    value_table(
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("target_upper IS NULL OR target_value IS NOT NULL", name=op.f("ck_indicator_value_upper_has_lower")),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_indicator_value_period_id")),
        unique="period_id",
    )  # fmt: skip
    op.create_index("ix_indicator_value_period_id", "indicator_value", ["period_id"])
    chosen = {}
    for indicator, codes in used.items():
        scheme = next((s for s in known if codes <= set(known[s])), None) or next(s for s in known if codes & set(known[s]))
        chosen[indicator] = scheme
        bind.execute(
            sa.text("UPDATE indicator SET scheme_id = (SELECT id FROM period_scheme WHERE code = :code) WHERE id = :id"),
            {"code": scheme, "id": indicator},
        )
    for row in rows:
        own = known[chosen[row["indicator_id"]]]
        # A code that its indicator's scheme lacks keeps its value, in the first scheme that has it.
        row["period_id"] = own.get(row["period"]) or next(k[row["period"]] for k in known.values() if row["period"] in k)
        row["target_upper"] = row["target_upper"] if row["target_value"] is not None else None
    refill(rows, "period_id")


def downgrade() -> None:
    bind = op.get_bind()
    old = {(scheme, code): was for scheme, _, _, periods in SCHEMES for code, *_, was in periods}
    rows = [dict(row) for row in bind.execute(sa.text(
        "SELECT indicator_value.*, period.code AS period_code, period_scheme.code AS scheme_code FROM indicator_value "
        "JOIN period ON period.id = period_id JOIN period_scheme ON period_scheme.id = period.scheme_id")).mappings()]  # fmt: skip
    for row in rows:
        row["period"] = old.get((row["scheme_code"], row["period_code"]), row["period_code"])
    op.drop_table("indicator_value")
    value_table(sa.Column("period", sa.Text(), nullable=False), unique="period")
    refill(rows, "period")
    op.drop_index("ix_target_document_one_successor", table_name="target_document")
    op.drop_index("ix_target_origin_id", table_name="target")
    op.execute("UPDATE indicator SET polarity = 'range' WHERE polarity = 'stabilise'")
    if is_sqlite():
        remake("target", drop=["note_en", "origin_id", "fk_target_origin_id", *(f"ck_target_{n}" for n in CHECKS["target"])])
        remake("target_document", drop=[f"ck_target_document_{name}" for name in CHECKS["target_document"]])
        remake("proposal_target_link", drop=[
            *(name for name, _ in LINK_COLUMNS),
            *(f"ck_proposal_target_link_{name}" for name in CHECKS["proposal_target_link"])])  # fmt: skip
        remake("indicator", drop=["scheme_id", "fk_indicator_scheme_id"],
               swap=[(polarity_check((*POLARITIES, "stabilise")), polarity_check(POLARITIES))])  # fmt: skip
    else:
        for table, checks in CHECKS.items():
            for name in checks:
                op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
        for name, _ in LINK_COLUMNS:
            op.drop_column("proposal_target_link", name)
        op.drop_column("target", "origin_id")
        op.drop_column("target", "note_en")
        op.drop_column("indicator", "scheme_id")
        op.drop_constraint(op.f("ck_indicator_polarity"), "indicator", type_="check")
        op.execute(f"ALTER TABLE indicator ADD CONSTRAINT ck_indicator_polarity {polarity_check(POLARITIES)}")
    op.execute("ALTER TABLE proposal_target_link RENAME COLUMN explanation_id TO explanation")
    op.execute("ALTER TABLE target RENAME COLUMN note_id TO note")
    op.drop_table("period")
    op.drop_table("period_scheme")
