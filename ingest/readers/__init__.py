"""One reader a format: a file's bytes to raw paragraphs in reading order.

A reader knows its format and nothing about Điều or khoản.
"""

from collections.abc import Callable
from pathlib import Path

from ingest.readers.docx import read_docx
from ingest.readers.plain import read_plain

READERS: dict[str, Callable[[Path, bytes], list[str]]] = {".docx": read_docx, ".txt": read_plain}

__all__ = ["READERS", "read_docx", "read_plain"]
