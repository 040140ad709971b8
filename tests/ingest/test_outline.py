"""Which Điều, khoản and điểm a paragraph is cited under, in small texts that each hold one trap."""

from pathlib import Path

import pytest

from corpus import Zone
from ingest import LoadedDocument, load


def loaded(*paragraphs: str) -> LoadedDocument:
    return load(Path("van-ban.txt"), "van-ban.txt", "\n".join(paragraphs).encode())


def places(*paragraphs: str) -> list[str]:
    """The location of each paragraph of a text in which no paragraphs are merged."""
    passages = loaded(*paragraphs).passages
    assert len(passages) == len(paragraphs)
    return [passage.location for passage in passages]


def test_an_article_mentioned_at_the_start_of_a_paragraph_opens_nothing() -> None:
    assert places(
        "Điều 1. Hồ sơ được lập theo mẫu:",
        "1. Thành phần hồ sơ gồm đơn và bản sao giấy tờ theo quy định tại",
        "Điều 10 của Nghị định số 45/2020/NĐ-CP.",
        "Điều 22 Nghị định số 118/2025/NĐ-CP được áp dụng khi nộp trực tuyến.",
        "Điều 3, khoản 2 của Quy chế này không áp dụng.",
        "2. Thời hạn là năm ngày.",
    ) == [
        "Điều 1, lời dẫn",
        "Điều 1, khoản 1, đoạn 1",
        "Điều 1, khoản 1, đoạn 2",
        "Điều 1, khoản 1, đoạn 3",
        "Điều 1, khoản 1, đoạn 4",
        "Điều 1, khoản 2",
    ]


def test_numbers_inside_quoted_replacement_text_belong_to_the_other_document() -> None:
    assert places(
        "Điều 1. Sửa đổi Quy chế làm việc như sau:",
        "1. Sửa đổi khoản 3 và khoản 4 Điều 5 như sau:",
        "“3. Trưởng phòng phân công công việc.",
        "4. Văn thư trình hồ sơ trong ngày.",
        "a) Hồ sơ khẩn được trình ngay.”.",
        "2. Bổ sung Điều 7a như sau:",
        "“Điều 7a. Chế độ trực",
        "1. Mỗi ngày có một người trực.”.",
        "Điều 2. Văn phòng chịu trách nhiệm thi hành.",
    ) == [
        "Điều 1, lời dẫn",
        "Điều 1, khoản 1, đoạn 1",
        "Điều 1, khoản 1, đoạn 2",
        "Điều 1, khoản 1, đoạn 3",
        "Điều 1, khoản 1, đoạn 4",
        "Điều 1, khoản 2, đoạn 1",
        "Điều 1, khoản 2, đoạn 2",
        "Điều 1, khoản 2, đoạn 3",
        "Điều 2",
    ]


def test_a_quotation_of_a_clause_that_nobody_closed_ends_before_the_next_article() -> None:
    assert places(
        "Điều 1. Sửa đổi khoản 2 Điều 12 như sau:",
        "“2. Tỷ lệ vốn của xã:",
        "a) Bằng nửa mức của tỉnh.",
        "Điều 2. Thay cụm từ “cấp huyện” bằng “cấp xã”:",
        "1. Tại khoản 3.",
        "2. Tại khoản 4, chỗ ghi “tỉnh”.”",
    )[2:] == ["Điều 1, đoạn 3", "Điều 2, lời dẫn", "Điều 2, khoản 1", "Điều 2, khoản 2"]


def test_a_quoted_name_inside_a_clause_does_not_hide_the_next_clause() -> None:
    assert places(
        "Điều 1. Nhiệm vụ:",
        "1. Triển khai chương trình “Xoá nhà tạm” và phong trào “Sạch nhà”.",
        "2. Báo cáo kết quả.",
    ) == ["Điều 1, lời dẫn", "Điều 1, khoản 1", "Điều 1, khoản 2"]


def test_points_follow_the_vietnamese_alphabet() -> None:
    letters = "abcdđeghiklmn"
    assert places(
        "Điều 4. Yêu cầu:", "1. Khi tiếp dân:", *(f"{letter}) Yêu cầu thứ {letter}." for letter in letters)
    ) == ["Điều 4, lời dẫn", "Điều 4, khoản 1, lời dẫn"] + [
        f"Điều 4, khoản 1, điểm {letter}" for letter in letters
    ]


