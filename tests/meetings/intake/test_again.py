"""What was corrected stays when a text is read in another way, where the parts are the same."""

from typing import Any

import pytest

from tests.visitor import SECRETARIAT, Visitor, filled
from tracker.meetings.intake.rules import corrected

TEXT, PASTE = "/meetings/new/text", "/meetings/1/minutes/paste"
CHAT = (
    "[09.15] Razilu: kita mulai\n[09.16] Lingga: Saya kira belum jelas. Sebaiknya ada indikator tersendiri.\n"
    "[09.17] Razilu: baik"
)
NOTES = "Budi mengatakan capaian baru 70 persen. Sari menyarankan loket ditambah.\nRapat ditutup.\n- Satu\n"


def row(at: int, words: str, **more: Any) -> dict[str, Any]:
    usual = {
        "is_kept": True, "kind": "remark", "quote": None, "gist": words, "speaker": None, "speaker_note": None,
        "at": str(at), "is_sure": "", "is_action": False, "what": None, "pic": None, "due_on": None,
    }  # fmt: skip
    return usual | more


A, B, C = row(0, "satu dua"), row(10, "tiga"), row(20, "empat")


def test_what_was_corrected_is_kept_where_the_stretch_is_the_same() -> None:
    typed = [row(0, "satu dua", kind="decision"), B, row(20, "EMPAT", is_kept=False)]
    after = [row(0, "satu dua", speaker_note="Budi"), row(20, "empat")]

    rows, lost = corrected(typed, [A, B, C], after)

    assert rows == [row(0, "satu dua", kind="decision", speaker_note="Budi"), row(20, "EMPAT", is_kept=False)]
    assert lost == []


def test_what_has_no_place_any_more_is_told() -> None:
    typed = [row(0, "satu dua", pic="Budi"), row(10, "tiga", is_sure="y"), C]

    rows, lost = corrected(typed, [A, B, C], [row(0, "satu dua tiga empat")])

    assert (rows, lost) == ([row(0, "satu dua tiga empat")], ["satu dua"])


def test_what_was_split_and_joined_stays_so() -> None:
    typed = [row(0, "satu"), row(5, "dua", kind="hope"), row(10, "tiga empat")]

    assert corrected(typed, [A, B, C], [A, B, C]) == (typed, [])
    # The part above is none any more, so what was joined with it stays a part of its own.
    assert corrected(typed, [A, B, C], [A, row(9, "x tiga"), C]) == ([*typed[:2], row(9, "x tiga"), C], ["tiga empat"])


@pytest.mark.one_database
def test_another_way_of_reading_keeps_what_was_typed_about_the_meeting(visit: Visitor) -> None:
    browser = visit.as_(SECRETARIAT)
    page = browser.submit(browser.get(TEXT), f"{TEXT}/read", text=CHAT)
    values = filled(page.form(TEXT)) | {"name_id": ["Rapat loket"], "venue": ["Aula"], "date": ["kemarin"]}

    again = browser.post(f"{TEXT}/read", {**values, "again": ["lines"]})

    shown = filled(again.form(TEXT))
    assert [shown[name] for name in ("name_id", "venue", "date")] == [["Rapat loket"], ["Aula"], ["kemarin"]]
    assert again.text_of(".manners").startswith("Dibaca sebagai catatan atau notula.")


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("text", "corrected_words", "again", "told"),
    [
        (NOTES, "Rapat ditutup.", "lines", ""),
        (CHAT, "Sebaiknya ada indikator tersendiri.", "lines", "“Sebaiknya ada indikator tersendiri.”"),
    ],
)
def test_another_way_of_reading_keeps_what_was_corrected_and_tells_what_it_cannot(
    visit: Visitor, text: str, corrected_words: str, again: str, told: str
) -> None:
    browser = visit.as_(SECRETARIAT)
    page = browser.submit(browser.get(PASTE), f"{PASTE}/cut", text=text)
    values = filled(page.form(PASTE))
    part = next(name for name, typed in values.items() if typed == [corrected_words]).rsplit("-", 1)[0]

    page = browser.post(f"{PASTE}/cut", {**values, f"{part}-kind": ["hope"], "again": [again]})

    kinds = {piece.select_one(".piece-words").text: piece.select_one(".piece-kind").text
             for piece in page.soup.select(".piece")}  # fmt: skip
    assert (told in page.text_of(".reading .note"), kinds.get(corrected_words)) == (True, None if told else "Harapan")
