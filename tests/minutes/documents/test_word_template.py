import io
import re
import time
import zipfile
from pathlib import Path

import pytest
from docx import Document
from flask import Flask
from sqlalchemy import select

from tests.core.test_media_types import PDF, word
from tests.minutes.documents.test_official_form import text_of_docx
from tests.visitor import ADMIN, SECRETARIAT, Page, Visitor, filled
from tracker.core import storage
from tracker.core.db import db
from tracker.minutes.documents.formats import BUILT_IN, TemplateFault, check_template, docx
from tracker.minutes.documents.models import WordTemplate
from tracker.minutes.documents.rules import SAMPLE, sample_for_checking

pytestmark = pytest.mark.one_database

PATH = "/documents/template"
LEFT_OUT = (
    "Ada yang hilang dari templat: pokok pikiran, usulan, tindak lanjut, daftar hadir, dan tanda draf harus tampil."
)
NOT_ALLOWED = "Templat tidak boleh memuat"
ALLOWED = "Yang boleh: nama isian notula, pengulangan daftarnya, dan pertanyaan apakah suatu isian terisi."
SYNTAX_ERROR = "Templat tidak dapat diisi: Expected an expression, got 'end of statement block'"


def changed(old: str = "{{ title|upper }}", new: str = "{{ title|upper }} KANTOR KAMI") -> bytes:
    """The built-in template with the text of a paragraph replaced."""
    document, buffer = Document(BUILT_IN), io.BytesIO()
    for paragraph in document.paragraphs:
        if paragraph.text == old:
            paragraph.runs[0].text = new
    document.save(buffer)
    return buffer.getvalue()


def document_of(lines: list[str]) -> io.BytesIO:
    """A document with these paragraphs."""
    document, buffer = Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(buffer)
    return buffer


def upload(browser: Visitor, content: bytes, name: str = "kantor.docx") -> Page:
    return browser.post(PATH, {**filled(browser.get(PATH).form(PATH)), "file": (io.BytesIO(content), name)})


def test_the_template_is_replaced_and_restored(visit: Visitor, app: Flask) -> None:
    admin, secretariat, own = visit.as_(ADMIN), visit.as_(SECRETARIAT), changed()

    page = admin.follow(upload(admin, own))

    assert page.text_of(".page-meta") == "Berlaku: kantor.docx"
    assert "NOTULARAPATKANTORKAMI" in text_of_docx(secretariat)
    downloaded = admin.client.get(f"{PATH}/present", buffered=True)
    assert downloaded.data == own
    page = admin.follow(admin.submit(page, f"{PATH}/restore"))
    assert page.all_of("#earlier tbody td:first-child") == ["bawaan", "kantor.docx"]
    assert "KANTORKAMI" not in text_of_docx(secretariat)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (PDF, "templat.pdf", "Templat harus berupa dokumen Word (.docx)."),
        (PDF, "templat.docx", "Isi berkas tidak sesuai dengan namanya. Simpan dengan ekstensi yang sesuai."),
        (word(), "kosong.docx", LEFT_OUT),
        (changed(new="{{ judul }}"), "salah.docx", f"{NOT_ALLOWED} «{{{{ judul }}}}». {ALLOWED}"),
        (changed(new="{% if %}"), "rusak.docx", SYNTAX_ERROR),
    ],
    ids=["no Word document", "another type", "nothing shown", "unknown word", "broken markup"],
)  # fmt: skip
def test_a_bad_template_is_refused_with_the_reason(visit: Visitor, content: bytes, name: str, sentence: str) -> None:
    page = upload(visit.as_(ADMIN), content, name)

    assert (page.status, page.problems) == (422, [sentence])


def test_a_template_cannot_reach_python_internals(visit: Visitor) -> None:
    page = upload(visit.as_(ADMIN), changed(new="{{ title.__class__.__mro__[1].__subclasses__() }}"))

    assert page.status == 422
    assert page.problems[0].startswith(f"{NOT_ALLOWED} «{{{{ title.__class__")


