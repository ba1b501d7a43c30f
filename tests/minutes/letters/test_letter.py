"""The invitation letter, written on its page and read back from PDF and Word."""

import io
from datetime import date, time

import pytest
from docx import Document
from pypdf import PdfReader
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.minutes.documents.minutes_of_all_parts import CONTENT
from tests.minutes.documents.test_official_form import plain
from tests.visitor import READER, SECRETARIAT, Visitor, filled
from tracker.core.actor import Classification
from tracker.core.places import nth
from tracker.meetings.models import AgendaItem, Attendance, Meeting
from tracker.meetings.rules import MeetingStatus
from tracker.minutes.documents.labels import BLANK
from tracker.minutes.letters import labels
from tracker.minutes.letters.rules import MOST_ON_THE_LETTER
from tracker.people.models import Person, Position

pytestmark = pytest.mark.one_database
AGENDA = ["Pembukaan", "Capaian aksi HAM", "Penutup"]
POSTS = ["Direktur Instrumen HAM", "Direktur Penguatan HAM", "Kepala Biro Hukum"]


@pytest.fixture
def planned(session: Session) -> int:
    meeting = Meeting(
        code="R-2027-900", name_id="Rapat pelaporan RANHAM", name_en="Meeting on the action plan",
        date=date(2027, 3, 4), status=MeetingStatus.SCHEDULED, recorded_at=session.scalar(select(Meeting.recorded_at)),
        venue="Ruang Rapat Lantai 5", venue_detail="https://rapat.example/j/123", city="Bogor",
    )  # fmt: skip
    session.add(meeting)
    session.flush()
    session.add_all(AgendaItem(meeting_id=meeting.id, place=nth(n), text=text) for n, text in enumerate(AGENDA, 1))
    session.add_all(
        Attendance(meeting_id=meeting.id, place=nth(n), post_as_written=post) for n, post in enumerate(POSTS, 1)
    )
    session.commit()
    return meeting.id


