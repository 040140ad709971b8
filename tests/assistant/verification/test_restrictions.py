"""A task of some must not be told as a task of all: thresholds, exceptions, conditions that are left out."""

import pytest

from assistant.verification import Fault, Source, examine

SOURCES = [
    Source(
        "2. Công an tỉnh kiểm tra an toàn phòng cháy, chữa cháy đối với 100% nhà trọ có từ 10 phòng trở "
        "lên, hoàn thành trước ngày 30/4/2024.",
        "Kế hoạch số 15/KH-CAT",
    ),
    Source(
        "1. Từ ngày 01/8/2024, văn bản giữa các sở, ngành được gửi, nhận điện tử và ký số; không gửi bản "
        "giấy, trừ văn bản mật. Sở Nội vụ chấm điểm cải cách hành chính theo thang 100 điểm; đơn vị dưới 70 "
        "điểm không được xét khen thưởng.",
        "Kế hoạch số 120/KH-UBND",
    ),
    Source(
        "4. Nếu thiếu kinh phí, Ủy ban nhân dân cấp huyện báo cáo Sở Tài chính trước ngày 15/11/2024. Hộ "
        "nuôi trên 50 con lợn phải kê khai với xã.",
        "Công văn số 5",
    ),
]


@pytest.mark.parametrize(
    ("sentence", "limit"),
    [
        (
            "Công an tỉnh kiểm tra an toàn phòng cháy 100% nhà trọ trước ngày 30/4/2024 [1].",
            "từ 10 phòng trở lên",
        ),
        ("Văn bản giữa các sở, ngành không gửi bản giấy [2].", "trừ văn bản mật"),
        ("Đơn vị không được xét khen thưởng [2].", "dưới 70 điểm"),
        ("Ủy ban nhân dân cấp huyện báo cáo Sở Tài chính trước ngày 15/11/2024 [3].", "Nếu thiếu kinh phí"),
        ("Hộ nuôi lợn phải kê khai với xã [3].", "trên 50 con"),
    ],
)
def test_a_limit_that_is_left_out_is_told(sentence: str, limit: str) -> None:
    finding = examine(sentence, SOURCES)
    assert (finding.fault, finding.detail) == (Fault.SCOPE, limit)


@pytest.mark.parametrize(
    "sentence",
    [
        "Công an tỉnh kiểm tra an toàn phòng cháy, chữa cháy đối với nhà trọ có từ 10 phòng trở lên [1].",
        "Nhà trọ có ít nhất 10 phòng được Công an tỉnh kiểm tra an toàn phòng cháy, chữa cháy [1].",
        "Không gửi bản giấy, ngoại trừ văn bản mật [2].",
        "Đơn vị dưới 70 điểm không được xét khen thưởng [2].",
        "Sở Nội vụ chấm điểm cải cách hành chính theo thang 100 điểm [2].",
        "Khi thiếu kinh phí, UBND cấp huyện báo cáo Sở Tài chính trước ngày 15/11/2024 [3].",
        "Hộ nuôi trên 50 con lợn phải kê khai với xã [3].",
    ],
)
def test_a_limit_that_is_told_or_belongs_to_something_else_is_no_fault(sentence: str) -> None:
    assert examine(sentence, SOURCES).supported
