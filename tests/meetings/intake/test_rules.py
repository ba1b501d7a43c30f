import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.demo.real_meeting import SOURCE
from tracker.meetings.intake.rules import Piece, attendees_of, pieces_of
from tracker.meetings.live.rules import Directory, Known, Register

RELEASE = Path(__file__).with_name("press-release-2020-10-21.txt").read_text()
TOLD = json.loads(SOURCE.read_text())
SAID_ON = date(2020, 10, 21)
NAMES = {row["code"]: (row["name"], *row["aliases"]) for row in TOLD["persons"]}
PRESENT = tuple(
    Known(Register.ATTENDANCE, number, (*NAMES.get(row["person"], ()), row["post_as_written"]))
    for number, row in enumerate(TOLD["attendance"], 1)
)


def read(text: str, people: tuple[Known, ...] = PRESENT) -> list[Piece]:
    return pieces_of(text, people=people, said_on=SAID_ON)


def first(text: str, people: tuple[Known, ...] = PRESENT) -> tuple[str | None, str | None]:
    """(the quote, the name it is given to)."""
    quoted = next(piece for piece in read(text, people) if piece.quote)
    return quoted.quote, quoted.speaker.spellings[0] if quoted.speaker else quoted.speaker_name


def careful_reading() -> list[tuple[str, set[str], str]]:
    """(words, who may be their speaker, kind) for everything the careful reading of the release holds."""
    told = []
    for row in [*TOLD["proposals"], *TOLD["statements"]]:
        words = row.get("quote") or row.get("text_as_written") or row["paraphrase_as_written"]
        sure = [one["person"] for one in row.get("proponents", []) if one["attribution"] == "quoted"]
        who = sure or ([row["speaker"]] if row.get("speaker") else [])
        told.append((words, {NAMES[code][0] for code in who} or {""}, row.get("kind", "proposal")))
    return told


def compared(people: tuple[Known, ...]) -> dict[str, list[str]]:
    """Each passage of the careful reading: right, wrong (another speaker) or missed."""
    found: dict[str, list[str]] = {"right": [], "wrong": [], "missed": []}
    kept = [piece for piece in read(RELEASE, people) if piece.is_kept]
    for words, who, _ in careful_reading():
        beginning = words.split(". ")[0]
        piece = next((piece for piece in kept if beginning in (piece.quote or piece.gist or "")), None)
        given_to = (piece.speaker.spellings[0] if piece.speaker else piece.speaker_name or "") if piece else None
        verdict = "missed" if given_to is None else "right" if given_to in who else "wrong"
        found[verdict].append(f"{given_to}: {words[:60]}")
    return found


@pytest.mark.parametrize("people", [PRESENT, PRESENT[:3], ()], ids=["all", "the three", "nobody"])
def test_the_press_release_is_given_to_those_who_spoke(people: tuple[Known, ...]) -> None:
    found = compared(people)
    print(json.dumps(found, indent=1, ensure_ascii=False))  # noqa: T201  # the list that the record of the check shows

    named_by_post = [line for line in found["wrong"] if line.startswith("Staf Ahli Bidang Ekonomi: ")]
    assert found["missed"] == []
    assert found["wrong"] == named_by_post
    assert bool(named_by_post) is (people == ()), "whose post it is, only the attendance list knows"


def test_each_quotation_of_the_press_release_is_one_piece_byte_for_byte() -> None:
    quotes = [piece.quote for piece in read(RELEASE) if piece.quote]

    assert len(quotes) == 5
    assert all(quote in RELEASE for quote in quotes)
    assert "“prestigious”" in quotes[2]
    told = [row["quote"] for row in (*TOLD["proposals"], *TOLD["statements"]) if row.get("quote")]
    assert [one for one in told if not any(one in quote for quote in quotes)] == []


def test_the_kinds_of_the_press_release_are_those_of_the_careful_reading() -> None:
    pieces = [piece for piece in read(RELEASE) if piece.is_kept]
    wrong = []
    for words, _, kind in careful_reading():
        piece = next(piece for piece in pieces if words.split(". ")[0] in (piece.quote or piece.gist or ""))
        if piece.kind != kind:
            wrong.append((words[:40], kind, piece.kind.value))

    assert wrong == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Perlu forum,” ujar Razilu.", ("Perlu forum", "Razilu")),
        ("“Perlu forum” kata Pak Razilu usai rapat.", ("Perlu forum", "Razilu")),
        ("«Perlu forum», ungkap Usihen.", ("Perlu forum", "Min Usihen")),
        ('"Perlu forum," tegas Lingga.', ("Perlu forum", "Lingga")),
        ("Kata Razilu, “perlu forum.”", ("perlu forum.", "Razilu")),
        ("Lingga menegaskan bahwa “perlu forum”.", ("perlu forum", "Lingga")),
        ("Menurut Razilu, “perlu forum”.", ("perlu forum", "Razilu")),
        ("“Perlu “forum” baru,” papar Lingga.", ("Perlu “forum” baru", "Lingga")),
        ("“Setuju,” kata Lingga. “Perlu forum,” pungkasnya.", ("Setuju", "Lingga")),
        ("Staf Ahli Bidang Ekonomi mengajak semua. “Mari,” jelasnya.", ("Mari", "Razilu")),
        ("“Perlu,” ujar Kepala Biro Hukum dan HAM Budi.", ("Perlu", "Kepala Biro Hukum dan HAM Budi")),
        ("“Perlu forum.”", ("Perlu forum.", None)),
    ],
)  # fmt: skip
def test_who_is_said_to_speak_speaks(text: str, expected: tuple[str, str | None]) -> None:
    assert first(text) == expected


