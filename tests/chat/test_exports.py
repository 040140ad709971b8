"""An exported conversation opened again: every word as it was, and no word of anybody's as markup."""

import json
import re
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from types import SimpleNamespace

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.answer import Answer, Note, RankedPassage
from chat.export_docx import docx_of
from chat.export_markdown import escaped, markdown_of
from chat.exported import GENERATED_BY, ExportedTurn, exported, harmless
from corpus import Citation, Document, Passage, Zone
from corpus.citation import cited_as
from ingest import LoadedDocument
from records import StoredTurn
from tests.generating import HOSTILE as MODEL_WORDS
from tests.generating import generated

NOW = datetime(2024, 7, 11, 17, 5, tzinfo=UTC)  # the twelfth in Vietnam
HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> [bấm](javascript:alert(1)) "
    "![x](http://evil.vn/a.png) "
    '**đậm** # đầu `mã` http://evil.vn www.evil.vn a@b.vn =HYPERLINK("http://evil.vn") '
    '{ HYPERLINK "http://evil.vn" } \u202ecod.exe &lt; $x$ | a | b |'
)


def _told() -> list[ExportedTurn]:
    """A conversation in which everything is hostile: question, reading, document, note, nearest passage."""
    document = Document("d", "kế hoạch", HOSTILE, HOSTILE, None, None, HOSTILE, "d.txt", "0", HOSTILE)
    passage = Passage("d:0", "d", 0, len(HOSTILE), Zone.BODY, (), 1, HOSTILE, HOSTILE)
    held = SimpleNamespace(documents={"d": document}, passages=[passage], rows={"d:0": 0})
    citation = Citation(document, passage, 0, len(HOSTILE))
    text = f"{HOSTILE}\n1. {HOSTILE}\n- {HOSTILE}\n    {HOSTILE} [1]"
    notes = (Note(HOSTILE),)
    answer = Answer(HOSTILE, HOSTILE, "vi", text, (citation,), (), False, None, "extractive", 1, notes)
    nearest = (RankedPassage(document, passage, 0.5),)
    refusal = Answer(HOSTILE, None, "vi", HOSTILE, (), nearest, True, HOSTILE, "extractive", 1)
    rows = [json.loads(json.dumps(one.to_json())) for one in (answer, refusal)]
    turns = [StoredTurn("t", "c", "p", "2024-07-11T17:05:00+00:00", HOSTILE, (), row) for row in rows]
    return exported("c", turns, held, "http://127.0.0.1/")


def _tags(markdown: str) -> set[str]:
    """Every element that a renderer with all extensions would make of a Markdown text."""
    html = (
        MarkdownIt("commonmark", {"html": True, "linkify": False})
        .enable(["table", "strikethrough"])
        .render(markdown)
    )
    return set(re.findall(r"<(\w+)", html))


def test_a_conversation_is_exported_with_its_quotations_and_sources(resolution: LoadedDocument) -> None:
    passage = resolution.passages[12]
    citation = Citation(resolution.document, passage, passage.start, passage.start + 80)
    answer = Answer(
        "?",
        "đọc là",
        "vi",
        f"“{citation.quote}” [1]",
        (citation,),
        (),
        False,
        None,
        "extractive",
        1,
        (Note("Đã sửa."),),
    )
    found = RankedPassage(resolution.document, resolution.passages[3], 0.5)
    refusal = Answer("?", None, "vi", "Không có.", (), (found,), True, "x", "extractive", 1)
    turns = [
        StoredTurn(
            str(n), "c", "p", "2024-07-11T17:05:00+00:00", question, (), json.loads(json.dumps(row.to_json()))
        )
        for n, (question, row) in enumerate([("Hỏi gì?", answer), ("Hỏi nữa?", refusal)])
    ]
    held = SimpleNamespace(
        documents={resolution.document.id: resolution.document},
        passages=list(resolution.passages),
        rows={one.id: row for row, one in enumerate(resolution.passages)},
    )
    told = exported("c", turns, held, "https://tro-ly.example.vn/tro-ly/")
    address = f"https://tro-ly.example.vn/tro-ly/documents/{resolution.document.id}?start={citation.start}&end={citation.end}"
    assert told[0].sources[0].address.startswith(address)

    word = "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(docx_of(told, NOW))).paragraphs)
    markdown = markdown_of(told, NOW)
    read = re.sub(r"\\([^\w\s])", r"\1", markdown)
    for text in (word, read):
        assert "Trợ lý Nghị quyết" in text and "nguyên văn" in text and "12/7/2024, 00:05" in text
        assert f"“{citation.quote}” [1]" in text
        assert f"[1] {cited_as(citation)}" in text and address in text
        assert "Tôi hiểu là: đọc là" in text and "Đã sửa." in text
        assert text.index("Hỏi gì?") < text.index("Hỏi nữa?") < text.index("Không có.")
        assert resolution.passages[3].text in text


