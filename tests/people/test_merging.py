"""Two rows of one person become one, and two again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import MetaData, select, update
from sqlalchemy.orm import Session

from tests.visitor import ADMIN, READER, SECRETARIAT, Visitor, offered
from tracker.accounts.models import Account
from tracker.actions.models import ActionItem, ActionSupporter
from tracker.audit.models import AuditEntry, Event
from tracker.core import clock
from tracker.core.actor import Actor, Classification, Role, acting
from tracker.core.db import Model
from tracker.core.errors import NotPossible
from tracker.core.places import nth
from tracker.core.transactions import commit
from tracker.core.visibility import unrestricted
from tracker.meetings.models import Attendance, Meeting, Statement
from tracker.meetings.rules import AttendanceRole, AttendanceStatus, MeetingStatus
from tracker.people import commands, queries
from tracker.people.labels import FOLLOWS
from tracker.people.models import Person, PersonMerge, Position, PositionHolding
from tracker.people.rules import Keep, joined_names, may_overlap
from tracker.proposals.models import Proponent

BY = Actor(account_id=None, name="Sekretariat", roles=frozenset({Role.SECRETARIAT, Role.ADMIN}))
#: What is no part of the record, and what a merge adds to it.
_BESIDE = {"event", "audit_entry", "audit_head", "person_merge", "position_merge", "spent_key", "sign_in",
           "search_entry", "search_word", "notice", "webhook_delivery"}  # fmt: skip


def tables_that_name(table: str) -> set[str]:
    return {
        f"{one.name}.{column.name}"
        for one in Model.metadata.tables.values()
        for column in one.columns
        for key in column.foreign_keys
        if key.column.table.name == table
    }


@pytest.mark.parametrize(("table", "model"), [("person", Person), ("position", Position)])
def test_everything_that_names_a_person_or_post_follows_and_is_counted_in_words(table: str, model: Any) -> None:
    """A new foreign key has to be named in `labels.FOLLOWS`; a table without a class would not follow at all."""
    own = {f"{table}.merged_into_id", f"{table}_merge.kept_id", f"{table}_merge.gone_id"}
    followed = {reference.name for reference in queries.references(model)}

    assert followed == tables_that_name(table) - own
    assert followed <= set(FOLLOWS)


def whole_record(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the record, without the numbers that count its changes."""
    metadata = MetaData()
    metadata.reflect(session.connection(), only=lambda name, _: name in Model.metadata.tables and name not in _BESIDE)
    return {
        name: sorted(
            (tuple(row) for row in session.execute(
                select(*(column for column in table.columns if column.name != "version")))),
            key=repr,
        )
        for name, table in metadata.tables.items()
    }  # fmt: skip


@contextmanager
def as_secretariat(app: Flask) -> Iterator[None]:
    with app.test_request_context("/"), unrestricted(), acting(BY):
        yield


def double_of(session: Session, person_id: int, **more: Any) -> int:
    """A second row of a person, on the list of the same and of another meeting, with all that names persons."""
    first = session.get(Person, person_id)
    assert first is not None
    double = Person(
        name=f"{first.name} Kedua",
        folded=f"{first.folded} kedua\nsebutan lama",
        aliases=["Sebutan lama"],
        is_provisional=True,
        **more,
    )
    session.add(double)
    session.flush()
    here, elsewhere = (meeting_with(session, name) for name in ("Bersama", "Sendiri"))
    session.add_all([
        Attendance(meeting_id=here, place=nth(1), person_id=person_id, role=AttendanceRole.PARTICIPANT,
                   status=AttendanceStatus.PRESENT, post_as_written="Direktur"),
        Attendance(meeting_id=elsewhere, place=nth(1), person_id=double.id, role=AttendanceRole.PARTICIPANT,
                   status=AttendanceStatus.PRESENT),
    ])  # fmt: skip
    row = Attendance(meeting_id=here, place=nth(2), person_id=double.id, role=AttendanceRole.CHAIR,
                     status=AttendanceStatus.PRESENT, note="Catatan")  # fmt: skip
    session.add(row)
    session.flush()
    session.add(Statement(meeting_id=here, place=nth(1), kind="remark", gist_id="Kata orang kedua", speaker_id=row.id,
                          classification=Classification.ORDINARY))  # fmt: skip
    session.add(PositionHolding(person_id=double.id, position_id=1, kind="plt", start_on=date(2025, 1, 1)))
    session.execute(update(ActionItem).where(ActionItem.id == 3).values(pic_id=double.id))
    session.execute(update(Proponent).where(Proponent.id == 2).values(person_id=double.id))
    session.commit()
    return double.id


