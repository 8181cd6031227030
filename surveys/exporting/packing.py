"""A ZIP of tables and texts, written piece by piece: only what is packed is in memory."""

import io
import zipfile
from collections.abc import Iterable, Sequence

from core.sheets import Cell, csv_pieces


class Archive:
    """Files to take along as one."""

    def __init__(self) -> None:
        self._packed = io.BytesIO()
        self._zip = zipfile.ZipFile(self._packed, "w", zipfile.ZIP_DEFLATED)

    def add_table(
        self, name: str, rows: Iterable[Sequence[Cell]], marked: bool = False
    ) -> None:
        """Add rows as a CSV; *marked*, as :func:`core.sheets.csv_pieces` says."""
        with self._zip.open(f"{name}.csv", "w", force_zip64=True) as file:
            for piece in csv_pieces(rows, marked):
                file.write(piece)

    def add(self, name: str, content: bytes) -> None:
        self._zip.writestr(name, content)

    def content(self) -> bytes:
        self._zip.close()
        return self._packed.getvalue()
