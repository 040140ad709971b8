"""The day from which a text says that it is in force."""

from pathlib import Path

import pytest

from corpus.document import Document
from ingest import load
from ingest.effect import in_force_from

HEAD = ["ỦY BAN NHÂN DÂN TỈNH MẪU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 24/QĐ-UBND"]
TITLE = ["QUYẾT ĐỊNH", "Về việc trồng cây xanh", "Căn cứ Luật Tổ chức chính quyền địa phương;", "QUYẾT ĐỊNH:"]
SIGNED = ["Nơi nhận:", "- Như Điều 2;", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Mẫu"]


def read(*lines: str) -> Document:
    return load(Path("van-ban.txt"), "van-ban.txt", "\n".join(lines).encode()).document


@pytest.mark.parametrize(
    ("clause", "day"),
    [
        ("1. Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2022, trừ khoản 2.", "2022-01-01"),
        ("Điều 4. Hiệu lực thi hành Nghị quyết này có hiệu lực từ ngày 8/12/2025.", "2025-12-08"),
        ("Quyết định này có hiệu lực kể từ ngày ký ban hành.", "2020-11-17"),
        ("Nghị quyết này được Hội đồng nhân dân thông qua ngày 13 tháng 7 năm 2017 và có hiệu lực từ ngày "
         "01 tháng 8 năm 2017./.", "2017-08-01"),
        ("Nghị quyết này đã được Hội đồng nhân dân thông qua ngày 13 tháng 7 năm 2017 và có hiệu lực "
         "kể từ ngày thông qua./.", "2017-07-13"),
        ("Điều 20. Quy định này thay thế Quy định số 2-QĐ/TW, ngày 06/12/2014 và có hiệu lực kể từ ngày ký.",
         "2020-11-17"),
        ("Các sở thực hiện. Nghị quyết này đã được Hội đồng nhân dân thông qua ngày 14 tháng 7 năm 2017 và "
         "có hiệu lực kể từ ngày thông qua./.", "2017-07-14"),
        ("2. Khoản 3 Điều 29 của Luật này có hiệu lực thi hành từ ngày 01 tháng 02 năm 2021.", None),
        ("Quyết định này có hiệu lực kể từ ngày Nghị định số 2/2025/NĐ-CP có hiệu lực thi hành.", None),
        ("Quyết định số 3/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực thi hành.", None),
        ("Thông tư này có hiệu lực sau 45 ngày kể từ ngày ký.", None),
        ("Văn bản ban hành trước ngày 01/01/2026 tiếp tục có hiệu lực thi hành.", None),
    ],
)  # fmt: skip
def test_the_day_of_effect_is_that_of_the_text_itself(clause: str, day: str | None) -> None:
    assert in_force_from(["Điều 1. Phạm vi", clause], "2020-11-17") == day


def test_the_day_of_effect_of_a_quoted_law_or_an_attached_text_is_not_the_own_one() -> None:
    document = read(
        *HEAD, "Mẫu, ngày 05 tháng 3 năm 2024", *TITLE, "Điều 1. Sửa đổi Điều 9 như sau:",
        "“Điều 9. Hiệu lực thi hành", "Quyết định này có hiệu lực từ ngày 01 tháng 01 năm 2021.”",
        "Điều 2. Quyết định này có hiệu lực từ ngày 15 tháng 3 năm 2024.", *SIGNED,
        "QUY CHẾ", "Trồng cây", "(Ban hành kèm theo Quyết định số 24/QĐ-UBND)",
        "Điều 1. Quy chế này có hiệu lực từ ngày 01 tháng 01 năm 2025.",
    )  # fmt: skip
    assert document.effective_on == "2024-03-15"


def test_a_resolution_in_force_from_its_adoption_takes_the_day_from_the_closing_formula() -> None:
    clause = "1. Nghị quyết này có hiệu lực thi hành từ ngày được thông qua."
    closing = "Nghị quyết này được Quốc hội khóa XV, kỳ họp thứ 9 thông qua ngày 26 tháng 9 năm 2025."
    other = "Luật Đất đai được Quốc hội thông qua ngày 18 tháng 01 năm 2024."
    assert in_force_from([other, clause, closing], "2025-09-30") == "2025-09-26"
    assert in_force_from([other, clause], "2025-09-30") is None


def test_an_undated_text_in_force_from_its_signing_has_no_known_day() -> None:
    assert in_force_from(["Quyết định này có hiệu lực kể từ ngày ký."], None) is None
