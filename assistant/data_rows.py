"""The data files of the assistant, row by row. Knows their form, not what they say."""

from collections.abc import Iterator
from importlib.resources import files


def data_rows(name: str) -> Iterator[list[str]]:
    """The tab-separated fields of every row of a file in `assistant/data`; "#" begins a comment line."""
    text = (files("assistant") / "data" / name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
