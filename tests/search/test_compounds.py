"""Compounds are found however they are written: as two words, as one, and between a prefix and a suffix."""

import pytest

from tracker.core import analysis
from tracker.search import rules

COMPOUNDS = {
    "tindak lanjut": "menindaklanjuti ditindaklanjuti penindaklanjutan tindaklanjut ditindaklanjutinya",
    "tanggung jawab": "mempertanggungjawabkan pertanggungjawaban dipertanggungjawabkan bertanggungjawab",
    "tanda tangan": "menandatangani penandatanganan ditandatangani penandatangan bertandatangan tandatangan",
    "garis bawah": "menggarisbawahi digarisbawahi penggarisbawahan",
    "salah guna": "menyalahgunakan penyalahgunaan disalahgunakan",
    "sebar luas": "menyebarluaskan penyebarluasan disebarluaskan tersebarluas",
    "beri tahu": "memberitahukan pemberitahuan diberitahukan memberitahu",
    "serah terima": "menyerahterimakan diserahterimakan penyerahterimaan",
    "alih tugas": "mengalihtugaskan pengalihtugasan dialihtugaskan",
    "tata usaha": "ketatausahaan penatausahaan menatausahakan",
    "ikut serta": "mengikutsertakan keikutsertaan diikutsertakan",
    "daya guna": "mendayagunakan pendayagunaan berdayaguna",
    "ambil alih": "pengambilalihan mengambilalih diambilalih",
    "kambing hitam": "mengkambinghitamkan mengambinghitamkan dikambinghitamkan",
    "lipat ganda": "melipatgandakan berlipatganda pelipatgandaan",
    "hak milik": "hakmilik",
    "milik negara": "kemiliknegaraan",
    "warga negara": "kewarganegaraan",
    "uji coba": "mengujicobakan diujicobakan pengujicobaan",
    "kerja sama": "bekerjasama kerjasama",
    "budi daya": "membudidayakan pembudidayaan",
    "pindah tangan": "memindahtangankan pemindahtanganan",
    "anak tiri": "menganaktirikan",
    "tepat waktu": "ketepatwaktuan",
}
PAIRS = [(apart, fused) for apart, forms in COMPOUNDS.items() for fused in forms.split()]


def answers(question: str, text: str) -> bool:
    """Whether the text has all that the question asks for, as the index and the ranking decide it."""
    groups = rules.with_compounds(rules.groups_of(question, {}), question)
    return bool(groups) and rules.is_met(groups, analysis.stems(text))


@pytest.mark.parametrize(("apart", "fused"), PAIRS)
def test_two_words_find_what_is_written_as_one_and_the_reverse(apart: str, fused: str) -> None:
    assert answers(apart, f"Unit {fused} laporan")
    if analysis.stems(apart):  # of «salah guna» no index knows anything
        assert answers(fused, f"Laporan {apart} unit")


@pytest.mark.parametrize("forms", [forms.split() for forms in COMPOUNDS.values()])
def test_all_forms_of_a_compound_find_one_another(forms: list[str]) -> None:
    for asked in forms:
        assert [form for form in forms if not answers(asked, f"Unit {form} laporan")] == []


@pytest.mark.parametrize(("asked", "text"), [
    ("tindak lanjut", "Kami menindak lanjuti laporan"), ("menindak lanjuti", "Laporan ditindaklanjuti"),
    ("bertanggung jawab", "pertanggungjawaban anggaran"), ("menandatangani nota", "tanda tangan nota"),
])  # fmt: skip
def test_a_compound_that_is_written_wrongly_is_found(asked: str, text: str) -> None:
    assert answers(asked, text)


@pytest.mark.parametrize(("asked", "text"), [
    ("menindaklanjuti", "Tindak kekerasan harus lanjut diperiksa"), ("menandatangani", "Tanda bahaya di tangan"),
    ("penanganan", "tanda tangan"), ("pelaksanaan", "Bank sana"), ("informasi", "Masi hari ini"),
    ("forum nasional", "Forum daerah"), ("penerbangan", "bang"),
])  # fmt: skip
def test_words_that_are_not_side_by_side_or_are_others_are_no_compound(asked: str, text: str) -> None:
    assert not answers(asked, text)


def test_a_synonym_of_two_words_is_found_as_one_word() -> None:
    known = rules.synonyms_of([["follow-through", "tindak lanjut"], ["satu", "dua"]], with_compounds=True)

    [group] = rules.groups_of("follow-through", known)
    assert rules.is_met([group], analysis.stems("Laporan itu ditindaklanjuti"))
