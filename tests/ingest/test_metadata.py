"""What a text says about itself: number, kind, date, place, issuer, signer, effect, or nothing."""

from pathlib import Path

import pytest

from corpus.document import Document
from ingest import LoadedDocument, load
from ingest.issuer import issuing_body
from ingest.names import person_name

HEAD = ["ỦY BAN NHÂN DÂN", "TỈNH MẪU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
TITLE = ["QUYẾT ĐỊNH", "Về việc trồng cây xanh", "Căn cứ Luật Tổ chức chính quyền địa phương;", "QUYẾT ĐỊNH:"]
ARTICLES = ["Điều 1. Trồng cây ở các xã.", "Điều 2. Quyết định này có hiệu lực kể từ ngày ký."]
SIGNED = ["Nơi nhận:", "- Như Điều 2;", "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn Mẫu"]


def read(*lines: str) -> Document:
    return load(Path("van-ban.txt"), "van-ban.txt", "\n".join(lines).encode()).document


def issued_as(number: str, date: str) -> Document:
    return read(*HEAD, number, date, *TITLE, *ARTICLES, *SIGNED)


def test_a_decision_says_everything_about_itself() -> None:
    document = issued_as("Số: 24/QĐ-UBND", "Mẫu, ngày 05 tháng 3 năm 2024")
    assert (document.kind, document.number, document.issued_on) == ("quyết định", "24/QĐ-UBND", "2024-03-05")
    assert (document.issuer, document.place) == ("ỦY BAN NHÂN DÂN TỈNH MẪU", "Mẫu")
    assert (document.title, document.signer) == ("Về việc trồng cây xanh", "Trần Văn Mẫu")
    assert document.effective_on == "2024-03-05"


@pytest.mark.parametrize(
    ("letterhead", "issuer"),
    [
        (["BAN CHẤP HÀNH", "TRUNG ƯƠNG", "BAN TUYÊN GIÁO", "ĐẢNG CỘNG SẢN", "VIỆT NAM"], "BAN TUYÊN GIÁO"),
        (["ỦY BAN NHÂN", "DÂN", "TỈNH MẪU"], "ỦY BAN NHÂN DÂN TỈNH MẪU"),
        (["BAN CHẤP HÀNH", "TRUNG ƯƠNG"], "BAN CHẤP HÀNH TRUNG ƯƠNG"),
        (["TỈNH ỦY MẪU", "BAN TỔ CHỨC"], "BAN TỔ CHỨC"),
    ],
)
def test_a_body_printed_on_several_lines_is_one_body(letterhead: list[str], issuer: str) -> None:
    assert issuing_body(letterhead, []) == issuer


@pytest.mark.parametrize(
    ("below_title", "issuer"),
    [
        (["CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH"], "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH MẪU"),
        (["CHỦ TỊCH ỦY BAN NHÂN DÂN", "TỈNH MẪU"], "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH MẪU"),
        (["ỦY BAN NHÂN DÂN CẤP XÃ TRÊN ĐỊA BÀN TỈNH MẪU"], "ỦY BAN NHÂN DÂN TỈNH MẪU"),
        (["HỘI ĐỒNG NHÂN DÂN TỈNH MẪU KHÓA XI, KỲ HỌP THỨ BA"], "HỘI ĐỒNG NHÂN DÂN TỈNH MẪU"),
        (["KHÓA XI, KỲ HỌP THỨ BA"], "ỦY BAN NHÂN DÂN TỈNH MẪU"),
    ],
)
def test_the_body_below_the_title_issues_unless_it_is_only_spoken_of(
    below_title: list[str], issuer: str
) -> None:
    assert issuing_body(["ỦY BAN NHÂN DÂN", "TỈNH MẪU"], below_title) == issuer


def test_stamps_and_signature_blocks_above_the_letterhead_do_not_date_a_text() -> None:
    document = read(
        "Người ký: Cổng Thông tin điện tử", "Thời gian ký: 06.12.2021 16:03:02 +07:00", "ĐẾN", "Số: 77",
        "Ngày: 04/01/2021", *HEAD, "Số: 24/QĐ-UBND", "Mẫu, ngày 31 tháng 12 năm 2020", *TITLE, *ARTICLES,
    )  # fmt: skip
    assert (document.number, document.issued_on) == ("24/QĐ-UBND", "2020-12-31")


def test_a_draft_has_no_number_no_date_and_no_day_of_effect() -> None:
    document = issued_as("Số:      /QĐ-UBND", "Mẫu, ngày     tháng 6 năm 2026")
    assert (document.number, document.issued_on, document.effective_on) == (None, None, None)
    assert document.kind == "quyết định"


def test_numbers_and_dates_of_cited_texts_are_not_the_own_ones() -> None:
    document = read(
        *HEAD, "QUYẾT ĐỊNH", "Sửa đổi Quyết định số 12/2020/QĐ-UBND ngày 03 tháng 2 năm 2020",
        "Căn cứ Luật số 15/2023/QH15 ngày 19 tháng 6 năm 2023;", "QUYẾT ĐỊNH:", *ARTICLES,
    )  # fmt: skip
    assert (document.number, document.issued_on) == (None, None)


def test_columns_set_in_one_line_are_understood() -> None:
    document = read(
        "ỦY BAN NHÂN DÂN TỈNH MẪU",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
        "Số: 12/QĐ-UBND        Mẫu, ngày 3 tháng 2 năm 2024",
        *TITLE,
        *ARTICLES,
    )
    assert (document.number, document.issued_on, document.place) == ("12/QĐ-UBND", "2024-02-03", "Mẫu")
    assert document.issuer == "ỦY BAN NHÂN DÂN TỈNH MẪU"


@pytest.mark.parametrize(
    "title",
    [
        ["CHỈ THỊ", "Số: 12/CT-UBND", "Về phòng cháy"],
        ["CHỈ THỊ SỐ 12/CT-UBND", "Về phòng cháy"],
        ["CHỈ THỊ", "Về phòng cháy", "(Số 12/CT-UBND)"],
    ],
)
def test_a_number_below_the_title_is_found_and_is_no_part_of_the_trich_yeu(title: list[str]) -> None:
    document = read(*HEAD, *title, "1. Các xã kiểm tra.", "2. Các sở phối hợp.")
    assert (document.kind, document.number, document.title) == ("chỉ thị", "12/CT-UBND", "Về phòng cháy")


def test_a_gazette_prints_number_and_date_behind_the_genre() -> None:
    document = read(
        "Quyết định", "của Thủ tướng Chính phủ số 7/2004/QĐ-TTg ngày 25 tháng 6 năm 2004 về việc trồng cây",
        "Căn cứ Luật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001;", "Quyết định:", *ARTICLES,
    )  # fmt: skip
    assert (document.kind, document.number, document.issued_on) == (
        "quyết định",
        "7/2004/QĐ-TTg",
        "2004-06-25",
    )
    assert document.title == "về việc trồng cây"


def test_the_number_of_a_text_that_the_trich_yeu_cites_is_not_the_own_one() -> None:
    document = read("KẾ HOẠCH", "CỦA ỦY BAN THỰC HIỆN NGHỊ QUYẾT SỐ 9/NQ-HĐND NGÀY 2/3/2024", "1. Trồng cây.")
    assert (document.kind, document.number, document.issued_on) == ("kế hoạch", None, None)


def test_the_kind_is_that_of_the_title_line_and_not_of_the_code() -> None:
    document = read(
        "BAN CHẤP HÀNH TRUNG ƯƠNG", "*", "ĐẢNG CỘNG SẢN VIỆT NAM", "Số 38-QĐ/TW",
        "Hà Nội, ngày 19 tháng 11 năm 2025",
        "QUY ĐỊNH", "về việc bảo quản hồ sơ", "- Căn cứ Điều lệ Đảng,",
        "Điều 1. Phạm vi", "Hồ sơ của cơ quan.",
    )  # fmt: skip
    assert (document.kind, document.number) == ("quy định", "38-QĐ/TW")
    assert document.title == "về việc bảo quản hồ sơ"


def test_an_official_letter_has_no_title_line_but_a_subject() -> None:
    document = read(
        "SỞ MẪU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 15/SM-KT", "V/v trả lời kiến nghị",
        "Mẫu, ngày 2 tháng 12 năm 2025", "Kính gửi: Ủy ban nhân dân xã A", "Sở Mẫu nhận được kiến nghị.",
    )  # fmt: skip
    assert (document.kind, document.number, document.issued_on) == ("công văn", "15/SM-KT", "2025-12-02")
    assert document.title == "V/v trả lời kiến nghị"


def test_an_urgent_telegram_is_known_by_its_title() -> None:
    document = read(
        "THỦ TƯỚNG CHÍNH PHỦ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 7/CĐ-TTg",
        "Hà Nội, ngày 6 tháng 1 năm 2025",
        "CÔNG ĐIỆN", "V/v ứng phó mưa lũ", "THỦ TƯỚNG CHÍNH PHỦ điện:", "- Các bộ;", "1. Chủ động ứng phó.",
    )  # fmt: skip
    assert (document.kind, document.number, document.issuer) == (
        "công điện",
        "7/CĐ-TTg",
        "THỦ TƯỚNG CHÍNH PHỦ",
    )


def test_a_portal_record_fills_only_what_the_text_leaves_out() -> None:
    record = [
        "Số hiệu:",
        "9/QĐ-UBND",
        "Loại văn bản:",
        "Quyết định",
        "Ngày ban hành:",
        "28/11/2025",
        "Người ký:",
        "Lê B",
    ]
    lost = read(*record, *TITLE, *ARTICLES)
    assert (lost.number, lost.issued_on) == ("9/QĐ-UBND", "2025-11-28")
    printed = read(
        *record, *HEAD, "Số: 8/QĐ-UBND", "Mẫu, ngày 27 tháng 11 năm 2025", *TITLE, *ARTICLES, *SIGNED
    )
    assert (printed.number, printed.issued_on, printed.signer) == ("8/QĐ-UBND", "2025-11-27", "Trần Văn Mẫu")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Trần Văn Mẫu", "Trần Văn Mẫu"),
        ("PHÓ CHỦ TỊCH Trần Thị Mẫu", "Trần Thị Mẫu"),
        ("PHÓ CHỦ TỊCH Trần Thị Mẫu DANH SÁCH XÃ MIỀN NÚI", "Trần Thị Mẫu"),
        ("TS. Lê Mẫu", "Lê Mẫu"),
        ("Thượng tướng Lê Văn Mẫu", "Lê Văn Mẫu"),
        ("NGUYỄN VĂN MẪU", "NGUYỄN VĂN MẪU"),
        ("KHÓA XIX", None),
        ("PHÓ CHỦ TỊCH", None),
        ("Nơi nhận:", None),
        ("- Như Điều 4;", None),
        ("(Đã ký)", None),
    ],
)
def test_only_names_of_people_are_names(line: str, name: str | None) -> None:
    assert person_name(line) == name


def test_a_list_that_runs_into_the_signature_does_not_sign() -> None:
    document = read(*HEAD, *TITLE, *ARTICLES, *SIGNED, "Xã Hòa Bình", "Xã Tân Lập", "Xã Minh Tân")
    assert document.signer == "Trần Văn Mẫu"


def test_the_resolution_of_the_product_stays_without_number_date_and_signer(
    resolution: LoadedDocument,
) -> None:
    document = resolution.document
    unknown = (document.number, document.issued_on, document.signer, document.place, document.effective_on)
    assert unknown == (None,) * 5