LISTED = tuple(
    Known(register, number, (name,), names=(name,))
    for number, (register, name) in enumerate(
        [(Register.ATTENDANCE, "RR. Melati Indah"), (Register.ATTENDANCE, "I Made Suardana"),
         (Register.ATTENDANCE, "Ida Bagus Oka"), (Register.ATTENDANCE, "Tgk. Faisal"),
         (Register.ATTENDANCE, "Dr. Ratna Wulan-Sari, S.H."), (Register.ATTENDANCE, "Budiman"),
         (Register.ATTENDANCE, "Sri Andayani"), (Register.ATTENDANCE, "Sri Wahyuni"), (Register.PERSON, "Melati Putri"),
         (Register.PERSON, "Yunus Akbar")], 1,
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "number"),
    [("Melati", 1), ("Indah", 1), ("RR. Melati", 1), ("Ibu Melati", 1), ("Made", 2), ("I Made Suardana", 2), ("Oka", 3),
     ("IB Oka", 3), ("Bagus Oka", 3), ("Faisal", 4), ("Tgk. Faisal", 4), ("Ratna", 5), ("Dr. Ratna Wulan–Sari", 5),
     ("Budi", None), ("Sri", None), ("Sri Wahyuni", 8), ("Ratna Wijaya", None), ("Melati Putri", 9), ("Yunus", 10)],
)  # fmt: skip
def test_any_part_of_a_name_that_one_person_has_ties(name: str, number: int | None) -> None:
    known = Directory(LISTED).named(name)

    assert (known.id if known else None) == number


def test_a_first_name_ties_a_quotation_to_the_person_on_the_list() -> None:
    (piece,) = read("“Kita percepat,” ujar Melati.", LISTED)

    assert piece.speaker == LISTED[0]


def test_a_pasted_action_keeps_who_is_to_do_it_and_by_when() -> None:
    (piece,) = read("t @Sari susun naskah 30 nov", LISTED)

    assert (piece.kind, piece.gist, piece.speaker_name) == ("directive", "@Sari susun naskah 30 nov", None)


def test_the_same_speaks_on_until_another_is_named() -> None:
    pieces = read("“Satu,” kata Razilu. “Dua,” imbuhnya. “Tiga,” ujar Lingga. Ia berharap semua hadir.")

    assert [(piece.quote or piece.gist, piece.speaker.spellings[0]) for piece in pieces] == [
        ("Satu", "Razilu"), ("Dua", "Razilu"), ("Tiga", "Lingga"), ("Ia berharap semua hadir.", "Lingga")
    ]  # fmt: skip


def test_a_word_in_quotation_marks_is_no_quotation() -> None:
    (piece,) = read("Razilu mengatakan penghargaan itu harus “prestigious” bagi semua.")

    assert (piece.quote, piece.speaker.spellings[0]) == (None, "Razilu")


def test_follow_up_is_no_verb_of_saying() -> None:
    assert all(piece.speaker_name is None for piece in read("Tindak lanjut Dewan HAM dibahas. “Perlu forum.”"))


def test_notes_are_taken_line_by_line_with_names_and_marks() -> None:
    pieces = read("1. Razilu: perlu forum nasional\n- u @l perlu indikator\n- Budi: setuju\nRapat ditutup")

    assert [(p.kind, p.gist, p.speaker_name, bool(p.speaker), p.is_kept) for p in pieces] == [
        ("proposal", "perlu forum nasional", "Razilu", True, True),
        ("proposal", "perlu indikator", "Lingga", True, True),
        ("remark", "setuju", "Budi", False, True),
        ("information", "Rapat ditutup", None, False, False),
    ]


@given(st.text(alphabet=st.sampled_from(list("ab AR.,:;“”«»\"'\n\t-1@#–nya")) | st.characters(), max_size=200))
def test_any_text_can_be_cut_and_quotes_are_its_own_words(text: str) -> None:
    assert all(piece.quote in text for piece in read(text) if piece.quote)
    assert all((piece.quote or piece.gist or "").strip() for piece in read(text))


_JUMBLE = [
    "“Perlu",
    "forum,”",
    "tutur",
    "Razilu.",
    "jelasnya",
    "kata",
    "Budi",
    ".",
    "“",
    "”",
    "berharap",
    "pihaknya",
    "\n",
]


@given(st.lists(st.sampled_from(_JUMBLE), max_size=30))
def test_any_jumble_of_reporting_words_can_be_cut(words: list[str]) -> None:
    text = " ".join(words)

    assert all(piece.quote in text for piece in read(text) if piece.quote)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Razilu, Staf Ahli Bidang Ekonomi", ("participant", "Razilu", "Staf Ahli Bidang Ekonomi")),
        ("1. p Razilu", ("chair", "Razilu", None)),
        ("2)\tRina Sari, S.H., M.Hum., Kabag Umum", ("participant", "Rina Sari", "Kabag Umum")),
        ("Rina Sari\tKabag Umum", ("participant", "Rina Sari", "Kabag Umum")),
        ("• Rina Sari – Kabag Umum, Setditjen", ("participant", "Rina Sari", "Kabag Umum")),
        ("Kabag PPL", ("participant", "Kabag PPL", None)),
    ],
)
def test_a_list_of_names_is_read_however_it_was_written(line: str, expected: tuple[str, str, str | None]) -> None:
    (row,) = attendees_of(f"\n{line}\n\n")

    assert (row.role, row.name, row.post) == expected
