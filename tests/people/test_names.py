"""How names are written in Indonesian offices, and which spellings mean one person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.people.rules import Likeness, NameIndex, likeness, parsed

#: As written, and what it is taken apart into: titles before, name, degrees after, what follows.
TAKEN_APART = """
Razilu | | Razilu | |
Ratna Dewanti | | Ratna Dewanti | |
Dr. Ratna Wulan-Sari, S.H., M.Hum. | Dr. | Ratna Wulan-Sari | S.H., M.Hum. |
Ratna Wulan-Sari, SH, MHum | | Ratna Wulan-Sari | SH, MHum |
Ratna Wulan-Sari SH MHum | | Ratna Wulan-Sari | SH, MHum |
Ratna Wulan-Sari S.H. M.Hum. | | Ratna Wulan-Sari | S.H., M.Hum. |
Ratna Wulan-Sari, S. H., M. Hum. | | Ratna Wulan-Sari | S.H., M.Hum. |
Ratna Wulan-Sari S. H., M. Hum. | | Ratna Wulan-Sari | S.H., M.Hum. |
Ratna Wulan-Sari,S.H.,M.Hum. | | Ratna Wulan-Sari | S.H., M.Hum. |
ratna dewanti, s.h., m.hum | | ratna dewanti | s.h., m.hum |
ratna dewanti sh mh | | ratna dewanti | sh, mh |
RATNA DEWANTI, SH., MH. | | RATNA DEWANTI | SH., MH. |
RATNA DEWANTI SH MH | | RATNA DEWANTI | SH, MH |
Ibu Ratna | | Ratna | |
Bu Ratna Dewanti | | Ratna Dewanti | |
Ibu Dr. Ratna Dewanti, M.H. | Dr. | Ratna Dewanti | M.H. |
Pak Budi | | Budi | |
Bapak Budi Santoso | | Budi Santoso | |
Bpk. Budi Santoso | | Budi Santoso | |
Yth. Bapak Budi Santoso | | Budi Santoso | |
Kepada Yth. Sdr. Budi Santoso | | Budi Santoso | |
Sdr. Budi | | Budi | |
Sdri. Ratna | | Ratna | |
Saudara Budi Santoso, S.E. | | Budi Santoso | S.E. |
Tn. Budi | | Budi | |
Ny. Ratna | | Ratna | |
Nn. Ratna | | Ratna | |
Mr. John Smith | | John Smith | |
Mas Budi | | Budi | |
Mbak Ratna | | Ratna | |
Mas Achmad Santosa | | Mas Achmad Santosa | |
Alm. Budi Santoso | | Budi Santoso | |
Ir. Abd. Rahman, MT | Ir. | Abd. Rahman | MT |
Ir. Abd. Rahman MT | Ir. | Abd. Rahman | MT |
Drs. Agus Salim | Drs. | Agus Salim | |
Dra. Hj. Nur'aini | Dra. Hj. | Nur'aini | |
Drs. H. Agus Salim, M.M. | Drs. H. | Agus Salim | M.M. |
Prof. Dr. H. Moh. Mahfud M.D., S.H., S.U., M.I.P. | Prof. Dr. H. | Moh. Mahfud M.D. | S.H., S.U., M.I.P. |
Prof.Dr.H.Budi Santoso | Prof. Dr. H. | Budi Santoso | |
Prof. Dr. Ir. Budi Santoso, M.Sc., Ph.D. | Prof. Dr. Ir. | Budi Santoso | M.Sc., Ph.D. |
Budi Santoso, Ph. D. | | Budi Santoso | Ph.D. |
Budi Santoso PhD | | Budi Santoso | PhD |
Dr.Ratna | Dr. | Ratna | |
Dr Ratna Dewanti | Dr | Ratna Dewanti | |
dr. Wahyu Hidayat, Sp.PD | dr. | Wahyu Hidayat | Sp.PD |
dr. Rini, Sp.OG(K) | dr. | Rini | Sp.OG(K) |
drg. Sinta, Sp.KG | drg. | Sinta | Sp.KG |
drh. Tono | drh. | Tono | |
Ns. Rini, S.Kep. | Ns. | Rini | S.Kep. |
apt. Dian Lestari, S.Farm. | apt. | Dian Lestari | S.Farm. |
H. Agus Salim | H. | Agus Salim | |
H Agus Salim | H | Agus Salim | |
Hj. Siti Aisyah, S.E., Ak., CA | Hj. | Siti Aisyah | S.E., Ak., CA |
Haji Agus Salim | Haji | Agus Salim | |
K.H. Ma'ruf Amin | K.H. | Ma'ruf Amin | |
KH Ma'ruf Amin | KH | Ma'ruf Amin | |
K. H. Ma'ruf Amin | K.H. | Ma'ruf Amin | |
K.H.Ma'ruf Amin | K.H. | Ma'ruf Amin | |
Ust. Abdul Somad, Lc., D.E.S.A., Ph.D. | Ust. | Abdul Somad | Lc., D.E.S.A., Ph.D. |
Pdt. Yohanes | Pdt. | Yohanes | |
RR. Risma Indriyani | RR. | Risma Indriyani | |
Rr. Risma Indriyani, S.H. | Rr. | Risma Indriyani | S.H. |
R.A. Kartini | R.A. | Kartini | |
R. A. Kartini | R.A. | Kartini | |
K.R.T. Hadiningrat | K.R.T. | Hadiningrat | |
R. Hidayat | | R. Hidayat | |
M. H. Thamrin | | M. H. Thamrin | |
W.R. Supratman | | W.R. Supratman | |
A. A. Gde Agung | | A. A. Gde Agung | |
H. O. S. Tjokroaminoto | H. | O. S. Tjokroaminoto | |
Brigjen Pol. Drs. Budi Santoso, M.Si | Brigjen Pol. Drs. | Budi Santoso | M.Si |
Brigjen TNI Budi Santoso | Brigjen TNI | Budi Santoso | |
Irjen Pol Budi Santoso | Irjen Pol | Budi Santoso | |
Irjen. Pol. Dr. Budi Santoso, S.I.K. | Irjen. Pol. Dr. | Budi Santoso | S.I.K. |
Komjen Pol. (Purn.) Drs. Budi Santoso | Komjen Pol. (Purn.) Drs. | Budi Santoso | |
Letjen TNI (Purn.) Budi Santoso | Letjen TNI (Purn.) | Budi Santoso | |
Mayjen TNI Dr. Suharto | Mayjen TNI Dr. | Suharto | |
Kol. Inf. Agus Budiman, M.Sc. | Kol. Inf. | Agus Budiman | M.Sc. |
Kombes Pol. Ratna Dewanti | Kombes Pol. | Ratna Dewanti | |
AKBP Ratna Dewanti, S.I.K., M.H. | AKBP | Ratna Dewanti | S.I.K., M.H. |
Laksda TNI Budi Santoso | Laksda TNI | Budi Santoso | |
I Made Budi Arsana, S.T., M.T. | | I Made Budi Arsana | S.T., M.T. |
Ni Luh Putu Ayu, S.Kom. | | Ni Luh Putu Ayu | S.Kom. |
Ida Bagus Mantra | | Ida Bagus Mantra | |
I.B. Mantra | | I.B. Mantra | |
Tgk. Hasan Tiro | Tgk. | Hasan Tiro | |
Tb. Hasanuddin | | Tb. Hasanuddin | |
Andi Mallarangeng | | Andi Mallarangeng | |
Yohana SH | | Yohana | SH |
Yohana, S.Sos | | Yohana | S.Sos |
Yohana, S.Sos.I., M.A.P. | | Yohana | S.Sos.I., M.A.P. |
Yohana, A.Md.Kom. | | Yohana | A.Md.Kom. |
Yohana, S.Tr.Akun. | | Yohana | S.Tr.Akun. |
Yohana, S.STP., M.Si. | | Yohana | S.STP., M.Si. |
Yohana, S.IP., M.IP. | | Yohana | S.IP., M.IP. |
Yohana, S.I.Kom., M.I.Kom. | | Yohana | S.I.Kom., M.I.Kom. |
Yohana, SIKom, MIKom | | Yohana | SIKom, MIKom |
Yohana, MKn | | Yohana | MKn |
Yohana, LL.M. | | Yohana | LL.M. |
Yohana, B.Sc. (Hons) | | Yohana | B.Sc. (Hons) |
Dr (c). Andi Wijaya, M.Kes | Dr (c) | Andi Wijaya | M.Kes |
Dr.(c) Andi Wijaya, S.Kep., Ns. | Dr. (c) Ns. | Andi Wijaya | S.Kep. |
Prof. (Em.) Dr. Soetandyo, MPA | Prof. (Em.) Dr. | Soetandyo | MPA |
Kol. Inf. Agus Salim, M.Si (Han) | Kol. Inf. | Agus Salim | M.Si (Han) |
Letkol Laut (P) Bayu Aji, M.Tr.Opsla. | Letkol Laut (P) | Bayu Aji | M.Tr.Opsla. |
Hadi Susanto, M.Tr.(Han) | | Hadi Susanto | M.Tr.(Han) |
Raden Ajeng Kartika Sari | Raden Ajeng | Kartika Sari | |
Raden Mas Suryo Kusumo, S.E. | Raden Mas | Suryo Kusumo | S.E. |
Gusti Kanjeng Ratu Hemas | Gusti Kanjeng Ratu | Hemas | |
Ajeng Kartika | | Ajeng Kartika | |
Tgk. H. Muhammad Yusuf, S.Ag. | Tgk. H. | Muhammad Yusuf | S.Ag. |
Hi. Usman Ali | Hi. | Usman Ali | |
Ir. Bambang Prakoso, M.T., IPU., ASEAN Eng. | Ir. | Bambang Prakoso | M.T., IPU., ASEAN Eng. |
Nur Aini S.T., M.T., IPU, ACPE | | Nur Aini | S.T., M.T., IPU, ACPE |
dr. Bagus Pratama, Sp.PD-KGEH, FINASIM | dr. | Bagus Pratama | Sp.PD-KGEH, FINASIM |
dr. Ani Sp.A(K), M.Kes | dr. | Ani | Sp.A(K), M.Kes |
dr. Ani, Sp.OG (K), Direktur RS | dr. | Ani | Sp.OG (K) | Direktur RS
Petrus Suwito, SJ | | Petrus Suwito | SJ |
Budi Santoso, M.Sc., Ph.D. (Cand.) | | Budi Santoso | M.Sc., Ph.D. (Cand.) |
Wahyu, M.Si (Kabid) | | Wahyu | M.Si | (Kabid)
Yohana, S.E., M.M., Ak., CA, CPA, QIA, CFrA, CRMO | | Yohana | S.E., M.M., Ak., CA, CPA, QIA, CFrA, CRMO |
Yohana, S.H., LL.M., CN | | Yohana | S.H., LL.M. | CN
Budi Santoso, ST.,MT | | Budi Santoso | ST., MT |
Rahman, Dr., M.Si | Dr. | Rahman | M.Si |
Budi Santoso, S.E;M.M | | Budi Santoso | S.E, M.M |
Wahyu, M.Si (Bappenas) | | Wahyu | M.Si | (Bappenas)
Rina Sari, S.H., M.H., Kabag Umum | | Rina Sari | S.H., M.H. | Kabag Umum
Rina Sari S.H. Kabag Umum | | Rina Sari | S.H. | Kabag Umum
Budi, HRD | | Budi | | HRD
Budi, SDM | | Budi | | SDM
Budi, Bappenas, Direktur | | Budi | | Bappenas, Direktur
Razilu, Staf Ahli Bidang Ekonomi | | Razilu | | Staf Ahli Bidang Ekonomi
Ratna Dewanti. | | Ratna Dewanti | |
Budi S. | | Budi S. | |
- Ratna Dewanti | | Ratna Dewanti | |
Pak Haji | | Haji | |
Ibu | | Ibu | |
"""

SAME = """
Tgk. Hasan Tiro | Teungku Hasan Tiro
Raden Ajeng Kartika Sari | Kartika Sari
Dr (c). Andi Wijaya | Andi Wijaya, M.Si (Han)
Dr. Ratna Wulan-Sari, S.H., M.Hum. | Ratna Wulan-Sari
Dr. Ratna Wulan-Sari, S.H., M.Hum. | Ibu Ratna Wulan-Sari
Dr. Ratna Wulan-Sari, S.H., M.Hum. | Ratna Wulan–Sari
Ratna Wulan-Sari | Ratna Wulan Sari
Ratna Wulan-Sari | Ratna Wulan—Sari
Ratna Wulan-Sari | Ratna Wulan‑Sari
Ratna Wulan-Sari | Ratna Wulan−Sari
Ratna Wulan-Sari | Ratna Wulansari
Ratna Wulan-Sari | RATNA WULAN-SARI, SH
Ratna Wulan-Sari | ratna wulan-sari sh mh
Ratna Dewanti | Ratna  Dewanti
Ratna Dewanti | Ratna Dewanti
Ratna Dewanti | Ratna\u200b Dewanti
Ratna Dewanti | Ratna Dewanti.
Ratna Dewanti | Bu Ratna Dewanti,
Ratna Dewanti | Yth. Ibu Dr. Hj. Ratna Dewanti, S.Sos., M.A.P.
Ratna Dewanti | Kombes Pol. Ratna Dewanti
Ma'ruf Amin | Ma’ruf Amin
Ma'ruf Amin | Ma‘ruf Amin
Ma'ruf Amin | Ma`ruf Amin
Ma'ruf Amin | Maʼruf Amin
Ma'ruf Amin | Maruf Amin
Ma'ruf Amin | Prof. Dr. K.H. Ma´ruf Amin
Nur'aini | Nur Aini
Al-Hakim | Al Hakim
RR. Risma Indriyani | Risma Indriyani
Rr. Risma Indriyani | Raden Roro Risma Indriyani
H. Agus Salim | Agus Salim
K.H. Agus Salim | Haji Agus Salim
I Made Arsana | Made Arsana
Ni Luh Ayu | Luh Ayu
Mas Budi | Budi
Mas Achmad Santosa | Achmad Santosa
José Ramos | Jose Ramos
Nguyễn Văn An | Nguyen Van An
Łukasz | Lukasz
Sørensen | Sorensen
王小明 | 王小明
محمد علي | محمد علي
Budi Santoso, S.E. | Budi Santoso, M.M.
Budi Santoso SE | Budi Santoso
Brigjen Pol. Drs. Budi Santoso, M.Si | Irjen Pol. Budi Santoso
"""

PARTIAL = """
Ratna | Ratna Dewanti
Dewanti | Ratna Dewanti
Ibu Ratna | Dr. Ratna Dewanti, M.H.
Bu Dewanti | Ratna Dewanti Kusuma
R. Dewanti | Ratna Dewanti
Ratna D. | Ratna Dewanti
Ratna D | Ratna Dewanti
R.D. | Ratna Dewanti
R. D. | Ratna Dewanti
RD | Ratna Dewanti
Dewanti Ratna | Ratna Dewanti
Ratna Kusuma | Ratna Dewanti Kusuma
Ratna Dewanti Kusuma | Ratna Dewanti
Usihen | Min Usihen
Moh. Mahfud | Mohammad Mahfud
Moh. Mahfud | Muhammad Mahfud
Muh. Mahfud | Muhammad Mahfud
Muh Mahfud | Muhammad Mahfud
M. Mahfud | Muhammad Mahfud
M Mahfud | Muhammad Mahfud
Mhd. Rizal | Muhammad Rizal
Abd. Rahman | Abdul Rahman
Ach. Fauzi | Achmad Fauzi
Ach. Fauzi | Ahmad Fauzi
St. Aisyah | Siti Aisyah
Tb. Hasanuddin | Tubagus Hasanuddin
Hasanuddin | Tb. Hasanuddin
Hasan | Tgk. Hasan Tiro
Mallarangeng | Andi Mallarangeng
Mantra | Ida Bagus Mantra
I.B. Mantra | Ida Bagus Mantra
IB Mantra | Ida Bagus Mantra
I Gst. Ngr. Rai | I Gusti Ngurah Rai
Budi Arsana | I Made Budi Arsana
Arsana | I Made Arsana
R. Hidayat | Hidayat
R. Hidayat | Rahmat Hidayat
Melati | RR. Melati Indah
Indah | RR. Melati Indah
Wulansari | Ratna Wulan-Sari
Ratna Sari | Ratna Wulan-Sari
Bambang Djajaatmadja | Bambang Iriana Djajaatmadja
Ali Abu Thalib | Ali bin Abu Thalib
Sul. Effendi | Sulaiman Effendi
FX Hadi | Fransiskus Xaverius Hadi
Muhammad | Muhammad Rizal
"""

NEAR = """
Mualimin Abdi | Mualimin Abdy
Soekarno | Sukarno
Djoko Widodo | Joko Widodo
Tjahjo Kumolo | Cahyo Kumolo
Sofjan Wanandi | Sofyan Wanandi
Chairul Tanjung | Khairul Tanjung
Jusuf Kalla | Yusuf Kalla
Mohammad Rizal | Muhammad Rizal
Mochamad Rizal | Muhammad Rizal
Achmad Fauzi | Ahmad Fauzi
Akhmad Fauzi | Ahmad Fauzi
Rizky Pratama | Riski Pratama
Novi Lestari | Nofi Lestari
Thamrin | Tamrin
Abdurrahman | Abdul Rahman
Sitti Aisyah | Siti Aisyah
Ratna Dewati | Ratna Dewanti
Ratna Dewnati | Ratna Dewanti
Yohanna | Yohana
Hajerati | Hajeratie
Bambang Djajaatmaja | Bambang Djajaatmadja
"""

DIFFERENT = """
Razilu | Lingga
Ratna Dewanti | Ratna Wulan-Sari
Ratna Dewanti | Dewi Ratnasari
Ratna | Ratnawati
Budi | Budiman
Adi | Ali
Budi Santoso | Rudi Santoso
Budi Santoso | Budi Hartono
Siti Aminah | Siti Amanda
Siti Aminah | Siti Nurhaliza
Muhammad Rizal | Muhammad Fauzi
M. Rizal | Muhammad Fauzi
M. | Muhammad Rizal
A. | Ahmad
Moh. | Muhammad Rizal
B. Santoso | Rudi Santoso
I Made Arsana | I Wayan Koster
bin | Ali bin Abu Thalib
Dr. | Drs.
rd | Ratna Dewanti
Abdul | Abdi
Sari | Sara
"""


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip(" ") for cell in line.split("|")) for line in table.strip("\n").split("\n")]


def pairs(table: str, expected: Likeness) -> list[tuple[str, str, Likeness]]:
    return [(one, other, expected) for one, other in rows(table)]


PAIRS = [
    *pairs(SAME, Likeness.SAME), *pairs(PARTIAL, Likeness.PARTIAL), *pairs(NEAR, Likeness.NEAR),
    *pairs(DIFFERENT, Likeness.DIFFERENT),
]  # fmt: skip


def test_written_names_are_taken_apart() -> None:
    wrong = []
    for written, prefix, core, suffix, *rest in rows(TAKEN_APART):
        name = parsed(written)
        read = (name.prefix or "", name.core, name.suffix or "", name.rest)
        if read != (prefix, core, suffix, rest[0]):
            wrong.append((written, read))

    assert wrong == []


def test_spellings_of_one_name_are_told_from_other_names() -> None:
    wrong = [
        (one, other, found.name, expected.name)
        for one, other, expected in PAIRS
        if (found := likeness(one, other)) is not expected
    ]

    assert wrong == []


def test_it_makes_no_difference_which_of_two_names_comes_first() -> None:
    assert [(one, other) for one, other, expected in PAIRS if likeness(other, one) is not expected] == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Ratna", None),
        ("Ratna Dewanti", "dewanti"),
        ("Ibu Dewanti", "dewanti"),
        ("Dr. Ratna Wulan–Sari, S.H.", "sari"),
        ("Wulan", "sari"),
        ("Melati", "melati"),
        ("RR. Melati", "melati"),
        ("Bu Indah", "melati"),
        ("Made", "made"),
        ("Pak Arsana", "made"),
        ("Usihen", "usihen"),
        ("Direktur", None),
        ("Melatih", None),
        ("", None),
    ],
)
def test_any_part_of_a_name_that_one_person_alone_has_means_that_person(written: str, expected: str | None) -> None:
    people = NameIndex([
        ("dewanti", ["Ratna Dewanti"]), ("sari", ["Dr. Ratna Wulan-Sari", "Bu Wulan"]),
        ("melati", ["RR. Melati Indah"]), ("made", ["I Made Arsana"]), ("usihen", ["Min Usihen", "Usihen"]),
    ])  # fmt: skip

    assert people.find(written).only == expected


def test_the_index_finds_whomever_the_comparison_finds() -> None:
    everybody = sorted({name for one, other, _ in PAIRS for name in (one, other)})
    people = NameIndex((name, [name]) for name in everybody)

    missed = [
        (written, name, grade.name)
        for written in everybody
        for found in [people.find(written)]
        for name in everybody
        if (grade := likeness(written, name)) and name not in found.all
    ]

    assert missed == []


def test_who_bears_the_name_comes_before_who_is_nearly_called_so() -> None:
    people = NameIndex([(1, ["Ratna Dewati"]), (2, ["Ratna Dewanti Kusuma"]), (3, ["Ratna Dewanti"])])

    assert people.find("Dr. Ratna Dewanti").all == (3, 2, 1)


@given(st.text(alphabet=st.sampled_from(list("AbRS .,-'()HMDrn")) | st.characters(), max_size=80))
def test_any_text_can_be_taken_apart_and_is_like_itself(text: str) -> None:
    name = parsed(text)

    assert likeness(text, text) is (Likeness.SAME if name.words else Likeness.DIFFERENT)
    assert name.core or not any(sign.isalnum() for sign in text)


@pytest.mark.parametrize("unit", ["Dr. ", "S.H., ", "A.", "a,", "M. ", "Sp.A(K)", "(", "a-", "'", "\u0301", "H. S. "])
def test_long_texts_are_taken_apart_in_the_time_of_one_reading(unit: str) -> None:
    """Quadratic time would need minutes here, and run into the time limit of a test."""
    assert parsed(unit * 20_000).core is not None
