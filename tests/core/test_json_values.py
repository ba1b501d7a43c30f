import json
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from sqlalchemy import JSON, Boolean, Date, Integer, String, Time
from sqlalchemy.types import TypeEngine

from tracker.core.actor import Classification
from tracker.core.db import ExactNumber, UTCDateTime, codes
from tracker.core.json_values import as_json, from_json


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (Integer(), 3),
        (Boolean(), False),
        (String(), "2025-05-12"),
        (Date(), date(2025, 5, 12)),
        (Time(), time(9, 30)),
        (UTCDateTime(), datetime(2025, 5, 12, 9, 30, tzinfo=UTC)),
        (ExactNumber(), Decimal("1200.50")),
        (codes(Classification, "classification"), Classification.SECRET),
        (JSON(), {"a": [1, None]}),
        (Date(), None),
    ],
)
def test_a_value_comes_back_from_json(column: TypeEngine[object], value: object) -> None:
    read = from_json(column, json.loads(json.dumps(as_json(value))))
    assert (read, type(read)) == (value, type(value))
