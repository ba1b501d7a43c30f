"""Files, due dates, proponents, links to targets and items of reviews, by the forms and commands of the pages."""

from base64 import b64encode
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.api.programs import EVERYTHING, Program, program, token_of
from tests.core.test_media_types import PDF
from tests.reply_links.links import own_action
from tests.reviews.steps import open_review_of_week, this_week
from tests.visitor import PIC, READER, REVIEWER, SECRETARIAT, Visitor
from tracker.accounts.rules import ApiFeature
from tracker.attachments.models import Attachment
from tracker.core.actor import Classification
from tracker.people.models import Person
from tracker.reviews.models import Review, ReviewItem
from tracker.targets.models import Target

pytestmark = pytest.mark.one_database


def guarded(asks: Program, path: str, body: Any, *, seen: str) -> TestResponse:
    tag = asks.get(seen).headers["ETag"]
    return asks.post(path, body, headers={"If-Match": tag})


def sent_file(content: bytes, name: str = "bukti.pdf", kind: str = "evidence") -> dict[str, Any]:
    return {"kind": kind, "caption": "Surat", "file": {"name": name, "content": b64encode(content).decode()}}


def test_a_file_is_attached_listed_and_read(app: Flask, session: Session) -> None:
    action = own_action(session)
    pic, reader, path = program(app, PIC), program(app, READER), f"/actions/{action.id}/attachments"

    made = pic.post(path, sent_file(PDF))
    assert made.status_code == 201, made.text
    assert (made.json["name"], made.json["media_type"], made.json["size"]) == ("bukti.pdf", "application/pdf", len(PDF))
    assert made.json in reader.get(path).json["items"]
    answer = reader.get(f"{made.headers['Location']}/content", buffered=True)
    assert (answer.data, answer.mimetype) == (PDF, "application/octet-stream")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    again = pic.post(path, sent_file(PDF))
    assert (again.status_code, [error["hint"] for error in again.json["errors"]]) == (422, [f"file-{made.json['id']}"])
    assert pic.post(path, {**sent_file(PDF), "noticed": [f"file-{made.json['id']}"]}).status_code == 201


def test_a_file_is_checked_and_refused_as_on_pages(app: Flask, session: Session) -> None:
    action = own_action(session)
    path = f"/actions/{action.id}/attachments"
    pic = program(app, PIC)

    refused = [pic.post(path, body).json["errors"][0]["pointer"] for body in (
        sent_file(b"MZ\x90\x00", "x.exe"), sent_file(b"<html>", "x.pdf"), {"kind": "evidence"},
        {"kind": "evidence", "file": {"name": "x.pdf", "content": "%%%"}},
        {"kind": "evidence", "file": {"name": "x.pdf"}}, {"kind": "evidence", "file": "x"})]  # fmt: skip

    assert refused == ["/file"] * 6
    assert program(app, READER).post(path, sent_file(PDF)).status_code == 404
    assert program(app, PIC, features=(ApiFeature.ACTIONS,)).get(path).status_code == 403
    assert session.scalars(select(Attachment).filter_by(action_id=action.id)).all() == []


def test_a_request_that_is_too_large_is_told_what_programs_may_send(app: Flask, session: Session) -> None:
    path = f"/actions/{own_action(session).id}/attachments"

    fits = program(app, PIC).post(path, sent_file(PDF + bytes(6_000_000)))
    refused = Program(app, token_of(app, PIC), "en").post(path, sent_file(PDF + bytes(6_400_000)))

    assert fits.status_code == 201, fits.text
    assert (refused.status_code, refused.mimetype) == (413, "application/problem+json")
    assert "8 MB" in refused.json["detail"]
    assert "6 MB" in refused.json["detail"]
    assert session.scalars(select(Attachment.size)).all().count(len(PDF) + 6_400_000) == 0


def test_a_classified_file_is_read_by_nobody_else(app: Flask, session: Session) -> None:
    action = own_action(session)
    address = program(app, PIC).post(f"/actions/{action.id}/attachments", sent_file(PDF)).headers["Location"]
    session.execute(update(Attachment).values(classification=Classification.SECRET))

    for part in ("", "/content"):
        answers = [program(app, READER).get(one + part) for one in (address, "/attachments/999999")]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].data == answers[1].data
    assert program(app, READER).get(f"/actions/{action.id}/attachments").json["items"] == []


def test_another_due_date_is_asked_for_and_granted_or_refused(app: Flask, session: Session) -> None:
    action = own_action(session)
    pic, secretariat, path = program(app, PIC), program(app, SECRETARIAT), f"/actions/{action.id}"
    body = {"asked_for": "2031-01-29", "reason": "Menunggu data."}

    asked = pic.post(f"{path}/due-date-requests", body)
    assert asked.status_code == 201, asked.text
    own = asked.headers["Location"]
    assert asked.json == pic.get(f"{path}/due-date-requests").json["items"][0]
    assert pic.post(f"{own}/grant", {}, headers={"If-Match": asked.headers["ETag"]}).status_code == 404
    assert secretariat.post(f"{own}/refuse", {"note": "x"}).status_code == 428
    assert guarded(secretariat, f"{own}/refuse", {}, seen=own).json["errors"][0]["pointer"] == "/note"
    granted = guarded(secretariat, f"{own}/grant", {"note": "Disetujui."}, seen=own)
    assert (granted.status_code, granted.json["state"]) == (201, "granted"), granted.text
    assert pic.get(path).json["due_on"] == "2031-01-29"
    assert pic.get(f"/actions/1/due-date-requests/{granted.json['id']}").status_code == 404
    moved = guarded(secretariat, f"{path}/due-date", {"due_on": "2031-02-27", "reason": "Anggaran."}, seen=path)
    assert (moved.status_code, moved.json["due_on"]) == (201, "2031-02-27"), moved.text
    assert guarded(pic, f"{path}/due-date", {"due_on": "2031-03-27", "reason": "x"}, seen=path).status_code == 404


