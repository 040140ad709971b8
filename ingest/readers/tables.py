"""Which tables only set text side by side, and what their cells and those of data tables become.

Letterhead, number, date and signature of an official text sit in borderless tables: those give a block a
line. A data table gives a block a row ("TT | Nội dung | Thời hạn"). Knows no file format.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.encodings import repair_text
from ingest.extract import Block

_LAYOUT = re.compile(
    r"CỘNG HÒA|CỘNG HOÀ|ĐẢNG CỘNG SẢN|Số *:|^TM\.|^KT\.|^[TK]/[MT]\b|CHỦ TỊCH|"
    r"GIÁM ĐỐC|BÍ THƯ|TRƯỞNG BAN|THỦ TRƯỞNG",
    re.MULTILINE,
)
# .VnTimeH draws capitals for small letters, so these come in any case.
_LAYOUT_ANY_CASE = re.compile(r"cộng h(?:òa|oà) xã|độc lập *[-–]|nơi nhận|\(ký\b", re.IGNORECASE)
_LAYOUT_MAX_ROWS = 4
_LABEL_LENGTH = 200
# A page that is set in one big table; cells of the 29 data tables at hand have 6 paragraphs at most.
_PROSE_BLOCKS = 20


@dataclass(frozen=True, slots=True)
class TableCell:
    """The blocks in a cell. One merged downwards has the content of its first row, and `continues` it."""

    blocks: tuple[Block, ...]
    continues: bool = False

    @property
    def text(self) -> str:
        """The cell in one line."""
        return " ".join(" ".join(block.text for block in self.blocks).split())


Rows = Sequence[Sequence[TableCell]]


def is_layout(rows: Rows) -> bool:
    """Whether a table has no rows of data: it frames a text or sets blocks of a page side by side."""
    filled = [row for row in rows if any(cell.text and not cell.continues for cell in row)]
    if all(len(row) < 2 for row in filled):
        return True
    if len(filled) < 2 and any(len(cell.blocks) > 1 for row in filled for cell in row):
        return True
    if any(len(cell.blocks) > _PROSE_BLOCKS for row in filled for cell in row):
        return True
    if len(filled) > _LAYOUT_MAX_ROWS:
        return False
    whole = "\n".join(block.text for row in filled for cell in row for block in cell.blocks)
    return _speaks_of_layout(whole) or _speaks_of_layout(repair_text(whole).text)


def table_blocks(rows: Rows, number: int) -> list[Block]:
    """A block for each line of a layout table, for each row of a data table (those are table `number`)."""
    if is_layout(rows):
        return [block for row in rows for cell in row if not cell.continues for block in cell.blocks]
    blocks = []
    for row in rows:
        # A label merged downwards belongs to every row; a long text is not said twice.
        cells = ["" if cell.continues and len(cell.text) > _LABEL_LENGTH else cell.text for cell in row]
        if any(cells):
            blocks.append(Block(" | ".join(cells), table=number))
    return blocks


def numbered(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks with tables counted from 1 as they come; readers may number nested tables as they like."""
    numbers: dict[int, int] = {}
    result = []
    for block in blocks:
        if block.table is not None:
            block = replace(block, table=numbers.setdefault(block.table, len(numbers) + 1))
        result.append(block)
    return tuple(result)


def _speaks_of_layout(text: str) -> bool:
    return bool(_LAYOUT.search(text) or _LAYOUT_ANY_CASE.search(text))