def meeting_with(session: Session, name: str, **more: Any) -> int:
    level = {"classification": Classification.ORDINARY} | more
    meeting = Meeting(
        code=f"R-2019-{name}", name_id=f"Rapat {name}", date=date(2019, 5, 2), status=MeetingStatus.HELD,
        recorded_at=clock.now(), **level,
    )  # fmt: skip
    session.add(meeting)
    session.flush()
    return meeting.id


def test_undoing_puts_back_every_row_of_the_record(app: Flask, session: Session) -> None:
    first, second = 3, double_of(session, 3)
    before = whole_record(session)

    with as_secretariat(app):
        kept, gone = queries.person(first), queries.person(second)
        answers = dict.fromkeys(queries.twins(kept, gone), Keep.SECOND)
        assert [twin.matter.name_id for twin in answers] == ["Rapat Bersama"]
        made = commands.merge(kept, gone, answers, by=BY, at=clock.now())
        commit()
        merged = whole_record(session)
        left = commands.undo_merge(queries.find_merge(Person, made.id), by=BY, at=clock.now())
        commit()

    assert left == 0
    assert merged != before
    assert merged["minutes_version"] == before["minutes_version"]
    named = [name for name, rows in merged.items() for row in rows if name == "attendance" and second in row[2:4]]
    assert named == []
    after = whole_record(session)
    changed = {name: [row for row in rows if row not in before[name]] for name, rows in after.items()}
    assert {name: rows for name, rows in changed.items() if rows} == {}


@pytest.mark.parametrize("keep", [Keep.FIRST, Keep.SECOND])
def test_of_two_supporters_of_an_action_who_become_one_the_chosen_row_stays(
    visit: Visitor, session: Session, keep: Keep
) -> None:
    second = double_of(session, 3)
    session.add_all([
        ActionSupporter(id=9001, action_id=4, person_id=3, position_id=1),
        ActionSupporter(id=9002, action_id=4, person_id=second),
        ActionSupporter(id=9003, action_id=5, person_id=second),
    ])  # fmt: skip
    session.commit()
    secretary, address = visit.as_(SECRETARIAT), f"/people/3/merge/{second}"
    page = secretary.get(address)
    code = session.scalar(select(ActionItem.code).filter_by(id=4))
    assert f"Dukungan untuk {code}, " in page.text_of("#twins")
    assert f"{session.get(Person, 3).full_name}, {session.get(Position, 1).title_id}" in page.text_of("#twins")
    assert [row for row in page.all_of("main table tr") if "Tindak lanjut yang didukung" in row]

    secretary.follow(secretary.submit(page, address, keeps="first", **{"twins-0-keep": keep, "twins-1-keep": keep}))

    stays = 9001 if keep is Keep.FIRST else 9002
    supporters = select(ActionSupporter.id, ActionSupporter.person_id).where(ActionSupporter.id > 9000)
    assert session.execute(supporters.order_by(ActionSupporter.id)).all() == [(stays, 3), (9003, 3)]


def test_actions_follow_their_responsible_and_supporting_posts_and_go_back(app: Flask, session: Session) -> None:
    session.add_all([Position(id=number, title_id=f"Jabatan {number}", aliases=[]) for number in (9001, 9002)])
    session.flush()
    session.execute(update(ActionItem).where(ActionItem.id == 3).values(responsible_position_id=9002))
    session.add(ActionSupporter(id=9001, action_id=4, position_id=9002, person_id=3))
    session.commit()
    before = whole_record(session)

    with as_secretariat(app):
        made = commands.merge(queries.position(9001), queries.position(9002), {}, by=BY, at=clock.now())
        commit()
        named = session.get(ActionItem, 3).responsible_position_id, session.get(ActionSupporter, 9001).position_id
        left = commands.undo_merge(queries.find_merge(Position, made.id), by=BY, at=clock.now())
        commit()

    assert (named, left) == ((9001, 9001), 0)
    session.expire_all()
    assert whole_record(session)["action_item"] == before["action_item"]
    assert whole_record(session)["action_supporter"] == before["action_supporter"]