def test_points_start_again_under_the_next_clause() -> None:
    assert places(
        "Điều 4. Yêu cầu:",
        "1. Khi tiếp dân:",
        "a) Lắng nghe.",
        "b) Ghi chép.",
        "2. Khi trả lời:",
        "a) Rõ ràng.",
    )[-4:] == [
        "Điều 4, khoản 1, điểm a",
        "Điều 4, khoản 1, điểm b",
        "Điều 4, khoản 2, lời dẫn",
        "Điều 4, khoản 2, điểm a",
    ]


def test_points_may_stand_directly_under_an_article() -> None:
    assert places("Điều 4. Yêu cầu:", "a) Đúng giờ.", "b) Đúng chỗ.", "- Có biển tên.") == [
        "Điều 4, lời dẫn",
        "Điều 4, điểm a",
        "Điều 4, điểm b, đoạn 1",
        "Điều 4, điểm b, đoạn 2",
    ]


def test_a_letter_out_of_order_opens_nothing() -> None:
    assert places("Điều 4. Yêu cầu:", "a) Đúng giờ.", "e) Đúng chỗ.")[-2:] == [
        "Điều 4, điểm a, đoạn 1",
        "Điều 4, điểm a, đoạn 2",
    ]


def test_points_may_follow_the_latin_alphabet() -> None:
    letters = "abcdefg"
    result = loaded("Điều 1. Yêu cầu:", *(f"{letter}) Yêu cầu." for letter in letters))
    assert [p.location for p in result.passages[1:]] == [f"Điều 1, điểm {letter}" for letter in letters]
    assert result.warnings == ()


def test_a_missing_point_is_pointed_out_and_the_next_one_keeps_its_place() -> None:
    result = loaded("Điều 1. Yêu cầu:", "a) Đúng giờ.", "b) Đúng chỗ.", "d) Có biển tên.")
    assert result.passages[-1].location == "Điều 1, điểm d"
    (warning,) = result.warnings
    assert "điểm b" in warning


def test_clauses_start_again_under_the_next_article() -> None:
    assert places(
        "Điều 1. Nhiệm vụ:", "1. Thu ngân sách.", "2. Chi đầu tư.", "Điều 2. Hiệu lực:", "1. Thi hành ngay."
    ) == ["Điều 1, lời dẫn", "Điều 1, khoản 1", "Điều 1, khoản 2", "Điều 2, lời dẫn", "Điều 2, khoản 1"]


@pytest.mark.parametrize(
    "line", ["1999. Đây là năm thành lập xã.", "2024) là năm gần nhất.", "2.500 hộ có nước sạch."]
)
def test_a_number_that_does_not_continue_the_clauses_opens_nothing(line: str) -> None:
    assert places("Điều 1. Lịch sử:", "1. Xã được lập từ sớm.", line, "2. Xã có ba thôn.") == [
        "Điều 1, lời dẫn",
        "Điều 1, khoản 1, đoạn 1",
        "Điều 1, khoản 1, đoạn 2",
        "Điều 1, khoản 2",
    ]


def test_clause_numbers_may_lack_the_blank_after_them() -> None:
    assert places("Điều 1. Nhiệm vụ:", "1.Thu ngân sách.", "2.Chi đầu tư.")[1:] == [
        "Điều 1, khoản 1",
        "Điều 1, khoản 2",
    ]


def test_a_bookmark_tag_before_a_clause_number_hides_nothing() -> None:
    assert (
        places("Điều 1. Nhiệm vụ:", "1. Thu.", "[bookmark: _Hlk1][bookmark: a b]2. Chi.")[-1]
        == "Điều 1, khoản 2"
    )


def test_paragraphs_without_a_number_continue_the_open_clause() -> None:
    assert places("Điều 1. Nhiệm vụ:", "1. Thu.", "Chú trọng phí.", "2. Chi.", "Điều 2. Giao Văn phòng.") == [
        "Điều 1, lời dẫn",
        "Điều 1, khoản 1, đoạn 1",
        "Điều 1, khoản 1, đoạn 2",
        "Điều 1, khoản 2",
        "Điều 2",
    ]


