import io
import json
import re

import pytest
from docx import Document
from flask import Flask
from pypdf import PdfReader

from tests.visitor import ADVISER, READER, SECRETARIAT, Visitor
from tracker.demo.real_meeting import SOURCE, in_spoken_order
from tracker.meetings import queries as meetings
from tracker.minutes import queries as minutes
from tracker.minutes.documents import labels
from tracker.minutes.documents.rules import SAMPLE

pytestmark = pytest.mark.one_database

SOURCE_DATA = json.loads(SOURCE.read_text())
HOSTILE = '#let x = 1 $y$ @ref *z* {{ 7*7 }} {% raw %} <b>&amp;</b> “kutip” \\ "'


def text_of_pdf(browser: Visitor, name: str) -> str:
    answer = browser.client.get(f"/meetings/1/{name}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return plain(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages))


def text_of_docx(browser: Visitor) -> str:
    document = Document(io.BytesIO(browser.client.get("/meetings/1/minutes.docx").data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return plain(" ".join([*(paragraph.text for paragraph in document.paragraphs), *cells]))


def plain(text: str) -> str:
    """The text without spaces and hyphens, which depend on line breaks."""
    return re.sub(r"[\s\u00ad-]+", "", text)


def expected_statements(language: str = "id") -> list[str]:
    """Quotes stay in their language; gists are in that of the document."""
    rows, gists = in_spoken_order(SOURCE_DATA), ("text_as_written", "paraphrase_as_written")
    names = ("quote", "in_english", *gists) if language == "en" else ("quote", *gists)
    return [next(row[name] for name in names if row.get(name)) for row in rows]


def test_the_pdf_has_every_attendee_statement_and_proposal_in_order(visit: Visitor) -> None:
    shown = text_of_pdf(visit.as_(READER), "minutes.pdf")

    statements = [plain(text) for text in expected_statements()]
    codes = [plain(f"U-2020-00{number}") for number in range(1, 6)]
    posts = [plain(row["post_as_written"]) for row in SOURCE_DATA["attendance"]]
    places = [shown.index(text) for text in statements]
    assert places == sorted(places)
    assert [shown.index(code) for code in codes] == sorted(shown.index(code) for code in codes)
    assert [shown.rindex(post) for post in posts] == sorted(shown.rindex(post) for post in posts)
    assert "disusundarisiaranpers;belumdisahkan" in shown
    assert "belumditetapkan" not in shown


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_word_document_has_the_same_content_in_the_same_order(visit: Visitor, language: str) -> None:
    reader = visit.as_(READER)
    reader.client.post("/language", data={"language": language, "next": "/", "csrf_token": reader.token()})
    document = Document(io.BytesIO(reader.client.get("/meetings/1/minutes.docx").data))
    shown = plain(" ".join(str(element.text or "") for element in document.element.body.iter("{*}t")))

    statements = [plain(text) for text in expected_statements(language)]
    codes = [plain(f"U-2020-00{number}") for number in range(1, 6)]
    posts = [plain(row["post_as_written"]) for row in SOURCE_DATA["attendance"]]
    for texts, find in ((statements, shown.index), (codes, shown.index), (posts, shown.rindex)):
        places = [find(text) for text in texts]
        assert places == sorted(places)
    assert ("Minutes" if language == "en" else "Notula").casefold() in shown.casefold()


def test_the_document_is_archivable_and_named_after_the_meeting(visit: Visitor) -> None:
    answer = visit.as_(READER).client.get("/meetings/1/minutes.pdf")

    assert b"pdfaid:part>2<" in answer.data
    assert answer.headers["Content-Disposition"] == "attachment; filename=R-2020-001-notula.pdf"


def test_typed_markup_is_printed_as_text(visit: Visitor) -> None:
    secretariat = visit.as_(SECRETARIAT)
    secretariat.submit(
        secretariat.get("/meetings/1/statements/new"), "/meetings/1/statements/new", kind="remark", gist_id=HOSTILE
    )

    assert plain(HOSTILE) in text_of_pdf(secretariat, "minutes.pdf")
    assert plain(HOSTILE) in text_of_docx(secretariat)


def test_an_approved_document_shows_its_verification_code_and_is_no_draft(visit: Visitor) -> None:
    secretariat, chair = visit.as_(SECRETARIAT), visit.as_(ADVISER)
    assert "DRAF" in text_of_pdf(secretariat, "minutes.pdf")
    roll_call = "/meetings/1/minutes/roll-call"
    secretariat.submit(secretariat.get("/meetings/1/minutes"), roll_call, attendee="n Sekar Wulandari")
    for browser, step in ((secretariat, "submit"), (chair, "approve")):
        browser.submit(browser.get(f"/meetings/1/minutes/{step}"), f"/meetings/1/minutes/{step}")

    shown = text_of_pdf(secretariat, "minutes.pdf")

    code = secretariat.get("/meetings/1/minutes/versions/1").text_of("a.mark")
    assert code in shown
    assert f"verify/{code}" in shown
    assert "DRAFNOTULA" not in shown
    assert "belumdisahkan" not in shown
    assert "localhost" not in shown  # the configured address, not the host of the request
    assert "ditandatanganisecaraelektronik" not in shown.casefold()


def test_the_attendance_list_has_a_numbered_place_to_sign_for_each_row(visit: Visitor) -> None:
    shown = text_of_pdf(visit.as_(READER), "attendance.pdf")

    for number, row in enumerate(SOURCE_DATA["attendance"], 1):
        assert plain(row["post_as_written"]) in shown
        assert f"{number}.……………" in shown


def test_places_to_sign_alternate_left_and_right(visit: Visitor) -> None:
    pdf = visit.as_(READER).client.get("/meetings/1/attendance.pdf").data
    places: dict[int, float] = {}

    def note_place(text: str, page: list[float], line: list[float], *_: object) -> None:
        if match := re.match(r"(\d)\. …", text.strip()):
            places[int(match[1])] = page[4] + line[4]

    PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_text=note_place)

    assert sorted(places) == list(range(1, len(SOURCE_DATA["attendance"]) + 1))
    assert max(places[odd] for odd in (1, 3, 5, 7, 9)) < min(places[even] for even in (2, 4, 6, 8))


def test_the_english_form_leaves_quotes_untranslated(visit: Visitor) -> None:
    reader = visit.as_(READER)
    reader.client.post("/language", data={"language": "en", "next": "/", "csrf_token": reader.token()})

    shown = text_of_pdf(reader, "minutes.pdf")

    assert "Wednesday,21October2020" in shown
    assert "notyetset" not in shown
    assert plain(SOURCE_DATA["proposals"][0]["quote"]) in shown


def test_the_letterhead_is_that_in_force_on_the_day_of_the_meeting(visit: Visitor) -> None:
    secretariat = visit.as_(SECRETARIAT)
    add, edit = "/units/1/former-names/new", "/units/1/edit"
    former = {"name_id": "Departemen Kehakiman", "address": "Jalan Lama 1, Jakarta", "until_on": "2021-06-30"}
    assert secretariat.submit(secretariat.get(add), add, **former).status == 303
    secretariat.submit(secretariat.get("/units/2/edit"), "/units/2/edit", address="Jalan Rasuna Said, Jakarta")
    secretariat.submit(secretariat.get(edit), edit, name_id="Kementerian Hukum", address="Jalan Baru 2")

    shown = text_of_pdf(secretariat, "minutes.pdf")
    secretariat.submit(secretariat.get("/meetings/1/edit"), "/meetings/1/edit", date="2021-07-01")
    later = text_of_pdf(secretariat, "minutes.pdf")

    unit = "DIREKTORATJENDERALHAKASASIMANUSIA"
    assert shown.startswith(f"DRAFBIASA(B)DEPARTEMENKEHAKIMAN{unit}JalanRasunaSaid,Jakarta")
    assert later.startswith(f"DRAFBIASA(B)KEMENTERIANHUKUM{unit}JalanRasunaSaid,Jakarta")


def test_a_second_former_name_until_the_same_day_is_refused(visit: Visitor) -> None:
    secretariat, add = visit.as_(SECRETARIAT), "/units/1/former-names/new"
    for status in (303, 422):
        page = secretariat.submit(secretariat.get(add), add, name_id=f"Nama {status}", until_on="2019-12-31")
        assert page.status == status

    assert page.problems == ["Sudah ada nama lama unit ini yang berakhir pada hari itu."]
    assert secretariat.get("/units/1").all_of("#former-names tbody tr td:first-child") == ["Nama 303"]


def test_an_acting_holder_is_printed_with_plt(visit: Visitor) -> None:
    secretariat = visit.as_(SECRETARIAT)
    links = secretariat.get("/meetings/1").soup.select("a[href^='/people/']")
    person = next(link["href"].rsplit("/", 1)[1] for link in links if link.text == "Razilu")
    new = "/posts/1/holders/new"
    secretariat.submit(secretariat.get(new), new, person=person, kind="plt", start_on="2020-10-01")

    shown = text_of_pdf(secretariat, "minutes.pdf")

    assert "Plt.StafAhliBidangEkonomi" in shown, shown[-2500:]


def test_the_word_document_is_a_draft_on_every_page_until_approved(visit: Visitor) -> None:
    document = Document(io.BytesIO(visit.as_(READER).client.get("/meetings/1/minutes.docx").data))

    assert [paragraph.text for paragraph in document.sections[0].header.paragraphs] == ["DRAF"]


def test_the_sample_for_checking_templates_has_the_parts_of_a_real_sheet(app: Flask) -> None:
    with app.test_request_context():
        meeting = meetings.meeting(1)
        sheet = labels.sheet_of(minutes.content_of(meeting))

    assert set(SAMPLE) == set(sheet)
    assert [set(table) for table in SAMPLE["tables"]] == [set(table) for table in sheet["tables"]]
    assert [len(table["head"]) for table in SAMPLE["tables"]] == [len(table["head"]) for table in sheet["tables"]]
    assert set(SAMPLE["signatures"][0]) == set(sheet["signatures"][0])
    assert set(SAMPLE["sections"][0]) == set(sheet["sections"][0])
    assert set(SAMPLE["sections"][0]["rows"][0]) == set(sheet["sections"][0]["rows"][0])
