"""S12, the report: the matrix as XLSX, CSV and PDF, in Indonesian, with the filter and visibility of the page."""

import csv
import io
from datetime import date

from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.visitor import READER, SECRETARIAT, Visitor
from tracker.actions.models import ActionItem

QUERY = "stage=open&year=2026"


def codes_by_format(browser: Visitor) -> dict[str, list[str]]:
    """The codes of the matrix on screen (all pages) and in each file."""
    shown, path = [], f"/actions/matrix?{QUERY}"
    while path:
        page = browser.get(path)
        shown += page.all_of("tbody .code")
        older = page.soup.select_one("a[rel=next]")
        path = str(older["href"]) if older else ""
    files = {kind: browser.get(f"/actions.{kind}?{QUERY}").response.get_data() for kind in ("csv", "xlsx", "pdf")}
    rows = list(csv.reader(io.StringIO(files["csv"].decode("utf-8-sig"), newline=""), delimiter=";"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(files["xlsx"])).get_sheet_by_index(0).to_python()
    pages = PdfReader(io.BytesIO(files["pdf"])).pages
    assert all(page.mediabox.width > page.mediabox.height for page in pages)
    paper = "".join(page.extract_text() for page in pages)
    return {
        "screen": shown,
        "csv": [row[1] for row in rows[1:]],
        "xlsx": [row[1] for row in book[1:]],
        "pdf": [code for code in shown if code in paper],
    }


def test_the_matrix_is_the_same_on_screen_and_in_files_without_classified_rows(
    visit: Visitor, session: Session
) -> None:
    whole = codes_by_format(visit.as_(READER))
    hidden = whole["screen"][0]
    session.execute(update(ActionItem).where(ActionItem.code == hidden).values(classification="restricted"))

    after = codes_by_format(visit.as_(READER))

    assert len(whole["screen"]) > 1
    assert all(codes == whole["screen"] for codes in whole.values())
    assert all(codes == whole["screen"][1:] for codes in after.values())


def test_dates_are_written_in_the_language_of_the_user(visit: Visitor, session: Session) -> None:
    day = date(2020, 12, 10)
    session.execute(update(ActionItem).where(ActionItem.id == 1).values(due_on=day, original_due_on=day))
    browser = visit.as_(SECRETARIAT)

    text = browser.get("/actions.csv").response.get_data().decode("utf-8-sig")
    real = browser.get("/actions.xlsx").response.get_data()

    assert ";10 Des 2020;" in text
    assert day in [row[7] for row in CalamineWorkbook.from_filelike(io.BytesIO(real)).get_sheet_by_index(0).to_python()]