@pytest.mark.parametrize("mark", [".", " -", "-"])
def test_items_under_roman_numbers_start_again(mark: str) -> None:
    assert places(
        f"I{mark} Mục đích của đợt thi đua",
        "1. Nâng cao chất lượng.",
        "2. Tiết kiệm:",
        "a) Điện.",
        f"II{mark} Cách làm",
        "1. Phát động.",
        "Mỗi đơn vị một lần.",
        "2. Tổng kết.",
    ) == [
        "mục I",
        "mục I.1",
        "mục I.2, lời dẫn",
        "mục I.2.a",
        "mục II",
        "mục II.1, đoạn 1",
        "mục II.1, đoạn 2",
        "mục II.2",
    ]


def test_a_directive_numbers_its_tasks_without_articles() -> None:
    assert places(
        "1. Các sở, ngành rà soát hồ sơ.",
        "- Gửi báo cáo.",
        "1.1. Sở Y tế rà soát trước.",
        "2. Các xã phối hợp.",
    ) == ["mục 1, đoạn 1", "mục 1, đoạn 2", "mục 1.1", "mục 2"]


def test_a_heading_in_capitals_is_not_content_but_its_place_is_kept() -> None:
    first, second = loaded("I. MỤC ĐÍCH, YÊU CẦU", "Nâng cao chất lượng phục vụ.").passages
    assert (first.zone, second.zone) == (Zone.HEADING, Zone.BODY)
    assert second.location == "mục I"
    assert second.headings[0].title == "MỤC ĐÍCH, YÊU CẦU"


def test_the_title_of_a_chapter_may_stand_on_the_next_line() -> None:
    result = loaded("Chương II", "TIẾP CÔNG DÂN", "Điều 4. Lịch tiếp", "Tiếp dân vào thứ năm.")
    assert [passage.text for passage in result.passages] == [
        "Chương II\nTIẾP CÔNG DÂN",
        "Điều 4. Lịch tiếp",
        "Tiếp dân vào thứ năm.",
    ]
    chapter = result.passages[0]
    assert (chapter.zone, chapter.location) == (Zone.HEADING, "Chương II")
    assert [heading.title for heading in result.passages[2].headings] == ["TIẾP CÔNG DÂN", "Lịch tiếp"]


@pytest.mark.parametrize(
    "line", ["Chương II. Tiếp công dân", "CHƯƠNG II: TIẾP CÔNG DÂN", "Chương II Tiếp công dân"]
)
def test_the_title_of_a_chapter_may_stand_on_the_same_line(line: str) -> None:
    chapter = loaded(line, "Điều 4. Tiếp dân vào thứ năm.").passages[0]
    assert chapter.headings[0].label == "Chương II"
    assert chapter.headings[0].title.lower() == "tiếp công dân"


def test_article_numbers_run_through_chapters_and_are_cited_without_them() -> None:
    result = loaded(
        "Chương I", "QUY ĐỊNH CHUNG", "Điều 1. Quy chế này nói về tiếp dân.",
        "Điều 2. Quy chế áp dụng cho xã.",
        "Chương II", "CÁCH LÀM", "Mục 1. Tại trụ sở", "Điều 3. Tiếp dân thứ năm.", "Điều 4. Ghi sổ.",
    )  # fmt: skip
    body = [passage for passage in result.passages if passage.zone is Zone.BODY]
    assert [passage.location for passage in body] == ["Điều 1", "Điều 2", "Điều 3", "Điều 4"]
    assert body[3].heading_path == (("Chương", "II"), ("Mục", "1"), ("Điều", "4"))
    assert result.warnings == ()


def test_a_missing_article_is_pointed_out() -> None:
    result = loaded("Điều 1. Một.", "Điều 2. Hai.", "Điều 5. Năm.")
    assert [passage.location for passage in result.passages] == ["Điều 1", "Điều 2", "Điều 5"]
    (warning,) = result.warnings
    assert "Điều 2" in warning
    assert "Điều 5" in warning


def test_an_inserted_article_is_no_gap() -> None:
    result = loaded("Điều 1. Một.", "Điều 1a. Một a.", "Điều 2. Hai.")
    assert [passage.location for passage in result.passages] == ["Điều 1", "Điều 1a", "Điều 2"]
    assert result.warnings == ()