def test_proponents_and_targets_are_added_after_a_proposal_was_recorded(app: Flask, session: Session) -> None:
    secretariat = program(app, SECRETARIAT)
    body = {"title_id": "Satu data HAM", "gist_id": "Menyatukan data.", "raised_on": "2026-11-02",
            "source_note": "Surat", "classification": "ordinary"}  # fmt: skip
    path = secretariat.post("/proposals", body).headers["Location"]
    person = Person(name="Tanpa Jabatan", folded="tanpa jabatan", aliases=[])
    session.add(person)
    session.commit()
    target = session.scalar(select(Target.id).filter_by(kind="indicator"))

    who = {"person": person.id, "role": "proponent", "attribution": "unconfirmed"}
    added = guarded(secretariat, f"{path}/proponents", who, seen=path)
    assert added.status_code == 201, added.text
    [proponent] = added.json["proponents"]
    linked = guarded(secretariat, f"{path}/targets", {"target": target, "effect": "supports"}, seen=path)
    assert linked.status_code == 201, linked.text
    link = linked.json["targets"][0]["id"]
    assert guarded(secretariat, f"{path}/targets/{link}/steps/confirmed", {}, seen=path).status_code == 404
    assert secretariat.post(f"/proposals/1/targets/{link}/effect", {"on": "2026-11-30"}).status_code == 404
    removed = guarded(secretariat, f"{path}/proponents/{proponent['id']}/removal", {}, seen=path)
    assert (removed.status_code, removed.json["proponents"]) == (201, []), removed.text
    assert program(app, READER).post(f"{path}/proponents", who).status_code == 404


def test_an_agenda_item_is_added_and_a_line_put_back(app: Flask) -> None:
    secretariat = program(app, SECRETARIAT)
    path = secretariat.post("/meetings", {"name_id": "Rapat", "date": "2026-11-02", "agenda": ["A"]}).headers[
        "Location"
    ]

    item = secretariat.post(f"{path}/agenda", {"item": "Lain-lain"})
    assert (item.status_code, item.json["text"]) == (201, "Lain-lain"), item.text
    assert [one["text"] for one in secretariat.get(path).json["agenda"]] == ["A", "Lain-lain"]
    line = secretariat.post(f"{path}/lines", {"kind": "remark", "gist_id": "Isi."})
    address = line.headers["Location"]
    gone = secretariat.ask("DELETE", address, headers={"If-Match": line.headers["ETag"]})
    assert (gone.status_code, secretariat.get(address).status_code) == (204, 404)
    assert program(app, READER).post(f"{address}/restore", {}).status_code == 404
    back = secretariat.post(f"{address}/restore", {})
    assert (back.status_code, back.json) == (201, line.json), back.text
    assert secretariat.post(f"{address}/restore", {}).status_code == 409


def test_items_of_a_review_are_read_and_decided_on(app: Flask, visit: Visitor, session: Session) -> None:
    open_review_of_week(visit.as_(REVIEWER))
    reviewer, reader = program(app, REVIEWER, features=EVERYTHING), program(app, READER)
    path = f"{this_week()}/items"

    listed = reviewer.get(path)
    assert {item["id"] for item in listed.json["items"]} <= set(session.scalars(select(ReviewItem.id)))
    assert listed.json["count"] > 0
    assert reader.get(path).status_code == 404
    item = session.scalars(select(ReviewItem).join(Review).where(
        Review.status == "open", ReviewItem.position.is_not(None), ReviewItem.action_id > 0)
                           .order_by(ReviewItem.position)).first()  # fmt: skip
    own = f"{path}/{item.id}"
    decided = guarded(reviewer, f"{own}/decisions/goes_on", {"note": "Berjalan."}, seen=own)
    assert (decided.status_code, decided.json["decision"]) == (201, "goes_on"), decided.text
    assert reviewer.post(f"{own}/decisions/goes_on", {}).status_code == 428
    later = guarded(reviewer, f"{own}/decisions/extend", {"due_on": "2020-01-01", "reason": "x"}, seen=own)
    assert [error["pointer"] for error in later.json["errors"]] == ["/due_on"]
    later = guarded(reviewer, f"{own}/decisions/extend", {"due_on": "2031-01-29", "reason": "Data."}, seen=own)
    assert (later.status_code, later.json["decision"], later.json["reason"]) == (201, "extend", "Data."), later.text
    assert reader.post(f"{own}/decisions/goes_on", {}).status_code == 404
