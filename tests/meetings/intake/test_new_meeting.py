"""The ways into a meeting: one to come, one just held, and a text that was written about one."""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.visitor import ADVISER, READER, SECRETARIAT, Page, Visitor, filled
from tracker.meetings.intake.rules import header_of, joined, marked, pieces_of, present_in
from tracker.meetings.models import Attendance, Meeting, Statement
from tracker.people.models import Person, Position, PositionHolding
from tracker.people.rules import HoldingKind

pytestmark = pytest.mark.one_database

RELEASE = Path(__file__).with_name("press-release-2020-10-21.txt").read_text()
NEW, TEXT = "/meetings/new", "/meetings/new/text"
DOORS = [NEW, f"{NEW}/upcoming", TEXT]
TODAY = dt.date(2026, 11, 25)


def read(browser: Visitor, text: str = RELEASE) -> Page:
    return browser.submit(browser.get(TEXT), f"{TEXT}/read", text=text)


def attending(session: Session, name: str) -> list[tuple[str | None, str | None, str, str]]:
    """(name, post, role, attendance) in the order of the list."""
    query = select(Person.name, Attendance.post_as_written, Attendance.role, Attendance.status)
    query = (
        query.select_from(Attendance)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .outerjoin(Attendance.person)
        .where(Meeting.name_id == name)
    )
    return [tuple(row) for row in session.execute(query.order_by(Attendance.place))]


@pytest.mark.parametrize("path", DOORS)
def test_each_door_has_an_address_that_the_menu_names(visit: Visitor, path: str) -> None:
    page = visit.as_(SECRETARIAT).get(path)

    assert page.heading == "Apa yang Anda punya?"
    doors = {door["href"]: door.has_attr("aria-current") for door in page.soup.select(".door")}
    assert doors == {each: each == path for each in (DOORS[1], DOORS[0], DOORS[2])}
    menu = [link["href"] for link in page.soup.select(".site-tools .menu-list a")]
    assert menu[:5] == [*DOORS, "/proposals/new", "/actions/new"]


@pytest.mark.parametrize("username", [READER, ADVISER])
def test_nobody_else_is_led_to_the_doors(visit: Visitor, username: str) -> None:
    browser = visit.as_(username)
    assert not set(DOORS) & set(browser.get("/").links)
    for path in DOORS:
        browser.get(path, status=404)