def test_the_articles_of_an_annex_are_cited_with_the_annex() -> None:
    result = loaded(
        "QUYẾT ĐỊNH", "Về việc ban hành mẫu sổ", "Điều 1. Ban hành hai mẫu.", "Điều 2. Văn phòng thi hành.",
        "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Mẫu",
        "PHỤ LỤC I", "DANH MỤC SỔ", "1. Sổ tiếp dân.", "2. Sổ trực.",
        "PHỤ LỤC II", "CÁCH GHI", "Điều 1. Ghi bằng mực.", "Điều 2. Ghi rõ họ tên.",
    )  # fmt: skip
    assert [p.location for p in result.passages if p.zone is Zone.BODY] == [
        "Điều 1",
        "Điều 2",
        "Phụ lục I, mục 1",
        "Phụ lục I, mục 2",
        "Phụ lục II, Điều 1",
        "Phụ lục II, Điều 2",
    ]
    annex = next(p for p in result.passages if p.location == "Phụ lục I")
    assert annex.text == "PHỤ LỤC I\nDANH MỤC SỔ"
    assert result.document.signer == "Trần Văn Mẫu"
    assert result.warnings == ()


def test_a_text_without_a_title_line_is_body_from_the_start() -> None:
    result = loaded("Kính gửi các đơn vị.", "Đề nghị báo cáo trước thứ sáu.")
    assert [p.location for p in result.passages] == ["Nội dung, đoạn 1", "Nội dung, đoạn 2"]
    assert result.document.kind is None
    assert result.document.name == "van-ban.txt"


def test_a_heading_line_with_text_below_is_a_heading() -> None:
    heading, text = loaded("Điều 8. Trách nhiệm thi hành", "Chánh Văn phòng thi hành Quy chế này.").passages
    assert (heading.zone, heading.location) == (Zone.HEADING, "Điều 8")
    assert (text.zone, text.location) == (Zone.BODY, "Điều 8")
    assert text.headings[0].title == "Trách nhiệm thi hành"


def test_an_article_whose_line_is_all_it_has_stays_content() -> None:
    passages = loaded("Điều 7. Giao Văn phòng đôn đốc thực hiện", "Điều 8. Giao các xã thực hiện").passages
    assert [(passage.zone, passage.location) for passage in passages] == [
        (Zone.BODY, "Điều 7"),
        (Zone.BODY, "Điều 8"),
    ]


def test_an_article_that_speaks_at_once_has_no_title() -> None:
    passages = loaded("Điều 7. Giao Văn phòng đôn đốc.", "Hằng quý có báo cáo.").passages
    assert [(passage.zone, passage.location) for passage in passages] == [
        (Zone.BODY, "Điều 7, đoạn 1"),
        (Zone.BODY, "Điều 7, đoạn 2"),
    ]
    assert passages[0].headings[0].title == ""


def test_legal_basis_and_signature_are_in_no_article() -> None:
    result = loaded(
        "ỦY BAN NHÂN DÂN", "XÃ HOÀ BÌNH", "Số: 12/QĐ-UBND", "Hoà Bình, ngày 05 tháng 3 năm 2024",
        "QUYẾT ĐỊNH", "Về việc tổ chức trực", "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ",
        "Căn cứ Luật Mẫu ngày 1 tháng 2 năm 2015;", "Xét đề nghị của Văn phòng,", "QUYẾT ĐỊNH:",
        "Điều 1. Tổ chức trực.", "Điều 2. Quyết định có hiệu lực ngay./.",
        "Nơi nhận:", "- Như Điều 2;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Mẫu",
    )  # fmt: skip
    assert [p.text for p in result.passages if p.headings] == [
        "Điều 1. Tổ chức trực.",
        "Điều 2. Quyết định có hiệu lực ngay./.",
    ]
    basis = [p.text for p in result.passages if p.zone is Zone.PREAMBLE]
    assert basis == ["Căn cứ Luật Mẫu ngày 1 tháng 2 năm 2015;", "Xét đề nghị của Văn phòng,", "QUYẾT ĐỊNH:"]
    document = result.document
    assert (document.kind, document.number, document.issued_on) == ("quyết định", "12/QĐ-UBND", "2024-03-05")
    assert (document.title, document.signer) == ("Về việc tổ chức trực", "Trần Văn Mẫu")


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("Số: 06/CT-UBND", "06/CT-UBND"),
        ("Số 383-QĐ/TW", "383-QĐ/TW"),
        ("Số: 256 /2004/QĐ-UB", "256/2004/QĐ-UB"),
        ("Luật số: 72/2020/QH14", "72/2020/QH14"),
        ("Số: 012/CT-UBND", "012/CT-UBND"),
        ("Số:      /KH-UBND", None),
        ("Số     -QĐ/TU", None),
        ("V/v trả lời công văn số 12/UBND-VP", None),
    ],
)
def test_the_number_is_as_printed_and_never_guessed(printed: str, number: str | None) -> None:
    assert loaded(printed, "CHỈ THỊ", "Về phòng cháy", "1. Các xã kiểm tra.").document.number == number


