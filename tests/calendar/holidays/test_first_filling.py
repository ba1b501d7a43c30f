"""What every installation starts with."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from tests.calendar.holidays.package import rows
from tests.databases import Databases, Kind
from tracker.calendar.holidays.models import Holiday
from tracker.core.settings import ROOT

FILLING = ROOT / "tracker" / "migrations" / "versions" / "holidays.csv"


def test_the_filling_is_what_the_package_knows() -> None:
    told = [",".join(row) for row in rows(range(2020, 2028))]

    assert Path(FILLING).read_text(encoding="utf-8").splitlines()[1:] == told


@pytest.mark.parametrize("content", ["empty", "demo"])
def test_every_installation_has_it(databases: Databases, kind: Kind, content: str) -> None:
    with databases.copy(kind, content) as url:
        engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
        with Session(engine) as session:
            found = session.scalars(select(Holiday).order_by(Holiday.date)).all()
        engine.dispose()

    by_day = {holiday.date.isoformat(): holiday for holiday in found}
    assert {day[:4] for day in by_day} == {str(year) for year in range(2020, 2028)}
    assert [(by_day[f"2020-10-{d}"].kind, by_day[f"2020-10-{d}"].is_confirmed) for d in (28, 29, 30)] == [
        ("joint_leave", True), ("national", True), ("joint_leave", True),
    ]  # fmt: skip
    assert [day for day, holiday in by_day.items() if not holiday.is_confirmed] == [
        "2027-03-10", "2027-03-11", "2027-05-17",
    ]  # fmt: skip
