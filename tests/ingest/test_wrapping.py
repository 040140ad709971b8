"""Lines of a page become paragraphs again, and what belongs to the page alone is dropped."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import LoadedDocument, load
from ingest.extract import Block
from ingest.wrapping import is_hard_wrapped, joined


def paragraphs(*lines: str) -> list[str]:
    return [block.text for block in joined(Block(line) for line in lines)]


def on_pages(*pages: list[str]) -> list[Block]:
    return joined(Block(line, number) for number, page in enumerate(pages, 1) for line in page)


def loaded(*lines: str) -> LoadedDocument:
    return load(Path("van-ban.txt"), "van-ban.txt", "\n".join(lines).encode())


def test_a_blank_line_ends_a_paragraph() -> None:
    assert paragraphs("Các xã rà soát hồ sơ", "tồn đọng.", "", "Báo cáo hằng quý.") == [
        "Các xã rà soát hồ sơ tồn đọng.",
        "Báo cáo hằng quý.",
    ]


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["Thực hiện Chỉ thị số", "31-CT/XY của huyện."], "Thực hiện Chỉ thị số 31-CT/XY của huyện."),
        (["Chương", "II"], "Chương II"),
        (["Điều", "4. Lịch tiếp dân"], "Điều 4. Lịch tiếp dân"),
        (["theo khoản", "2. Trường hợp khác"], "theo khoản 2. Trường hợp khác"),
        (["Hồ sơ lập theo quy định tại", "Điều 10 của Nghị định số 45/2020/NĐ-CP."],
         "Hồ sơ lập theo quy định tại Điều 10 của Nghị định số 45/2020/NĐ-CP."),
        (["các tổ chức chính trị", "- xã hội ở thôn"], "các tổ chức chính trị - xã hội ở thôn"),
        (["Quyết định số 163/2025/QĐ-", "CTUBND ngày"], "Quyết định số 163/2025/QĐ-CTUBND ngày"),
        (["Nghị quyết số 24", "/NQ-HĐND"], "Nghị quyết số 24/NQ-HĐND"),
        (["Điều 1.", "Ban hành Quy định."], "Điều 1. Ban hành Quy định."),
        (["3.1.", "Thương mại"], "3.1. Thương mại"),
        (["Số:", "83/2025/NQ-HĐND"], "Số: 83/2025/NQ-HĐND"),
        (["Hà", "Nội, ngày 27 tháng 11 năm 2025"], "Hà Nội, ngày 27 tháng 11 năm 2025"),
        (["ỦY BAN NHÂN", "DÂN", "TỈNH BẮC GIANG"], "ỦY BAN NHÂN DÂN TỈNH BẮC GIANG"),
        (["QUY TRÌNH TIẾP NHẬN CỦA", "BAN TIẾP CÔNG DÂN"], "QUY TRÌNH TIẾP NHẬN CỦA BAN TIẾP CÔNG DÂN"),
    ],
)  # fmt: skip
def test_what_the_page_broke_is_joined(lines: list[str], whole: str) -> None:
    assert paragraphs(*lines) == [whole]


@pytest.mark.parametrize(
    "second",
    [
        "Điều 2. Đối tượng áp dụng", "Chương II", "Mục 1. Tại trụ sở", "2. Báo cáo kết quả.", "b) Ghi sổ.",
        "1.2. Mục tiêu cụ thể", "(2) Giai đoạn sau", "II- THÀNH PHẦN HỒ SƠ", "III. NỘI DUNG",
        "- Gửi báo cáo.", "+ Lập danh sách.", "Nơi nhận:", "TM. ỦY BAN NHÂN DÂN", "T/M BAN THƯỜNG VỤ",
        "Căn cứ Luật Mẫu;", "PHỤ LỤC I", "(Ban hành kèm theo Quyết định số 5/QĐ-UBND)", "QUYẾT ĐỊNH:",
        "Kính gửi: Các xã", "a.1) Hồ sơ giấy;",
    ],
)  # fmt: skip
def test_a_true_marker_begins_a_paragraph(second: str) -> None:
    assert paragraphs("Các xã tiếp dân vào thứ năm hằng tuần.", second) == [
        "Các xã tiếp dân vào thứ năm hằng tuần.",
        second,
    ]


def test_a_letterhead_keeps_its_lines() -> None:
    assert paragraphs(
        "CỤC THUẾ", "THUẾ TỈNH X", "-----", "CỘNG HÒA XÃ HỘI", "CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", "", "Số: 5/X-Y", "Mẫu, ngày 02", "tháng 12 năm 2025",
        "QUYẾT ĐỊNH", "về việc trực",
    ) == [
        "CỤC THUẾ", "THUẾ TỈNH X", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Số: 5/X-Y", "Mẫu, ngày 02 tháng 12 năm 2025", "QUYẾT ĐỊNH", "về việc trực",
    ]  # fmt: skip


def test_a_signature_keeps_its_lines() -> None:
    lines = ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn Mẫu"]
    assert paragraphs(*lines) == lines


def test_columns_side_by_side_are_read_one_after_the_other() -> None:
    assert paragraphs(
        "   TỈNH ỦY MẪU                          ĐẢNG CỘNG SẢN VIỆT NAM",
        "        *",
        "   Số     -QĐ/TU                        Mẫu, ngày     tháng 6 năm 2026",
        "",
        "                     QUY ĐỊNH",
    ) == ["TỈNH ỦY MẪU", "Số -QĐ/TU", "ĐẢNG CỘNG SẢN VIỆT NAM", "Mẫu, ngày tháng 6 năm 2026", "QUY ĐỊNH"]


def test_a_closing_block_side_by_side_gives_recipients_before_the_signature() -> None:
    assert paragraphs(
        "Nơi nhận:                         TM. ỦY BAN NHÂN DÂN",
        "- Như Điều 3;                           CHỦ TỊCH",
        "- Lưu: VT.                           Trần Văn Mẫu",
    ) == ["Nơi nhận:", "- Như Điều 3;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Mẫu"]


def test_page_numbers_and_running_heads_are_dropped_and_the_sentence_goes_on() -> None:
    head = "CÔNG BÁO/Số 10/Ngày 06-12-2021"
    pages = [
        [f"{n} {head}", "", f"Đoạn {n} nói về việc tiếp dân của xã ở trụ sở và ở", "", f"{n}"]
        for n in range(2, 6)
    ]
    assert [block.text for block in on_pages(*pages)] == [
        " ".join(f"Đoạn {n} nói về việc tiếp dân của xã ở trụ sở và ở" for n in range(2, 6))
    ]


def test_a_paragraph_is_on_the_page_where_it_begins() -> None:
    first, second = on_pages(["Các xã rà soát hồ sơ và"], ["báo cáo hằng quý.", "", "Kinh phí do xã lo."])
    assert (first.page, second.page) == (1, 2)
    assert first.text == "Các xã rà soát hồ sơ và báo cáo hằng quý."


def test_a_running_head_needs_three_pages() -> None:
    pages = [["THÔNG TIN CHUNG", "", f"Đoạn {n} có chữ."] for n in range(2)]
    assert [block.text for block in on_pages(*pages)].count("THÔNG TIN CHUNG") == 2


def test_centred_numbers_that_count_pages_are_dropped_without_pages_too() -> None:
    assert paragraphs(
        "Ban Thường vụ quy định về đánh giá cán bộ và", "", "                      1", "",
        "công chức như sau:", "", "Điều 1. Mục đích", "", "                      2", "Điều 2. Yêu cầu",
    ) == ["Ban Thường vụ quy định về đánh giá cán bộ và công chức như sau:", "Điều 1. Mục đích",
          "Điều 2. Yêu cầu"]  # fmt: skip


def test_an_indented_line_begins_a_paragraph() -> None:
    body = [
        "     Nghị định này áp dụng đối với các cơ quan nhà nước bao gồm các bộ",
        "và cơ quan ngang bộ trong phạm vi cả nước theo quy định của pháp luật",
        "     Cơ quan khác có thể tự nguyện áp dụng các quy định của Nghị định này",
        "khi thấy phù hợp với điều kiện của mình.",
    ]
    assert len(paragraphs(*body)) == 2


def test_a_plain_text_that_is_broken_into_lines_is_joined_by_itself() -> None:
    sentence = "trong đó các cơ quan nhà nước có trách nhiệm phối hợp chặt chẽ với nhau trong việc"
    lines = [
        "Điều 1. Phạm vi",
        "Quyết định này nói về việc phối hợp,",
        *[sentence] * 14,
        "hết.",
        "Điều 2. Giao Văn phòng thi hành.",
    ]
    result = loaded(*lines)
    assert is_hard_wrapped([Block(line) for line in lines])
    assert [passage.location for passage in result.passages] == ["Điều 1", "Điều 1", "Điều 2"]


def test_paragraphs_and_lists_are_not_taken_for_broken_lines() -> None:
    plain = ["Điều 1. Các sở:"] + ["- Sở Y tế;", "trong đó có bệnh viện;"] * 20
    assert not is_hard_wrapped([Block(line) for line in plain])


@given(st.lists(st.sampled_from(["Sở Y tế chủ trì", "và báo cáo.", "", "1. Thu.", "  Chi", "12", "Điều"])))
def test_no_word_is_lost_and_none_changes_its_place(lines: list[str]) -> None:
    words = [word for line in lines for word in line.split()]
    assert [word for text in paragraphs(*lines) for word in text.split()] == words


@given(st.lists(st.tuples(st.integers(1, 4), st.text("aA1. -", max_size=9)), max_size=30))
def test_pages_never_go_back(lines: list[tuple[int, str]]) -> None:
    blocks = joined(Block(text, page) for page, text in sorted(lines, key=lambda line: line[0]))
    assert all((a.page or 0) <= (b.page or 0) for a, b in pairwise(blocks))
