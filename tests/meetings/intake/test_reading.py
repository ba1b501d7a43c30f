"""How texts about meetings are read: sections, labels, tables, wrapped lines, transcripts, ways of saying."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.meetings.intake.formats import plain_of
from tracker.meetings.intake.formats.sections import Fact
from tracker.meetings.intake.formats.speech import sentence_spans
from tracker.meetings.intake.rules import Piece, Reading, header_of, kind_of, read
from tracker.meetings.live.rules import Known, Register

DAY = dt.date(2026, 12, 7)
VTT = (
    "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Sari>Kita</v>\n\n00:00:05.000 --> 00:00:06.000\n<v Sari>mulai</v>\n"
    "\n00:00:07.000 --> 00:00:09.000\n<v Budi>Siap berangkat</v>\n"
)
SRT = (
    "1\n00:00:01,000 --> 00:00:04,000\nSari: Kita\n\n2\n00:00:05,000 --> 00:00:06,000\nmulai\n\n"
    "3\n00:00:07,000 --> 00:00:09,000\nBudi: Siap berangkat\n"
)
PEOPLE = [Known(Register.ATTENDANCE, 1, ("RR. Melati Indah",), names=("RR. Melati Indah",))]


def reading_of(text: str) -> Reading:
    plain = plain_of(text)
    reading = read(plain.text, people=PEOPLE, said_on=DAY, turns=plain.turns)
    assert all(plain.text[piece.start :].startswith(piece.words) for piece in reading.pieces)
    return reading


def kept(text: str) -> list[Piece]:
    return [piece for piece in reading_of(text).pieces if piece.is_kept]


def proposed(text: str) -> list[tuple[str, str | None, str]]:
    """Kind, speaker and words of each line that is proposed; an action is of kind «action»."""
    return [("action" if p.task else p.kind.value, p.speaker_name, " ".join(p.words.split())) for p in kept(text)]


def assigned(text: str) -> list[tuple[str, str | None, str | None]]:
    """Words, assignee and due date of each action."""
    return [
        (text[slice(*p.task.what)], p.pic, p.task.due_on.isoformat() if p.task.due_on else None)
        for p in kept(text)
        if p.task
    ]


def test_a_wrapped_line_belongs_to_its_bullet() -> None:
    assert proposed("- Rapat menyepakati jadwal yang\n  akan dimulai\n- Butir dua") == [
        ("decision", None, "Rapat menyepakati jadwal yang akan dimulai"),
        ("remark", None, "Butir dua"),
    ]


def test_reading_is_decided_piece_by_piece() -> None:
    text = "Pembahasan\n- Budi: capaian baru 70 persen\n- “Kita percepat,” ujar Melati.\n"

    assert proposed(text) == [
        ("remark", "Budi", "capaian baru 70 persen"),
        ("remark", "Melati", "Kita percepat"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Sari Dewi melaporkan capaian.", "Sari Dewi"),
        ("Sari menggarisbawahi pentingnya sosialisasi.", "Sari"),
        ("Hal itu disampaikan oleh Budi.", "Budi"),
        ("Demikian ditegaskan Budi Santoso.", "Budi Santoso"),
        ("Menurut Sari, jadwal terlalu padat.", "Sari"),
        ("Jadwal, menurut Ibu Sari, terlalu padat.", "Sari"),
        ("Kepala Biro Hukum, Rini Wulandari, mengingatkan tenggat.", "Rini Wulandari"),
        ("Direktur Kerja Sama menyoroti anggaran.", "Direktur Kerja Sama"),
        ("“Kita mulai,” imbuh Sari.", "Sari"),
        ("“Kita mulai,” demikian Sari menutup.", None),
        ("The plan was presented by Anita Rahman.", "Anita Rahman"),
        ("According to Maria Santoso, the plan is late.", "Maria Santoso"),
        ("Director Maria Santoso stressed the deadline.", "Director Maria Santoso"),
        ("“We start now,” said John Hutapea.", "John Hutapea"),
        ("“We start now,” Hutapea explained.", "Hutapea"),
        ("“Kita percepat,” ujar Dr (c). Andi Wijaya, M.Kes.", "Dr (c). Andi Wijaya"),
        ("Kol. Inf. Agus Salim, M.Si (Han), melaporkan kendala.", "Kol. Inf. Agus Salim"),
        ("Raden Ajeng Kartika Sari mengusulkan pelatihan.", "Raden Ajeng Kartika Sari"),
        ("The Chair was of the view that reminders should be sent first.", "Chair"),
    ],
)
def test_ways_of_saying_name_their_speaker(sentence: str, speaker: str | None) -> None:
    named = [piece.speaker_name for piece in reading_of(f"Pembukaan.\n\n{sentence}").pieces if piece.speaker_name]

    assert named == ([speaker] if speaker else [])


@pytest.mark.parametrize(
    "sentence",
    [
        "Kasubdit Wil. II, Sari, memaparkan capaian.",
        "Drs. H. Iwan S. Santoso, M.Si., melaporkan data.",
        "Surat No. 12 dan berkas notula.final.docx diterima dst. Oleh Tim.",
        "Kombes Pol. Agus Wibowo hadir.",
        "Prof. Dr. Ir. RR. Melati, M.Hum. Hadir sejak pagi.",
        "Mr. A. B. Smith reported 1.204 cases vs. 900 before.",
        "Dr (c). Andi Wijaya, M.Kes. melaporkan data.",
        "Kol. Inf. Agus Salim, M.Si (Han), melaporkan kendala.",
        "Letkol Cba. Rina, Kompol. Sari dan Tgk. H. Yusuf hadir.",
    ],
)
def test_no_cut_within_names_titles_and_abbreviations(sentence: str) -> None:
    assert sentence_spans(sentence, 0, len(sentence)) == [(0, len(sentence))]


def test_labels_are_no_speakers() -> None:
    reading = reading_of("Tanggal: 6 Desember 2026\nWaktu: 10.00 WIB\nPIC: Tim\nSiapkan undangan (PIC: Pak Dodi)")

    assert [piece.speaker_name for piece in reading.pieces] == [None]
    assert [(piece.words, piece.pic) for piece in reading.pieces] == [("Siapkan undangan (PIC: Pak Dodi)", "Pak Dodi")]
    assert reading.facts == {Fact.DATE: "6 Desember 2026", Fact.TIME: "10.00 WIB"}


@pytest.mark.parametrize(
    "line",
    [
        "Kendala: anggaran kurang",
        "Permasalahan: jaringan",
        "09.15: mulai",
        "https://contoh.go.id: tautan",
        "Senin: libur",
        "Hasil: baik",
        "Note: bring the key",
        "Implementation: next year",
        "Siang: istirahat",
        "Tim: lengkap",
        "Rapat: selesai",
    ],
)
def test_nobody_speaks_before_the_colon(line: str) -> None:
    assert [piece.speaker_name for piece in reading_of(f"Pembahasan\n- {line}\n").pieces] == [None]


@pytest.mark.parametrize(
    "line",
    [
        "Ketua: setuju",
        "Pak Dodi: setuju",
        "Sari – setuju",
        "**Sari Dewi**: setuju",
        "Kabag Umum: setuju",
        "Dr. Ratna Wulan-Sari, S.H.: setuju",
        "Sari (Kasubdit): setuju",
        "Direktur Kerja Sama - setuju",
    ],
)
def test_somebody_speaks_before_the_colon_or_dash(line: str) -> None:
    (piece,) = reading_of(f"Pembahasan\n- {line}\n").pieces

    assert (piece.words, bool(piece.speaker_name)) == ("setuju", True)


def test_headings_give_their_kind_to_what_stands_below() -> None:
    text = (
        "Keputusan:\n- Jadwal uji coba 20 Desember\nTindak Lanjut:\n"
        "- Susun naskah (PIC: Sari), paling lambat 30 Desember 2026"
    )

    assert [row[0] for row in proposed(text)] == ["decision", "action"]
    assert assigned(text) == [("Susun naskah", "Sari", "2026-12-30")]


@pytest.mark.parametrize(
    "heading",
    [
        "KEPUTUSAN",
        "Keputusan Rapat",
        "**Keputusan:**",
        "## Keputusan",
        "3. Keputusan",
        "C. Keputusan",
        "IV. KEPUTUSAN RAPAT",
        "📌 Keputusan",
        "Decisions",
        "Resolved:",
        "Hal-hal yang disepakati:",
        "Kesimpulan\n----------",
    ],
)
def test_headings_are_known_however_they_are_written(heading: str) -> None:
    assert proposed(f"Judul\n\n{heading}\n1. Loket dibuka Sabtu\n") == [("decision", None, "Loket dibuka Sabtu")]


@pytest.mark.parametrize(
    "line",
    [
        "ACTION: Sari to send the letter by 20 December 2026",
        "AI: Sari – send the letter, due 20 December 2026",
        "Tindak lanjut: kirim surat (PIC: Sari, tenggat 20 Desember 2026)",
        "TODO: @Sari kirim surat 20 Des 2026",
        "TL: Sari mengirim surat paling lambat 20/12/2026",
    ],
)
def test_labels_of_actions_give_assignee_and_due_date(line: str) -> None:
    ((_, pic, due),) = assigned(line)

    assert (pic, due) == ("Sari", "2026-12-20")


@pytest.mark.parametrize(
    "table",
    [
        "| No | Uraian | PIC | Tenggat |\n|---|---|---|---|\n| 1 | Kirim surat | Sari | 20 Des 2026 |",
        "No\tUraian\tPIC\tTenggat\n1\tKirim surat\tSari\t20 Desember 2026",
        "No\tTindak Lanjut\tPenanggung Jawab\tBatas Waktu\n1.\tKirim surat\tSari\t20/12/2026",
        "Action\tOwner\tDue date\nKirim surat\tSari\t20 December 2026",
    ],
)
def test_tables_are_read_by_their_columns(table: str) -> None:
    assert assigned(f"Tindak lanjut\n\n{table}\n") == [("Kirim surat", "Sari", "2026-12-20")]


def test_attendees_and_agenda_go_where_they_belong() -> None:
    reading = reading_of(
        "Agenda:\n1. Anggaran\n2. Lain-lain\n\nPeserta:\n1. Sari\n2. Budi (sakit)\n\nKeputusan:\n- Setuju"
    )

    assert reading.agenda == ["Anggaran", "Lain-lain"]
    assert reading.people == ["Peserta:", "Sari", "Budi (sakit)"]
    assert [piece.words for piece in reading.pieces] == ["Setuju"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Kita kerjakan sampai hasil yang diharapkan tercapai", None),
        ("Hasil ini tidak perlu ditakutkan", None),
        ("Jadwal belum disepakati", None),
        ("Apakah perlu forum baru?", None),
        ("Dana telah disetujui tahun lalu", None),
        ("Sesuai usulan tim", None),
        ("We should not wait", "proposal"),
        ("Perlu dibentuk forum", "proposal"),
        ("Rapat telah menyepakati jadwal", "decision"),
        ("We agreed to hire one person", "decision"),
        ("Let us finish this", "exhortation"),
        ("I hope it works", "hope"),
        ("Please send the letter", "directive"),
        ("Clara asked whether it is possible", None),
        ("She asked the agency to lend sets until the budget is approved", "directive"),
        ("Only 22 percent have answered", None),
        ("Pertemuan menghasilkan kesepakatan tarif baru", "decision"),
        ("Both sides reached an agreement on the fares", "decision"),
        ("The minutes of 9 June were confirmed without amendment", "decision"),
        ("The Chair expressed the hope that the pier opens", "hope"),
        ("Permintaan itu dijawab Yulianto dengan subsidi", "response"),
    ],
)
def test_kinds_are_not_read_out_of_their_sentence(words: str, kind: str | None) -> None:
    assert kind_of(words) == kind


def test_narration_without_a_speaker_is_nobodys_proposal() -> None:
    text = "“Kita mulai,” ujar Melati. Pelayanan di daerah perlu ditingkatkan."

    assert proposed(text) == [("remark", "Melati", "Kita mulai")]


@pytest.mark.parametrize(
    "line",
    [
        "Lihat tiket #257",
        "surat ke a@b.go.id",
        "(lihat [lampiran])",
        "lihat http://x.id/#y",
        "1.000 peserta_baru hadir",
    ],
)
def test_pasted_words_stay_as_they_are(line: str) -> None:
    assert [piece.words for piece in reading_of(f"- {line}\n- Butir").pieces] == [line, "Butir"]


def test_a_pasted_action_has_its_date_and_its_assignee() -> None:
    assert assigned("t @Sari susun naskah 30 des") == [("susun naskah", "Sari", "2026-12-30")]


@pytest.mark.parametrize(
    "line",
    [
        " Butir satu",
        "\tButir satu",
        "• Butir satu",
        "o Butir satu",
        "(1) Butir satu",
        "1.1 Butir satu",
        "iv. Butir satu",
        "a) Butir satu",
        "✓ Butir satu",
        "→ Butir satu",
        "➢ Butir satu",
        "**Butir satu**",
        "- [x] Butir satu",
        "* Butir satu",
        "📌 Butir satu",
        "1) Butir satu",
    ],
)
def test_bullets_emphasis_and_ornaments_are_taken_off(line: str) -> None:
    assert [piece.words for piece in reading_of(f"Keputusan:\n════\n{line}\n-----\n- Butir dua").pieces] == [
        "Butir satu", "Butir dua",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        VTT,
        SRT,
        "00:00:01.000 --> 00:00:04.000\n<v Sari>Kita mulai</v>\n<v Budi>Siap berangkat</v>\n",
        "[00.01] Sari: Kita mulai\n[00.07] Budi: Siap berangkat\n",
        "Sari   0:01\nKita mulai\n\nBudi   0:07\nSiap berangkat\n",
        "[Sari] 00:00:01\nKita mulai\n\n[Budi] 00:00:07\nSiap berangkat\n",
        "Sari (00:01): Kita mulai\nBudi (00:07): Siap berangkat\n",
        "<Sari> Kita mulai\n<Budi> Siap berangkat\n",
        "00:00:01 From Sari to Everyone: Kita mulai\n00:00:07 From Budi to Everyone: Siap berangkat\n",
    ],
)
def test_transcripts_are_read_in_turns(text: str) -> None:
    assert [(piece.speaker_name, piece.words) for piece in reading_of(text).pieces] == [
        ("Sari", "Kita mulai"), ("Budi", "Siap berangkat"),
    ]  # fmt: skip


def test_the_second_of_a_turn_is_kept() -> None:
    plain = plain_of("WEBVTT\n\n00:01:05.000 --> 00:01:06.000\n<v Sari>Kita mulai sekarang</v>\n")

    assert plain.place(plain.text.index("mulai")).second == 65


def test_hard_wrapped_text_is_joined() -> None:
    text = (
        "Pembahasan\n1. Kepala Kantor Wilayah meminta seluruh kepala divisi mempercepat penyerapan\n"
        "anggaran karena realisasi baru mencapai 71 persen per 20 Oktober sesuai surat\n"
        "Sekretaris Jenderal.\n2. Kadiv Administrasi menjelaskan revisi sudah diajukan kepada kantor wilayah\n"
        "direktorat jenderal perbendaharaan.\n"
    )

    assert [speaker for _, speaker, _ in proposed(text)] == ["Kepala Kantor Wilayah", "Kadiv Administrasi"]


def test_quoted_mail_is_read_without_its_signs() -> None:
    assert proposed("> Keputusan:\n> - Loket dibuka\n>   hari Sabtu\n") == [
        ("decision", None, "Loket dibuka hari Sabtu")
    ]


def test_signs_that_cannot_be_stored_are_dropped() -> None:
    assert plain_of("Keputusan:\v- Setuju\x07\x00").text == "Keputusan:\n- Setuju"


@pytest.mark.parametrize("gap", ["\t: ", "\t\t: ", "\t:\t", "\t\t:\t"])
def test_tabs_that_line_up_colons_are_no_cells(gap: str) -> None:
    reading = reading_of(f"NOTULA RAPAT\nHari/Tanggal{gap}Senin, 7 Desember 2026\nTempat{gap}Ruang Rapat Lantai 5")

    assert (reading.facts, reading.pieces) == (
        {Fact.DATE: "Senin, 7 Desember 2026", Fact.PLACE: "Ruang Rapat Lantai 5"}, [],
    )  # fmt: skip


def test_labels_fill_the_head_of_the_meeting() -> None:
    text = (
        "Notula\nHari/Tanggal: Senin, 7 Desember 2026\nWaktu: 10.00–12.30 WITA\nTempat: Aula Lantai 5\n"
        "Nomor: 12/N/2026\n"
    )

    values = header_of(text, DAY, reading_of(text).facts).values

    names = ("date", "weekday_as_written", "start_time", "end_time", "venue", "document_number")
    assert {name: values[name] for name in names} == {
        "date": DAY, "weekday_as_written": "Senin", "start_time": dt.time(10), "end_time": dt.time(12, 30),
        "venue": "Aula Lantai 5", "document_number": "12/N/2026",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "zone"),
    [("09.00 WIB", "Asia/Jakarta"), ("09.00 WITA s.d. selesai", "Asia/Makassar"), ("09.00 WIT", "Asia/Jayapura")],
)
def test_the_time_zone_of_the_text_is_read(written: str, zone: str) -> None:
    assert header_of("Rapat", DAY, {Fact.TIME: written}).values["timezone"] == zone


_LINES = [
    "Keputusan:",
    "- Sari: setuju",
    "| No | Uraian | PIC |",
    "| 1 | x | y |",
    "[09.15] Budi: ya",
    "“Ya,” ujar Sari.",
    "PIC: Sari",
    "00:00:01.000 --> 00:00:02.000",
    "<v Sari>x",
    "",
    "  lanjut",
    "# Judul",
    "**",
    "1.",
    "Tenggat: 5 Des",
    "t @a b",
    "a\tb",
    "> x",
    ":",
]


@given(st.lists(st.sampled_from(_LINES) | st.text(max_size=20), max_size=20))
def test_any_lines_can_be_read_and_nothing_is_invented(lines: list[str]) -> None:
    reading = reading_of("\n".join(lines))

    assert all(piece.words.strip() for piece in reading.pieces)


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Keputusan Direksi", "decision"),
        ("Hal-hal yang disepakati bersama", "decision"),
        ("Resolutions passed", "decision"),
        ("Tindak Lanjut Hasil Rapat", "action"),
        ("Summary of agreed actions", "action"),
        ("Arahan Wali Kota Ambon", "directive"),
    ],
)
def test_a_heading_of_several_words_gives_its_kind(heading: str, kind: str) -> None:
    text = f"Peserta: Budi, Melati\n\n## Pembahasan\n- Budi: capaian 70 persen\n\n## {heading}\n- Jadwal tetap\n"
    assert [kind_ for kind_, _, words in proposed(text) if words == "Jadwal tetap"] == [kind]


@pytest.mark.parametrize(
    ("above", "speaker"),
    [
        ("a. dr. Hendra Wijaya, M.Kes. (Kepala Dinas)", "Hendra Wijaya"),
        ("a. Perwakilan Dinas Pendidikan", "Dinas Pendidikan"),
        ("a. Penyerapan anggaran", None),
    ],
)
def test_a_name_above_indented_items_speaks_them(above: str, speaker: str | None) -> None:
    text = f"Pembahasan\n{above}\n   - Vaksin cukup di gudang\n   - Tenaga kurang di dua puskesmas\n"
    said = [who for _, who, words in proposed(text) if words.startswith(("Vaksin", "Tenaga"))]
    assert len(said) == 2
    assert all((who is None) if speaker is None else speaker in (who or "") for who in said)


def test_verbatim_minutes_are_said_by_whoever_is_named_above() -> None:
    text = (
        "JALANNYA RAPAT:\n\nSEKRETARIS DAERAH (Ir. Burhanuddin):\nPendapatan turun empat persen.\n\n"
        "ANGGOTA BANGGAR (Robby Lasut):\nSebaiknya perjalanan dinas dikurangi.\n"
    )
    assert proposed(text) == [
        ("remark", "Ir. Burhanuddin", "Pendapatan turun empat persen."),
        ("proposal", "Robby Lasut", "Sebaiknya perjalanan dinas dikurangi."),
    ]


@pytest.mark.parametrize(
    ("line", "assignee", "due"),
    [
        ("LZ to draft the form before 12 January 2027", "LZ", "2027-01-12"),
        ("Registrar's Office to check retention rules – asap", "Registrar's Office", None),
        ("Company secretary to file the accounts by 31 December 2026", "Company secretary", "2026-12-31"),
        ("Dr Kowalska (by 6 February 2027)  Inform the judges", "Dr Kowalska", "2027-02-06"),
        ("Verifikasi timbangan rusak [Camat Ulu] – H+3", "Camat Ulu", None),
        ("Ir. Bambang Prakoso, M.T., IPU menyusun laporan, 30-Jan-27", "Ir. Bambang Prakoso, M.T., IPU", "2027-01-30"),
        (
            "Susun naskah (PIC: Kol. Inf. Agus Salim, M.Si (Han)), 2027/01/03",
            "Kol. Inf. Agus Salim, M.Si (Han)",
            "2027-01-03",
        ),
        (
            "Seluruh koordinator kriteria melengkapi bukti s.d. 10 Januari 2027",
            "Seluruh koordinator kriteria",
            "2027-01-10",
        ),
        ("Survei harga — Ibu Euis — dua minggu setelah musyawarah", "Ibu Euis", "2026-12-21"),
        ("Dini + Sekar: daftar arsip (24/12)", "Dini + Sekar", "2026-12-24"),
        ("Laporan cakupan (Kadinkes), setiap Senin", "Kadinkes", None),
        ("Menginput tunggakan data (Puskesmas Sedau, paling lambat 25 Januari 2027)", "Puskesmas Sedau", "2027-01-25"),
    ],
)
def test_an_action_has_the_assignee_and_day_that_its_line_names(line: str, assignee: str, due: str | None) -> None:
    assert assigned(f"Tindak lanjut\n- {line}\n- Hal lain\n")[0][1:] == (assignee, due)


@pytest.mark.parametrize(
    "table",
    [
        (
            "No.   Kegiatan                    Penanggung jawab       Batas waktu\n"
            "1.    Menyusun naskah urgensi     Faisal Tanjung         31 Januari 2027\n"
        ),
        "No;Kegiatan;Penanggung jawab;Waktu\n1;Menyusun naskah urgensi;Faisal Tanjung;Januari 2027\n",
        (
            "Ref | Pembahasan | Tindak lanjut | PIC | Tenggat\n"
            "1 | Budi melaporkan naskah kurang | Menyusun naskah urgensi | Faisal Tanjung | 31/1/2027\n"
        ),
    ],
)
def test_tables_are_read_however_their_columns_are_laid_out(table: str) -> None:
    assert assigned(f"TINDAK LANJUT\n\n{table}") == [("Menyusun naskah urgensi", "Faisal Tanjung", "2027-01-31")]


def test_the_head_of_a_form_is_no_statement() -> None:
    text = (
        "NOTULA\n\nSidang/Rapat    : Koordinasi\nHari/Tanggal    : Senin, 7 Desember 2026\n"
        "Surat Undangan  : 005/211\nAcara           : 1. Pembukaan\n                  2. Capaian\n"
        "Ketua           : Hendra Wijaya, S.H.\n\nPembahasan\n- Budi: capaian 70 persen\n"
    )
    assert proposed(text) == [("remark", "Budi", "capaian 70 persen")]


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("The delegation of Sri Lanka supported the suggestion.", "Sri Lanka"),
        ("Kepala Desa (Asep Kurnia) menerangkan bahwa jalan rusak.", "Asep Kurnia"),
        ("Mr. Arief Rahman (Indonesia) recommended merging both.", "Mr. Arief Rahman"),
        ("JAKARTA, 26 March 2026 — Senior officials endorsed a guideline.", None),
        ("Beatriz Lopes asked Kofi Asante to test a link.", "Beatriz Lopes"),
        ("Kepala Puskesmas wajib melaporkan data.", None),
    ],
)
def test_who_speaks_in_a_sentence(sentence: str, speaker: str | None) -> None:
    assert proposed(f"Pembahasan\n- {sentence}\n- Hal lain\n")[0][1] == speaker


@pytest.mark.parametrize(
    "text",
    [
        "Sari\n0:00:05\nJalan rusak sejak lama.\n\nBudi\n0:00:12\nSaya usul ditambal dulu.\n",
        "00:00:05 Sari\nJalan rusak sejak lama.\n\n00:00:12 Budi\nSaya usul ditambal dulu.\n",
        "Sari: Jalan rusak sejak lama.\n\nBudi: Saya usul ditambal dulu.\n\nSari: Baik.\n\nBudi: Siap.\n",
    ],
)
def test_transcripts_of_other_layouts_are_read_in_turns(text: str) -> None:
    assert proposed(text) == [
        ("remark", "Sari", "Jalan rusak sejak lama."),
        ("proposal", "Budi", "Saya usul ditambal dulu."),
    ]


def test_a_sentence_that_ends_with_a_short_word_or_a_letter_is_cut() -> None:
    text = "We should drop section C. Go for it. Then inform Dr. Khan and Ms. A. Pell."
    assert [text[slice(*span)] for span in sentence_spans(text, 0, len(text))] == [
        "We should drop section C.", "Go for it.", "Then inform Dr. Khan and Ms. A. Pell.",
    ]  # fmt: skip


def test_long_rows_of_datelines_and_fillers_are_read_in_time() -> None:
    for unit in ("Ab – ", "ya ya mulai ", "A;b", "X   y   ", "Kita mulai, "):
        reading_of(unit * 2000)
