"""Markdown of portals and converters: no marks left, lines and blank lines kept, tables as rows."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UnreadableFileError
from ingest.extract import Extract
from ingest.readers.markdown import read_markdown

PORTAL_TEXTS = (
    "ct-06-ct-ubnd-quang-tri-2025",
    "kh-144-kh-ubnd-bac-ninh-2025",
    "nq-83-2025-nq-hdnd-ha-noi",
    "party-383-qd-tw-2025",
    "qd-72-2025-qd-ubnd-bac-ninh",
)


def read(text: str) -> Extract:
    return read_markdown(Path("a.md"), text.encode())


def lines(text: str) -> list[str]:
    return [block.text for block in read(text).blocks if block.text.strip()]


def test_lines_are_wrapped_and_a_blank_line_ends_a_paragraph() -> None:
    extract = read("Điều\n1. Phạm vi\n\nHai")
    assert extract.wrapped
    assert [block.text for block in extract.blocks] == ["Điều", "1. Phạm vi", "", "Hai", ""]


def test_where_lines_are_as_long_as_paragraphs_each_is_one() -> None:
    assert not read("## Chương I\n1. " + "Cơ quan báo cáo. " * 20 + "\n2. Ngắn\n").wrapped


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**Điều** **58. ****Hiệu lực**", "Điều 58. Hiệu lực"),
        ("*Căn cứ Luật **số** 72;*", "Căn cứ Luật số 72;"),
        ("TH****Ủ ĐÔ", "THỦ ĐÔ"),
        (r"1\. Một \- hai \* ba", "1. Một - hai * ba"),
        ("(*) Ghi tên", "(*) Ghi tên"),
        ("(*trọng tâm tại mục III *)", "(trọng tâm tại mục III )"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("Ghi chú* ở dưới", "Ghi chú* ở dưới"),
        ("_Nguồn: __x__ y_", "Nguồn: x y"),
        ("157/TB_UBND và HP_VP_QĐ", "157/TB_UBND và HP_VP_QĐ"),
        ("[Luật](https://x.vn/a_(b)?q=1) ![ảnh](a.png)này", "Luật này"),
        ("[bookmark: _Hlk1]5. Tăng cường", "[bookmark: _Hlk1]5. Tăng cường"),
        ("## Chương I ##", "Chương I "),
        ("> Trích", "Trích"),
        ("- a) Điểm", "a) Điểm"),
        ("* Gạch", "- Gạch"),
        ("- Gạch", "- Gạch"),
        ("Một<br>", "Một"),
        ("<b>Một</b> 1 < 2", "Một 1 < 2"),
    ],
)
def test_marks_are_taken_away_and_words_of_the_author_are_not(written: str, shown: str) -> None:
    assert lines(written) == [shown]


def test_emphasis_may_run_over_lines() -> None:
    assert lines("*Căn cứ Nghị quyết\nsố 57;*") == ["Căn cứ Nghị quyết", "số 57;"]


def test_front_matter_rules_and_comments_are_no_text() -> None:
    assert lines("---\ntitle: Luật\n---\n\nMột\n\n---\n\n<!-- lậu -->Hai\n\n** **") == ["Một", "Hai"]


def test_a_rule_at_the_top_is_no_front_matter_when_nothing_closes_it() -> None:
    assert lines("---\nMột\n\nHai") == ["Một", "Hai"]


def test_a_letterhead_in_bars_gives_a_line_for_each_line_with_blanks_between_cells() -> None:
    text = (
        "|\n**ỦY BAN NHÂN\nDÂN **\nTỈNH X\n-------\n|\n**CỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM**\n"
        "Độc lập\n|\n|\nSố: 06/CT-UBND\n|\n*X, ngày\n25 tháng 11*\n|\n\n**CHỈ THỊ**\n"
    )
    assert [block.text for block in read(text).blocks] == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH X",
        "",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập",
        "",
        "Số: 06/CT-UBND",
        "",
        "X, ngày 25 tháng 11",
        "",
        "CHỈ THỊ",
        "",
    ]


def test_a_data_table_in_bars_gives_rows_and_keeps_empty_cells() -> None:
    rows = ["|\nTT\n|\nXã\n|\nTỷ lệ\n|\n", "|\n1\n|\n|\n80\n|\n", "|\n2\n|\nB\nC\n|\n|\n"]
    blocks = read("".join(rows)).blocks
    assert [(block.text, block.table) for block in blocks if block.text] == [
        ("TT | Xã | Tỷ lệ", 1),
        ("1 |  | 80", 1),
        ("2 | B C | ", 1),
    ]


def test_a_pipe_table_gives_rows_without_its_separator() -> None:
    blocks = read("Trước\n| TT | Nội dung |\n|:--|---|\n| **1** | a \\| b |\nSau").blocks
    assert [(block.text, block.table) for block in blocks if block.text] == [
        ("Trước", None),
        ("TT | Nội dung", 1),
        ("1 | a | b", 1),
        ("Sau", None),
    ]


def test_a_binary_file_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="Markdown"):
        read_markdown(Path("a.md"), bytes(range(256)) * 20)


@given(st.text(alphabet="|*_-#\\[]()<> \n`~1aĐ", max_size=200))
def test_letters_and_digits_outside_of_links_are_never_lost(text: str) -> None:
    plain = text.translate({ord(char): " " for char in "[]()<>`~\\"})
    if plain.startswith("---"):
        return
    shown = "".join(block.text for block in read(plain).blocks)
    wanted = [char for char in plain if char in "1aĐ"]
    assert [char for char in shown if char in "1aĐ"] == wanted


@pytest.mark.parametrize("name", PORTAL_TEXTS)
def test_no_marks_are_left_in_texts_of_portals(name: str, shared_corpus: Callable[[str], Path]) -> None:
    path = shared_corpus(f"{name}/raw.md")
    shown = [block.text for block in read_markdown(path, path.read_bytes()).blocks]
    assert not [line for line in shown if "*" in line or line.strip() == "|" or line.startswith("#")]
    letters = [char for char in path.read_text() if char.isalnum()]
    assert [char for line in shown for char in line if char.isalnum()] == letters
