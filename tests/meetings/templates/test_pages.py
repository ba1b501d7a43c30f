import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.visitor import READER, SECRETARIAT, Page, Visitor
from tracker.audit.models import Event
from tracker.meetings.models import Attendance, Meeting
from tracker.meetings.templates.models import MeetingTemplate

pytestmark = pytest.mark.one_database

EDIT = "/meetings/templates/coordination_meeting/edit"
AGENDA = "Pembukaan\nPembahasan\nTindak lanjut"
POSTS = "p Direktur Jenderal HAM\nn Kabag PPL\nDirektur Kerja Sama HAM"


def save_template(secretariat: Visitor, **fields: str) -> Page:
    return secretariat.submit(secretariat.get(EDIT), EDIT, agenda=AGENDA, posts=POSTS, city="Jakarta", **fields)


def use_template(secretariat: Visitor, **fields: str) -> Page:
    """The form for a new meeting after pressing «Use template»."""
    page = secretariat.get("/meetings/new")
    values = {"use_template": "1", "meeting_type": "coordination_meeting", **fields}
    form = page.form("/meetings/new")
    hidden = {control["name"]: control.get("value", "") for control in form.select("input[type=hidden]")}
    return secretariat.post("/meetings/new", {**hidden, **values})


def value_of(page: Page, name: str) -> str:
    control = page.soup.select_one(f"[name='{name}']")
    if control.name == "select":
        return str(control.select_one("option[selected]")["value"])
    return control.get_text().strip() if control.name == "textarea" else str(control.get("value", ""))


def test_a_template_fills_only_empty_fields(visit: Visitor, session: Session) -> None:
    secretariat = visit.as_(SECRETARIAT)
    assert save_template(secretariat, venue="Ruang Rapat Dirjen").status == 303

    page = use_template(secretariat, name_id="Rakor <b>Aksi HAM</b>", venue="Aula")

    assert page.status == 422
    assert page.problems == []
    assert [value_of(page, name) for name in ("name_id", "venue", "city", "agenda")] == [
        "Rakor <b>Aksi HAM</b>", "Aula", "Jakarta", AGENDA,
    ]  # fmt: skip
    assert value_of(page, "names") == POSTS
    assert session.scalar(select(Meeting.id).filter_by(venue="Aula")) is None


def test_a_meeting_logged_from_a_template_has_its_agenda_and_posts(visit: Visitor, session: Session) -> None:
    secretariat = visit.as_(SECRETARIAT)
    save_template(secretariat)
    page = use_template(secretariat, name_id="Rakor dari templat", date="2026-11-02", classification="ordinary")

    answer = secretariat.submit(page, "/meetings/new")

    assert answer.status == 303, answer.problems
    meeting = session.scalars(select(Meeting).filter_by(name_id="Rakor dari templat")).one()
    attending = session.scalars(select(Attendance).filter_by(meeting_id=meeting.id).order_by(Attendance.place)).all()
    assert [(row.post_as_written, row.role) for row in attending][:2] == [
        ("Direktur Jenderal HAM", "chair"), ("Kabag PPL", "minute_taker"),
    ]  # fmt: skip
    assert attending[2].position_id is not None


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [("", "Pilih jenis rapat dulu."), ("other", "Belum ada templat untuk jenis ini.")],
)
def test_a_missing_template_is_reported_without_losing_what_was_typed(
    visit: Visitor, chosen: str, sentence: str
) -> None:
    page = use_template(visit.as_(SECRETARIAT), name_id="Tanpa templat", agenda="Satu\nDua", meeting_type=chosen)

    assert page.status == 422
    assert [problem[: len(sentence)] for problem in page.problems] == [sentence]
    assert [value_of(page, name) for name in ("name_id", "agenda")] == ["Tanpa templat", "Satu\nDua"]


def test_a_conflicting_change_shows_both_texts_and_records_no_event(visit: Visitor, session: Session) -> None:
    secretariat = visit.as_(SECRETARIAT)
    save_template(secretariat)
    stale_page = secretariat.get(EDIT)
    assert secretariat.submit(secretariat.get(EDIT), EDIT, venue="Aula").status == 303

    late = secretariat.submit(stale_page, EDIT, venue="Ruang 5")

    assert late.status == 409
    assert "Aula" in late.text_of(".conflict")
    assert session.scalars(select(MeetingTemplate.venue)).all() == ["Aula"]
    assert len(session.scalars(select(Event).filter_by(subject="meeting_template")).all()) == 2


@pytest.mark.parametrize("path", ["/meetings/templates", EDIT, "/meetings/templates/nothing/edit"])
def test_only_the_secretariat_sees_templates(visit: Visitor, path: str) -> None:
    assert visit.as_(READER).get(path, status=404)
