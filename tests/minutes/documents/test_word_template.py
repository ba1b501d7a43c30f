import io
from pathlib import Path

import pytest
from docx import Document
from flask import Flask

from tests.attachments.test_formats import PDF, word
from tests.minutes.documents.test_official_form import words_of_docx
from tests.visitor import ADMIN, SECRETARIAT, Page, Visitor, filled
from tracker.minutes.documents.formats import BUILT_IN

AT = "/documents/template"
LEFT_OUT = (
    "Ada yang hilang dari templat: pokok pikiran, usulan, tindak lanjut, daftar hadir, dan tanda draf harus tampil."
)
MISPRINT = "Templat tidak dapat diisi: Expected an expression, got 'end of statement block'"


def changed(old: str = "{{ title|upper }}", new: str = "{{ title|upper }} KANTOR KAMI") -> bytes:
    """The built-in template with some words replaced."""
    document, made = Document(BUILT_IN), io.BytesIO()
    for paragraph in document.paragraphs:
        if paragraph.text == old:
            paragraph.runs[0].text = new
    document.save(made)
    return made.getvalue()


def put_in_force(browser: Visitor, content: bytes, name: str = "kantor.docx") -> Page:
    return browser.post(AT, {**filled(browser.get(AT).form(AT)), "file": (io.BytesIO(content), name)})


def test_the_office_replaces_the_template_and_goes_back(visit: Visitor, app: Flask) -> None:
    admin, secretariat, own = visit.as_(ADMIN), visit.as_(SECRETARIAT), changed()

    page = admin.follow(put_in_force(admin, own))

    assert page.text_of(".page-meta") == "Berlaku: kantor.docx"
    assert "NOTULARAPATKANTORKAMI" in words_of_docx(secretariat)
    present = admin.client.get(f"{AT}/present", buffered=True)
    assert present.data == own
    page = admin.follow(admin.submit(page, f"{AT}/restore"))
    assert page.all_of("#earlier tbody td:first-child") == ["bawaan", "kantor.docx"]
    assert "KANTORKAMI" not in words_of_docx(secretariat)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (PDF, "templat.pdf", "Templat harus berupa dokumen Word (.docx)."),
        (PDF, "templat.docx", "Isi berkas tidak sesuai dengan namanya. Simpan dengan akhiran yang sesuai."),
        (word(), "kosong.docx", LEFT_OUT),
        (changed(new="{{ judul }}"), "salah.docx", "Templat tidak dapat diisi: 'judul' is undefined"),
        (changed(new="{% if %}"), "rusak.docx", MISPRINT),
    ],
    ids=["no Word document", "another type", "nothing shown", "unknown word", "broken markup"],
)  # fmt: skip
def test_a_bad_template_is_refused_in_words(visit: Visitor, content: bytes, name: str, sentence: str) -> None:
    page = put_in_force(visit.as_(ADMIN), content, name)

    assert (page.status, page.problems) == (422, [sentence])


def test_a_template_cannot_reach_into_the_machine(visit: Visitor) -> None:
    page = put_in_force(visit.as_(ADMIN), changed(new="{{ title.__class__.__mro__[1].__subclasses__() }}"))

    assert page.status == 422
    assert "unsafe" in page.problems[0]


def test_only_administrators_come_near_it(visit: Visitor) -> None:
    secretariat = visit.as_(SECRETARIAT)

    for path in (AT, f"{AT}/present"):
        secretariat.get(path, status=404)


def test_a_lost_template_gives_way_to_the_built_in_one_and_is_found(visit: Visitor, app: Flask) -> None:
    admin = visit.as_(ADMIN)
    put_in_force(admin, changed())
    for file in (Path(app.instance_path) / "attachments").rglob("*"):
        if file.is_file():
            file.unlink()

    assert "NOTULARAPAT" in words_of_docx(admin)
    result = app.test_cli_runner().invoke(args=["check"])
    assert (result.exit_code, "word template 1 (kantor.docx): the file is missing" in result.output) == (1, True)


#: What a template could name before sections had actions and documents an emblem.
FORMER_NAMES = """{{ draft }}
{%p for line in letterhead %}
{{ line|upper }} {{ address }} {{ title|upper }} {{ number }} {{ notice }}
{%p endfor %}
{%p for fact in facts %}
{{ fact[0] }}: {{ fact[1] }}
{%p endfor %}
{%p for section in sections %}
{{ section.title }}{% if not section.rows %} {{ nothing }}{% endif %}
{%p for row in section.rows %}
{{ loop.index }}. {{ row.lead }} {{ row.quote }} {{ row.text }} {{ row.note }}
{%p endfor %}
{%p endfor %}
{%p for table in tables %}
{{ table.title }} {{ table.head|join(" ") }}
{%p for row in table.rows %}
{{ row|join(" ") }}
{%p endfor %}
{%p endfor %}
{{ closing }} {{ signatures[0].role }} {{ signatures[1].name }} {{ signatures[1].nip }} {{ mark }} {{ footer }}"""


def test_a_template_written_before_the_form_followed_the_agenda_still_works(visit: Visitor) -> None:
    document, made = Document(), io.BytesIO()
    for line in FORMER_NAMES.split("\n"):
        document.add_paragraph(line)
    document.save(made)

    assert put_in_force(visit.as_(ADMIN), made.getvalue()).status == 303

    shown = words_of_docx(visit.as_(SECRETARIAT))
    assert "Razilu,StafAhliBidangEkonomi(Usulan)" in shown
    assert "U2020005" in shown
