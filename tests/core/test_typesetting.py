"""Every storable character is printed, by a font or as its code point."""

import hashlib
import io
import json
import re

import pikepdf
import pytest
import typst
from fontTools import unicodedata
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from tracker.core import typesetting
from tracker.lists.formats import HERE

NOTE = "Catatan tanda"
EMOJI = "👍😀😂🎉🔥✅❌⚠📌📎📅📈📉💡🚀🙏👏🤝🏛⚖🌏🕊🔒🔑📞✉⏰❤🧑🐘🍀🏆"
#: Scripts without a font here, and the two that are of no language.
UNPRINTED = {"Zyyy", "Zinh", "Zzzz", "Kits", "Sgnw"}


def made_of(texts: list[str]) -> bytes:
    return typesetting.pdf(
        HERE / "table.typ",
        {"language": "id", "title": "Uji", "about": [], "headings": ["Teks"], "widths": [1], "nothing": "",
         "rows": [[text] for text in texts], "page": "{page} / {pages}", "glyph_note": NOTE},
    )  # fmt: skip


def shown(texts: list[str]) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made_of(texts))).pages)


def letters_of_scripts() -> dict[str, str]:
    """For each script of Unicode, the first letter that a font has."""
    found: dict[str, str] = {}
    for code in (*range(0x250), *range(0x370, 0x20000)):
        letter = chr(code)
        script = unicodedata.script(letter)
        if script not in found and unicodedata.category(letter)[0] in "LN" and not typesetting.unprintable(letter):
            found[script] = letter
    return {script: letter for script, letter in found.items() if script not in UNPRINTED}


def test_letters_of_every_script_and_thirty_emoji_are_printed_and_extractable() -> None:
    letters = letters_of_scripts()
    text = shown([*letters.values(), *EMOJI])

    read = {script for script, letter in letters.items() if letter in text}
    assert len(read) >= 155, sorted(set(letters) - read)
    assert len([sign for sign in EMOJI if sign in text]) >= 30
    assert "[U+" not in text
    assert NOTE not in text


def test_words_of_living_scripts_are_extractable_as_a_whole() -> None:
    words = [
        "日本語の文章",
        "한국어 문장",
        "नमस्ते दुनिया",
        "ภาษาไทย",
        "ꦲꦏ꧀ꦱꦫ",
        "ᬅᬓ᭄ᬱᬭ",
        "ᨒᨚᨈᨑ",
        "ᮃᮊ᮪ᮞᮛ",
        "Ελληνικά",
        "Кириллица",
    ]
    text = shown(words)

    assert [word for word in words if word[0] not in text or word[-1] not in text] == []


def test_a_character_without_a_font_is_printed_as_its_code_point_with_a_note() -> None:
    text = shown(["Logo \uf8ff", "privat \U000f0001", "belum ada \u0378", "kontrol \x85x"])

    assert "Logo [U+F8FF]" in text
    assert "privat [U+F0001]" in text
    assert "belum ada [U+0378]" in text
    assert NOTE in text


def test_private_bullets_and_arrows_of_word_are_replaced() -> None:
    text = shown(["\uf0b7\tButir satu", "\uf0a7 Butir dua", "Jakarta \uf0e0 Bogor"])

    assert "• Butir satu" in text
    assert "• Butir dua" in text
    assert "Jakarta → Bogor" in text
    assert NOTE not in text


def test_unprintable_characters_are_listed_before_printing() -> None:
    assert typesetting.unprintable("Rapat biasa 👍 日本 \uf0b7") == []
    assert typesetting.unprintable("a\uf8ffb\U000f0001c\uf8ff") == ["\uf8ff", "\U000f0001"]


#: Marks without a base, on a foreign base, and after one; joined signs; text turned round; syllables of two fonts.
TOGETHER = ["\u0f71", "a\u0f71", "👍\u0f71", "\n\u0f71", "1\ufe0f\u20e3", "👩\u200d👩\u200d👧", "🇮🇩", "\u202eterbalik",
            "\u1160\u11d3\ubb34\ud7e9\U0001f3fb\ua975\u036cv\u88b8\ud7c6g"]  # fmt: skip


@pytest.mark.parametrize("text", TOGETHER)
def test_clusters_that_no_single_font_has_do_not_prevent_a_document(text: str) -> None:
    assert made_of([text]).startswith(b"%PDF")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")), max_size=8))
def test_no_text_prevents_a_document(texts: list[str]) -> None:
    assert made_of(texts).startswith(b"%PDF")


def test_errors_in_a_template_are_not_hidden() -> None:
    with pytest.raises(typst.TypstError):
        typesetting.pdf(HERE / "table.typ", {"language": "en", "glyph_note": "", "page": ""})


def test_long_words_break_and_can_still_be_searched() -> None:
    address = "https://us02web.zoom.us/j/81234567890?pwd=" + "q" * 250
    text = re.sub(r"-\n|\s", "", shown(["w" * 300, address]))

    assert "w" * 300 in text
    assert address in text


def test_the_file_is_archivable_and_accessible() -> None:
    with pikepdf.open(io.BytesIO(made_of(["Teks biasa", "مرحبا", "日本", "👍", "\uf8ff"]))) as file:
        described = file.open_metadata()
        fonts = [font for page in file.pages for font in page.resources.Font.values()]
        table = structure_of(file.Root.StructTreeRoot)
        assert (described["pdfaid:part"], described["pdfaid:conformance"], described["pdfuaid:part"]) == ("2", "A", "1")
        assert (str(file.Root.Lang), bool(file.Root.MarkInfo.Marked)) == ("id", True)
        assert described["dc:title"] == "Uji"
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
        assert {"/Table", "/TH", "/TD", "/H1"} <= table
        assert len(fonts) >= 4
        assert all("/ToUnicode" in font for font in fonts)
        assert all("/FontFile2" in _described(font) or "/FontFile3" in _described(font) for font in fonts)


def _described(font: pikepdf.Object) -> pikepdf.Object:
    return (font.DescendantFonts[0] if "/DescendantFonts" in font else font).FontDescriptor


def structure_of(node: pikepdf.Object) -> set[str]:
    """The kinds of all elements below a node of the structure tree."""
    children = node.get("/K", [])
    kinds = {str(node.S)} if "/S" in node else set()
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary):
            kinds |= structure_of(child)
    return kinds


def test_every_font_matches_the_manifest() -> None:
    manifest = json.loads((typesetting.FONTS / "manifest.json").read_text())
    files = {file.name: file.read_bytes() for file in typesetting.FONTS.glob("*.[to]tf")}
    covered = json.loads((typesetting.FONTS / "coverage.json").read_text())

    assert {name: hashlib.sha256(content).hexdigest() for name, content in files.items()} == manifest
    families = typst.Fonts(include_system_fonts=False, font_paths=[str(typesetting.FONTS)]).families()
    assert set(covered) <= set(families)
