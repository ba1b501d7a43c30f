"""What the built-in Word templates have in common: styles, the page with its footer, and the letterhead."""

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

GREY = RGBColor(0x55, 0x55, 0x55)
document = Document()


def style(name, size, *, bold=False, before=0, after=4, italic=False):
    found = document.styles[name]
    found.font.name, found.font.size, found.font.bold, found.font.italic = "Times New Roman", Pt(size), bold, italic
    found.font.color.rgb = RGBColor(0, 0, 0)
    fonts = found.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    found.paragraph_format.space_before, found.paragraph_format.space_after = Pt(before), Pt(after)


def line(words="", *, name="Normal", align=None, bold=None, italic=None, size=None, grey=False, indent=0, into=None):
    made = (into or document).add_paragraph(style=name)
    made.alignment = align
    if indent:
        made.paragraph_format.left_indent = Mm(indent)
    if words:
        run = made.add_run(words)
        run.bold, run.italic = bold, italic
        if size:
            run.font.size = Pt(size)
        if grey:
            run.font.color.rgb = GREY
    return made


def first(cell, words, **how):
    """The words in the paragraph that a cell has from the start."""
    run = cell.paragraphs[0].add_run(words)
    run.bold, run.font.size = how.get("bold"), how.get("size")
    cell.paragraphs[0].alignment = how.get("align")
    cell.paragraphs[0].paragraph_format.space_after = Pt(1)
    return cell


def field(paragraph, code):
    for kind in ("begin", None, "end"):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = code
        run._r.append(mark)


def bottom_line(paragraph):
    borders = OxmlElement("w:pBdr")
    edge = OxmlElement("w:bottom")
    for name, value in (("val", "thickThinSmallGap"), ("sz", "18"), ("space", "4"), ("color", "000000")):
        edge.set(qn(f"w:{name}"), value)
    borders.append(edge)
    paragraph._p.get_or_add_pPr().append(borders)


def widths(table, *millimetres):
    table.autofit = False
    for column, width in zip(table.columns, millimetres, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, millimetres, strict=True):
            cell.width = Mm(width)


def begin(header):
    """Styles, page and letterhead."""
    style("Normal", 11)
    style("Heading 1", 15, bold=True, before=8, after=2)
    style("Heading 2", 12, bold=True, before=12, after=4)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(25)
    page.top_margin, page.bottom_margin = Mm(20), Mm(22)
    page.header.paragraphs[0].add_run(header).bold = True
    page.header.paragraphs[0].alignment = ALIGN.CENTER
    foot = page.footer.paragraphs[0]
    foot.add_run("{{ footer }}")
    foot = page.footer.add_paragraph()
    foot.alignment = ALIGN.RIGHT
    foot.add_run("{{ page.split('{')[0] }}")
    field(foot, "PAGE")
    foot.add_run("{{ page.split('}')[1].split('{')[0] }}")
    field(foot, "NUMPAGES")
    for paragraph in page.footer.paragraphs:
        paragraph.paragraph_format.space_after = Pt(0)
        for run in paragraph.runs:
            run.font.size, run.font.color.rgb = Pt(8.5), GREY

    line("{{ classification|upper }}", align=ALIGN.RIGHT, bold=True, size=9)
    line("{%p if emblem %}")
    line("{{ emblem }}", align=ALIGN.CENTER)
    line("{%p endif %}")
    line("{%p for line in letterhead %}")
    line("{{ line|upper }}", align=ALIGN.CENTER, bold=True, size=13)
    line("{%p endfor %}")
    line("{%p if address %}")
    line("{{ address }}", align=ALIGN.CENTER, size=9.5)
    line("{%p endif %}")
    bottom_line(line())