def test_what_was_changed_after_merging_is_not_undone(app: Flask, session: Session) -> None:
    first, second = 3, double_of(session, 3)
    with as_secretariat(app):
        made = commands.merge(queries.person(first), queries.person(second), {}, by=BY, at=clock.now())
        commit()
        session.execute(update(ActionItem).where(ActionItem.id == 3).values(pic_id=1))
        session.commit()
        left = commands.undo_merge(queries.find_merge(Person, made.id), by=BY, at=clock.now())
        commit()

    assert left == 1
    assert session.get(ActionItem, 3).pic_id == 1


def test_a_row_that_was_merged_on_is_undone_in_the_reverse_order(app: Flask, session: Session) -> None:
    second, third = double_of(session, 3), 4
    with as_secretariat(app):
        early = commands.merge(queries.person(3), queries.person(second), {}, by=BY, at=clock.now())
        late = commands.merge(queries.person(third), queries.person(3), {}, by=BY, at=clock.now())
        commit()
        assert queries.current_id(Person, second) == third
        assert queries.ids_of(queries.person(third)) == [third, 3, second]
        with pytest.raises(NotPossible):
            commands.undo_merge(queries.find_merge(Person, early.id), by=BY, at=clock.now())
        commands.undo_merge(queries.find_merge(Person, late.id), by=BY, at=clock.now())
        commands.undo_merge(queries.find_merge(Person, early.id), by=BY, at=clock.now())
        commit()
    assert session.scalars(select(Person.id).where(Person.merged_into_id.is_not(None))).all() == []


def test_the_pages_show_what_follows_ask_where_both_are_recorded_and_lead_on(visit: Visitor, session: Session) -> None:
    second = double_of(session, 3)
    name = session.get(Person, 3).full_name
    secretary = visit.as_(SECRETARIAT)
    assert f"/people/3/merge/{second}" in secretary.get("/people/3/merge").links

    page = secretary.get(f"/people/{second}/merge/3")
    assert "Daftar hadir" in page.text
    assert "Rapat Bersama" in page.text_of("#twins")
    address = f"/people/{second}/merge/3"
    done = secretary.follow(secretary.submit(page, address, keeps="second", **{"twins-0-keep": "second"}))

    assert (done.path, done.heading) == ("/people/3", name)
    assert f"{name} Kedua" in done.text
    attended = done.all_of("#meetings tbody tr")
    assert [sum(word in row for row in attended) for word in ("Rapat Bersama", "Rapat Sendiri")] == [1, 1]
    assert "Digabung dengan entri lain" in done.text_of("#history")
    assert secretary.get(f"/people/{second}", status=303).response.location == "/people/3"
    assert secretary.get(f"/people/{second}/edit", status=404)
    session.expire_all()
    here = select(Attendance.id).join(Attendance.meeting).where(Meeting.name_id == "Rapat Bersama")
    assert session.scalar(select(Statement.speaker_id).filter_by(gist_id="Kata orang kedua")) == session.scalar(here)
    assert name in secretary.get("/search?q=Sebutan+lama").text
    assert name in secretary.get("/people?q=sebutan").text
    form = secretary.get("/proposals/1/proponents/new")
    assert offered(secretary, form, "person", "Kedua") == offered(secretary, form, "person", "sebutan lama") == ["3"]
    old, new = (secretary.get(f"/proposals?proponent={number}&view=all").all_of("main td") for number in (second, 3))
    assert old == new != []
    merge = session.scalars(select(PersonMerge)).one()

    undone = secretary.follow(secretary.submit(done, f"/people/merges/{merge.id}/undo"))

    assert (undone.path, undone.heading) == (f"/people/{second}", f"{name} Kedua")
    events = session.execute(select(Event.subject_id, Event.verb).filter_by(subject="person")).all()
    assert {(3, "merged"), (second, "merged_into"), (3, "merge_undone"), (second, "merge_undone")} <= {
        tuple(event) for event in events
    }
    audited = session.scalars(select(AuditEntry).filter_by(table_name="person_merge")).all()
    assert audited
    assert all("undo_data" not in (entry.after or {}) for entry in audited)


