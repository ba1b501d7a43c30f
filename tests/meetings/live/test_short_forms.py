"""The short forms of a typed line: what they say, and what is none of them and stays in the text."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.meetings.live.test_rules import OPEN_PROPOSAL, PEOPLE, TARGETS, WITHDRAWN, read
from tracker.meetings.live.rules import Above, Known, Line, Meant, Mention, Register, Understood, understand_typed
from tracker.meetings.rules import StatementKind
from tracker.proposals.rules import Effect

ABOVE = Above(
    line=Line(id=90, words="penghargaan KKPHAM"), speaker=Mention("Lingga", PEOPLE[2]),
    proposals=(OPEN_PROPOSAL, WITHDRAWN),
)  # fmt: skip
NARRATED = replace(ABOVE, speaker=Mention("narasi Humas", None))


def typed(line: str, above: Above = ABOVE, meant: Meant = Meant()) -> Understood:  # noqa: B008
    return understand_typed(
        line, said_on=date(2020, 10, 21), people=PEOPLE, targets=TARGETS, above=above, meant=meant
    )  # fmt: skip


def who(read: Understood) -> list[str]:
    return [mention.known.spellings[0] if mention.known else mention.name for mention in read.speakers]


def effects(read: Understood) -> dict[str, Effect | None]:
    return {one.known.spellings[0]: one.effect for one in read.targets if one.known}


@pytest.mark.parametrize(
    ("line", "kind", "speakers", "words"),
    [
        ("u@raz perlu forum", "proposal", ["Razilu"], "perlu forum"),
        ("u@raz@usihen perlu forum", "proposal", ["Razilu", "Min Usihen"], "perlu forum"),
        ("u@raz, @usihen, perlu forum", "proposal", ["Razilu", "Min Usihen"], "perlu forum"),
        ("h@lingga berharap hadir", "hope", ["Lingga"], "berharap hadir"),
        ("j@raz“Mari kita tatap 2020”", "exhortation", ["Razilu"], "Mari kita tatap 2020"),
        ("j mari hadir", "exhortation", [], "mari hadir"),
        ("h@ berharap hadir", "hope", ["Lingga"], "berharap hadir"),
        ("@ berharap hadir", "remark", ["Lingga"], "berharap hadir"),
        ("@“Terlebih memang”", "remark", ["Lingga"], "Terlebih memang"),
        ("@ u perlu", "remark", ["Lingga"], "u perlu"),
        ("t@raz susun naskah", None, ["Razilu"], "susun naskah"),
        ("@narasi_Humas memang menjadi sorotan", "remark", ["narasi Humas"], "memang menjadi sorotan"),
    ],
)
def test_names_follow_the_mark_without_a_blank_and_a_sign_alone_repeats_the_speaker(
    line: str, kind: str | None, speakers: list[str], words: str
) -> None:
    understood = typed(line)

    assert (understood.kind, who(understood), understood.words) == (kind, speakers, words)


def test_who_only_tells_is_no_stranger_and_is_repeated_too() -> None:
    assert typed("@narasi_Humas memang menjadi sorotan").strangers == ()
    assert typed("@Fulan setuju").strangers == ("Fulan",)
    assert typed("@ juga menjadi sorotan", NARRATED).details.narrator == "narasi Humas"


@pytest.mark.parametrize(
    "line",
    ["@ Rp50.000 per orang", "@ 5 orang", "a@kantor.go.id dihubungi", "u@fulan menulis surat", "u@kantor", "@",
     "h^2 adalah luas", "A^B ialah pangkat", "2 ^ 3 = 8", "nilai < 5 persen", "IKK <lima persen", "^_^ senang",
     "teks <b>tebal</b>", "t/n tidak ada", "a/n Menteri: setuju", "A | B | C", "biaya naik | turun", "http://a.id/x",
     "harga //catatan", "@lingga/Pratama setuju saja"],
)  # fmt: skip
def test_what_is_no_short_form_stays_in_the_text(line: str) -> None:
    plain = read(line)

    understood = typed(line)

    assert (understood.kind, understood.quote, understood.gist, understood.details) == (
        plain.kind, plain.quote, plain.gist, plain.details,
    )  # fmt: skip


@pytest.mark.parametrize("line", ["@ setuju", "k^ disetujui", "h@raz^ semoga", "a@raz< lanjutkan", "h@raz^^^ semoga"])
def test_a_sign_that_refers_to_nothing_above_stays_in_the_text(line: str) -> None:
    above = Above() if "^^^" not in line else ABOVE
    sign = line.strip("akh").removeprefix("@raz").split()[0]

    assert sign in (typed(line, above).words or "")


@pytest.mark.parametrize(
    ("line", "title", "words"),
    [
        ("u@raz Forum nasional|“Kalau saya boleh tambahkan”", "Forum nasional", "Kalau saya boleh tambahkan"),
        ("u @Min Usihen, Forum nasional | perlu dibentuk forum", "Forum nasional", "perlu dibentuk forum"),
        ("u Forum “nasional” | perlu “A|B” dibentuk", "Forum “nasional”", "perlu “A|B” dibentuk"),
        ("u Forum|perlu A | B", "Forum", "perlu A | B"),
        ("u “A|B” perlu", "“A|B” perlu", "“A|B” perlu"),
        ("u Forum nasional|", "Forum nasional|", "Forum nasional|"),
        ("u |perlu forum", "|perlu forum", "|perlu forum"),
    ],
)
def test_a_bar_ends_the_title_of_a_proposal(line: str, title: str, words: str) -> None:
    understood = typed(line)

    assert (understood.title, understood.words) == (title, words)


def test_a_sign_of_an_effect_follows_the_speaker_of_the_line_above_without_a_blank() -> None:
    understood = typed("u@*Penanganan dugaan pelanggaran HAM baru|“perlu ada”")

    assert (who(understood), understood.title) == (["Lingga"], "Penanganan dugaan pelanggaran HAM baru")
    assert effects(understood) == {"Penanganan dugaan pelanggaran HAM": "adds_target"}


def test_the_title_chosen_on_the_chip_counts_before_that_in_the_line() -> None:
    understood = typed("u Forum|perlu forum", meant=Meant(title="Forum nasional"))

    assert (understood.title, understood.words) == ("Forum nasional", "perlu forum")


@pytest.mark.parametrize(
    ("title", "left", "expected"),
    [
        ("Forum +penanganan dugaan pelanggaran HAM kini", "Forum penanganan dugaan pelanggaran HAM kini",
         {"Penanganan dugaan pelanggaran HAM": "supports"}),
        ("Forum nasional -dug", "Forum nasional -dug", {}),  # a hyphen alone is one of the words
        ("Forum nasional #-dug", "Forum nasional", {"Penanganan dugaan pelanggaran HAM": "hinders"}),
        ("Rumusan ~kab #=T1", "Rumusan T1", {"Kabupaten/Kota Peduli HAM (KKPHAM)": "changes_indicator",
                                          "Penanganan dugaan pelanggaran HAM": "improves_measurability"}),
        ("Naik %kab", "Naik", {"Kabupaten/Kota Peduli HAM (KKPHAM)": "changes_value"}),
        ("=kab lagi", "lagi", {"Kabupaten/Kota Peduli HAM (KKPHAM)": "improves_measurability"}),
        ("*kab lagi", "lagi", {"Kabupaten/Kota Peduli HAM (KKPHAM)": "adds_target"}),
        ("Rumusan #kab", "Rumusan", {"Kabupaten/Kota Peduli HAM (KKPHAM)": None}),
        ("Efisiensi +5% dan +xyz", "Efisiensi +5% dan +xyz", {}),
    ],
)  # fmt: skip
def test_a_title_names_targets_and_what_is_done_to_them(title: str, left: str, expected: dict[str, str | None]) -> None:
    understood = typed(f"u@raz {title}|“perlu ada”")

    assert (understood.title, understood.words, effects(understood)) == (left, "perlu ada", expected)


def test_a_target_of_a_title_that_fits_several_is_asked_and_stays() -> None:
    understood = typed("u Rumusan +KKPHAM|perlu rumusan")

    assert [question.key for question in understood.questions] == ["target:kkpham"]
    assert understood.title == "Rumusan +KKPHAM"


def test_the_sign_of_an_effect_follows_that_of_a_target_in_the_words_of_a_proposal_alone() -> None:
    assert effects(typed("u perlu rumusan #~kab")) == {"Kabupaten/Kota Peduli HAM (KKPHAM)": "changes_indicator"}
    assert typed("h semoga rumusan #~kab").gist == "semoga rumusan #~kab"
    assert effects(typed("u perlu #~kab", meant=Meant(effects=((8, Effect.SUPPORTS),)))) == {
        "Kabupaten/Kota Peduli HAM (KKPHAM)": "supports"
    }


def test_signs_after_the_names_refer_to_the_proposals_above() -> None:
    assert [one.code for one in typed("h@raz^ semoga").references] == ["U-2026-014"]
    assert [one.code for one in typed("@l^^ mengakui").references] == ["U-2026-015"]
    assert typed("k^ disetujui").decision is not None
    assert typed("a@raz< pak menteri meminta").led_to == (14,)
    assert typed("a@raz^^< pak menteri meminta").led_to == (15,)
    assert typed("u@raz< perlu rumusan").led_by == ABOVE.line
    assert typed("t^ susun naskah").references == (OPEN_PROPOSAL,)


def test_on_whose_behalf_where_the_words_come_from_and_a_note_stand_around_the_quotation() -> None:
    line = (
        "a@u/Menteri Hukum dan HAM“meminta agar “prestigious” lagi”<rapat sebelumnya, tanggal tidak disebut|dari rilis"
    )

    understood = typed(line)

    assert (understood.quote, who(understood)) == ("meminta agar “prestigious” lagi", ["Min Usihen"])
    assert (understood.details.on_behalf_of, understood.details.origin_note, understood.details.recorder_note) == (
        "Menteri Hukum dan HAM", "rapat sebelumnya, tanggal tidak disebut", "dari rilis",
    )  # fmt: skip


def test_around_other_words_the_signs_are_doubled() -> None:
    understood = typed("@usihen/Menteri: meminta laporan << rapat sebelumnya || belum pasti")

    assert (understood.gist, understood.details.on_behalf_of) == ("meminta laporan", "Menteri")
    assert (understood.details.origin_note, understood.details.recorder_note) == ("rapat sebelumnya", "belum pasti")


@pytest.mark.parametrize(
    ("line", "has_sic"),
    [("j“tatap 2020”|2020 [sic]; perlu konfirmasi", True), ("instrument [sic] HAM", True), ("“tatap 2020 (sic)”", True),
     ("musik (sick)", False), ("sic", False), ("t susun [sic]", False)],
)  # fmt: skip
def test_a_line_with_sic_is_written_as_in_its_source(line: str, has_sic: bool) -> None:
    assert typed(line).details.has_sic is has_sic


@given(st.text(alphabet='“”"|<^@/#+~ aru.:-5', max_size=60), st.sampled_from(["", "u ", "u", "h@", "@raz", "k^"]))
def test_no_letter_of_a_quotation_is_ever_taken(words: str, lead: str) -> None:
    line = f"{lead}“{words.replace('“', '').replace('”', '')}”"

    understood = typed(line)

    everything = " ".join([understood.words, understood.title])
    assert words.replace("“", "").replace("”", "") in everything or understood.quote is None


@given(st.text(max_size=80))
def test_any_line_can_be_read(line: str) -> None:
    understood = typed(line)

    assert understood.kind is None or isinstance(understood.kind, StatementKind)


def test_a_known_name_of_several_words_goes_before_a_title() -> None:
    people = (Known(Register.ATTENDANCE, 1, ("Min Usihen",), names=("Min Usihen",)),)

    understood = understand_typed(
        "u@min_usihen Forum|perlu forum", said_on=date(2020, 10, 21), people=people, targets=(), above=Above()
    )

    assert (who(understood), understood.title, understood.words) == (["Min Usihen"], "Forum", "perlu forum")