@pytest.mark.parametrize(
    ("printed", "issued_on"),
    [
        ("Hà Nội, ngày 05 tháng 3 năm 2020", "2020-03-05"),
        ("Thành phố Huế, ngày12 tháng 11 năm 2025", "2025-11-12"),
        ("Thanh Hóa, ngày   tháng 6 năm 2026", None),
        ("Hà Nội, ngày 45 tháng 3 năm 2020", None),
        ("Hà Nội, ngày 05 tháng 13 năm 2020", None),
        ("ĐẾN Ngày: 04/01/2021", None),
    ],
)
def test_the_date_is_as_printed_and_never_guessed(printed: str, issued_on: str | None) -> None:
    assert loaded(printed, "CHỈ THỊ", "Về phòng cháy", "1. Các xã kiểm tra.").document.issued_on == issued_on


def test_a_date_or_number_of_a_cited_document_is_not_taken_for_its_own() -> None:
    document = loaded(
        "CHỈ THỊ",
        "Về phòng cháy",
        "Căn cứ Quyết định số 12/QĐ-UBND, ngày 05 tháng 3 năm 2020;",
        "1. Các xã kiểm tra theo Chỉ thị Số: 06/CT-UBND.",
    ).document
    assert (document.number, document.issued_on, document.issuer, document.signer) == (None, None, None, None)


def test_the_levels_of_a_party_text_without_articles() -> None:
    assert places(
        "I- Mục tiêu của đợt học tập",
        "1- Mục tiêu chung là nâng cao nhận thức.",
        "2. Mục tiêu cụ thể:",
        "2.1. Đến năm 2026:",
        "(1) Giai đoạn đầu.",
        "(2) Giai đoạn sau.",
        "2.2. Đến năm 2030.",
        "II- Cách làm",
        "1- Các cấp uỷ quán triệt:",
        "a) Bằng hội nghị:",
        "a.1) Trực tiếp.",
        "a.2) Trực tuyến.",
        "b) Bằng tài liệu.",
    ) == [
        "mục I",
        "mục I.1",
        "mục I.2, lời dẫn",
        "mục I.2.1, lời dẫn",
        "mục I.2.1.(1)",
        "mục I.2.1.(2)",
        "mục I.2.2",
        "mục II",
        "mục II.1, lời dẫn",
        "mục II.1.a, lời dẫn",
        "mục II.1.a.1",
        "mục II.1.a.2",
        "mục II.1.b",
    ]


@pytest.mark.parametrize("line", ["5 - 7 người tham gia mỗi tổ.", "3-4 lớp một năm.", "2 – 3 triệu đồng."])
def test_a_range_is_no_item(line: str) -> None:
    assert places("1. Các xã mở lớp.", line, "2. Các xã báo cáo.")[1] == "mục 1, đoạn 2"


def test_roman_items_may_stand_above_articles_and_are_not_cited_with_them() -> None:
    result = loaded(
        "I- QUY ĐỊNH CHUNG", "Điều 1. Phạm vi", "Nói về lưu trữ.", "Điều 2. Quản lý", "1. Tập trung.",
        "II- THÀNH PHẦN TÀI LIỆU", "Điều 3. Tài liệu", "Gồm sổ sách.",
    )  # fmt: skip
    body = [passage for passage in result.passages if passage.zone is Zone.BODY]
    assert [passage.location for passage in body] == ["Điều 1", "Điều 2, khoản 1", "Điều 3"]
    assert body[-1].heading_path == (("mục", "II"), ("Điều", "3"))
    assert result.warnings == ()


