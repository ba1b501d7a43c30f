from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bench.data import fill
from tests.visitor import SECRETARIAT, Visitor
from tracker.core.visibility import unrestricted
from tracker.meetings.models import Meeting, Statement


def test_a_generated_record_passes_check_and_can_be_opened(app: Flask, visit: Visitor, session: Session) -> None:
    before = [session.scalar(select(func.count()).select_from(kind)) for kind in (Meeting, Statement)]

    with app.app_context(), unrestricted():
        fill(2)

    after = [session.scalar(select(func.count()).select_from(kind)) for kind in (Meeting, Statement)]
    newest = session.scalar(select(func.max(Meeting.id)))
    result = app.test_cli_runner().invoke(args=["check"])
    assert [new - old for new, old in zip(after, before, strict=True)] == [2, 100]
    assert result.exit_code == 0, result.output
    assert visit.as_(SECRETARIAT).get(f"/meetings/{newest}").status == 200
