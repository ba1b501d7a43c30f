"""The index is kept in the transaction of the row, whatever changes; commands make it anew and verify it."""

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.orm import Session

from tests.attachments.test_pages import attach
from tests.core.test_media_types import PDF
from tests.visitor import READER, SECRETARIAT, Visitor
from tracker.attachments.models import Attachment
from tracker.core import analysis
from tracker.core.db import db
from tracker.core.visibility import unrestricted
from tracker.meetings.models import Meeting, Statement
from tracker.people.models import Person
from tracker.proposals.models import Proposal
from tracker.search.commands.entries import documents_of
from tracker.search.models import SearchEntry, SearchWord
from tracker.search.rules import SearchKind, entry_id

MINUTES = "/meetings/1/minutes"
ABHIPRAYA = analysis.stem("abhipraya")


def stems_of(session: Session, kind: SearchKind, row_id: int) -> list[str]:
    found = session.scalar(select(SearchEntry.stems).filter_by(id=entry_id(kind, row_id)))
    return found.split(" ") if found else []


@pytest.mark.on_both
def test_the_demo_is_indexed_row_by_row(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["check"])

    assert answer.exit_code == 0, answer.output


@pytest.mark.on_both
def test_a_line_is_found_as_soon_as_it_is_stored_and_never_once_removed(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    browser.submit(browser.get(MINUTES), f"{MINUTES}/lines", line="u @raz usulan membangun griya abhipraya")
    line, proposal = (session.scalars(select(kind).order_by(kind.id.desc())).first() for kind in (Statement, Proposal))
    assert ABHIPRAYA in stems_of(session, SearchKind.STATEMENT, line.id)
    assert {ABHIPRAYA, analysis.stem("razilu")} <= set(stems_of(session, SearchKind.PROPOSAL, proposal.id))

    browser.post(f"/meetings/minutes/lines/{line.id}/remove", {"csrf_token": browser.token()})
    assert stems_of(session, SearchKind.STATEMENT, line.id) == []

    browser.submit(browser.get(MINUTES), f"/meetings/minutes/lines/{line.id}/restore")
    assert ABHIPRAYA in stems_of(session, SearchKind.STATEMENT, line.id)


@pytest.mark.on_both
@pytest.mark.parametrize("last", ["agenda", "named_after"])
def test_a_meeting_and_one_named_after_it_are_indexed_together_in_any_order_of_loading(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch, last: str
) -> None:
    session.execute(update(Meeting).filter_by(id=2).values(named_after_id=1))
    mapper = Meeting.__mapper__
    monkeypatch.setattr(mapper, "_prop_set", sorted(mapper.iterate_properties, key=lambda prop: prop.key == last))
    with app.app_context(), unrestricted():
        db.session.connection(execution_options={"compiled_cache": None})
        assert set(documents_of(SearchKind.MEETING, [1, 2])) == {1, 2}


def test_a_renamed_person_is_found_by_the_new_name_wherever_the_person_stands(
    app: Flask, visit: Visitor, session: Session
) -> None:
    browser, address = visit.as_(SECRETARIAT), "/people/{}/edit"
    person = session.scalars(select(Person).filter_by(name="Razilu")).one()
    spoken = session.scalars(select(SearchEntry.id).where(SearchEntry.stems.contains(analysis.stem("razilu")))).all()
    assert len(spoken) > 3

    browser.submit(browser.get(address.format(person.id)), address.format(person.id), name="Wirasakti")

    now_called = SearchEntry.stems.contains(analysis.stem("wirasakti"))
    renamed = session.scalars(select(SearchEntry.id).where(now_called)).all()
    assert set(renamed) >= set(session.scalars(
        select(SearchEntry.id).where(SearchEntry.id.in_(spoken), SearchEntry.kind == SearchKind.PROPOSAL)))  # fmt: skip
    assert app.test_cli_runner().invoke(args=["check"]).exit_code == 0


def test_what_was_refused_is_not_indexed(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    before = session.scalars(select(SearchEntry.id)).all()

    page = browser.submit(browser.get("/proposals/new"), "/proposals/new", title_id="Taman abhipraya")

    assert page.status == 422
    assert session.scalars(select(SearchEntry.id)).all() == before


@pytest.mark.on_both
def test_check_tells_what_the_index_lacks_and_rebuild_mends_it(app: Flask, session: Session) -> None:
    lost, astray = (entry_id(SearchKind.PROPOSAL, number) for number in (2, 3))
    session.execute(update(Proposal).where(Proposal.id == 1).values(title_id="Griya abhipraya"))
    session.execute(delete(SearchEntry).where(SearchEntry.id == lost))
    session.execute(text("UPDATE search_entry SET row_id = 999999, id = id + 999996 WHERE id = :id"), {"id": astray})
    run = app.test_cli_runner()

    told = run.invoke(args=["check"])
    mended = run.invoke(args=["search", "rebuild"])

    assert told.exit_code == 1
    found = [number for number in (1, 2, 3, 999999) if f"search index, proposal {number}: " in told.output]
    assert found == [1, 2, 3, 999999], told.output
    assert mended.exit_code == 0, mended.output
    assert "statement:" in mended.output
    assert run.invoke(args=["check"]).exit_code == 0


@pytest.mark.on_both
def test_words_of_confidential_texts_are_not_offered_to_anybody(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    values = {"title_id": "Griya abhipraya", "gist_id": "Griya", "raised_on": "2021-02-01", "source_note": "Surat"}
    browser.submit(browser.get("/proposals/new"), "/proposals/new", classification="restricted", **values)
    assert session.scalars(select(SearchEntry).where(SearchEntry.stems.contains(ABHIPRAYA))).all()

    assert session.get(SearchWord, "abhipraya") is None
    assert session.get(SearchWord, "pelanggaran").stem == analysis.stem("pelanggaran")


def test_a_word_of_what_became_confidential_is_no_longer_offered(visit: Visitor, session: Session) -> None:
    browser, reader = visit.as_(SECRETARIAT), visit.as_(READER)
    asked = ("/search/suggestions?q=abhi", "/search/suggestions?q=abhiprayu", "/search/suggestions?q=grya")

    def offered() -> tuple[object, ...]:
        words = session.execute(select(SearchWord.word, SearchWord.held).order_by(SearchWord.word)).all()
        return (words, *(reader.client.get(path).get_data(as_text=True) for path in asked))

    without = offered()
    values = {"title_id": "Griya abhipraya", "gist_id": "Griya", "raised_on": "2021-02-01", "source_note": "Surat"}
    browser.submit(browser.get("/proposals/new"), "/proposals/new", **values)
    assert offered() != without
    level = f"/classification/proposals/{session.scalar(select(func.max(Proposal.id)))}"

    browser.submit(browser.get(level), level, classification="restricted", reason="Belum untuk umum")

    assert offered() == without


def test_a_unit_is_found_by_what_it_was_called(visit: Visitor, session: Session) -> None:
    browser, address = visit.as_(SECRETARIAT), "/units/1/former-names/new"

    browser.submit(browser.get(address), address, name_id="Biro Abhipraya", until_on="2019-12-31")

    assert ABHIPRAYA in stems_of(session, SearchKind.UNIT, 1)


@pytest.mark.on_both
def test_a_file_is_found_by_its_name_as_far_as_it_and_its_meeting_may_be_seen(
    app: Flask, visit: Visitor, session: Session
) -> None:
    secretariat, reader = visit.as_(SECRETARIAT), visit.as_(READER)

    def found() -> list[bool]:
        pages = [one.get("/search?q=abhipraya") for one in (secretariat, reader)]
        return ["/meetings/1/files#attachments" in page.links for page in pages]

    def attached() -> int:
        assert attach(secretariat, PDF, "Griya abhipraya.pdf", caption="Surat asli").status == 303
        return int(session.scalar(select(func.max(Attachment.id))))

    number = attached()
    assert found() == [True, True]
    assert "Surat asli" in reader.get("/search?q=abhipraya").text_of(".hits")
    secretariat.submit(secretariat.get("/meetings/1/files"), f"/attachments/{number}/remove")
    assert found() == [False, False]

    attached()
    session.execute(update(Attachment).values(classification="secret"))
    assert found()[1] is False
    session.execute(update(Attachment).values(classification="ordinary"))
    assert found() == [True, True]
    assert session.get(SearchWord, "abhipraya").held == 1
    level = "/classification/meetings/1"
    secretariat.submit(secretariat.get(level), level, classification="restricted", reason="Tertutup")
    session.expire_all()
    assert found()[1] is False
    assert session.get(SearchWord, "abhipraya") is None
    assert app.test_cli_runner().invoke(args=["check"]).exit_code == 0
