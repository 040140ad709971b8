"""Where a text ends, and where what is issued together with it begins."""

from pathlib import Path

import pytest

from corpus import Zone
from ingest import LoadedDocument, load

DECISION = ["QUYẾT ĐỊNH", "Về việc ban hành Quy định", "Điều 1. Ban hành.", "Điều 2. Thi hành./."]
SIGNED = ["Nơi nhận:", "- Lưu: VT.", "CHỦ TỊCH", "Trần Văn Mẫu"]


def loaded(*paragraphs: str) -> LoadedDocument:
    return load(Path("van-ban.txt"), "van-ban.txt", "\n".join(paragraphs).encode())


def places(*paragraphs: str) -> list[str]:
    return [passage.location for passage in loaded(*paragraphs).passages]


def test_the_signature_of_a_law_is_in_no_article() -> None:
    result = loaded(
        "LUẬT", "MẪU", "Điều 1. Hiệu lực", "1. Có hiệu lực ngay.", "Luật này được Quốc hội thông qua ngày 1.",
        "CHỦ TỊCH QUỐC HỘI", "Trần Văn Mẫu",
    )  # fmt: skip
    assert [p.text for p in result.passages if p.headings] == ["Điều 1. Hiệu lực", "1. Có hiệu lực ngay."]
    assert result.document.signer == "Trần Văn Mẫu"


def test_a_sentence_about_adoption_stays_in_its_article() -> None:
    assert places(
        "Điều 1. Căn cứ:",
        "Nghị quyết này được xây dựng theo Luật đã được Quốc hội thông qua.",
        "Kinh phí do tỉnh cấp.",
    )[1:] == ["Điều 1, đoạn 2", "Điều 1, đoạn 3"]


def test_a_closing_formula_before_the_last_article_closes_nothing() -> None:
    formula = "Nghị quyết này đã được Hội đồng nhân dân tỉnh thông qua."
    assert places("Điều 1. A.", formula, "Điều 2. B.") == ["Điều 1, đoạn 1", "Điều 1, đoạn 2", "Điều 2"]


def test_an_office_in_the_body_is_no_signature() -> None:
    assert places("Điều 1. Thành phần:", "1. Chủ trì:", "CHỦ TỊCH", "2. Thư ký.")[-1] == "Điều 1, khoản 2"


