import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.test_statement_counts import counted
from tests.visitor import SECRETARIAT, Page, Visitor, key_of
from tracker.core import clock
from tracker.demo.real_meeting import SOURCE
from tracker.meetings.live.models import TypedLine
from tracker.meetings.models import Attendance, Meeting, Statement
from tracker.people.models import Person
from tracker.proposals.models import Proposal

pytestmark = pytest.mark.one_database

RELEASE = Path(__file__).with_name("press-release-2020-10-21.txt").read_text()
PASTE = "/meetings/1/minutes/paste"


def cut(browser: Visitor, text: str, typed_key: str = "") -> Page:
    typed = {"typed_key": typed_key, "typed_step": "0"} if typed_key else {}
    return browser.submit(browser.get(PASTE), f"{PASTE}/cut", text=text, **typed)


def count(session: Session, *kinds: type) -> tuple[int, ...]:
    return tuple(session.scalar(select(func.count()).select_from(kind)) or 0 for kind in kinds)


def test_nothing_of_a_press_release_is_stored_before_it_is_confirmed(visit: Visitor, session: Session) -> None:
    before = count(session, Statement, Proposal)
    page = cut(visit.as_(SECRETARIAT), RELEASE)

    assert page.status == 200
    assert len(page.soup.select(".piece")) == 21
    assert len(page.soup.select(".piece input[type=checkbox][checked]")) == 12
    assert count(session, Statement, Proposal) == before


@pytest.mark.on_both
def test_the_confirmed_pieces_become_statements_in_order_with_speakers_and_proposals(
    visit: Visitor, session: Session
) -> None:
    browser = visit.as_(SECRETARIAT)
    before = count(session, Statement, Proposal)
    last = session.scalar(select(func.max(Statement.id)))

    page = browser.follow(browser.submit(cut(browser, RELEASE), PASTE))

    assert count(session, Statement, Proposal) == (before[0] + 12, before[1] + 3)
    written = session.scalars(select(Statement).where(Statement.id > last).order_by(Statement.place)).all()
    assert all(said.quote in RELEASE for said in written if said.quote)
    places = [RELEASE.index(said.quote or said.gist_id) for said in written]
    assert places == sorted(places)
    people = {row.id: row.person_id for row in session.scalars(select(Attendance).filter_by(meeting_id=1))}
    by_name = {person.id: person.name for person in session.scalars(select(Person))}
    told = json.loads(SOURCE.read_text())
    known = {row["name"] for row in told["persons"]}
    assert {by_name[people[said.speaker_id]] for said in written if said.speaker_id} == known
    assert "12" in page.text_of("main")


