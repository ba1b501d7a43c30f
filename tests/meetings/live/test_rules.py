"""How a typed line is read: marks, names, targets, codes, titles; what stays in the text and what is asked."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.meetings.live.formats import quotations, unquoted
from tracker.meetings.live.rules import (
    OUTCOMES,
    Choice,
    Known,
    Meant,
    RecordKind,
    Reference,
    Register,
    Understood,
    title_of,
    understand,
)
from tracker.meetings.rules import AttendanceStatus, StatementKind, parse_attendee
from tracker.proposals.rules import Effect, ProposalStatus

SAID_ON = date(2020, 10, 21)  # a Wednesday


def person(number: int, *names: str, post: str | None = None, **more: Any) -> Known:
    """A row of the attendance list."""
    spellings = (*names, post) if post else names
    return Known(Register.ATTENDANCE, number, spellings, post, names=names, **more)


PEOPLE = (
    person(1, "Razilu", post="Staf Ahli Bidang Ekonomi", position_id=31),
    person(2, "Min Usihen", "Usihen"),
    person(3, "Lingga"),
    Known(Register.ATTENDANCE, 4, ("Kasubdit KDN Wilayah I",)),
    Known(Register.ATTENDANCE, 5, ("Kasubdit KDN Wilayah II",)),
    person(6, "Dr. Ratna Wulan-Sari, S.H., M.Hum.", "Ratna Wulan-Sari"),
    person(7, "RR. Melati Indah"),
    person(8, "I Made Suardana"),
    person(9, "Mohammad Yunus"),
    person(10, "Ida Bagus Oka"),
    person(11, "Tgk. Faisal"),
    person(12, "Sri Andayani", status=AttendanceStatus.EXPECTED),
    person(13, "Sri Wahyuni", status=AttendanceStatus.ABSENT),
    Known(Register.PERSON, 1, ("Rina Sari",), names=("Rina Sari",)),
    Known(Register.PERSON, 2, ("Rudi",), names=("Rudi",)),
    Known(Register.PERSON, 3, ("Lingga Pratama",), names=("Lingga Pratama",)),
    Known(Register.POSITION, 1, ("Sekretaris Direktorat Jenderal HAM", "Sesditjen"), position_id=1),
    Known(Register.UNIT, 1, ("Direktorat Diseminasi dan Penguatan HAM", "Diseminasi")),
)
TARGETS = (
    Known(Register.TARGET, 7, ("Penanganan dugaan pelanggaran HAM", "T1")),
    Known(Register.TARGET, 8, ("Kabupaten/Kota Peduli HAM (KKPHAM)", "T2")),
    Known(Register.TARGET, 9, ("Jumlah KKPHAM yang dinilai",)),
    Known(Register.TARGET, 10, ("Ratifikasi instrumen HAM internasional",), "Draf 2021", is_in_force=False),
    Known(Register.TARGET, 11, ("Ratifikasi instrumen HAM internasional",), "Target 2021, edisi 2"),
)
OPEN_PROPOSAL = Reference(
    kind=RecordKind.PROPOSAL, id=14, code="U-2026-014", title="Forum", state=ProposalStatus.SUBMITTED, authority_id=77,
    outcomes=OUTCOMES,
)  # fmt: skip
WITHDRAWN = Reference(
    kind=RecordKind.PROPOSAL, id=15, code="U-2026-015", title="Portal", state=ProposalStatus.WITHDRAWN, is_closed=True
)


def read(line: str, meant: Meant = Meant(), references: tuple[Reference, ...] = ()) -> Understood:  # noqa: B008
    return understand(line, said_on=SAID_ON, people=PEOPLE, targets=TARGETS, meant=meant, references=references)


def speakers(line: str) -> list[int]:
    return [mention.known.id if mention.known else 0 for mention in read(line).speakers]


# --- Marks ---


@pytest.mark.parametrize(
    ("mark", "kind"), [("u", "proposal"), ("k", "decision"), ("a", "directive"), ("h", "hope"), ("t", None)]
)
@pytest.mark.parametrize("is_capital", [False, True])
def test_a_leading_letter_sets_the_kind(mark: str, kind: str | None, is_capital: bool) -> None:
    understood = read(f"{mark.upper() if is_capital else mark} susun naskah akademik")

    assert (understood.kind, understood.gist) == (kind, "susun naskah akademik")


@pytest.mark.parametrize(
    "line",
    [
        "U @razilu perlu forum",
        "U “perlu forum”",
        "U\tperlu forum",
        "U Perlu dibentuk forum",
        "U TL-2026-001 perlu waktu",
    ],
)
def test_a_capital_mark_counts_before_a_name_a_quotation_and_a_sentence(line: str) -> None:
    assert read(line).kind is StatementKind.PROPOSAL


@pytest.mark.parametrize(
    "line",
    ["Usul yang baik", "u", "usul", "x y", "A. Pembukaan", "A meeting was held", "A report of the team", "T 1",
     "T 1 lantai",
     "K 3 sertifikasi", "A 4", "H-1 sebelum acara", "H + 7 hari", "H Agus menyampaikan salam", "T Rahman hadir",
     "K.H. Ahmad memimpin doa", "U Thant hadir", "T", "K tiga"],
)  # fmt: skip
def test_a_sentence_without_a_mark_is_a_remark_kept_whole(line: str) -> None:
    assert (read(line).kind, read(line).words) == ("remark", line)


@pytest.mark.parametrize(
    ("line", "role", "name"),
    [
        ("p Razilu, Staf Ahli Bidang Ekonomi", "chair", "Razilu"),
        ("P Razilu, Staf Ahli Bidang Ekonomi", "chair", "Razilu"),
        ("N Sekar Wulandari", "minute_taker", "Sekar Wulandari"),
        ("D Min Usihen", "accompanying", "Min Usihen"),
        ("S Bagus Prasetyo", "secretary", "Bagus Prasetyo"),
        ("U Bappenas", "invitee", "Bappenas"),
        ("Kabag PPL", "participant", "Kabag PPL"),
        ("S. Budi", "participant", "S. Budi"),
        ("D N Aidit", "participant", "D N Aidit"),
        ("D I Yogyakarta", "participant", "D I Yogyakarta"),
        ("P 3 orang", "participant", "P 3 orang"),
        ("N", "participant", "N"),
    ],
)
def test_a_line_of_the_roll_call_has_a_role_and_a_name(line: str, role: str, name: str) -> None:
    understood = parse_attendee(line)

    assert (understood.role, understood.name) == (role, name)


def test_the_post_of_the_roll_call_follows_the_comma() -> None:
    assert parse_attendee("p Razilu, Staf Ahli Bidang Ekonomi").post == "Staf Ahli Bidang Ekonomi"


# --- Names ---


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("razilu", 1), ("Staf Ahli Bidang Ekonomi", 1), ("min usihen", 2), ("u", 2), ("l", 3), ("bidang", 1),
        ("min_us", 2), ("Pak Razilu", 1), ("Bu Usihen", 2), ("Kasubdit KDN Wilayah II", 5), ("Wilayah I", 4),
        ("Ratna", 6), ("ibu ratna", 6), ("Dr. Ratna Wulan-Sari, S.H., M.Hum.", 6), ("Ratna Wulan–Sari", 6),
        ("Ratna Wulansari, M. Si", 6), ("wulan", 6), ("Melati", 7), ("RR. Melati", 7), ("made", 8),
        ("I Made Suardana", 8),
        ("Moh. Yunus", 9), ("Mas Yunus", 9), ("IB Oka", 10), ("Sdr. Faisal", 11), ("H. Faisal", 11),
        ("Tgk. Faisal", 11),
        ("Sri", 12), ("sri wahyuni", 13), ("rina", 1), ("rud", 2), ("lingga pratama", 3), ("sesditjen", 1),
        ("Sekretaris Direktorat Jenderal HAM", 1), ("Sekretaris Ditjen", 1), ("Ses Ditjen HAM", 1),
        ("diseminasi", 1), ("Dit. Diseminasi", 1), ("dit diseminasi", 1), ("Kepala Subdirektorat KDN Wil. II", 5),
    ],
)  # fmt: skip
def test_who_speaks_is_found_by_any_part_of_a_name_or_post(name: str, number: int) -> None:
    understood = read(f"u @{name} perlu forum")

    assert [mention.known and mention.known.id for mention in understood.speakers] == [number]
    assert (understood.gist, list(understood.questions)) == ("perlu forum", [])


def test_those_in_the_room_are_meant_before_others() -> None:
    assert read("@lingga setuju").speakers[0].known == PEOPLE[2]
    assert read("@rudi setuju").speakers[0].known.register is Register.PERSON


def test_a_letter_means_a_person_before_a_post() -> None:
    people = (Known(Register.ATTENDANCE, 2, ("Kasubdit Kelompok Rentan",)), PEOPLE[0])

    understood = understand("@r setuju", said_on=SAID_ON, people=people, targets=())

    assert [mention.known.id for mention in understood.speakers] == [1]


def test_those_present_are_meant_before_those_expected_and_away() -> None:
    assert [mention.known.id for mention in read("@sri setuju").speakers] == [12]


@pytest.mark.parametrize(
    "name", ["Fulan", "Fulan_Baru", "Pak Budi Santoso", "Bappenas", "Kementerian Luar Negeri", "Badan Pangan dan Gizi"]
)
def test_a_name_at_the_start_that_nobody_bears_is_stored_by_itself(name: str) -> None:
    understood = read(f"u @{name} perlu forum")

    assert understood.strangers == (name.replace("_", " "),)
    assert (understood.gist, list(understood.questions)) == ("perlu forum", [])


@pytest.mark.parametrize(
    "line",
    ["lihat tiket #257", "surel ke a@b.go.id #x1", "ikuti @kemenham_ri", "https://x.id/#T1 dan https://x.id/@razilu",
     "#257 sudah selesai", "setuju dengan @Fulan soal itu", "kirim ke humas@ham.go.id", "(#99)", "“#T1 @razilu”",
     "tagar #SavetheDate, #2030", "C# dan F#", "@ dan #", "harga @5000", "a#T1"],
)  # fmt: skip
@pytest.mark.parametrize("mark", ["", "u ", "k ", "a ", "h ", "t "])
def test_what_is_unknown_stays_as_typed(mark: str, line: str) -> None:
    understood = read(f"{mark}dicatat: {line}")

    assert understood.words == f"dicatat: {line}"
    assert list(understood.questions) == []


@pytest.mark.parametrize("mark", ["", "u ", "k ", "a ", "h "])
@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("perlu indikator bersama #KKPHAM", "perlu indikator bersama #KKPHAM"),
        ("perlu #KKPHAM yang jelas", "perlu #KKPHAM yang jelas"),
        ("#KKPHAM perlu jelas", "#KKPHAM perlu jelas"),
        ("@kasubdit KDN perlu data", "@kasubdit KDN perlu data"),
        ("perlu data @wilayah", "perlu data @wilayah"),
        ("perlu data #KKPHAM #T1", "perlu data #KKPHAM"),
        ("perlu data #T1 #KKPHAM", "perlu data #KKPHAM"),
        ("perlu data (#KKPHAM)", "perlu data (#KKPHAM)"),
    ],
)
def test_what_fits_more_than_one_stays_as_typed_and_is_asked(mark: str, line: str, words: str) -> None:
    understood = read(mark + line)

    assert understood.words == words
    assert len(understood.questions) == 1
    candidates = [mention.candidates for mention in (*understood.people, *understood.targets) if mention.candidates]
    assert [len(one) for one in candidates] == [2]


def test_a_part_of_a_name_that_goes_on_differently_is_asked() -> None:
    understood = read("@Ratna Wijaya setuju")

    assert understood.words == "@Ratna Wijaya setuju"
    assert [known.id for known in understood.people[0].candidates] == [6]


def test_a_part_of_a_post_that_goes_on_differently_is_asked() -> None:
    understood = read("t @Sekretaris Daerah kirim data")

    assert [known.register for known in understood.people[0].candidates] == [Register.POSITION]
    assert understood.words == "@Sekretaris Daerah kirim data"


def test_a_slip_in_a_name_is_asked() -> None:
    understood = read("@Mohammad Yunuss setuju")

    assert [known.id for known in understood.people[0].candidates] == [9]
    assert understood.words == "@Mohammad Yunuss setuju"


def test_a_choice_for_an_ambiguous_name_is_taken_and_the_name_leaves_the_text() -> None:
    chosen = Meant(choices=(Choice(name="kkpham", register=Register.TARGET, id=9),))

    understood = read("u perlu indikator #KKPHAM", chosen)

    assert [mention.known.id for mention in understood.targets] == [9]
    assert (understood.words, list(understood.questions)) == ("perlu indikator", [])


def test_a_name_can_be_left_in_the_text_without_being_asked_again() -> None:
    understood = read("u perlu indikator #KKPHAM", Meant(choices=(Choice(name="kkpham"),)))

    assert (understood.words, list(understood.questions)) == ("perlu indikator #KKPHAM", [])
    assert [mention.known for mention in understood.targets] == [None]


def test_a_record_that_does_not_fit_a_name_cannot_be_chosen_for_it() -> None:
    understood = read(
        "u perlu indikator #KKPHAM", Meant(choices=(Choice(name="kkpham", register=Register.TARGET, id=7),))
    )

    assert [mention.known for mention in understood.targets] == [None]
    assert understood.words == "perlu indikator #KKPHAM"


@pytest.mark.parametrize(
    ("line", "numbers", "words"),
    [
        ("u @l sependapat dengan @Razilu soal forum", [3], "sependapat dengan Razilu soal forum"),
        ("u @razilu @lingga perlu forum", [1, 3], "perlu forum"),
        ("u @razilu, @lingga dan @usihen: perlu forum", [1, 3, 2], "perlu forum"),
        ("u perlu forum @razilu", [1], "perlu forum"),
        ("u perlu forum, @razilu dan @lingga.", [1, 3], "perlu forum."),
        ("u @Fulan @razilu perlu forum", [0, 1], "perlu forum"),
        ("@razilu: perlu forum", [1], "perlu forum"),
        ("k @razilu @lingga sepakat", [1], "lingga sepakat"),
        ("k @razilu sepakat dengan @lingga", [1], "sepakat dengan lingga"),
        ("@razilu setuju usulan @lingga", [1], "setuju usulan lingga"),
        ("koordinasi dengan @razilu dan @lingga", [], "koordinasi dengan razilu dan lingga"),
        ("disampaikan kepada @razilu", [], "disampaikan kepada razilu"),
        ("dibahas bersama @razilu", [], "dibahas bersama razilu"),
        ("t @razilu susun jadwal", [1], "susun jadwal"),
        ("t @razilu @lingga susun jadwal", [1, 3], "susun jadwal"),
        ("t @razilu dan @made susun jadwal 30 nov", [1, 8], "susun jadwal"),
        ("t susun jadwal @razilu 30 nov", [1], "susun jadwal"),
        ("t susun jadwal 30 nov @razilu", [1], "susun jadwal"),
        ("t susun jadwal (PIC: @razilu)", [1], "susun jadwal"),
        ("t susun jadwal, penanggung jawab @razilu dan @lingga", [1, 3], "susun jadwal"),
        ("t disusun oleh @razilu", [1], "disusun"),
        ("t susun jadwal (@razilu, paling lambat 30 nov)", [1], "susun jadwal"),
        ("t susun jadwal [PIC: @razilu dan @lingga, 30 nov].", [1, 3], "susun jadwal"),
        ("t susun jadwal (untuk @razilu, 30 nov)", [], "susun jadwal (untuk razilu, 30 nov)"),
        ("t 30/11 @razilu susun jadwal", [1], "susun jadwal"),
        ("t [30 nov] @razilu susun jadwal", [1], "susun jadwal"),
        ("u @razilu + @lingga perlu forum", [1, 3], "perlu forum"),
        ("u @razilu/@lingga perlu forum", [1, 3], "perlu forum"),
        ("t koordinasi dengan @razilu", [], "koordinasi dengan razilu"),
        ("t @Bappenas kirim data", [0], "kirim data"),
        ("t @Bappenas @Kemenkeu kirim data", [0, 0], "kirim data"),
        ("t @sesditjen @diseminasi susun jadwal", [1, 1], "susun jadwal"),
        ("t kirim data ke @Bappenas", [], "kirim data ke @Bappenas"),
    ],
)  # fmt: skip
def test_all_who_speak_or_are_assigned_are_read_in_order(line: str, numbers: list[int], words: str) -> None:
    assert (speakers(line), read(line).words) == (numbers, words)


def test_the_speaker_chosen_on_the_chip_takes_the_place_of_the_one_read() -> None:
    understood = read("u @razilu @lingga perlu forum", Meant(speaker_id=2))

    assert [mention.known.id for mention in understood.speakers] == [2, 3]
    assert understood.words == "perlu forum"


def test_the_speaker_chosen_on_the_chip_answers_for_an_ambiguous_name() -> None:
    understood = read("@kasubdit KDN setuju", Meant(speaker_id=5))

    assert [mention.known.id for mention in understood.speakers] == [5]
    assert (understood.words, list(understood.questions)) == ("setuju", [])


# --- Targets ---


@pytest.mark.parametrize(
    ("line", "numbers", "words"),
    [
        ("u @r perlu forum #T1", [7], "perlu forum"),
        ("u @r perlu forum #T1 #T2", [7, 8], "perlu forum"),
        ("u #T1 perlu forum", [7], "perlu forum"),
        ("u perlu forum #Kabupaten/Kota Peduli HAM (KKPHAM)", [8], "perlu forum"),
        ("u perlu forum terkait #penanganan", [7], "perlu forum terkait penanganan"),
        ("u perlu #T1 yang jelas", [7], "perlu T1 yang jelas"),
        ("u perlu percepatan #ratif", [11], "perlu percepatan"),
        ("u perlu indikator bersama #T1", [7], "perlu indikator bersama"),
        ("u perlu forum (#T1)", [7], "perlu forum"),
        ("u perlu forum #T1.", [7], "perlu forum."),
    ],
)
def test_targets_are_found_by_code_name_and_beginning(line: str, numbers: list[int], words: str) -> None:
    understood = read(line.replace("@r ", "@razilu "))

    assert ([mention.known.id for mention in understood.targets], understood.words) == (numbers, words)


def test_a_target_added_on_the_chip_joins_those_of_the_line_with_the_effect_chosen() -> None:
    meant = Meant(target_id=7, effects=((7, Effect.SUPPORTS), (8, Effect.CHANGES_VALUE)))

    understood = read("u perlu forum #T2", meant)

    assert [(one.known.id, one.effect) for one in understood.targets] == [(8, "changes_value"), (7, "supports")]


@pytest.mark.parametrize("words", ["kirim data #T1", "#T1 perlu data", "kirim #KKPHAM segera", "kirim data #ratif"])
def test_a_target_in_an_action_stays_as_typed_because_an_action_has_none(words: str) -> None:
    understood = read(f"t @razilu {words} 30 nov", Meant(target_id=7))

    assert (understood.words, list(understood.questions)) == (words, [])
    assert all(mention.is_within for mention in understood.targets)


# --- Quotations ---


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("“a” b “c”", ["“a”", "“c”"]),
        ("“minta agar “lebih” lagi”", ["“minta agar “lebih” lagi”"]),
        ("„a“ dan „b”", ["„a“", "„b”"]),
        ("”a” dan «b» dan ‹c›", ["”a”", "«b»", "‹c›"]),
        ('"a" dan "b"', ['"a"', '"b"']),
        ("‘a’ dan 'b c'", ["‘a’", "'b c'"]),
        ("Jum’at dan Ma'ruf '26 dan '27", []),
        ("“tak ditutup #T1", []),
        ("“satu “terlalu” banyak” lagi” ya", ["“satu “terlalu” banyak”"]),
        ("“satu “terlalu banyak” lagi", ["“satu “terlalu banyak”"]),
    ],
)
def test_quotations_are_found_in_every_style(text: str, spans: list[str]) -> None:
    assert [text[start:end] for start, end in quotations(text)] == spans


@pytest.mark.parametrize(
    ("text", "words"), [("“a b”", "a b"), (" “a”. ", "a"), ("“a” b", None), ("“a” “b”", None), ("“”", ""), ("a", None)]
)
def test_a_text_that_is_one_quotation_is_its_words(text: str, words: str | None) -> None:
    assert unquoted(text) == words


def test_what_stands_in_quotation_marks_is_left_alone() -> None:
    words = "  surel a@b.go.id  @Razilu #T1 #KKPHAM 30 nov, “dalam"

    assert read(f"t “{words}”").gist == f"“{words}”"
    assert read(f"u @lingga “{words}”").quote == words


# --- Titles ---

LONG_PROPOSAL = (
    "Kalau saya boleh tambahkan perlu dibentuk semacam forum nasional penanganan dugaan pelanggaran HAM di level "
    "menteri guna menyelesaikan pelanggaran HAM yang sifatnya lintas kementerian dan lembaga"
)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Kalau saya boleh tambahkan, perlu dibentuk forum di bawah koordinasi menteri",
         "Perlu dibentuk forum di bawah koordinasi menteri"),
        (LONG_PROPOSAL, "Perlu dibentuk semacam forum nasional penanganan dugaan pelanggaran HAM di level menteri"),
        ("Paling tidak saya ingin melihat bahwa perlu ada capaian yang terukur", "Perlu ada capaian yang terukur"),
        ("mungkin perlu juga memasukkan konteks internasional", "memasukkan konteks internasional"),
        ("atau tindaklanjut dari laporan yang diterima pemerintah",
        "tindaklanjut dari laporan yang diterima pemerintah"),
        ("Saya kira perlu peta jalan", "Perlu peta jalan"),
        ("Menurut hemat kami, sebaiknya laporan terbit bulanan", "Laporan terbit bulanan"),
        ("Mohon izin Pak, saya mengusulkan agar laporan dikirim bulanan", "Laporan dikirim bulanan"),
        ("usul saya, agar laporan dikirim bulanan", "laporan dikirim bulanan"),
        ("I think we should publish the data every month", "Publish the data every month"),
        ("If I may add, the directorate needs a joint secretariat", "The directorate needs a joint secretariat"),
        ("In my opinion it would be better to merge both teams", "Merge both teams"),
        ("perlu dibentuk forum", "perlu dibentuk forum"),
        ("Dr. Ratna mengusulkan pembentukan tim. Tim itu terdiri atas lima orang",
        "Dr. Ratna mengusulkan pembentukan tim"),
        ("Permenkumham No. 22 Tahun 2021 perlu diubah", "Permenkumham No. 22 Tahun 2021 perlu diubah"),
        ("Menurut saya", "Menurut saya"), ("usul", "usul"), ("Minimal tiga kegiatan", "Minimal tiga kegiatan"),
        ("Pertama kali diadakan", "Pertama kali diadakan"),
    ],
)  # fmt: skip
def test_a_title_is_short_and_says_what_is_proposed(words: str, title: str) -> None:
    assert title_of(words) == title


def test_a_title_is_not_cut_within_a_quotation() -> None:
    name = "“Kabupaten Kota Peduli Hak Asasi Manusia dan Perlindungan Kelompok Rentan di Seluruh Indonesia”"

    assert title_of(f"Program baru di bawah menteri bernama {name} di portal bersama") == (
        "Program baru di bawah menteri bernama"
    )


@given(st.text(max_size=400))
def test_a_title_is_never_too_long(words: str) -> None:
    assert len(title_of(words)) <= 120


def test_the_title_chosen_is_the_title_and_the_words_stay() -> None:
    understood = read("u Kalau saya boleh, perlu forum", Meant(title="Forum nasional"))

    assert (understood.title, understood.gist) == ("Forum nasional", "Kalau saya boleh, perlu forum")


# --- Decisions and codes ---


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("usulan U-2026-014 disetujui", "approved"), ("setuju, dilanjutkan", "approved"), ("rapat menyepakati",
        "approved"),
        ("ditolak karena anggaran", "rejected"), ("tidak disetujui", "rejected"), ("menolak usulan itu", "rejected"),
        ("ditunda sampai 5 Januari 2021", "deferred"), ("belum disetujui", "under_discussion"),
        ("dibahas lagi", "under_discussion"), ("approved", "approved"), ("not approved", "rejected"),
        ("postponed", "deferred"), ("agreed to go on", "approved"),
    ],
)  # fmt: skip
def test_a_decision_about_a_proposal_is_read_and_asked_once(words: str, outcome: str) -> None:
    understood = read(f"k @razilu {words}", references=(OPEN_PROPOSAL,))

    assert understood.decision.outcome == outcome
    assert understood.decision.authority_id == 31  # the post of who speaks
    assert [question.key for question in understood.questions] == ["outcome:u-2026-014"]


def test_a_deferral_takes_the_date_of_its_words() -> None:
    understood = read("k ditunda sampai 5 Januari 2021", references=(OPEN_PROPOSAL,))

    assert (understood.decision.revisit_on, understood.words) == (date(2021, 1, 5), "ditunda sampai 5 Januari 2021")
    assert understood.decision.authority_id == 77  # nobody is named: who decides the proposal as recorded


def test_the_outcome_chosen_is_not_asked_again() -> None:
    understood = read("k setuju", Meant(outcome=ProposalStatus.REJECTED, authority_id=5), references=(OPEN_PROPOSAL,))

    assert (understood.decision.outcome, understood.decision.authority_id) == ("rejected", 5)
    assert list(understood.questions) == []


def test_a_closed_proposal_is_shown_and_not_decided() -> None:
    understood = read("k setuju usulan U-2026-015 dilanjutkan", references=(WITHDRAWN,))

    assert (understood.decision, list(understood.questions)) == (None, [])
    assert [one.is_closed for one in understood.references] == [True]


def test_a_remark_about_a_proposal_decides_nothing() -> None:
    assert read("setuju dengan U-2026-014", references=(OPEN_PROPOSAL,)).decision is None


def test_a_code_without_a_record_is_named_and_stays() -> None:
    understood = read("k setuju U-2026-999 dan u 2026 999", references=(OPEN_PROPOSAL,))

    assert list(understood.unknown_codes) == ["U-2026-999"]
    assert understood.words == "setuju U-2026-999 dan u 2026 999"


# --- Whatever is typed ---

PARTS = st.one_of(
    st.sampled_from([
        "@razilu", "@l", "@Fulan", "@kasubdit KDN", "@Bu Ratna", "#T1", "#KKPHAM", "#257", "30 nov", "tenggat",
        "5 des", ",",
        ":", ".", "dan", "oleh", "(", ")", "“", "”", '"', "perlu", "forum", "a@b.id", "https://x.id/#T1",
        "U-2026-014", "—",
        "paling lambat", "\n", "  ", "日本", "👍", "@", "#", "_",
    ]),
    st.text(max_size=8),
)  # fmt: skip
LINES = st.builds(
    lambda mark, parts, glue: mark + glue.join(parts),
    st.sampled_from(["", "u ", "k ", "t ", "U ", "a ", "h "]), st.lists(PARTS, max_size=14), st.sampled_from([" ", "",
    "  "]),
)  # fmt: skip


def kept(line: str, understood: Understood) -> str:
    """What is left of a line when what became part of the record is taken out."""
    parts, reached = [], 0
    for start, end in understood.cuts:
        assert reached <= start <= end <= len(line)
        parts.append(line[reached:start])
        reached = end
    return "".join([*parts, line[reached:]])


@given(LINES)
def test_every_character_is_in_the_words_or_was_recorded(line: str) -> None:
    understood = read(line)

    left = kept(line, understood).strip()
    assert understood.words == left or unquoted(left) == understood.words
    due = understood.due
    for start, end in understood.cuts[1:]:  # the first is the mark
        is_date = due is not None and start <= due.start and due.end <= end
        assert is_date or line[start:end].strip(" ,;:–—-&/()[]\n")[:1] in {"@", "#"} or "@" in line[start:end]
    recorded = [one for one in understood.people if not one.is_within or one.known]
    recorded += [one for one in understood.targets if one.known]
    assert len(understood.cuts) - 1 <= len(recorded) + (due is not None)


@given(LINES)
def test_names_that_were_not_recorded_stay_as_typed(line: str) -> None:
    understood = read(line)

    unsettled = [mention for mention in understood.people if mention.known is None and mention.is_within]
    for mention in (*unsettled, *(target for target in understood.targets if target.known is None)):
        assert mention.name.replace("_", " ") in kept(line, understood).replace("_", " ")


@given(LINES)
def test_quotations_stay_byte_for_byte(line: str) -> None:
    understood = read(line)

    for start, end in quotations(line):
        quotation = line[start:end]
        assert quotation in kept(line, understood)
        assert (
            quotation in (understood.gist or "") or quotation[1:-1] in (understood.quote or "") or not quotation.strip()
        )


@given(LINES)
def test_reading_is_stable(line: str) -> None:
    understood = read(line)

    assert read(line) == understood
    assert not (understood.quote and understood.gist)
    assert len(understood.title) <= 120
    assert all(question.key == "".join(question.key.split()) for question in understood.questions)


@given(
    st.sampled_from("ukah"),
    st.text(alphabet=st.characters(exclude_characters="“”", exclude_categories=["Cs"]), min_size=1),
)
def test_a_quote_comes_out_as_it_went_in(mark: str, words: str) -> None:
    assert read(f"{mark} @razilu “{words}”").quote == words


@pytest.mark.parametrize(
    "part", ["@razilu ", "#KKPHAM ", "“", "”", "5 des ", " ", "paling lambat ", "@Fulan ", "@a,", "U-2026-014 "]
)
def test_a_text_of_the_longest_allowed_is_read_in_the_end(part: str) -> None:
    line = ("u perlu " + part * 20_000)[:20_000]

    assert read(line).kind is StatementKind.PROPOSAL