@pytest.mark.parametrize("signature", [SIGNED, ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Mẫu"]])
def test_a_regulation_after_the_signature_has_an_address_of_its_own(signature: list[str]) -> None:
    result = loaded(
        *DECISION, *signature, "QUY ĐỊNH", "Về quản lý chợ", "(Ban hành kèm theo Quyết định số 5/QĐ-UBND)",
        "Chương I", "QUY ĐỊNH CHUNG", "Điều 1. Phạm vi.", "1. Một.",
        "Phụ lục I", "DANH MỤC CHỢ", "1. Chợ A.",
    )  # fmt: skip
    assert [p.location for p in result.passages if p.zone is Zone.BODY] == [
        "Điều 1",
        "Điều 2",
        "Quy định kèm theo",
        "Quy định kèm theo, Điều 1",
        "Quy định kèm theo, Điều 1, khoản 1",
        "Quy định kèm theo, Phụ lục I, mục 1",
    ]
    assert result.passages[-1].heading_path[0] == ("kèm theo", "Quy định")
    assert result.document.signer == "Trần Văn Mẫu"
    assert result.warnings == ()


def test_two_plans_in_one_file_are_told_apart() -> None:
    plan = ["KẾ HOẠCH", "Kiểm tra", "I. Mục đích"]
    assert places(*DECISION, *SIGNED, *plan, *SIGNED, *plan)[-1] == "Kế hoạch thứ 2 kèm theo, mục I"


def test_an_attached_text_without_a_known_title_is_kept_apart_too() -> None:
    assert places(*DECISION, *SIGNED, "Điều 1. Phạm vi.")[-1] == "Văn bản kèm theo, Điều 1"
    listed = places(*DECISION, *SIGNED, "BẢNG GIÁ ĐẤT", "(Kèm theo Quyết định số 5)", "1. Xã A.")
    assert listed[-1] == "Văn bản kèm theo, mục 1"


def test_an_announced_text_needs_no_signature_before_it() -> None:
    assert places(*DECISION[:3], "QUY CHẾ", "LÀM VIỆC", "(Ban hành kèm theo Quyết định số 5)", "Điều 1. A.")[
        -1
    ] == ("Quy chế kèm theo, Điều 1")


def test_an_annex_may_hold_a_form_with_a_title_and_a_signature() -> None:
    locations = places(*DECISION, *SIGNED, "PHỤ LỤC I", "KẾ HOẠCH", "(Kèm theo Quyết định số 5)", "1. Một.")
    assert locations[-1] == "Phụ lục I, mục 1"


def test_the_title_of_an_annex_is_not_its_first_item() -> None:
    assert places("Điều 1. A.", "PHỤ LỤC", "I. THÔNG TIN CHUNG", "Tên.")[-1] == "Phụ lục, mục I"


@pytest.mark.parametrize("line", ["Phụ lục I", "Phụ lục số I", "Phụ lục I:"])
def test_an_annex_line_may_be_in_small_letters(line: str) -> None:
    result = loaded(*DECISION, *SIGNED, line, "DANH MỤC XÃ", "1. Xã A.")
    assert result.passages[-1].location == "Phụ lục I, mục 1"


def test_an_annex_that_is_only_mentioned_opens_nothing() -> None:
    assert places("Điều 1. Ban hành:", "Phụ lục I", "Điều 2. Thi hành.")[1:] == ["Điều 1, đoạn 2", "Điều 2"]


def test_the_signer_of_an_attached_plan_is_not_the_signer() -> None:
    result = loaded(
        "QUY ĐỊNH", "Về tiếp dân", "Điều 1. A.", "Nơi nhận:", "- Lưu VPTU.", "T/M BAN THƯỜNG VỤ",
        "KẾ HOẠCH", "Thực hiện Quy định", "I. Mục đích.", "Nơi nhận:", "- Lưu: VT.", "Trần Văn Mẫu",
    )  # fmt: skip
    assert result.document.signer is None


@pytest.mark.parametrize("line", ["Đã Ký", "áo ấm", "Chủ Tịch", "CHỦ TỊCH", "Trần Văn Mẫu 2"])
def test_what_is_no_name_is_no_signer(line: str) -> None:
    assert loaded(*DECISION, "TM. UBND", "CHỦ TỊCH", line).document.signer is None


def test_a_day_that_does_not_exist_is_no_date() -> None:
    printed = "Hà Nội, ngày 31 tháng 2 năm 2024"
    assert loaded(printed, *DECISION).document.issued_on is None


@pytest.mark.parametrize(
    ("head", "issuer"),
    [
        (["SỞ GDĐT TỈNH ĐỒNG THÁP", "TRƯỜNG THPT HOÀ BÌNH"], "TRƯỜNG THPT HOÀ BÌNH"),
        (["SỞ GDĐT TỈNH ĐỒNG THÁP", "HOÀ BÌNH"], None),
        (["ỦY BAN NHÂN DÂN", "TỈNH BẮC GIANG", "CỘNG HÒA XÃ HỘI", "CHỦ NGHĨA VIỆT NAM"],
         "ỦY BAN NHÂN DÂN TỈNH BẮC GIANG"),
        (["ỦY BAN NHÂN DÂN TỈNH", "BẮC GIANG", "DỰ THẢO"], "ỦY BAN NHÂN DÂN TỈNH BẮC GIANG"),
        (["CÂU LẠC BỘ CỜ"], None),
    ],
)  # fmt: skip
def test_the_lowest_body_of_the_letterhead_issues(head: list[str], issuer: str | None) -> None:
    assert loaded(*head, *DECISION).document.issuer == issuer


SECOND = [
    "TỈNH ỦY MẪU", "Số 12-KH/TU", "ĐẢNG CỘNG SẢN VIỆT NAM", "Mẫu, ngày 05 tháng 3 năm 2024", "KẾ HOẠCH",
    "Thực hiện Quy định", "Căn cứ Quy định trên;", "I. MỤC ĐÍCH", "1. Nâng cao nhận thức.",
]  # fmt: skip


def test_another_document_of_the_file_is_a_part_of_its_own_even_after_an_annex() -> None:
    result = loaded("CHÍNH PHỦ", "Số: 1/QĐ-CP", *DECISION, *SIGNED, "PHỤ LỤC I", "1. Chợ A.", *SECOND)
    assert result.passages[-1].location == "Kế hoạch kèm theo, mục I.1"
    assert (result.document.number, result.document.issued_on) == ("1/QĐ-CP", None)
    assert result.document.signer == "Trần Văn Mẫu"


def test_a_form_to_fill_in_stays_in_its_annex() -> None:
    form = [line.replace("12", "......") for line in SECOND]
    locations = places(*DECISION, *SIGNED, "PHỤ LỤC I", "1. Chợ A.", *form)
    assert locations[-1].startswith("Phụ lục I")


def test_the_letterhead_of_an_attached_text_is_not_the_text() -> None:
    locations = places(
        *DECISION, *SIGNED, "ỦY BAN NHÂN DÂN TỈNH MẪU", "QUY ĐỊNH", "Về chợ",
        "(Ban hành kèm theo Quyết định 5)", "Điều 1. Phạm vi.",
    )  # fmt: skip
    assert locations[-1] == "Quy định kèm theo, Điều 1"
    assert not any(location.startswith("Văn bản kèm theo") for location in locations)


def test_an_annex_that_is_a_file_of_its_own_is_cited_as_annex() -> None:
    assert places("Phụ lục II", "DANH MỤC CHỢ", "1. Chợ A.")[-1] == "Phụ lục II, mục 1"


def test_gaps_are_pointed_out_in_every_numbering() -> None:
    assert len(loaded("Điều 1. A:", "1. Một.", "3. Ba.").warnings) == 1
    assert len(loaded("I. MỘT", "Chữ.", "III. BA", "Chữ.").warnings) == 1


def test_what_follows_the_name_of_the_signer_is_a_text_of_its_own() -> None:
    listed = "DANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH (Kèm theo Quyết định số 5/QĐ-UBND)"
    found = places(*DECISION, *SIGNED, listed, "TT", "Tên thủ tục", "1")
    assert found[-4:] == ["Danh mục kèm theo", *(f"Danh mục kèm theo, đoạn {n}" for n in range(1, 4))]
    noted = places(*DECISION, *SIGNED, "Các xã niêm yết công khai danh sách này tại trụ sở.")
    assert noted[-1] == "Văn bản kèm theo"


def test_second_signers_stamps_and_recipients_below_the_name_are_no_text() -> None:
    signature = [
        *SIGNED, "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC SỞ KẾ HOẠCH VÀ ĐẦU TƯ TỈNH MẪU", "Lê Văn Ví",
        "(Đã ký, đóng dấu)", "Nơi nhận:", "- Văn phòng Chính phủ và các bộ có liên quan (để báo cáo);",
        "Các sở, ban, ngành và Ủy ban nhân dân các xã, phường (để thực hiện);",
    ]  # fmt: skip
    result = loaded(*DECISION, *signature)
    assert {p.zone for p in result.passages[3:]} == {Zone.SIGNATURE}


def test_a_signed_form_does_not_end_its_annex() -> None:
    after = "Người đề nghị chịu trách nhiệm về những điều đã khai trong đơn này."
    found = places(*DECISION, *SIGNED, "PHỤ LỤC I", "MẪU ĐƠN", "Nơi nhận:", "- Lưu.", after)
    assert found[-1].startswith("Phụ lục I")
