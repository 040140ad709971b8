"""Reads one workbook in a process of its own: bytes on standard input, a JSON line a sheet on the output.

A workbook of 1 kB with two cells in opposite corners of a sheet makes the native library reserve 550 GB and
abort; here it stops only this process, which has bounds on memory, time, cells and characters. Imports
nothing of the product. Does not know what a header or a title is.
"""

import io
import json
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

_MAX_MEMORY = 2 * 1024**3
_MAX_SECONDS = 60
_MAX_CELLS = 2_000_000  # filled ones; the largest annex at hand has 1,600
_MAX_AREA = 20_000_000  # rows times columns: one cell far away makes a large area of nothing
_MAX_CHARACTERS = 64 * 1024 * 1024
_DIGITS = 10  # what a column of common width shows of a fraction


class TooLargeError(Exception):
    """More cells or characters than a table of an official text has."""


def sheets(data: bytes) -> Iterator[dict[str, Any]]:
    """Every sheet: "name", "hidden", and where it is shown "rows" of texts, "start" and "merged" places.

    Places count rows and columns from 0; `start` is where `rows` begin.
    """
    import python_calamine

    workbook = python_calamine.load_workbook(io.BytesIO(data))
    left = _Left()
    for about in workbook.sheets_metadata:
        if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        if about.visible != python_calamine.SheetVisibleEnum.Visible:
            yield {"name": about.name, "hidden": True}
            continue
        sheet = workbook.get_sheet_by_name(about.name)
        left.area(sheet.height * sheet.width)
        rows = [left.row(row) for row in sheet.to_python(skip_empty_area=True)]
        yield {
            "name": about.name,
            "hidden": False,
            "rows": rows,
            "start": list(sheet.start or (0, 0)),
            "merged": [[*first, *last] for first, last in sheet.merged_cell_ranges or ()],
        }


class _Left:
    """What may still be read of a workbook."""

    def __init__(self) -> None:
        self._area, self._cells, self._characters = _MAX_AREA, _MAX_CELLS, _MAX_CHARACTERS

    def area(self, size: int) -> None:
        self._area -= size
        if self._area < 0:
            raise TooLargeError

    def row(self, cells: list[Any]) -> list[str]:
        """The texts of a row, empty cells at its end left out."""
        texts = [shown(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        self._cells -= sum(1 for text in texts if text)
        self._characters -= sum(map(len, texts))
        if self._cells < 0 or self._characters < 0:
            raise TooLargeError
        return texts


def shown(value: object) -> str:
    """A cell as a reader would see it, in one line. The number format of the cell is not known."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        at = f"{value:%H:%M}" if value.time() != time() else ""
        return f"{_day(value)} {at}".rstrip()
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    # Not str.split(): the soft hyphen and the no-break space may be letters of an old encoding.
    return " ".join(part for part in str(value).replace("\r", "\n").replace("\n", " ").split(" ") if part)


def _day(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    whole = len(str(int(abs(value)))) if abs(value) < 1e15 else 0
    return f"{value:.{max(_DIGITS, whole + 2)}g}"


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MAX_MEMORY, _MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_MAX_SECONDS, _MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """Exit code 0 and the sheets, or one line {"problem": "large" | "password" | name of the error}."""
    _bound()
    try:
        for sheet in sheets(sys.stdin.buffer.read()):
            sys.stdout.write(json.dumps(sheet) + "\n")
    except (TooLargeError, MemoryError):
        sys.stdout.write(json.dumps({"problem": "large"}) + "\n")
    # BaseException: a panic of the native library is no Exception, and is not documented.
    except BaseException as error:
        kind = "password" if "assword" in f"{type(error).__name__} {error}" else type(error).__name__
        sys.stdout.write(json.dumps({"problem": kind}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
