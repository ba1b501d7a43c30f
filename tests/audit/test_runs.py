"""Equal adjacent events of a history are grouped."""

from datetime import UTC, datetime, timedelta

from tests.visitor import SECRETARIAT, Visitor
from tracker.audit.models import Event
from tracker.audit.rules import runs

AT = datetime(2026, 11, 28, 14, tzinfo=UTC)


def event(verb: str, minute: int, by: str = "Sekretariat", subject_id: int = 1) -> Event:
    return Event(subject="meeting", subject_id=subject_id, verb=verb, by_name=by, at=AT - timedelta(minutes=minute))


def sizes(*events: Event) -> list[int]:
    return [len(run) for run in runs(events)]


def test_equal_events_by_one_person_within_an_hour_of_each_other_are_one_run() -> None:
    assert sizes(*(event("statement_added", minute) for minute in (0, 30, 80, 130))) == [4]


def test_another_verb_person_or_subject_or_a_long_pause_starts_a_new_run() -> None:
    assert sizes(event("statement_added", 0), event("attendance_changed", 1), event("statement_added", 2)) == [1, 1, 1]
    assert sizes(event("statement_added", 0), event("statement_added", 1, by="Notulis")) == [1, 1]
    assert sizes(event("statement_added", 0), event("statement_added", 1, subject_id=2)) == [1, 1]
    assert sizes(event("statement_added", 0), event("statement_added", 61)) == [1, 1]


def test_a_history_shows_the_count_and_can_be_expanded(visit: Visitor) -> None:
    secretariat = visit.as_(SECRETARIAT)
    new = "/meetings/1/statements/new"
    for text in ("satu", "dua", "tiga"):
        secretariat.submit(secretariat.get(new), new, kind="remark", gist_id=text)

    newest = secretariat.get("/meetings/1/history").soup.select_one("#history details.unfold")

    assert "3 × pernyataan ditambahkan" in newest.select_one("summary").text
    assert len(newest.select("li")) == 3
