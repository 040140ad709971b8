"""Workbooks (.xlsx .xlsm .xls .ods), by calamine: a table for each sheet that is shown.

What stands above the header row is text of its own (letterhead, title, unit), so are single cells below the
last row. Formulas are not computed and macros never run: the values are those last saved. Does not know
number formats, so a share of 0.5 shown as 50% is read "0.5".
"""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.errors import UnreadableFileError
from ingest.extract import Block, Extract
from ingest.readers import sheets_process

_SECONDS = 90
_MAX_UNPACKED_BYTES = 256 * 1024 * 1024  # as for .docx; two million cells have about 100 MB
_MOST_HEADER_ROWS = 3
_VBA = "_VBA_PROJECT_CUR".encode("utf-16-le")  # the folder of macros in an .xls
_SAVE = "Mở bằng Excel hoặc LibreOffice rồi lưu lại thành .xlsx"


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells shown as one. Rows and columns count from 0, both ends inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that is shown: its rows of texts, and the merged cells in places of those rows.

    `top`: empty rows above the first one.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[Merged, ...]
    top: int = 0


def read_sheets(path: Path, data: bytes) -> Extract:
    """The sheets one after the other. Raises UnreadableFileError: damaged, encrypted, too large."""
    parts = _parts(path, data)
    sheets: list[Sheet] = []
    hidden: list[str] = []
    for found in _sheets(path, data):
        if isinstance(found, str):
            hidden.append(found)
        elif any(found.rows):
            sheets.append(found)
    blocks: list[Block] = []
    tables = 0
    for sheet in sheets:
        if len(sheets) > 1:
            blocks.append(Block(sheet.name))
        read = list(_blocks(sheet))
        has_table = any(block.table for block in read)
        tables += has_table
        blocks += [replace(block, table=tables) if block.table else block for block in read]
    warnings = [f"không đọc trang tính ẩn: {', '.join(hidden)}"] if hidden else []
    if any("vbaProject" in part or part.startswith("Basic/") for part in parts) or _VBA in data:
        warnings.append("có macro, không chạy")
    return Extract(tuple(blocks), "bảng tính", warnings=tuple(warnings))


def shown_sheets(path: Path, data: bytes) -> list[Sheet]:
    """The sheets that are shown, as rows of texts. Raises UnreadableFileError: damaged, encrypted, too
    large.
    """
    _parts(path, data)
    return [sheet for sheet in _sheets(path, data) if isinstance(sheet, Sheet)]


def _parts(path: Path, data: bytes) -> list[str]:
    """Names of the parts of a workbook that is an archive. Raises UnreadableFileError for a bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    # .xls is no archive, and what zipfile makes of a damaged one is not documented: calamine is to refuse it.
    except Exception:
        return []
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > _MAX_UNPACKED_BYTES:
        raise UnreadableFileError(
            path, f"giải nén ra {unpacked // 2**20} MB, quá lớn so với một bảng", "Kiểm tra lại nguồn tệp"
        )
    return [entry.filename for entry in entries]


def _sheets(path: Path, data: bytes) -> Iterator[Sheet | str]:
    """The sheets that are shown, and the names of those that are hidden."""
    for line in _lines(path, data):
        found = json.loads(line)
        if "problem" in found:
            raise _refused(path, found["problem"])
        if found["hidden"]:
            yield found["name"]
            continue
        row, column = found["start"]
        merged = (Merged(r1 - row, c1 - column, r2 - row, c2 - column) for r1, c1, r2, c2 in found["merged"])
        yield Sheet(found["name"], tuple(map(tuple, found["rows"])), tuple(merged), row)


def _lines(path: Path, data: bytes) -> list[bytes]:
    command = [sys.executable, "-I", str(Path(sheets_process.__file__))]
    try:
        done = subprocess.run(
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a panic of the native library writes there
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFileError(path, f"đọc bảng tính quá {_SECONDS} giây", _SAVE) from error
    if done.returncode != 0:
        raise _refused(path, "large" if done.returncode < 0 else "lỗi")
    return done.stdout.splitlines()


def _refused(path: Path, problem: str) -> UnreadableFileError:
    if problem == "password":
        return UnreadableFileError(path, "bảng tính đặt mật khẩu", "Mở bằng Excel, gỡ mật khẩu rồi lưu lại")
    if problem == "large":
        return UnreadableFileError(
            path, "bảng tính quá lớn so với một biểu mẫu hoặc bị hỏng", "Xoá dòng, cột thừa rồi lưu lại"
        )
    return UnreadableFileError(path, f"bảng tính hỏng hoặc không phải bảng tính ({problem})", _SAVE)


def _blocks(sheet: Sheet) -> Iterator[Block]:
    """What a sheet says, rows of its table as table 1."""
    rows = sheet.rows
    widest = max(_filled(row) for row in rows)
    # A letterhead fills two cells of a row, a header at least three unless the table has fewer columns.
    least = min(3, widest)
    first = next(number for number, row in enumerate(rows) if _filled(row) >= least)
    if widest < 2:
        first = len(rows)
    last = len(rows)
    while last > first and _filled(rows[last - 1]) < 2:
        last -= 1
    yield from (Block(cell) for row in rows[:first] for cell in row if cell)
    if first < last:
        below = _header_height(sheet, first)
        yield Block(" | ".join(_header(sheet, first, below)), table=1)
        table = (row for row in rows[first + below : last] if any(row))
        yield from (Block(" | ".join(row), table=1) for row in table)
    yield from (Block(cell) for row in rows[last:] for cell in row if cell)


def _filled(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell)


def _header_height(sheet: Sheet, first: int) -> int:
    """Rows of the header: as deep as its cells that are merged downwards ("TT" beside "Năm" over years)."""
    depths = [merge.bottom - first + 1 for merge in sheet.merged if merge.top == first]
    return min(max(depths, default=1), _MOST_HEADER_ROWS, len(sheet.rows) - first)


def _header(sheet: Sheet, first: int, height: int) -> list[str]:
    """The header in one row: what stands over a column, from top to bottom."""
    rows = [list(row) for row in sheet.rows[first : first + height]]
    for merge in sheet.merged:
        if first <= merge.top < first + height and height > 1 and merge.left < len(rows[merge.top - first]):
            row = rows[merge.top - first]
            text = row[merge.left]
            row += [""] * (min(merge.right, _width(rows) - 1) + 1 - len(row))
            for column in range(merge.left, min(merge.right, len(row) - 1) + 1):
                row[column] = row[column] or text
    columns = range(_width(rows))
    return [" ".join(row[column] for row in rows if column < len(row) and row[column]) for column in columns]


def _width(rows: Sequence[Sequence[str]]) -> int:
    return max(map(len, rows))
