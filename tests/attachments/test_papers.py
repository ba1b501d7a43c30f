"""Papers of agenda items: of the same meeting, seen where the item is, kept when it goes, found when it goes on."""

import io
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.attachments.test_pages import attach
from tests.core.test_media_types import PDF
from tests.visitor import READER, SECRETARIAT, Visitor
from tracker.attachments.models import Attachment
from tracker.attachments.rules import AttachmentKind
from tracker.core import storage
from tracker.core.actor import Classification
from tracker.core.places import nth
from tracker.meetings.models import AgendaItem, Meeting
from tracker.meetings.rules import MeetingStatus


@pytest.fixture
def agendas(visit: Visitor, session: Session) -> dict[str, list[int]]:
    """Ids of two agenda items for an earlier and a later meeting, which continues the second one."""
    found = {}
    recorded_at = session.scalar(select(Meeting.recorded_at))
    for code, day in (("R-2027-901", date(2027, 3, 4)), ("R-2027-902", date(2027, 3, 11))):
        meeting = Meeting(code=code, name_id=code, date=day, status=MeetingStatus.SCHEDULED, recorded_at=recorded_at)
        session.add(meeting)
        session.flush()
        items = [AgendaItem(meeting_id=meeting.id, place=nth(n), text=f"{code} butir {n}") for n in (1, 2)]
        session.add_all(items)
        session.flush()
        found[code] = [meeting.id, *(item.id for item in items)]
    continued = session.get(AgendaItem, found["R-2027-902"][1])
    continued.carried_from_id = found["R-2027-901"][2]
    continued.carried_from_meeting_id = continued.origin_meeting_id = found["R-2027-901"][0]
    session.commit()
    return found


def paper(visit: Visitor, session: Session, meeting: int, item: int | None, name: str = "bahan.pdf") -> Attachment:
    with visit.app.app_context():
        mark = storage.store().put(io.BytesIO(name.encode()))
    row = Attachment(
        meeting_id=meeting, agenda_item_id=item, kind=AttachmentKind.PAPER, name=name, media_type="application/pdf",
        size=1, mark=mark, added_by_name="Sekretariat", added_at=session.scalar(select(Meeting.recorded_at)),
    )  # fmt: skip
    session.add(row)
    session.commit()
    return row


@pytest.mark.one_database
def test_a_paper_is_uploaded_under_its_item_and_moved_to_another(
    visit: Visitor, session: Session, agendas: dict[str, list[int]]
) -> None:
    meeting, first, second = agendas["R-2027-901"]
    secretariat = visit.as_(SECRETARIAT)
    page = secretariat.get(f"/meetings/{meeting}")
    [link] = page.soup.select(f"#agenda-{first}[data-drop] a[href*='item={first}']")

    path = f"/attachments/new?meeting={meeting}&item={first}"
    assert link["href"].startswith(path)
    values = {"kind": "paper", "agenda_item": str(first)}
    assert attach(secretariat, PDF, "kajian.pdf", f"/attachments/new?meeting={meeting}", **values).status == 303
    page = secretariat.get(f"/meetings/{meeting}")
    assert page.all_of(f"#agenda-{first} .papers a") == ["kajian.pdf"]
    assert "kajian.pdf" in secretariat.get(f"/meetings/agenda/{first}/edit").text_of(".papers")
    assert "kajian.pdf" in secretariat.get(f"/meetings/{meeting}/minutes").text_of(f"#agenda-{first}")

    [row] = session.scalars(select(Attachment).filter_by(name="kajian.pdf")).all()
    path = f"/attachments/{row.id}/agenda-item"
    assert secretariat.submit(secretariat.get(path), path, agenda_item=second).status == 303
    assert secretariat.get(f"/meetings/{meeting}").all_of(f"#agenda-{second} .papers a") == ["kajian.pdf"]


def test_an_item_of_another_meeting_is_refused_by_the_forms_and_by_the_database(
    visit: Visitor, session: Session, agendas: dict[str, list[int]]
) -> None:
    meeting, first, _ = agendas["R-2027-901"]
    elsewhere = agendas["R-2027-902"][2]
    row, secretariat = paper(visit, session, meeting, first), visit.as_(SECRETARIAT)
    path = f"/attachments/{row.id}/agenda-item"
    assert secretariat.submit(secretariat.get(path), path, agenda_item=elsewhere).status == 422
    answer = attach(
        secretariat, PDF, "x.pdf", f"/attachments/new?meeting={meeting}", kind="paper", agenda_item=str(elsewhere)
    )
    assert answer.status == 422

    row.agenda_item_id = elsewhere
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_a_paper_is_hidden_with_its_item_and_stays_as_secret_when_the_item_is_removed(
    visit: Visitor, session: Session, agendas: dict[str, list[int]]
) -> None:
    meeting, continued, _ = agendas["R-2027-902"]
    row, reader = paper(visit, session, meeting, continued, "rahasia.pdf"), visit.as_(READER)
    assert "rahasia.pdf" in reader.get(f"/meetings/{meeting}/files").text

    session.get(Meeting, agendas["R-2027-901"][0]).classification = Classification.RESTRICTED
    session.commit()
    assert "rahasia.pdf" not in reader.get(f"/meetings/{meeting}/files").text
    assert reader.look(f"/attachments/{row.id}").status == 404

    session.get(Meeting, agendas["R-2027-901"][0]).recorded_by_id = 1
    session.commit()
    secretariat = visit.as_(SECRETARIAT)
    page = secretariat.get(f"/meetings/agenda/{continued}/edit")
    assert secretariat.submit(page, f"/meetings/agenda/{continued}/remove").status == 303
    session.expire_all()
    kept = session.get(Attachment, row.id)
    assert (kept.agenda_item_id, kept.classification) == (None, Classification.RESTRICTED)
    assert "rahasia.pdf" not in reader.get(f"/meetings/{meeting}/files").text


@pytest.mark.one_database
def test_an_item_that_goes_on_shows_the_papers_of_the_earlier_one_where_they_may_be_seen(
    visit: Visitor, session: Session, agendas: dict[str, list[int]]
) -> None:
    (earlier, _, second), (later, continued, _) = agendas["R-2027-901"], agendas["R-2027-902"]
    row, reader = paper(visit, session, earlier, second, "lama.pdf"), visit.as_(READER)
    paper(visit, session, later, continued, "baru.pdf")
    shown = reader.get(f"/meetings/{later}").all_of(f"#agenda-{continued} .papers a[download]")
    assert shown == ["baru.pdf", "lama.pdf"]

    row.classification = Classification.SECRET
    session.commit()
    assert reader.get(f"/meetings/{later}").all_of(f"#agenda-{continued} .papers a[download]") == ["baru.pdf"]