@pytest.mark.parametrize(
    "source",
    [
        # shows a real sheet differently from the sample
        "{% if letterhead[0] != 'Kementerian' %}x{% endif %}", "{% if title is defined %}x{% endif %}",
        "{% for one in sections if one.title == 'Pembahasan' %}x{% endfor %}", "{{ 'x' if mark else 'y' }}",
        "{% if draft %}{% for one in sections %}{{ one.title }}{% endfor %}{% endif %}",
        "{% if mark %}{% else %}{{ draft }}{% endif %}", "{% if number %}{{ draft }}{% endif %}",
        "{% if tables[1].rows %}{{ tables[0].title }}{% endif %}",
        # computes, calls or defines
        "{{ 9**9 }}", "{{ title * 999 }}", "{{ title ~ title }}", "{{ title|replace('a', 'b') }}",
        "{{ title|center(999) }}",
        "{{ range(9) }}", "{% for a in range(9) %}x{% endfor %}", "{{ title.upper() }}", "{{ page.split('x')[0] }}",
        "{% set a = title %}", "{% macro a() %}{% endmacro %}", "{% include 'x' %}", "{% raw %}x{% endraw %}",
        "{% with a = title %}{% endwith %}", "{% filter upper %}x{% endfilter %}", "{% block a %}{% endblock %}",
        # grows faster than the sheet
        "{% for a in sections %}{% for b in sections %}{{ b.title }}{% endfor %}{% endfor %}",
        "{% for a in sections recursive %}{{ loop(sections) }}{% endfor %}", "{% colspan title %}",
        "{% colspan" + " " * 999,
        # uses an unknown field or a whole list
        "{{ judul }}", "{{ self }}", "{{ cycler }}", "{{ sections }}", "{{ title[0] }}", "{{ facts[99][0] }}",
        "{{ title",
    ],
)  # fmt: skip
def test_a_template_may_use_only_allowed_constructs(source: str) -> None:
    fault, part = check_template(document_of([source]), SAMPLE, ())

    assert fault is TemplateFault.NOT_ALLOWED
    assert part
    assert part[:20] in source


@pytest.mark.parametrize("part", ["header", "core properties", "attribute"])
def test_every_part_of_the_document_is_checked(part: str) -> None:
    document, buffer, source = Document(BUILT_IN), io.BytesIO(), "{% set a = title %}"
    if part == "header":
        document.sections[0].header.paragraphs[0].add_run(source)
    elif part == "core properties":
        document.core_properties.subject = source
    else:
        document.paragraphs[0]._p.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}rsidR", source)
    document.save(buffer)

    assert check_template(buffer, SAMPLE, ()) == (TemplateFault.NOT_ALLOWED, source)


def test_expanding_entities_are_refused_without_being_expanded() -> None:
    buffer, entities = io.BytesIO(), "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    with zipfile.ZipFile(BUILT_IN) as built_in, zipfile.ZipFile(buffer, "w") as own:
        for part in built_in.namelist():
            content = built_in.read(part)
            if part == "word/document.xml":
                start = content.index(b"<w:document")
                doctype = f'<!DOCTYPE a [<!ENTITY a0 "ha">{entities}]>'.encode()
                content = content[:start] + doctype + content[start:].replace(b"{{ closing }}", b"&a9;")
            own.writestr(part, content)

    check_template(io.BytesIO(BUILT_IN.read_bytes()), SAMPLE, ())  # what is loaded once is not part of the time
    started = time.process_time()
    assert check_template(buffer, SAMPLE, ())[0] in {TemplateFault.NOT_ALLOWED, TemplateFault.NOT_FILLED}
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    "hidden",
    [
        "{% if row.note %}{{ row.text }}{% endif %}",
        "{% if row.quote and not row.proposals %}{% else %}{{ row.text }}{% endif %}",
        "{% if not loop.last %}{{ row.text }}{% endif %}", "{% if loop.first %}{{ row.text }}{% endif %}",
    ],
)  # fmt: skip
def test_a_template_that_shows_only_some_statements_is_refused(hidden: str) -> None:
    cells = "{% for cells in table.rows %}{{ cells|join(' ') }}{% endfor %}"
    rest = "{{ draft }}{% for table in tables %}" + cells + "{% endfor %}"
    start, end = "{% for section in sections %}{% for row in section.rows %}", "{% endfor %}{% endfor %}"

    assert (
        check_template(document_of([rest, start + hidden + end]), *sample_for_checking())[0] is TemplateFault.LEAVES_OUT
    )
    assert check_template(document_of([rest, start + "{{ row.text }}" + end]), *sample_for_checking()) == (None, "")