def test_both_rows_stay_where_that_is_chosen_and_where_the_minutes_are_closed(visit: Visitor, session: Session) -> None:
    second = double_of(session, 3)
    session.execute(update(Meeting).where(Meeting.name_id == "Rapat Bersama").values(locked_at=clock.now()))
    session.commit()
    secretary = visit.as_(SECRETARIAT)

    page = secretary.get(f"/people/3/merge/{second}")
    assert page.soup.select("#twins") == []
    assert "Rapat Bersama" in page.text
    secretary.follow(secretary.submit(page, f"/people/3/merge/{second}", keeps="first"))

    rows = session.scalars(select(Attendance).join(Attendance.meeting).where(Meeting.name_id == "Rapat Bersama")).all()
    assert [(row.person_id, row.role) for row in rows] == [(3, "participant"), (3, "chair")]


def test_two_civil_service_numbers_ask_for_a_second_look(visit: Visitor, session: Session) -> None:
    second = double_of(session, 3, nip="198001012005011001", email="kedua@mitra.example")
    session.get(Person, 3).nip = "197001012000011002"
    session.commit()
    secretary = visit.as_(SECRETARIAT)
    page, address = secretary.get(f"/people/3/merge/{second}"), f"/people/3/merge/{second}"

    asked = secretary.submit(page, address, keeps="first")

    assert asked.status == 422
    assert "NIP" in asked.problems[0]
    assert "kedua@mitra.example" in asked.text
    assert secretary.submit(asked, address, despite_numbers="y").status == 303
    assert session.get(Person, 3).email == "kedua@mitra.example"


def test_where_accounts_would_gain_sight_an_administrator_merges(visit: Visitor, session: Session) -> None:
    """The number of the meeting that only one of them attended is as open to the account as if it had attended."""
    second = double_of(session, 3)
    reader = session.scalars(select(Account).filter_by(username=READER)).one()
    reader.person_id, reader.clearance = 3, Classification.SECRET
    secret = meeting_with(session, "Rahasia", classification=Classification.SECRET)
    session.add(Attendance(meeting_id=secret, place=nth(1), person_id=second, role=AttendanceRole.PARTICIPANT,
                           status=AttendanceStatus.PRESENT))  # fmt: skip
    session.commit()
    secretary, admin, address = visit.as_(SECRETARIAT), visit.as_(ADMIN), f"/people/3/merge/{second}"
    page = secretary.get(address)
    assert "Mintalah administrator" in page.text
    assert "Rahasia" not in page.text
    assert secretary.submit(page, address, keeps="first").status == 409
    assert visit.as_(READER).get(f"/meetings/{secret}", status=404)

    admin.follow(admin.submit(admin.get(address), address, keeps="first"))

    assert visit.as_(READER).get(f"/meetings/{secret}").heading == "Rapat Rahasia"
    merge = session.scalars(select(PersonMerge)).one()
    assert secretary.post(f"/people/merges/{merge.id}/undo", {"csrf_token": secretary.token()}).status == 409


def test_one_of_two_accounts_can_be_let_go(visit: Visitor, session: Session) -> None:
    second = double_of(session, 3)
    for username, person_id in ((READER, 3), (SECRETARIAT, second)):
        session.execute(update(Account).filter_by(username=username).values(person_id=person_id))
    session.commit()
    admin, address = visit.as_(ADMIN), f"/people/3/merge/{second}"

    admin.follow(admin.submit(admin.get(address), address, keeps="second", accounts="first"))

    linked = session.execute(select(Account.username).where(Account.person_id == second)).scalars().all()
    assert linked == [READER]


