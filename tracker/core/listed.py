"""Rows within a row: what belongs to the rows of a list comes with them, in their statement."""

from typing import Any

from sqlalchemy import JSON
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class Listed(FunctionElement[Any]):
    """The rows of a scalar subquery as one value: a list of lists, in any order, or None where there is no row.

    Codes and days are in it as they are stored: texts.
    """

    type = JSON()
    inherit_cache = True


@compiles(Listed, "sqlite")
def _listed_by_sqlite(listed: Listed, compiler: Any, **given: Any) -> str:
    return f"json_group_array(json_array({compiler.process(listed.clauses, **given)}))"


@compiles(Listed, "postgresql")
def _listed_by_postgresql(listed: Listed, compiler: Any, **given: Any) -> str:
    return f"json_agg(json_build_array({compiler.process(listed.clauses, **given)}))"
