"""Database triggers that protect enacted values, also against scripts and manual changes."""

from sqlalchemy import DDL, event

from tracker.core.db import Model

_SAYS = "'what was enacted changes only by a new version'"
_NO_WAY_BACK = (
    "OLD.kind = 'document' AND OLD.state IN ('enacted', 'superseded') AND NEW.state NOT IN (OLD.state, 'superseded')"
)
_IS_ENACTED = "EXISTS (SELECT 1 FROM target WHERE id = {} AND state IN ('enacted', 'superseded'))"
#: By table: whether the row belongs to an enacted or superseded document, and which columns are protected then.
_ENACTED = {
    table: (_IS_ENACTED.format(document), names)
    for table, document, names in (
        ("indicator", "OLD.document_id", ("document_id",)),
        ("indicator_value", "(SELECT document_id FROM indicator WHERE id = OLD.indicator_id)",
         ("indicator_id", "year", "period_id", "target_value", "target_upper")),
    )
}  # fmt: skip


def _sqlite_guard(name: str, verb: str, table: str, condition: str) -> str:
    return f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, {_SAYS}); END"


def _on_sqlite(table: str) -> tuple[str, ...]:
    is_enacted, names = _ENACTED[table]
    differs = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in names)
    return (
        _sqlite_guard(f"{table}_as_enacted", "UPDATE", table, f"({differs}) AND {is_enacted}"),
        _sqlite_guard(f"{table}_no_delete", "DELETE", table, is_enacted),
    )


def _on_postgresql(table: str) -> tuple[str, ...]:
    is_enacted, names = _ENACTED[table]
    differs = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in names)
    return (
        (
            f"CREATE FUNCTION refuse_{table}_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$BEGIN IF {is_enacted} THEN RAISE EXCEPTION {_SAYS}; END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END$$"
        ),
        (
            f"CREATE TRIGGER {table}_as_enacted BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({differs}) "
            f"EXECUTE FUNCTION refuse_{table}_change()"
        ),
        (
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW "
            f"EXECUTE FUNCTION refuse_{table}_change()"
        ),
    )


SQLITE_GUARDS = (
    _sqlite_guard("target_no_way_back", "UPDATE", "target", _NO_WAY_BACK),
    *_on_sqlite("indicator"),
    *_on_sqlite("indicator_value"),
)
POSTGRESQL_GUARDS = (
    (
        "CREATE FUNCTION refuse_target_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$BEGIN RAISE EXCEPTION {_SAYS}; END$$"
    ),
    (
        f"CREATE TRIGGER target_no_way_back BEFORE UPDATE ON target FOR EACH ROW WHEN ({_NO_WAY_BACK}) "
        "EXECUTE FUNCTION refuse_target_change()"
    ),
    *_on_postgresql("indicator"),
    *_on_postgresql("indicator_value"),
)
for _statement in SQLITE_GUARDS:
    event.listen(Model.metadata, "after_create", DDL(_statement).execute_if(dialect="sqlite"))
for _statement in POSTGRESQL_GUARDS:
    event.listen(Model.metadata, "after_create", DDL(_statement).execute_if(dialect="postgresql"))
