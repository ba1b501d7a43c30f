"""The guide has the same chapters in both languages, and names buttons as they are on screen."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask import Flask

from tests.visitor import READER, Visitor
from tracker.core.settings import ROOT
from tracker.guide import formats, labels
from tracker.guide.routes import GUIDE, PICTURES

pytestmark = pytest.mark.one_database

LANGUAGES = ("id", "en")
CATALOGUE = ROOT / "tracker" / "translations" / "id" / "LC_MESSAGES" / "messages.po"
MAX_PICTURE = 60 * 1024


def files(code: str) -> Sequence[Path]:
    return sorted((GUIDE / code).glob("*.md"))


def on_screen(code: str) -> set[str]:
    with CATALOGUE.open("rb") as file:
        return {str(message.string if code == "id" else message.id) for message in read_po(file, locale="id")}


def shape_of(text: str) -> list[str]:
    """Headings, list items, numbers and pictures, by their sign."""
    return re.findall(r"^(#+|-|\d+\.|!)(?=[ \[])", text, re.MULTILINE)


def test_both_languages_have_the_same_chapters_of_the_same_shape() -> None:
    indonesian, english = ({file.name: shape_of(file.read_text()) for file in files(code)} for code in LANGUAGES)

    assert indonesian == english
    assert len(indonesian) == 19


@pytest.mark.parametrize("code", LANGUAGES)
def test_words_in_bold_are_on_screen(code: str) -> None:
    said = {words for file in files(code) for words in re.findall(r"\*\*(.+?)\*\*", file.read_text())}

    assert said
    assert said - on_screen(code) == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_chapters_are_short(code: str) -> None:
    lengths = {file.name: len(file.read_text().split()) for file in files(code)}

    assert max(lengths.values()) < 260, lengths


def test_pages_refer_to_chapters_that_exist(app: Flask) -> None:
    topics = {file.stem[3:] for file in files("id")}
    named = {labels.topic_of(rule.endpoint) for rule in app.url_map.iter_rules()}

    assert named == topics


def test_only_the_first_pages_have_the_first_chapter(app: Flask) -> None:
    of_start = {rule.endpoint.partition(".")[0] for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())
                and labels.topic_of(rule.endpoint) == labels.START}  # fmt: skip

    assert of_start == {"home", "inbox", "guide", "styleguide", "choices", "mails", "static"}


@pytest.mark.parametrize(("code", "title"), [("id", "Notula langsung"), ("en", "Live minutes")])
def test_the_guide_is_shown_in_the_readers_language(visit: Visitor, code: str, title: str) -> None:
    reader = visit.as_(READER)
    reader.client.post("/language", data={"language": code, "next": "/", "csrf_token": reader.token()})

    page = reader.get("/help")

    assert page.text_of("#live-minutes-title") == title
    assert [chapter["id"] for chapter in page.soup.select("article")] == [file.stem[3:] for file in files(code)]
    assert page.text_of("#live-minutes h3")
    assert "Enter" in page.all_of("#live-minutes code")


def test_every_page_links_to_its_chapter(visit: Visitor) -> None:
    reader = visit.as_(READER)
    paths = {"/": "start", "/meetings/1": "log-a-meeting", "/proposals": "decide", "/targets/1": "targets",
             "/account": "account"}  # fmt: skip

    links = {path: reader.get(path).soup.select_one("[data-help]")["href"] for path in paths}

    assert links == {path: f"/help#{topic}" for path, topic in paths.items()}


def test_markup_in_the_guide_is_text_and_missing_pictures_are_left_out(tmp_path: Path) -> None:
    text = "# Judul\n\n<script>x</script>\n\n## Bagian\n\n![Satu](satu)\n![Dua](dua)\n\n[x](javascript:x)\n"
    (tmp_path / "01-judul.md").write_text(text)

    [chapter] = formats.chapters(tmp_path, {"satu": formats.Picture("/satu.webp", 8, 5)}.get)

    assert (chapter.topic, chapter.title) == ("judul", "Judul")
    assert "<script>" not in chapter.html
    assert "<h3>Bagian</h3>" in chapter.html
    assert '<img src="/satu.webp" alt="Satu" width="8" height="5" loading="lazy" />' in chapter.html
    assert "Dua" not in chapter.html
    assert "href" not in chapter.html


def test_pictures_keep_their_place_until_they_are_loaded(visit: Visitor) -> None:
    sizes = {(picture["width"], picture["height"]) for picture in visit.as_(READER).get("/help").soup.select("img")}

    assert sizes == {("1024", "640"), ("360", "640")}


def test_pictures_are_small_and_named_in_the_guide() -> None:
    named = {f"{name}.{code}.webp" for code in LANGUAGES for file in files(code)
             for name in re.findall(r"^!\[.*\]\((.+)\)$", file.read_text(), re.MULTILINE)}  # fmt: skip
    found = {file.name: file.stat().st_size for file in PICTURES.glob("*.webp")}

    assert set(found) == named
    assert {name: size for name, size in found.items() if size > MAX_PICTURE} == {}