def test_the_size_of_a_filled_template_is_limited() -> None:
    long_sheet = {**SAMPLE, "opening": "a" * 20_000, "facts": [["a", "b"]] * 2_000}
    own = document_of(["{% for fact in facts %}{{ opening }}{% endfor %}"])

    document = Document(io.BytesIO(docx(long_sheet, own, sample=SAMPLE)))

    assert len(document.tables) == len(Document(BUILT_IN).tables)  # made with the built-in template


def test_a_forbidden_template_stored_before_the_check_is_replaced_by_the_built_in_one(
    visit: Visitor, app: Flask
) -> None:
    admin = visit.as_(ADMIN)
    upload(admin, changed())
    forbidden = changed(new="{{ title|upper }} {{ 6 * 7 }}")
    with app.app_context():
        digest = storage.store().put(io.BytesIO(forbidden))
        db.session.scalars(select(WordTemplate)).one().mark = digest
        db.session.commit()

    assert "NOTULARAPAT" in text_of_docx(admin)
    assert "NOTULARAPAT42" not in text_of_docx(admin)
    output = app.test_cli_runner().invoke(args=["check"]).output
    assert (
        "word template 1 (kantor.docx): the built-in template is used instead, because this one contains {{ 6 * 7 }}"
        in output
    )


def test_the_example_in_the_documentation_is_accepted() -> None:
    text = (Path(__file__).parents[3] / "docs" / "operations.md").read_text()
    [example] = re.findall(r"```jinja\n(.*?)```", text, re.DOTALL)

    assert check_template(document_of(example.splitlines()), *sample_for_checking()) == (None, "")
    with BUILT_IN.open("rb") as built_in:
        assert check_template(built_in, *sample_for_checking()) == (None, "")


def test_only_administrators_see_the_template(visit: Visitor) -> None:
    secretariat = visit.as_(SECRETARIAT)

    for path in (PATH, f"{PATH}/present"):
        secretariat.get(path, status=404)


def test_a_lost_template_is_replaced_by_the_built_in_one_and_reported(visit: Visitor, app: Flask) -> None:
    admin = visit.as_(ADMIN)
    upload(admin, changed())
    for file in (Path(app.instance_path) / "attachments").rglob("*"):
        if file.is_file():
            file.unlink()

    assert "NOTULARAPAT" in text_of_docx(admin)
    result = app.test_cli_runner().invoke(args=["check"])
    assert (result.exit_code, "word template 1 (kantor.docx): the file is missing" in result.output) == (1, True)


#: Fields that templates could use before sections had actions and documents an emblem.
OLD_FIELDS = """{{ draft }}
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


def test_a_template_with_only_old_fields_still_works(visit: Visitor) -> None:
    document, buffer = Document(), io.BytesIO()
    for line in OLD_FIELDS.split("\n"):
        document.add_paragraph(line)
    document.save(buffer)

    assert upload(visit.as_(ADMIN), buffer.getvalue()).status == 303

    shown = text_of_docx(visit.as_(SECRETARIAT))
    assert "Razilu,StafAhliBidangEkonomi(Usulan)" in shown
    assert "U2020005" in shown
