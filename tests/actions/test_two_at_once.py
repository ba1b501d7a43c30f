"""Two processes verify the same action at the same moment: one succeeds, the other gets 409."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.processes import both
from tests.visitor import REVIEWER, Visitor, filled
from tracker.actions.models import ActionItem
from tracker.audit.models import Event

pytestmark = pytest.mark.on_both


def test_one_process_completes_it_and_the_other_gets_409(
    visit: Visitor, session: Session, app: Flask, tmp_path: Path
) -> None:
    waiting = select(ActionItem.id).where(
        ActionItem.status == "awaiting_verification", ActionItem.classification == "ordinary",
        ActionItem.evidence.is_not(None),
    )  # fmt: skip
    action_id = session.scalars(waiting.order_by(ActionItem.id).limit(1)).one()
    address = f"/actions/{action_id}/move/completed"
    values = filled(visit.as_(REVIEWER).get(address).form(address)) | {"once": [""]}

    answers = both(app, tmp_path, [(address, values)] * 2)

    assert answers == ["303", "409"]
    events = select(func.count()).select_from(Event).filter_by(subject_id=action_id, verb="moved_completed")
    assert session.scalar(events) == 1
