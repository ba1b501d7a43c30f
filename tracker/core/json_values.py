"""Values of columns as JSON, and back."""

from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import Date, Time
from sqlalchemy import Enum as EnumType
from sqlalchemy.types import TypeEngine

from tracker.core.db import ExactNumber, UTCDateTime


def as_json(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date | time) else value


def from_json(kind: TypeEngine[Any], value: Any) -> Any:
    """The value of a column of this type."""
    if value is None:
        return None
    if isinstance(kind, EnumType) and kind.enum_class:
        return kind.enum_class(value)
    readers = (
        (UTCDateTime, datetime.fromisoformat), (Date, date.fromisoformat), (Time, time.fromisoformat),
        (ExactNumber, Decimal),
    )  # fmt: skip
    return next((read(value) for of, read in readers if isinstance(kind, of)), value)
