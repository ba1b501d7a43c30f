import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tests.visitor import READER, Visitor
from tracker.actions.models import ActionItem
from tracker.core.visibility import unrestricted


@pytest.mark.parametrize("language", ["id", "en"])
def test_each_cell_shows_the_stored_value_in_the_language_of_the_user(
    visit: Visitor, session: Session, language: str
) -> None:
    browser = visit.as_(READER)
    browser.client.post("/language", data={"language": language, "next": "/", "csrf_token": browser.token()})
    rows = browser.get("/actions?stage=open").soup.select("tbody tr")
    loaded = (joinedload(ActionItem.responsible_unit), joinedload(ActionItem.pic))
    with unrestricted():
        stored = {action.code: action for action in session.scalars(select(ActionItem).options(*loaded))}

    assert len(rows) == 50
    for row in rows:
        cells = [cell.get_text() for cell in row.select("td")]
        action = stored[row.select_one(".code").get_text()]
        unit, pic = action.responsible_unit, action.pic
        assert getattr(action, f"text_{language}") in cells[0]
        assert ((unit.short or getattr(unit, f"name_{language}")) if unit else "") in cells[1]
        assert (pic.full_name if pic else {"id": "belum ditunjuk", "en": "nobody assigned"}[language]) in cells[1]
        assert str(action.due_on.year if action.due_on else "") in cells[2]