def test_a_merge_tells_nobody_of_rows_they_may_not_see(visit: Visitor, session: Session) -> None:
    second = double_of(session, 3)
    secretary = visit.as_(SECRETARIAT)
    before = secretary.get(f"/people/3/merge/{second}").all_of("main")
    for person_id in (3, second):
        secret = meeting_with(session, f"Rahasia {person_id}", classification=Classification.SECRET)
        session.add(Attendance(meeting_id=secret, place=nth(1), person_id=person_id, role=AttendanceRole.PARTICIPANT,
                               status=AttendanceStatus.PRESENT))  # fmt: skip
    session.commit()

    assert secretary.get(f"/people/3/merge/{second}").all_of("main") == before


def test_a_person_made_by_mistake_is_taken_back_and_restored(visit: Visitor, session: Session) -> None:
    session.add(Person(id=9100, name="Salah Ketik", folded="salah ketik", aliases=[], is_provisional=True))
    session.commit()
    secretary = visit.as_(SECRETARIAT)

    gone = secretary.follow(secretary.submit(secretary.get("/people/9100"), "/people/9100/remove"))

    assert "Dicatat keliru" in gone.text
    assert "Salah Ketik" not in secretary.get("/people?q=salah").text_of("main table")
    assert offered(secretary, secretary.get("/proposals/1/proponents/new"), "person", "Salah Ketik") == []
    back = secretary.follow(secretary.submit(gone, "/people/9100/restore"))
    assert "/people/9100/remove" in str(back.soup.select("form"))
    used = secretary.post("/people/3/remove", {"csrf_token": secretary.token()})
    assert used.status == 409


def test_two_posts_become_one_and_two_again(visit: Visitor, session: Session) -> None:
    session.add(Position(id=9100, title_id="Kabag Program dan Pelaporan", aliases=[], short="Kabag PP"))
    session.flush()
    session.add(PositionHolding(person_id=3, position_id=9100, kind="definitive", start_on=date(2024, 1, 1)))
    session.commit()
    secretary = visit.as_(SECRETARIAT)
    title = session.get(Position, 2).title_id

    page = secretary.get("/posts/2/merge/9100")
    one = secretary.follow(secretary.submit(page, "/posts/2/merge/9100", keeps="first"))

    assert one.path == "/posts/2"
    assert "Kabag Program dan Pelaporan" in one.text
    assert secretary.get("/posts/9100", status=303).response.location == "/posts/2"
    assert title in secretary.get("/search?q=Kabag+Program").text
    undo = next(form["action"] for form in one.soup.select("form") if "/undo" in form["action"])
    two = secretary.follow(secretary.submit(one, undo))
    assert two.heading == "Kabag Program dan Pelaporan"
    assert len(two.soup.select("#holders tbody tr")) == 1


def test_a_post_is_recorded_from_the_page_of_the_person(visit: Visitor, session: Session) -> None:
    secretary = visit.as_(SECRETARIAT)
    page = secretary.get("/people/1/posts/new")

    missing = secretary.submit(page, "/people/1/posts/new", kind="plt")
    assert missing.status == 422
    done = secretary.follow(secretary.submit(missing, "/people/1/posts/new", position=2, start_on="2025-02-01"))

    assert done.path == "/people/1"
    assert any("Plt." in row for row in done.all_of("#posts tbody tr"))


@pytest.mark.parametrize(
    ("name", "aliases", "others", "expected"),
    [
        ("Min Usihen", ["Usihen"], ["Usihen", "USIHEN", "Min-Usihen", None], ["Usihen"]),
        ("Ratna Dewanti", [], ["Ratna", "Bu Ratna"], ["Ratna", "Bu Ratna"]),
    ],
)
def test_aliases_are_told_once(name: str, aliases: list[str], others: list[str | None], expected: list[str]) -> None:
    assert joined_names(name, aliases, others) == expected


def test_spans_with_an_unknown_end_may_overlap() -> None:
    day = date(2025, 1, 1)
    assert may_overlap((None, None), (day, day))
    assert may_overlap((date(2024, 1, 1), None), (day, None))
    assert not may_overlap((None, date(2024, 12, 31)), (day, None))