def test_picked_people_and_a_pasted_list_become_one_attendance_list(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    person = session.scalars(select(Person).filter_by(name="Razilu")).one()
    names = "p Teuku Rahman\n2. Kabag PPL\n3. Razilu"

    saved = browser.submit(
        browser.get(NEW), NEW, name_id="Rapat uji", date="2026-11-02", people=[person.id], names=names
    )

    assert saved.status == 303, saved.problems
    assert saved.response.location.split("#")[0].endswith("/minutes")
    assert [(row[0], row[2], row[3]) for row in attending(session, "Rapat uji")] == [
        ("Razilu", "participant", "present"), ("Teuku Rahman", "chair", "present"), (None, "participant", "present"),
    ]  # fmt: skip


@pytest.mark.parametrize("names", ["34", "1.\n2.", "-----"])
def test_a_list_without_any_name_is_refused_and_kept(visit: Visitor, session: Session, names: str) -> None:
    browser = visit.as_(SECRETARIAT)

    answer = browser.submit(browser.get(NEW), NEW, name_id="Rapat uji", date="2026-11-02", names=names)

    assert answer.status == 422
    assert answer.soup.select_one("[name=names]").get_text().strip().splitlines() == names.splitlines()
    assert session.scalar(select(Meeting.id).filter_by(name_id="Rapat uji")) is None


def test_a_name_that_is_not_clear_is_asked_about_and_nothing_typed_is_lost(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    typed = {
        "name_id": "Rapat uji",
        "date": "2026-11-02",
        "names": "Rahman, Kasubbag Tata Usaha\nKabag PPL",
        "venue": "Aula",
    }

    asked = browser.submit(browser.get(NEW), NEW, **typed)

    assert asked.status == 422
    assert "Rahman" in asked.problems[0]
    assert [asked.soup.select_one(f"[name={name}]")["value"] for name in ("name_id", "venue")] == ["Rapat uji", "Aula"]
    assert asked.soup.select_one("[name=names]").get_text().strip().splitlines() == typed["names"].splitlines()
    assert session.scalar(select(Meeting.id).filter_by(name_id="Rapat uji")) is None
    saved = browser.post(NEW, {**filled(asked.form(NEW)), "asked-0-meant": ["new"]})
    assert saved.status == 303, saved.problems
    assert [row[:2] for row in attending(session, "Rapat uji")] == [
        ("Rahman", "Kasubbag Tata Usaha"),
        (None, "Kabag PPL"),
    ]


def test_a_release_proposes_the_meeting_its_people_and_what_was_said(visit: Visitor, session: Session) -> None:
    page = read(visit.as_(SECRETARIAT))

    assert page.status == 200
    shown = {
        name: page.soup.select_one(f"[name={name}]")["value"]
        for name in ("date", "venue", "city", "weekday_as_written")
    }
    assert shown == {"date": "2020-10-21", "venue": "ruang rapat staf ahli MenkumHAM", "city": "Jakarta",
                     "weekday_as_written": "Rabu"}  # fmt: skip
    assert len(page.soup.select_one("[name=names]").get_text().split("\n")) == 9
    assert len(page.soup.select(".piece")) == 21
    assert page.soup.select_one(".source-text").get_text().strip() == RELEASE.strip()
    marked_rows = {row for mark in page.soup.select("mark") for row in mark["data-rows"].split()}
    assert {f"pieces-{number}" for number in range(21)} <= marked_rows
    assert session.scalar(select(Meeting.id).where(Meeting.name_id.startswith("Gandeng"))) is None


@pytest.mark.on_both
def test_what_was_read_is_recorded_at_once(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)

    saved = browser.submit(read(browser), TEXT)

    assert saved.status == 303, saved.problems
    meeting = session.scalars(select(Meeting).where(Meeting.name_id.startswith("Gandeng"))).one()
    rows = attending(session, meeting.name_id)
    assert len(rows) == 9
    assert [row[0] for row in rows if row[2] == "chair"] == ["Razilu"]
    said = session.scalars(select(Statement).filter_by(meeting_id=meeting.id).order_by(Statement.place)).all()
    assert len(said) == 12
    assert all((line.quote or line.gist_id) in RELEASE for line in said)
    assert {line.speaker_note for line in said} == {None}
    assert len({line.speaker_id for line in said if line.speaker_id}) == 3


def test_a_part_is_split_at_its_line_end_and_joined_again(visit: Visitor) -> None:
    browser = visit.as_(SECRETARIAT)
    page = read(browser, "Judul rapat\n\n“Satu dua tiga,” kata Razilu.\n")
    number = next(
        at for at, piece in enumerate(page.soup.select(".piece")) if piece.select("[name$=-quote]:not([type])")
    )
    name = f"pieces-{number}-quote"

    values = {**filled(page.form(TEXT)), name: ["Satu\ndua tiga"], "split": [str(number)]}
    halves = browser.post(TEXT, values)
    assert [halves.soup.select_one(f"[name=pieces-{at}-quote]").get_text().strip() for at in (number, number + 1)] == [
        "Satu", "dua tiga",
    ]  # fmt: skip
    whole = browser.post(TEXT, {**filled(halves.form(TEXT)), "join": [str(number + 1)]})
    assert whole.soup.select_one(f"[name={name}]").get_text().strip() == "Satu dua tiga"
    unsplit = browser.post(TEXT, {**filled(whole.form(TEXT)), "split": [str(number)]})
    assert "Tekan Enter" in unsplit.problems[0]


@pytest.mark.parametrize("between", [" ", "  ", "\n", "\u00a0", "\n\n", ""])
def test_joined_parts_are_what_stands_in_the_source(between: str) -> None:
    text = f"Ia berkata “Satu (dua){between}tiga.” Lalu pulang."

    assert joined(text, " Satu (dua)", "tiga. ") == f"Satu (dua){between}tiga."


@pytest.mark.parametrize(
    ("above", "below", "whole"), [("Satu", "pulang", "Satu pulang"), ("", "tiga", "tiga"), ("a", "", "a")]
)
def test_parts_that_do_not_follow_each_other_are_joined_by_a_space(above: str, below: str, whole: str) -> None:
    assert joined("Satu dua tiga. Lalu pulang.", above, below) == whole


@pytest.mark.parametrize(
    ("text", "day", "is_inferred"),
    [
        ("Judul\nRapat Rabu (21/10).", dt.date(2026, 10, 21), True),
        ("Judul 2021\nRapat Rabu (21/10) tahun 2020.", dt.date(2020, 10, 21), True),
        ("Judul\nSenin, 2 November 2026 di Jakarta.", dt.date(2026, 11, 2), False),
        ("Judul\nKamis, 2 November 2026.", None, False),
        ("Judul\nTanggal 31 Februari 2026.", None, False),
        ("Judul\nNomor 12/2020 dan 99/99.", None, False),
    ],
)
def test_the_day_is_read_and_its_year_inferred_only_where_it_fits(
    text: str, day: dt.date | None, is_inferred: bool
) -> None:
    header = header_of(text, TODAY)

    assert (header.values.get("date"), header.is_year_inferred) == (day, is_inferred)


def test_everybody_whom_the_release_names_is_proposed_once() -> None:
    speakers = [piece.speaker_name for piece in pieces_of(RELEASE, people=(), said_on=TODAY) if piece.speaker_name]

    lines = present_in(RELEASE, speakers, {"Staf Ahli Bidang Sosial"}.__contains__)

    assert lines == [
        "p Razilu, Staf Ahli Bidang Ekonomi", "Sekretaris Direktorat Jenderal HAM", "Direktur Kerja Sama HAM",
        "Min Usihen, Staf Ahli Bidang Sosial", "Lingga, Staf Khusus Bidang Hubungan Luar Negeri", "Kabag PPL",
        "Kasubdit KDN Wilayah I", "Kasubdit KDN Wilayah II", "Kasubdit Instrumen HAM Kelompok Rentan",
    ]  # fmt: skip


def test_marks_lose_nothing_of_the_source() -> None:
    pieces = [("one", 2, "bb"), ("two", 7, "bb"), ("three", 0, "x"), ("four", None, "a")]
    stretches = marked("a bb c bb d", pieces, [("fact", "b c b")])

    assert "".join(stretch.text for stretch in stretches) == "a bb c bb d"
    assert [(stretch.text, stretch.rows) for stretch in stretches if len(stretch.rows) == 2] == [
        ("b", ("one", "fact")), ("b", ("two", "fact")),
    ]  # fmt: skip


def test_a_picked_person_with_several_posts_is_asked_which(visit: Visitor, session: Session) -> None:
    person = session.scalars(select(Person).filter_by(name="Sekar Wulandari")).one()
    other = session.scalars(select(Position).filter_by(title_id="Direktur Kerja Sama HAM")).one()
    acting = {"kind": HoldingKind.PLT, "start_on": dt.date(2026, 1, 5)}
    session.add(PositionHolding(person_id=person.id, position_id=other.id, **acting))
    session.commit()
    browser = visit.as_(SECRETARIAT)

    asked = browser.submit(browser.get(NEW), NEW, name_id="Rapat uji", date="2026-11-02", people=[person.id])

    assert asked.status == 422
    assert "Sekar Wulandari" in asked.problems[0]
    assert session.scalar(select(Meeting.id).filter_by(name_id="Rapat uji")) is None
    saved = browser.submit(asked, NEW, **{"asked-0-held": str(other.id)})
    assert saved.status == 303, saved.problems
    assert [row[1] for row in attending(session, "Rapat uji")] == ["Plt. Direktur Kerja Sama HAM"]


@pytest.mark.parametrize("door", ["/meetings/new", "/meetings/new/upcoming"])
def test_what_few_meetings_need_is_in_four_parts(visit: Visitor, door: str) -> None:
    page = visit.as_(SECRETARIAT).get(door)
    folds = ["Tempel daftar nama", "Undangan dan nomor", "Sumber dan penulisan asli", "Dalam bahasa Inggris",
             "Klasifikasi"]  # fmt: skip
    shown = page.all_of("main form details.more:not([open]) > summary")
    assert [words[: len(fold)] for words, fold in zip(shown, folds, strict=True)] == folds
