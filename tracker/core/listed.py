"""Fetch child rows as one JSON array per parent row."""

from typing import Any

from sqlalchemy import JSON
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class Listed(FunctionElement[Any]):
    """Rows of a scalar subquery as one value: a list of lists in any order, or None if there are none.

    Codes and dates are returned as stored: as text.
    """

    type = JSON()
    inherit_cache = True


@compiles(Listed, "sqlite")
def _listed_by_sqlite(listed: Listed, compiler: Any, **given: Any) -> str:
    return f"json_group_array(json_array({compiler.process(listed.clauses, **given)}))"


@compiles(Listed, "postgresql")
def _listed_by_postgresql(listed: Listed, compiler: Any, **given: Any) -> str:
    return f"json_agg(json_build_array({compiler.process(listed.clauses, **given)}))"