def test_a_plan_inside_an_article_is_cited_with_it() -> None:
    found = loaded(
        "Điều 1. Phê duyệt Đề án với nội dung sau:", "I. MỤC TIÊU", "1. Nâng cao thu nhập.", "a) Ở miền núi.",
        "II. GIẢI PHÁP", "1. Vay vốn.", "Điều 2. Thi hành.",
    ).passages  # fmt: skip
    assert [p.location for p in found if p.zone is Zone.BODY] == [
        "Điều 1, lời dẫn",
        "Điều 1, mục I.1",
        "Điều 1, mục I.1.a",
        "Điều 1, mục II.1",
        "Điều 2",
    ]
    assert found[3].cited_place == "mục I.1.a Điều 1"


def test_tiet_and_dotted_points_of_an_article() -> None:
    assert places(
        "Điều 5. Hồ sơ:", "1. Gồm có:", "a) Đơn:", "a.1) Bản giấy;", "a.2) Bản điện tử;", "b) Sổ.",
        "2. Thời hạn:", "2.1. Hồ sơ thường:", "a) Năm ngày.", "b) Mười ngày.", "2.2. Hồ sơ khẩn.",
    )[3:] == [
        "Điều 5, khoản 1, điểm a, tiết a.1",
        "Điều 5, khoản 1, điểm a, tiết a.2",
        "Điều 5, khoản 1, điểm b",
        "Điều 5, khoản 2, lời dẫn",
        "Điều 5, khoản 2, điểm 2.1, lời dẫn",
        "Điều 5, khoản 2, điểm 2.1, tiết a",
        "Điều 5, khoản 2, điểm 2.1, tiết b",
        "Điều 5, khoản 2, điểm 2.2",
    ]  # fmt: skip


def test_a_tieu_muc_is_a_division() -> None:
    result = loaded("Mục 1. LƯU TRỮ", "Tiểu mục 2", "THU NỘP", "Điều 9. Nộp hồ sơ vào cuối năm.")
    assert result.passages[-1].heading_path == (("Mục", "1"), ("Tiểu mục", "2"), ("Điều", "9"))
    assert result.passages[-1].location == "Điều 9"


def test_an_article_number_may_stand_alone_on_its_line() -> None:
    result = loaded(
        "Điều 1", "Xã được tự chủ.", "Theo quy định tại", "Điều 10", "Điều 2", "Thôn bầu trưởng thôn."
    )
    body = [(p.location, p.text) for p in result.passages if p.zone is Zone.BODY]
    assert body[-1] == ("Điều 2", "Thôn bầu trưởng thôn.")
    assert ("Điều 1, đoạn 3", "Điều 10") in body


@pytest.mark.parametrize(
    ("paragraphs", "cited"),
    [
        (["Điều 75. Rác:", "1. Phân loại.", "2. Thu:", "a) Ở xã.", "b) Ở thôn."], "điểm b khoản 2 Điều 75"),
        (["Điều 2. Giao:", "1. Thu:", "a) Ở xã."], "điểm a khoản 1 Điều 2"),
        (["1. Các xã thu gom.", "Mỗi tuần hai lần."], "đoạn 2 mục 1"),
        (["PHỤ LỤC II", "1. Chợ A."], "mục 1 Phụ lục II"),
        (["Nơi nhận:", "- Lưu: VT."], "đoạn 2 Nội dung"),
        (["QUYẾT ĐỊNH", "Điều 1. A./.", "Nơi nhận:", "- Lưu: VT."], "đoạn 2 Nơi nhận, chữ ký"),
        (["QUYẾT ĐỊNH", "Điều 1. A./.", "QUY CHẾ", "Điều 1. B.", "1. C."], "khoản 1 Điều 1 Quy chế kèm theo"),
    ],
)  # fmt: skip
def test_places_in_running_text_go_from_the_inside_out(paragraphs: list[str], cited: str) -> None:
    assert loaded(*paragraphs).passages[-1].cited_place == cited
