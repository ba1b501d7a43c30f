"""A content of minutes is read back by agenda item, whatever its schema."""

from typing import Any

from tracker.minutes.rules import sections_of


def said(number: int, words: str, **more: Any) -> dict[str, Any]:
    return {"number": number, "id": 100 + number, "speaker": None, "speaker_post": None, "speaker_note": None,
            "quote": None, "gist_id": words, "agenda_item": None, "proposals": [], "actions": []} | more  # fmt: skip


def action(code: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "text_id": "Kerjakan", "agenda_item": None, "statement": None} | more


def content(*lines: dict[str, Any], agenda: tuple[str, ...] = (), actions: tuple[Any, ...] = ()) -> dict[str, Any]:
    meeting = {"name_id": "Rapat", "date": "2026-03-04", "venue": None, "opening": None, "closing": None}
    return {
        "schema": 2, "meeting": meeting, "attendance": [], "proposals": [], "statements": list(lines),
        "agenda": [{"number": number, "text": text} for number, text in enumerate(agenda, 1)],
        "actions": list(actions), "hidden": 0,
    }  # fmt: skip


def shown(found: list[Any]) -> list[tuple[str | None, list[tuple[str, list[str]]], list[str]]]:
    return [
        (
            section.text,
            [(line.said["gist_id"], [one["code"] for one in line.actions]) for line in section.lines],
            [one["code"] for one in section.actions],
        )
        for section in found
    ]


def test_lines_and_actions_stand_under_their_agenda_items() -> None:
    lines = [
        said(1, "pembukaan"),
        said(2, "putus", agenda_item=2, actions=["TL-1", "TL-9"]),
        said(3, "anggaran", agenda_item=1),
    ]
    agreed = (action("TL-1", statement=2), action("TL-2", agenda_item=1), action("TL-3"), action("TL-4", statement=7))
    told = content(*lines, agenda=("Anggaran", "Lain-lain"), actions=agreed)

    assert shown(sections_of(told)) == [
        (None, [("pembukaan", [])], ["TL-3"]),
        ("Anggaran", [("anggaran", [])], ["TL-2"]),
        ("Lain-lain", [("putus", ["TL-1"])], []),
    ]


def test_items_without_lines_are_told_and_nothing_is_lost_with_an_item_that_is_not() -> None:
    told = content(said(1, "a", agenda_item=7), agenda=("Anggaran",))

    assert shown(sections_of(told)) == [(None, [("a", [])], []), ("Anggaran", [], [])]


def test_a_content_frozen_before_lines_had_agenda_items_is_one_section() -> None:
    old = content(said(1, "a"), said(2, "b"), agenda=("Anggaran",), actions=(action("TL-1"),)) | {"schema": 1}
    for line in old["statements"]:
        del line["agenda_item"], line["actions"], line["proposals"]

    assert shown(sections_of(old)) == [(None, [("a", []), ("b", [])], [])]
