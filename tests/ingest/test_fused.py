"""Heads that an export has put into one line are read as if they had never been."""

from pathlib import Path

import pytest

from corpus import Zone
from ingest import LoadedDocument, load

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


def loaded(*paragraphs: str) -> LoadedDocument:
    return load(Path("van-ban.txt"), "van-ban.txt", "\n".join(paragraphs).encode())


def test_two_columns_in_one_line_with_number_and_date() -> None:
    document = loaded(
        f"ỦY BAN NHÂN DÂN {MOTTO} THÀNH PHỐ MẪU Độc lập - Tự do - Hạnh phúc",
        "Số: 69 /2024/QĐ-UBND Thành phố Mẫu, ngày 09 tháng 12 năm 2024",
        "QUYẾT ĐỊNH Phê duyệt mức hỗ trợ học nghề",
        "ỦY BAN NHÂN DÂN THÀNH PHỐ MẪU",
        "Căn cứ Luật Mẫu;",
        "Điều 1. Ban hành.",
    ).document
    assert (document.kind, document.number, document.issued_on) == (
        "quyết định", "69/2024/QĐ-UBND", "2024-12-09",
    )  # fmt: skip
    assert document.issuer == "ỦY BAN NHÂN DÂN THÀNH PHỐ MẪU"
    assert document.title == "Phê duyệt mức hỗ trợ học nghề"


def test_title_authority_and_basis_in_one_line() -> None:
    result = loaded(
        "NGHỊ QUYẾT VỀ CHƯƠNG TRÌNH GIÁM SÁT CỦA HỘI ĐỒNG NHÂN DÂN TỈNH NĂM 2018 "
        "HỘI ĐỒNG NHÂN DÂN TỈNH MẪU KHÓA IX - KỲ HỌP THỨ TƯ Căn cứ Luật Mẫu ngày 19 tháng 6 năm 2015; "
        "Căn cứ Luật Khác; Xét Tờ trình số 5/TTr-HĐND, QUYẾT NGHỊ:",
        "Điều 1. Giám sát hai việc.",
    )
    document = result.document
    title = "VỀ CHƯƠNG TRÌNH GIÁM SÁT CỦA HỘI ĐỒNG NHÂN DÂN TỈNH NĂM 2018"
    assert (document.kind, document.title) == ("nghị quyết", title)
    assert document.issuer == "HỘI ĐỒNG NHÂN DÂN TỈNH MẪU"
    assert (document.number, document.issued_on) == (None, None)
    basis = [passage.text for passage in result.passages if passage.zone is Zone.PREAMBLE]
    assert basis == [
        "Căn cứ Luật Mẫu ngày 19 tháng 6 năm 2015;", "Căn cứ Luật Khác;", "Xét Tờ trình số 5/TTr-HĐND,",
        "QUYẾT NGHỊ:",
    ]  # fmt: skip


def test_the_record_of_a_portal_stands_in_for_what_the_head_lacks() -> None:
    document = loaded(
        "Số hiệu:", "4085/UBND-ĐT", "Loại văn bản:", "Công văn", "Người ký:", "Trần Văn Mẫu",
        "Ngày ban hành:", "25/11/2025", "Ngày hiệu lực:", "Đã biết", "Tình trạng:", "Đã biết", MOTTO,
        "Kính gửi:", "- Sở Y tế;", "1. Rà soát số nhà.",
    ).document  # fmt: skip
    assert (document.kind, document.number, document.issued_on) == ("công văn", "4085/UBND-ĐT", "2025-11-25")
    assert (document.signer, document.effective_on) == ("Trần Văn Mẫu", None)


@pytest.mark.parametrize("place", ["TP.Cần Thơ", "Hà Nội", "Thành phố Hồ Chí Minh"])
def test_an_official_letter_is_known_by_its_subject_under_the_number(place: str) -> None:
    result = loaded(
        "CỤC THUẾ TỈNH MẪU", MOTTO,
        f"Số: 15/CT-NV V/v trả lời công văn số 9/X-Y {place}, ngày 02 tháng 12 năm 2025",
        "Kính gửi: Công ty Mẫu", "Cục Thuế trả lời như sau.",
    )  # fmt: skip
    document = result.document
    assert (document.kind, document.number, document.issued_on) == ("công văn", "15/CT-NV", "2025-12-02")
    assert (document.title, document.place) == ("V/v trả lời công văn số 9/X-Y", place)
    assert result.passages[-1].zone is Zone.BODY


def test_the_body_is_not_cut() -> None:
    line = "Điều 1. Căn cứ Luật Mẫu; Căn cứ Luật Khác; QUYẾT ĐỊNH Phê duyệt mức hỗ trợ."
    assert loaded("QUYẾT ĐỊNH", "Về trực", line).passages[-1].text == line
