"""Small workbooks for tests, written as tables."""

import io

import openpyxl

CHOICES = """
    list_name | name | label
    yn        | yes  | Ja
    yn        | no   | Nein
"""


def workbook(**sheets: str) -> bytes:
    """A workbook whose cells stand between bars, a row a line."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, table in sheets.items():
        sheet = book.create_sheet(name)
        for line in table.strip().splitlines():
            sheet.append([cell.strip() or None for cell in line.split("|")])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
