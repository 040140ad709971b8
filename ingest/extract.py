"""What a reader gives: the words of a file in reading order, and how sure it is of them.

Knows nothing about formats, encodings or outlines. Text is as the file has it, residue included.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a table row, or (in wrapped extracts) a line; "" there is a blank line.

    `page` counts from 1; None where the format has no pages. `table` counts the data tables of the file
    from 1; None outside of them. The first row of a table is its header.
    """

    text: str
    page: int | None = None
    table: int | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A word on a page image. `box`: left, top, right, bottom as shares of the page, 0..1.

    `confidence`: of the recognition, 0..1.
    """

    text: str
    page: int
    box: tuple[float, float, float, float]
    confidence: float


@dataclass(frozen=True, slots=True)
class Extract:
    """The content of one file.

    `wrapped`: blocks are lines of a page, so a paragraph may run over several and ends at a blank one.
    `encoding` is the one the bytes had; None where the format says it itself. `confidence`, 0..1, is of the
    encoding. `ocr_confidence` is the mean of the words recognised, 0..1; None where no page was. `words` are
    those of recognised pages in reading order. `doubtful`: numbers and codes that may have been misread.
    """

    blocks: tuple[Block, ...]
    format: str
    wrapped: bool = False
    pages: int | None = None
    encoding: str | None = None
    confidence: float = 1.0
    ocr_confidence: float | None = None
    words: tuple[Word, ...] = ()
    doubtful: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