def test_what_is_not_ticked_is_not_written_and_what_was_mended_is(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    page = cut(browser, "“Satu,” kata Budi. “Dua,” ujar Razilu.")
    before = count(session, Statement)[0]

    browser.follow(browser.submit(page, PASTE, **{"pieces-0-is_kept": [], "pieces-1-quote": "Dua  (2)"}))

    said = session.scalars(select(Statement).order_by(Statement.id.desc())).first()
    assert count(session, Statement)[0] == before + 1
    assert (said.quote, said.kind) == ("Dua  (2)", "remark")


def test_ticking_nothing_is_asked_about_and_nothing_is_lost(visit: Visitor) -> None:
    browser = visit.as_(SECRETARIAT)
    page = browser.submit(cut(browser, "“Satu,” kata Budi."), PASTE, **{"pieces-0-is_kept": []})

    assert page.status == 422
    assert page.soup.select_one("[name=pieces-0-quote]").get_text().strip() == "Satu"
    assert page.soup.select_one("[name=pieces-0-speaker_note]")["value"] == "Budi"


def test_a_text_from_the_box_leaves_it_when_it_is_confirmed(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    text = "Satu.\nDua.\nTiga."
    browser.post("/meetings/1/minutes/typing", {"csrf_token": browser.token(), "key": key_of("k1"), "line": text})
    page = cut(browser, text, key_of("k1"))
    assert count(session, TypedLine) == (1,)

    browser.follow(browser.submit(page, PASTE))

    session.expire_all()
    assert count(session, TypedLine) == (0,)


@pytest.mark.parametrize("times", [1, 2])
def test_confirming_twice_stores_once(visit: Visitor, session: Session, times: int) -> None:
    browser = visit.as_(SECRETARIAT)
    before = count(session, Statement)[0]
    page = cut(browser, "“Satu,” kata Budi.")

    answers = [browser.submit(page, PASTE).status for _ in range(times)]

    assert (answers, count(session, Statement)[0]) == ([303] * times, before + 1)


def test_the_minutes_under_approval_take_no_pasted_text(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    page = cut(browser, "“Satu,” kata Budi.")
    session.get(Meeting, 1).locked_at = clock.now()
    session.commit()

    assert browser.submit(page, PASTE).status == 409


def test_a_list_of_names_becomes_the_attendance_list_in_one_confirm(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    names = f"{PASTE}/names"
    before = count(session, Attendance, Person)
    listed = "1. Razilu\n2. n Sekar Wulandari, S.H., Kasubbag\n3. Kasubbag Tata Usaha\n4. Fulan bin Fulan, Tamu\n"

    page = browser.submit(browser.get(names), f"{names}/read", names=listed)
    kept = [bool(box.has_attr("checked")) for box in page.soup.select("input[type=checkbox]")]
    assert (page.status, kept, count(session, Attendance, Person)) == (200, [False, True, True, True], before)

    browser.follow(browser.submit(page, names))
    taker, post, guest = session.scalars(select(Attendance).order_by(Attendance.id.desc()).limit(3)).all()[::-1]
    assert (session.get(Person, taker.person_id).name, taker.role, taker.post_as_written) == (
        "Sekar Wulandari", "minute_taker", "Kasubbag"
    )  # fmt: skip
    assert (post.person_id, post.post_as_written) == (None, "Kasubbag Tata Usaha")
    assert (session.get(Person, guest.person_id).is_provisional, guest.role) == (True, "invitee")


def test_a_pasted_second_chair_is_refused(visit: Visitor) -> None:
    browser = visit.as_(SECRETARIAT)
    names = f"{PASTE}/names"
    page = browser.submit(browser.get(names), f"{names}/read", names="p Fulan\np Falan")

    assert browser.submit(page, names, **{"rows-1-role": "chair"}).status == 422
    assert browser.submit(page, names, **{"rows-0-is_kept": [], "rows-1-role": "chair"}).status == 422


def test_every_part_of_a_pasted_row_goes_where_it_belongs(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    names = f"{PASTE}/names"
    listed = (
        "No\tNama\tNIP\tJabatan\tInstansi\tKeterangan\n"
        "1\tDr. Gita Larasati, S.H., M.Hum.\t198001012005012001\tKabag Umum\tBappenas\tDaring\n"
        "2\t\t\tKepala Biro Umum\tKPK\tDiwakili Budi\n"
    )

    browser.follow(browser.submit(browser.submit(browser.get(names), f"{names}/read", names=listed), names))

    guest, post = session.scalars(select(Attendance).order_by(Attendance.id.desc()).limit(2)).all()[::-1]
    person = session.get(Person, guest.person_id)
    assert (person.title_prefix, person.name, person.title_suffix, person.nip) == (
        "Dr.", "Gita Larasati", "S.H., M.Hum.", "198001012005012001"
    )  # fmt: skip
    assert (guest.post_as_written, guest.unit_as_written, guest.status) == ("Kabag Umum", "Bappenas", "present_online")
    assert (post.person_id, post.post_as_written, post.unit_as_written, post.status, post.represented_by) == (
        None, "Kepala Biro Umum", "KPK", "represented", "Budi"
    )  # fmt: skip


def test_who_may_be_known_is_asked_about_and_every_spelling_is_one_person(visit: Visitor, session: Session) -> None:
    for number, name in enumerate(("Ratna Wulan-Sari", "Ratna Dewanti"), 9100):
        session.add(Person(id=number, name=name, title_prefix="Dr.", folded=name.casefold(), aliases=[]))
    session.commit()
    browser = visit.as_(SECRETARIAT)
    names = f"{PASTE}/names"
    before = count(session, Attendance, Person)
    listed = "Ibu Ratna Wulan–Sari\nRATNA WULANSARI, SH\nRatna Wulan\nRatna\nFulan\nFulan\n"

    page = browser.submit(browser.get(names), f"{names}/read", names=listed)
    ticked = [bool(box.has_attr("checked")) for box in page.soup.select("[name$=is_kept]")]
    chosen = [option["value"] for option in page.soup.select("[name$=meant] option[selected]")]
    assert (ticked, chosen) == ([True, False, True, True, True, False], ["9100", "9100", "9100", "new", "new"])

    asked = browser.submit(page, names)
    assert asked.status == 422
    assert [problem for problem in asked.problems if "Ratna" in problem] == asked.problems
    browser.follow(browser.submit(asked, names, **{"rows-3-meant": "9101", "rows-5-is_kept": "y"}))

    assert count(session, Attendance, Person) == (before[0] + 3, before[1] + 1)


def test_a_name_that_was_corrected_is_looked_up_anew(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    names = f"{PASTE}/names"
    page = browser.submit(browser.get(names), f"{names}/read", names="Fulan")

    asked = browser.submit(page, names, **{"rows-0-name": "Bagus"})

    assert asked.status == 422
    assert asked.text_of("[name$=meant] option[selected]").startswith("Bagus Prasetyo")


def test_a_long_list_costs_no_more_statements_than_a_short_one(visit: Visitor, app: Flask, session: Session) -> None:
    browser, read = visit.as_(SECRETARIAT), f"{PASTE}/names/read"
    known = session.scalars(select(Person.name).order_by(Person.id)).all()

    def cost(names: Sequence[str]) -> int:
        with counted(app) as said:
            page = browser.post(read, {"csrf_token": token, "names": "\n".join(names)})
        assert len(page.soup.select("[name$='-is_kept']")) == len(names)
        return len(said)

    token = browser.token()
    cost(known[:1])  # what is loaded once, is
    assert cost(known[:2]) == cost(known[:8])
