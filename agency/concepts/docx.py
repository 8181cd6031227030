"""The concept as a document of Word: real headings, tables, and footnotes with links."""

import io
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from agency.concepts.telling import (
    Chart,
    Document,
    Heading,
    Note,
    Paragraph,
    Table,
    Text,
    Tongue,
)
from core.xml import clean

LOCALE = "de-DE"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REFERENCES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
BUSY, REACHED = "1F6F54", "F2C230"  # the colours of months in which something is done
SEPARATORS = """<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p>
</w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r>
<w:continuationSeparator/></w:r></w:p></w:footnote>"""
NUMBER = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'


def write_docx(document: Document, funding: str, tongue: Tongue) -> bytes:
    """Write a concept with the *funding* notice below its title and on every page."""
    import docx  # noqa: PLC0415 - heavy

    file = docx.Document()
    file.core_properties.title = clean(document.title)
    file.core_properties.language = LOCALE
    file.core_properties.author = file.core_properties.comments = ""
    _speak(file)
    file.add_heading(clean(document.title), 0)
    _say(file.add_paragraph(), document.subtitle, italic=True)
    _say(file.add_paragraph(), funding)
    _say(file.sections[0].footer.paragraphs[0], funding)
    writer = _Writer(file, tongue)
    for block in document.blocks:
        writer.write(block)
    _add_footnotes(file, document.notes)
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


class _Writer:
    def __init__(self, file: Any, tongue: Tongue) -> None:
        self.file = file
        self.unproven = "[" + tongue.gettext("still to be proven") + "]"
        self.month = tongue.gettext("Months")
        self.what = tongue.gettext("What")

    def write(self, block: object) -> None:
        match block:
            case Heading():
                self.file.add_heading(clean(block.words), block.level)
            case Paragraph():
                self._fill(self.file.add_paragraph(), block.text, italic=block.is_quiet)
            case Table():
                self._table(block)
            case Chart():
                self._chart(block)

    def _fill(self, paragraph: Any, text: Text, **looks: bool) -> None:
        _say(paragraph, text.words, **looks)
        for note in text.notes:
            _refer(paragraph, note)
        if text.is_unproven:
            _say(paragraph, f" {self.unproven}", italic=True)

    def _table(self, table: Table) -> None:
        made = self._begin(table.name, table.head)
        for row in table.rows:
            is_total = table.has_total and row is table.rows[-1]
            for column, (cell, text) in enumerate(zip(made.add_row().cells, row, strict=True)):
                self._fill(cell.paragraphs[0], text, bold=is_total)
                if column in table.numbers:
                    cell.paragraphs[0].alignment = 2  # right
        self.file.add_paragraph()

    def _chart(self, chart: Chart) -> None:
        """Draw the timetable as a table: a column for each quarter, dark while it is busy."""
        plan = chart.schedule
        quarters = [f"{first}–{min(first + 2, plan.months)}" for first in plan.quarters]
        made = self._begin(chart.name, [self.what, self.month, *quarters])
        for span, when in zip(plan.spans, chart.when, strict=True):
            cells = made.add_row().cells
            _say(cells[0].paragraphs[0], span.label)
            _say(cells[1].paragraphs[0], when)
            for first, cell in zip(plan.quarters, cells[2:], strict=True):
                if span.begins <= first + 2 and first <= span.ends:
                    _shade(cell, REACHED if span.is_milestone else BUSY)
        self.file.add_paragraph()

    def _begin(self, name: str, head: Sequence[str]) -> Any:
        made = self.file.add_table(rows=1, cols=len(head))
        made.style = "Table Grid"
        _set(made._tbl.tblPr, "w:tblCaption", "w:val", clean(name))
        for cell, text in zip(made.rows[0].cells, head, strict=True):
            _say(cell.paragraphs[0], text, bold=True)
        _set(made.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
        return made


def _say(paragraph: Any, text: str, *, bold: bool = False, italic: bool = False) -> None:
    run = paragraph.add_run(clean(text))
    run.bold, run.italic = bold or None, italic or None


def _refer(paragraph: Any, note: Note) -> None:
    run = paragraph.add_run()
    run.font.superscript = True
    _set(run._r, "w:footnoteReference", "w:id", str(note.number))


def _add_footnotes(file: Any, notes: Sequence[Note]) -> None:
    """Add the part of the file in which footnotes stand; links are relations of that part."""
    from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415 - heavy
    from docx.opc.packuri import PackURI  # noqa: PLC0415 - heavy
    from docx.opc.part import Part  # noqa: PLC0415 - heavy

    part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, b"", file.part.package)
    file.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    told = []
    for note in notes:
        run = f'<w:r><w:t xml:space="preserve"> {escape(clean(note.text))}</w:t></w:r>'
        if note.address:
            link = RELATIONSHIP_TYPE.HYPERLINK
            known = part.relate_to(clean(note.address), link, is_external=True)
            looks = '<w:rPr><w:color w:val="1F5F8B"/><w:u w:val="single"/></w:rPr>'
            run = (
                f"<w:hyperlink r:id={quoteattr(known)}>{run.replace('<w:t ', looks + '<w:t ')}"
            )
            run += "</w:hyperlink>"
        told.append(f'<w:footnote w:id="{note.number}"><w:p>{NUMBER}{run}</w:p></w:footnote>')
    body = f'<w:footnotes xmlns:w="{WORD}" xmlns:r="{REFERENCES}">{SEPARATORS}'
    body = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{body}'
    part._blob = f"{body}{''.join(told)}</w:footnotes>".encode()


def _speak(file: Any) -> None:
    """Say in which language the document is, for whoever reads it aloud or corrects it."""
    from docx.oxml.ns import qn  # noqa: PLC0415 - heavy

    for element in file.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), LOCALE)


def _shade(cell: Any, colour: str) -> None:
    element = _set(cell._tc.get_or_add_tcPr(), "w:shd", "w:fill", colour)
    _set_attribute(element, "w:val", "clear")


def _set(parent: Any, tag: str, attribute: str = "", value: str = "") -> Any:
    from docx.oxml import OxmlElement  # noqa: PLC0415 - heavy

    element = OxmlElement(tag)
    if attribute:
        _set_attribute(element, attribute, value)
    parent.append(element)
    return element


def _set_attribute(element: Any, attribute: str, value: str) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415 - heavy

    element.set(qn(attribute), value)
