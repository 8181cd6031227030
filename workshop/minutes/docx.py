"""The minutes as a document of Word: real headings, heads of tables that repeat, a language.

What people typed stands in it as text, so nothing in it is a field or a formula.
"""

import io
from collections.abc import Iterable
from typing import Any

from core.xml import clean
from workshop.minutes.drawing import as_png, is_from_right
from workshop.minutes.telling import Block, Heading, Paragraph, Picture, Points, Table

LOCALES = {"de": "de-DE", "en": "en-GB"}
MOST = 150  # cards in a picture; more could not be read on a page
WIDTH, HEIGHT = 6.3, 8.5  # inches that a picture may take
NUMBERS = 0.9  # inches of a column with figures


def write_docx(title: str, blocks: Iterable[Block], language: str) -> bytes:
    """Write the *blocks* below their *title*."""
    import docx  # noqa: PLC0415 - heavy

    document = docx.Document()
    document.core_properties.title = clean(title)
    document.core_properties.language = LOCALES.get(language, language)
    document.core_properties.author = ""
    document.core_properties.comments = ""
    _speak(document, LOCALES.get(language, language))
    _say(document.add_heading(level=0), title)
    for block in blocks:
        match block:
            case Heading():
                _say(document.add_heading(level=block.level), block.text)
            case Paragraph():
                _say(document.add_paragraph(), block.text, italic=block.is_quiet)
            case Points():
                for strong, more in block.points:
                    point = document.add_paragraph()
                    point._p.style = "ListBullet"  # by name it is looked for each time
                    _say(point, strong, bold=bool(more))
                    if more:
                        _say(point, f" – {more}")
            case Table():
                _add_table(document, block)
            case Picture():
                _add_picture(document, block, title)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _say(paragraph: Any, text: str, *, bold: bool = False, italic: bool = False) -> None:
    """Add text to a paragraph; one that begins from the right runs from there."""
    run = paragraph.add_run(clean(text))
    run.bold, run.italic = bold or None, italic or None
    if is_from_right(text):
        run.font.rtl = True
        _set(paragraph._p.get_or_add_pPr(), "w:bidi")


def _add_table(document: Any, table: Table) -> None:
    made = document.add_table(rows=1, cols=len(table.head))
    made.style = "Table Grid"
    _describe(made, table.name)
    widths = _widths(table)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for number, row in enumerate([table.head, *table.rows]):
        cells = made.rows[0].cells if number == 0 else made.add_row().cells
        for column, (cell, text) in enumerate(zip(cells, row, strict=True)):
            cell.width = widths[column]
            _say(cell.paragraphs[0], text, bold=number == 0)
            if column in table.numbers and number:
                cell.paragraphs[0].alignment = 2  # right
    _set(made.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
    document.add_paragraph()


def _widths(table: Table) -> list[Any]:
    """Return how wide the columns are; those with figures are narrow."""
    from docx.shared import Inches  # noqa: PLC0415 - heavy

    rest = WIDTH - NUMBERS * len(table.numbers)
    wide = rest / max(1, len(table.head) - len(table.numbers))
    return [
        Inches(NUMBERS if column in table.numbers else wide)
        for column in range(len(table.head))
    ]


def _add_picture(document: Any, picture: Picture, title: str) -> None:
    from docx.shared import Inches  # noqa: PLC0415 - heavy

    _say(document.add_paragraph(), picture.words)
    if not 0 < len(picture.wall.cards) <= MOST:
        return
    name = picture.wall.title or title
    shape = document.add_picture(io.BytesIO(as_png(picture.wall, name)), width=Inches(WIDTH))
    if shape.height > Inches(HEIGHT):
        shape.width = round(shape.width * Inches(HEIGHT) / shape.height)
        shape.height = Inches(HEIGHT)
    shape._inline.docPr.set("descr", clean(picture.words))
    shape._inline.docPr.set("title", clean(name))


def _speak(document: Any, locale: str) -> None:
    """Say in which language the document is, for whoever reads it aloud or corrects it."""
    from docx.oxml.ns import qn  # noqa: PLC0415 - heavy

    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), locale)


def _describe(made: Any, name: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415 - heavy
    from docx.oxml.ns import qn  # noqa: PLC0415 - heavy

    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), clean(name))
    made._tbl.tblPr.append(caption)


def _set(properties: Any, name: str) -> None:
    """Switch a property on."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - heavy

    properties.append(OxmlElement(name))
