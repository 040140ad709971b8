"""The source cards beside an answer: the page of the file, and what the cells of a table row are."""

from dataclasses import replace

from assistant.answer import Answer
from chat.exchange import Exchange
from chat.sources import render_sources
from corpus import Citation
from ingest import LoadedDocument


def card(resolution: LoadedDocument, page: int | None = None, header: str = "") -> str:
    passage = replace(resolution.passages[8], page=page, header=header)
    citation = Citation(resolution.document, passage, passage.start, passage.end)
    answer = Answer("?", None, "vi", "“…” [1]", (citation,), (), False, None, "extractive", 1)
    return render_sources([Exchange("?", answer)])


def test_the_page_of_the_file_stands_with_the_place(resolution: LoadedDocument) -> None:
    assert "(trang 12)</span>" in card(resolution, page=12)
    assert "trang" not in card(resolution).split("</h3>")[0], "a text without pages has none"


def test_a_table_row_comes_with_its_header_and_hostile_ones_are_text(resolution: LoadedDocument) -> None:
    assert '<p class="table-header">TT | Chỉ tiêu</p>' in card(resolution, header="TT | Chỉ tiêu")
    assert "<img" not in card(resolution, header="<img src=x onerror=alert(1)>")
    assert "table-header" not in card(resolution)