def test_hostile_text_is_text_in_markdown() -> None:
    markdown = markdown_of(_told(), NOW)
    assert _tags(markdown) <= {"h1", "h2", "p", "em", "ul", "li", "code", "br"}
    rendered = MarkdownIt("commonmark").render(markdown)
    assert "<script" not in rendered and "javascript:alert(1)" in rendered
    assert "\u202e" not in markdown and "[U+202E]" in rendered
    # What renderers with automatic links look for.
    without_code = re.sub(r"`[^`]*`", "", markdown)
    assert not re.search(r"https?://|\bwww\.", without_code)


@given(st.text(st.sampled_from("aB1 .-+#*_[]()!<>`\\|~&:/@=\n\t\"'{}"), max_size=60))
def test_whatever_is_written_markdown_makes_only_lines_of_it(text: str) -> None:
    assert _tags(escaped(text)) <= {"p", "br"}


def test_hostile_text_is_text_in_word() -> None:
    content = docx_of(_told(), NOW)
    texts = [paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs]
    assert any(text.startswith("<script>alert(1)</script> <img") and "=HYPERLINK(" in text for text in texts)
    with zipfile.ZipFile(BytesIO(content)) as package:
        body = package.read("word/document.xml").decode("utf-8")
        relations = package.read("word/_rels/document.xml.rels").decode("utf-8")
    assert not re.search(r"<w:(fldChar|fldSimple|instrText|hyperlink|object|pict|drawing)\b", body)
    assert "\u202e" not in body and "[U+202E]" in body
    assert "evil.vn" not in relations and 'TargetMode="External"' not in relations


@pytest.mark.parametrize("text", ["a\x00b\x0cc", "\ud800", "\ufffe", "\u2066x"])
def test_what_a_file_cannot_hold_is_left_out(text: str, resolution: LoadedDocument) -> None:
    answer = Answer(text, None, "vi", f"Không có. {text}", (), (), True, text, "extractive", 1)
    turn = StoredTurn("1", "c", "p", "2024-07-11T17:05:00+00:00", text, (), answer.to_json())
    held = SimpleNamespace(documents={}, passages=[], rows={})
    told = exported("c", [turn], held, "http://127.0.0.1/")
    assert docx.Document(BytesIO(docx_of(told, NOW))).paragraphs
    assert markdown_of(told, NOW).encode("utf-8")


def test_an_answer_of_a_model_says_so_in_both_files_and_none_of_its_words_is_markup(
    resolution: LoadedDocument,
) -> None:
    passage = resolution.passages[12]
    citation = Citation(resolution.document, passage, passage.start, passage.start + 80)
    quoted = Answer("?", None, "vi", "…", (citation,), (), False, None, "extractive", 1)
    row = json.loads(json.dumps(generated(quoted).to_json() | {"quoting": True}))
    turn = StoredTurn("t", "c", "p", "2024-07-11T17:05:00+00:00", "?", (), row)
    held = SimpleNamespace(
        documents={resolution.document.id: resolution.document},
        passages=list(resolution.passages),
        rows={one.id: number for number, one in enumerate(resolution.passages)},
    )
    told = exported("c", [turn], held, "http://127.0.0.1/")
    markdown = markdown_of(told, NOW)
    word = "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(docx_of(told, NOW))).paragraphs)
    for text in (markdown, word):
        assert GENERATED_BY in text and "Đã bỏ 2 câu của mô hình" in text and "Vì vậy cần" in text
        assert "ba nhà máy" not in text
    assert harmless(MODEL_WORDS) in word and "(chỉ trích nguyên văn)" in word
    assert _tags(markdown) <= {"h1", "h2", "p", "em", "ul", "li", "code", "br"}
