"""Writing goes through the forms and commands of the pages."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.api.programs import Program, program
from tests.visitor import PIC, READER, SECRETARIAT
from tracker.accounts.rules import ApiFeature
from tracker.actions.models import ActionItem
from tracker.audit.models import AuditEntry
from tracker.meetings.models import Meeting
from tracker.proposals.models import Proposal

pytestmark = pytest.mark.one_database
NEW = {"name_id": "Rapat koordinasi", "date": "2026-11-02", "start_time": "09:00", "agenda": ["Anggaran", "Lain-lain"]}
OTHER = {"name_id": "Rapat pimpinan", "date": "2026-11-03"}


def test_a_meeting_is_logged_changed_and_minuted(app: Flask, session: Session) -> None:
    secretariat = program(app, SECRETARIAT)

    made = secretariat.post("/meetings", NEW)
    assert made.status_code == 201, made.text
    address = made.headers["Location"]
    assert [item["text"] for item in made.json["agenda"]] == NEW["agenda"]
    seen = secretariat.get(address)
    assert (seen.json, seen.headers["ETag"]) == (made.json, made.headers["ETag"])
    changed = secretariat.patch(address, {"venue": "Ruang Garuda"}, seen=seen)
    assert (changed.status_code, changed.json["venue"], changed.json["start_time"]) == (200, "Ruang Garuda", "09:00:00")
    line = secretariat.post(f"{address}/lines", {"kind": "proposal", "gist_id": "Satu data HAM.", "quote": None})
    assert line.status_code == 201, line.text
    [raised] = line.json["proposals"]
    assert secretariat.get(f"/proposals/{raised['proposal']['id']}").json["raised_in"]["code"] == made.json["code"]
    reworded = secretariat.patch(line.headers["Location"], {"gist_en": "One set of data."}, seen=line)
    assert reworded.json["gist_en"] == "One set of data."
    entries = session.scalars(select(AuditEntry).filter_by(table_name="meeting", row_id=str(made.json["id"]))).all()
    assert {entry.by_name.partition(" (")[2] for entry in entries} == {"API: program 1)"}


def test_proposals_and_actions_are_recorded_moved_and_reported_on(app: Flask, session: Session) -> None:
    secretariat, pic = program(app, SECRETARIAT), program(app, PIC)
    person = session.scalar(select(ActionItem.pic_id).where(ActionItem.pic_id.is_not(None)))

    body = {"title_id": "Satu data HAM", "gist_id": "Menyatukan data.", "raised_on": "2026-11-02",
            "source_note": "Surat", "classification": "ordinary", "proponents": [{"person": person}]}  # fmt: skip
    made = secretariat.post("/proposals", body)
    assert made.status_code == 201, made.text
    step = secretariat.ask("POST", f"/proposals/{made.json['id']}/steps/under_discussion",
                           json={"on": "2026-11-03"}, headers={"If-Match": made.headers["ETag"]})  # fmt: skip
    assert step.status_code in {201, 422}, step.text
    action = secretariat.post("/actions", {"text_id": "Susun", "classification": "ordinary", "pic": person,
                                           "proposal": made.json["id"], "due_on": "2027-01-04"})  # fmt: skip
    assert action.status_code == 201, action.text
    assert (action.json["pic"]["id"], action.json["proposal"]["id"]) == (person, made.json["id"])
    own = next(one for one in pic.get("/actions?stage=open").json["items"]
               if pic.post(f"/actions/{one['id']}/reports", {}).status_code == 422)  # fmt: skip
    report = pic.post(f"/actions/{own['id']}/reports", {"on": "2026-11-24", "progress_note": "Selesai.", "percent": 40})
    assert report.status_code == 201, report.text
    assert (report.json["reports"][0]["progress_note"], report.json["percent"]) == ("Selesai.", 40)


def test_what_is_refused_says_so_at_each_member(app: Flask, session: Session) -> None:
    secretariat, english = program(app, SECRETARIAT), program(app, SECRETARIAT)
    english.headers["Accept-Language"] = "en"

    refused = secretariat.post("/meetings", {"date": "kemarin", "start_time": 9, "recorded_by_id": 1})
    assert refused.status_code == 422
    assert {error["pointer"] for error in refused.json["errors"]} == {"/start_time", "/recorded_by_id"}
    asked = english.post("/meetings", {"date": "yesterday"})
    assert {error["pointer"]: error["message"] for error in asked.json["errors"]} == {
        "/name_id": "Enter the meeting's name.", "/date": "Enter a date like 21-10-2020."}  # fmt: skip
    assert secretariat.ask("POST", "/meetings", data="{", content_type="application/json").status_code == 400
    assert secretariat.ask("POST", "/meetings", data="a=b", content_type="text/plain").status_code == 415


def test_a_repeated_request_is_stored_once(app: Flask, session: Session) -> None:
    secretariat, other = program(app, SECRETARIAT), program(app, SECRETARIAT)
    key, before = {"Idempotency-Key": "k-1"}, session.scalar(select(func.count(Meeting.id)))

    first, again = (secretariat.post("/meetings", NEW, headers=key) for _ in range(2))
    changed = secretariat.post("/meetings", NEW | {"venue": "Lain"}, headers=key)
    refused = secretariat.post("/meetings", {}, headers={"Idempotency-Key": "k-2"})
    corrected = secretariat.post("/meetings", OTHER, headers={"Idempotency-Key": "k-2"})

    assert (first.status_code, again.status_code, changed.status_code) == (201, 201, 422)
    assert (first.json, first.headers["Location"]) == (again.json, again.headers["Location"])
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (refused.status_code, corrected.status_code) == (422, 201)
    assert other.post("/meetings", OTHER | {"date": "2026-11-04"}, headers=key).status_code == 201
    assert session.scalar(select(func.count(Meeting.id))) == before + 3


def test_nobodys_change_is_overwritten(app: Flask, session: Session) -> None:
    secretariat = program(app, SECRETARIAT)
    seen = secretariat.get("/proposals/1")

    assert secretariat.patch("/proposals/1", {"title_en": "A"}).status_code == 428
    assert secretariat.patch("/proposals/1", {"title_en": "A"}, seen=seen).status_code == 200
    stale = secretariat.patch("/proposals/1", {"title_en": "B"}, seen=seen)

    assert stale.status_code == 412
    assert session.scalar(select(Proposal.title_en).filter_by(id=1)) == "A"


def test_a_token_does_only_what_it_was_made_for(app: Flask) -> None:
    of_meetings = program(app, SECRETARIAT, features=(ApiFeature.MEETINGS,), may_write=False)

    assert of_meetings.get("/meetings").status_code == 200
    assert of_meetings.post("/meetings", NEW).status_code == 403
    assert of_meetings.get("/actions").status_code == 403


def test_attributes_are_looked_at_only_after_rights(app: Flask, session: Session) -> None:
    """A reader learns nothing from how a body is refused, and changes nothing by it."""
    reader, seen = program(app, READER), program(app, READER).get("/proposals/1")
    title = session.scalar(select(Proposal.title_id).filter_by(id=1))

    answers = [
        reader.patch("/proposals/1", {"title_id": "X", "responsible_unit": 1}, seen=seen),
        reader.patch("/proposals/1", {"nonsense": 1}),
        reader.post("/meetings", {"date": 5}),
        reader.post("/actions/1/reports", {"percent": 400}),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert session.scalar(select(Proposal.title_id).filter_by(id=1)) == title


@pytest.mark.parametrize("body", [{"recorded_by_id": 1}, {"version": 9}, {"once": "x"}, {"meeting_id": 1}])
def test_nothing_is_put_into_another_parent_or_into_a_column_without_a_field(
    app: Flask, session: Session, body: dict[str, object]
) -> None:
    secretariat = program(app, SECRETARIAT)
    seen = secretariat.get("/meetings/1/lines").json["items"][0]
    address = f"/lines/{seen['id']}"

    answer = secretariat.patch(address, body, seen=secretariat.get(address))

    assert answer.status_code == 422
    assert secretariat.get(address).json == seen


def test_a_line_takes_only_speakers_and_items_of_its_own_meeting(app: Flask, session: Session) -> None:
    secretariat = program(app, SECRETARIAT)
    other = secretariat.post("/meetings", OTHER)
    foreign = secretariat.get("/meetings/1").json

    body = {"kind": "remark", "gist_id": "A", "speaker": foreign["attendance"][0]["id"]}
    answer = secretariat.post(f"{other.headers['Location']}/lines", body)

    assert [error["pointer"] for error in answer.json["errors"]] == ["/speaker"]


def test_strangers_write_nothing(app: Flask, session: Session) -> None:
    before = session.scalar(select(func.count(Meeting.id)))

    assert Program(app, None).post("/meetings", NEW).status_code == 401
    assert session.scalar(select(func.count(Meeting.id))) == before