def in_pdf(visitor: Visitor, meeting: int) -> str:
    content = visitor.client.get(f"/meetings/{meeting}/letter.pdf").data
    return plain(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def in_word(visitor: Visitor, meeting: int) -> str:
    document = Document(io.BytesIO(visitor.client.get(f"/meetings/{meeting}/letter.docx").data))
    return plain(" ".join(str(element.text or "") for element in document.element.body.iter("{*}t")))


def speaking(visitor: Visitor, language: str) -> Visitor:
    visitor.client.post("/language", data={"language": language, "next": "/", "csrf_token": visitor.token()})
    return visitor


SAID = {
    "id": ["Nomor:HAM1-UM.01-25", "Sifat:Biasa(B)", "Hal:UndanganRapatpelaporanRANHAM", "Jakarta,25Februari2027",
           "Kamis,4Maret2027", "09.00–11.30WIB"],
    "en": ["Number:HAM1-UM.01-25", "Nature:Ordinary(B)", "Subject:Invitation:Meetingontheactionplan",
           "Jakarta,25February2027", "Thursday,4March2027", "09:00–11:30WIB"],
}  # fmt: skip


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_was_entered_is_in_both_files_in_the_order_of_the_form(
    visit: Visitor, session: Session, planned: int, language: str
) -> None:
    secretariat, path = visit.as_(SECRETARIAT), f"/meetings/{planned}/letter"
    session.execute(update(Meeting).filter_by(id=planned).values(called_time=time(9), end_time=time(11, 30)))
    session.commit()
    person = session.scalars(select(Person).limit(1)).one()
    person.nip = "196503031990031001"
    session.commit()
    post = session.scalars(select(Position).limit(1)).one()
    entered = {
        "number": "HAM1-UM.01-25", "on": "2027-02-25", "signatory_position": post.id, "signatory": person.id,
        "written_in": "Jakarta", "enclosures": "satu berkas", "request": "Mohon membawa laporan.",
        "copies_to": "Menteri HAM\nSekretaris Jenderal",
    }  # fmt: skip

    secretariat.follow(secretariat.submit(secretariat.get(path), path, **entered))
    secretariat = speaking(secretariat, language)

    title = post.title_en if language == "en" and post.title_en else post.title_id
    order = [
        SAID[language][3], *SAID[language][:2], "satuberkas", SAID[language][2],
        *(f"{n}.{plain(text)}" for n, text in enumerate(POSTS, 1)), *SAID[language][4:], "RuangRapatLantai5",
        "https://rapat.example/j/123", "Bogor", *(f"{n}.{plain(text)}" for n, text in enumerate(AGENDA, 1)),
        "Mohonmembawalaporan.", title, person.full_name, f"NIP{person.nip}", "1.MenteriHAM", "2.SekretarisJenderal",
    ]  # fmt: skip
    for shown in (in_pdf(secretariat, planned), in_word(secretariat, planned)):
        assert [words for words in order if plain(words) not in shown] == [], shown
        places = [shown.index(plain(words)) for words in order]
        # The date stands right of the number in Word, and above it in the PDF; all else is read downwards.
        assert places[1:] == sorted(places[1:])
        assert plain(BLANK) not in shown


def test_what_is_unknown_is_blank_and_nothing_is_filled_in(visit: Visitor, session: Session, planned: int) -> None:
    session.execute(update(Meeting).filter_by(id=planned).values(venue=None, venue_detail=None, city=None))
    session.commit()
    reader = visit.as_(READER)

    for shown in (in_pdf(reader, planned), in_word(reader, planned)):
        for said in ("Nomor:", "Waktu:", "Tempat:", "NIP"):
            assert said + plain(BLANK) in shown, said
        assert plain(f"{BLANK}, {BLANK}") in shown
    assert not reader.get(f"/meetings/{planned}/letter").soup.select("main form[method=post]")


def test_an_unknown_signatory_is_refused_and_a_held_meeting_has_no_letter_to_write(
    visit: Visitor, session: Session, planned: int
) -> None:
    secretariat, path = visit.as_(SECRETARIAT), f"/meetings/{planned}/letter"
    page = secretariat.get(path)
    assert secretariat.post(path, {**filled(page.form(path)), "signatory": ["987654321"]}).status == 422

    session.execute(update(Meeting).filter_by(id=planned).values(status=MeetingStatus.HELD))
    session.commit()
    assert secretariat.submit(page, path, number="1").status == 409
    assert session.scalar(select(Meeting.invitation_number).filter_by(id=planned)) is None


def test_its_files_are_as_secret_as_the_meeting(visit: Visitor, session: Session, planned: int) -> None:
    session.execute(update(Meeting).filter_by(id=planned).values(classification=Classification.SECRET))
    session.commit()
    for page in ("letter", "letter.pdf", "letter.docx"):
        assert visit.as_(READER).look(f"/meetings/{planned}/{page}").status == 404


def test_many_addressees_are_listed_on_a_page_of_their_own_without_the_signatory(planned: int, visit: Visitor) -> None:
    many = [
        {"post": f"Jabatan {n}", "person": None, "unit": None, "has_post": 1} for n in range(MOST_ON_THE_LETTER + 1)
    ]
    letter = dict.fromkeys(("written_in", "enclosures", "request", "copies_to")) | {
        "signatory": {"person": None, "nip": None}}  # fmt: skip
    with visit.app.test_request_context():
        sheet = labels.sheet_of({**CONTENT, "letter": letter, "addressees": many})
        short = labels.sheet_of({**CONTENT, "letter": letter, "addressees": many[1:]})

    assert (len(sheet["listed"]), sheet["addressees"]) == (len(many), [])
    assert (short["listed"], len(short["addressees"])) == ([], MOST_ON_THE_LETTER)


def test_the_signature_never_stands_alone_on_a_page(visit: Visitor, session: Session, planned: int) -> None:
    secretariat, path = visit.as_(SECRETARIAT), f"/meetings/{planned}/letter"
    alone = set()
    for lines in range(28, 34):
        request = "\n".join(["Mohon membawa laporan."] * lines)
        secretariat.submit(secretariat.get(path), path, request=request)
        content = secretariat.client.get(f"{path}.pdf").data
        pages = [plain(page.extract_text()) for page in PdfReader(io.BytesIO(content)).pages]
        alone |= {lines for page in pages if "BSrE" in page and "kehadiran" not in page}
    assert alone == set()
