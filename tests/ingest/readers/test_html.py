"""Web pages: what a browser shows as one line is one paragraph, what it hides is not read."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import nfc
from ingest.errors import IngestError, UnreadableFileError
from ingest.readers.html import read_html

LAWS = (
    "luat-146-2025-qh15",
    "luat-47-2019-qh14",
    "luat-bao-ve-moi-truong-2020",
    "nq-103-2025-ubtvqh15",
)


def lines(page: str, encoding: str = "utf-8") -> list[str]:
    return [block.text for block in read_html(Path("a.html"), page.encode(encoding)).blocks]


def test_inline_tags_do_not_part_words_and_blocks_and_breaks_do() -> None:
    page = "<p><b>Đi</b>ều <i>1.</i>\n  Phạm&nbsp;vi</p><div>m<sup>2</sup><br>Hai</div>Ba"
    assert lines(page) == ["Điều 1. Phạm\u00a0vi", "m2", "Hai", "Ba"]


def test_entities_and_the_soft_hyphen_arrive_as_characters() -> None:
    assert lines("<p>Tuy&ecirc;n gi&aacute;o &lt;b&gt; &#273;i th&shy;</p>") == ["Tuyên giáo <b> đi th\u00ad"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var a = '<p>lậu</p>'</script>",
        "<style>p {}</style>",
        "<nav><a>Trang chủ</a></nav>",
        "<p hidden>lậu</p>",
        "<p style='display: none'>lậu</p>",
        "<div class='site breadcrumb'>Trang chủ</div>",
        "<!-- lậu -->",
        "<del>lậu</del>",
        "<button>In</button>",
    ],
)
def test_what_a_page_hides_or_navigates_with_is_no_text(hidden: str) -> None:
    assert lines(f"<p>Trước</p>{hidden}<p>Sau</p>") == ["Trước", "Sau"]


def test_a_data_table_gives_rows_and_a_label_merged_downwards_stands_in_each() -> None:
    page = (
        "<p>Trước</p><table><tr><th>Xã<th>Thôn</tr><tr><td rowspan=2>A<td>Một</tr>"
        "<tr><td><p>Hai</p><p>rưỡi</p></tr></table><table><tr><td>X<td>Y</tr><tr><td>1<td>2</tr></table>"
    )
    blocks = read_html(Path("a.html"), page.encode()).blocks
    assert [(block.text, block.table) for block in blocks] == [
        ("Trước", None),
        ("Xã | Thôn", 1),
        ("A | Một", 1),
        ("A | Hai rưỡi", 1),
        ("X | Y", 2),
        ("1 | 2", 2),
    ]


def test_a_letterhead_in_a_table_is_lines() -> None:
    page = (
        "<table><tr><td>UBND TỈNH X<br>----</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr>"
        "<tr><td>Số: 1/QĐ-UBND</td><td>X, ngày 01 tháng 02 năm 2024</td></tr></table>"
    )
    assert lines(page) == [
        "UBND TỈNH X",
        "----",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 1/QĐ-UBND",
        "X, ngày 01 tháng 02 năm 2024",
    ]


def test_lists_have_the_numbers_a_browser_shows() -> None:
    page = "<ol type=a start=2><li>Một<li>Hai</ol><ul><li>Ba</ul>"
    assert lines(page) == ["b. Một", "c. Hai", "- Ba"]


def test_bytes_in_the_vietnamese_code_page_are_read_whatever_the_page_says() -> None:
    page = "<meta charset=iso-8859-1>" + "<p>Ủy ban nhân dân tỉnh quyết định ban hành quy chế này.</p>" * 5
    written = page.replace("Ủ", "U\u0309").replace("ỉ", "i\u0309").replace("ế", "ê\u0301")
    written = written.replace("ị", "i\u0323").replace("ộ", "ô\u0323")
    blocks = read_html(Path("a.html"), written.encode("cp1258")).blocks
    assert nfc(blocks[0].text) == "Ủy ban nhân dân tỉnh quyết định ban hành quy chế này."


def test_merged_cells_cannot_fill_the_memory() -> None:
    with pytest.raises(UnreadableFileError):
        lines("<table>" + ("<tr>" + "<td rowspan=1000>a" * 300) * 100)


@given(st.text(alphabet="<>/=\"'&;# \nabptdrlo1Đ", max_size=200))
def test_any_markup_is_read_or_refused(page: str) -> None:
    try:
        lines(page)
    except IngestError as error:
        assert "a.html" in str(error)


@pytest.mark.parametrize("law", LAWS)
def test_pages_of_laws_have_the_words_of_their_text_in_order(
    law: str, shared_corpus: Callable[[str], Path]
) -> None:
    page = shared_corpus(f"{law}/body.html")
    read = [word for block in read_html(page, page.read_bytes()).blocks for word in nfc(block.text).split()]
    assert read == nfc(page.with_name("text.txt").read_text()).replace("|", " ").split()


def test_a_text_of_many_megabytes_in_one_tag_is_read_whole() -> None:
    words = "Các xã rà soát quy hoạch. " * 450_000  # over 10 MB in one node
    blocks = read_html(Path("a.html"), f"<html><body><p>{words}</p></body></html>".encode()).blocks
    assert sum(len(block.text.split()) for block in blocks) == len(words.split())


def test_words_a_thousand_tags_deep_are_read() -> None:
    page = "<div>" * 1_000 + "Điều 1. Sâu." + "</div>" * 1_000
    assert [block.text for block in read_html(Path("a.html"), page.encode()).blocks] == ["Điều 1. Sâu."]


def test_a_page_too_deep_to_be_read_whole_is_refused_with_the_cause() -> None:
    page = "<div>" * 9_000 + "Điều 1. Sâu." + "</div>" * 9_000
    with pytest.raises(IngestError, match="lồng thẻ quá sâu"):
        read_html(Path("a.html"), page.encode())
