import io
import re
import time
import zipfile
from pathlib import Path

import pytest
from docx import Document
from flask import Flask
from sqlalchemy import select

from tests.attachments.test_formats import PDF, word
from tests.minutes.documents.test_official_form import words_of_docx
from tests.visitor import ADMIN, SECRETARIAT, Page, Visitor, filled
from tracker.core import storage
from tracker.core.db import db
from tracker.minutes.documents.formats import BUILT_IN, TemplateFault, docx, tried
from tracker.minutes.documents.models import WordTemplate
from tracker.minutes.documents.rules import SAMPLE, trial

pytestmark = pytest.mark.one_database

AT = "/documents/template"
LEFT_OUT = (
    "Ada yang hilang dari templat: pokok pikiran, usulan, tindak lanjut, daftar hadir, dan tanda draf harus tampil."
)
NOT_SAID = "Templat tidak boleh memuat"
MAY_SAY = "Yang boleh: nama isian notula, pengulangan daftarnya, dan pertanyaan apakah suatu isian terisi."
MISPRINT = "Templat tidak dapat diisi: Expected an expression, got 'end of statement block'"


def changed(old: str = "{{ title|upper }}", new: str = "{{ title|upper }} KANTOR KAMI") -> bytes:
    """The built-in template with some words replaced."""
    document, made = Document(BUILT_IN), io.BytesIO()
    for paragraph in document.paragraphs:
        if paragraph.text == old:
            paragraph.runs[0].text = new
    document.save(made)
    return made.getvalue()


def document_of(lines: list[str]) -> io.BytesIO:
    """A document with these paragraphs."""
    document, made = Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(made)
    return made


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
        (PDF, "templat.docx", "Isi berkas tidak sesuai dengan namanya. Simpan dengan ekstensi yang sesuai."),
        (word(), "kosong.docx", LEFT_OUT),
        (changed(new="{{ judul }}"), "salah.docx", f"{NOT_SAID} «{{{{ judul }}}}». {MAY_SAY}"),
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
    assert page.problems[0].startswith(f"{NOT_SAID} «{{{{ title.__class__")


@pytest.mark.parametrize(
    "said",
    [
        # speaks otherwise in earnest than to the sample
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
        # takes more than the sheet is long
        "{% for a in sections %}{% for b in sections %}{{ b.title }}{% endfor %}{% endfor %}",
        "{% for a in sections recursive %}{{ loop(sections) }}{% endfor %}", "{% colspan title %}",
        "{% colspan" + " " * 999,
        # names no field, or all of a list
        "{{ judul }}", "{{ self }}", "{{ cycler }}", "{{ sections }}", "{{ title[0] }}", "{{ facts[99][0] }}",
        "{{ title",
    ],
)  # fmt: skip
def test_a_template_says_only_what_is_listed(said: str) -> None:
    fault, place = tried(document_of([said]), SAMPLE, ())

    assert fault is TemplateFault.NOT_SAYABLE
    assert place
    assert place[:20] in said


@pytest.mark.parametrize("part", ["header", "core properties", "attribute"])
def test_every_part_that_is_filled_is_judged(part: str) -> None:
    document, made, said = Document(BUILT_IN), io.BytesIO(), "{% set a = title %}"
    if part == "header":
        document.sections[0].header.paragraphs[0].add_run(said)
    elif part == "core properties":
        document.core_properties.subject = said
    else:
        document.paragraphs[0]._p.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}rsidR", said)
    document.save(made)

    assert tried(made, SAMPLE, ()) == (TemplateFault.NOT_SAYABLE, said)


def test_entities_that_grow_are_refused_and_not_read() -> None:
    made, grown = io.BytesIO(), "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    with zipfile.ZipFile(BUILT_IN) as built_in, zipfile.ZipFile(made, "w") as own:
        for part in built_in.namelist():
            content = built_in.read(part)
            if part == "word/document.xml":
                begun = content.index(b"<w:document")
                kinds = f'<!DOCTYPE a [<!ENTITY a0 "ha">{grown}]>'.encode()
                content = content[:begun] + kinds + content[begun:].replace(b"{{ closing }}", b"&a9;")
            own.writestr(part, content)

    begun = time.process_time()
    assert tried(made, SAMPLE, ())[0] in {TemplateFault.NOT_SAYABLE, TemplateFault.NOT_FILLED}
    assert time.process_time() - begun < 0.5


@pytest.mark.parametrize(
    "hidden",
    [
        "{% if row.note %}{{ row.text }}{% endif %}",
        "{% if row.quote and not row.proposals %}{% else %}{{ row.text }}{% endif %}",
        "{% if not loop.last %}{{ row.text }}{% endif %}", "{% if loop.first %}{{ row.text }}{% endif %}",
    ],
)  # fmt: skip
def test_what_is_shown_of_some_statements_only_leaves_out_the_others(hidden: str) -> None:
    cells = "{% for cells in table.rows %}{{ cells|join(' ') }}{% endfor %}"
    rest = "{{ draft }}{% for table in tables %}" + cells + "{% endfor %}"
    begun, ended = "{% for section in sections %}{% for row in section.rows %}", "{% endfor %}{% endfor %}"

    assert tried(document_of([rest, begun + hidden + ended]), *trial())[0] is TemplateFault.LEAVES_OUT
    assert tried(document_of([rest, begun + "{{ row.text }}" + ended]), *trial()) == (None, "")


def test_what_a_template_becomes_has_a_bound() -> None:
    long = {**SAMPLE, "opening": "a" * 20_000, "facts": [["a", "b"]] * 2_000}
    own = document_of(["{% for fact in facts %}{{ opening }}{% endfor %}"])

    made = Document(io.BytesIO(docx(long, own, sample=SAMPLE)))

    assert len(made.tables) == len(Document(BUILT_IN).tables)  # the built-in one


def test_a_template_from_before_that_says_more_gives_way_to_the_built_in_one(visit: Visitor, app: Flask) -> None:
    admin = visit.as_(ADMIN)
    put_in_force(admin, changed())
    more = changed(new="{{ title|upper }} {{ 6 * 7 }}")
    with app.app_context():
        mark = storage.store().put(io.BytesIO(more))
        db.session.scalars(select(WordTemplate)).one().mark = mark
        db.session.commit()

    assert "NOTULARAPAT" in words_of_docx(admin)
    assert "NOTULARAPAT42" not in words_of_docx(admin)
    told = app.test_cli_runner().invoke(args=["check"]).output
    assert "word template 1 (kantor.docx): the built-in one stands in, for it says {{ 6 * 7 }}" in told


def test_what_the_instructions_show_passes() -> None:
    written = (Path(__file__).parents[3] / "docs" / "operations.md").read_text()
    [example] = re.findall(r"```jinja\n(.*?)```", written, re.DOTALL)

    assert tried(document_of(example.splitlines()), *trial()) == (None, "")
    with BUILT_IN.open("rb") as built_in:
        assert tried(built_in, *trial()) == (None, "")


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
