"""What a text says about itself: number, kind, date, place, issuer, signer, effect, or nothing."""

from datetime import date
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from ingest import LoadedDocument, load
from ingest.effect import in_force_from
from ingest.issuer import issuing_body
from ingest.names import person_name
from ingest.printed_dates import printed_date
from ingest.printed_number import printed_number

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
    ("printed", "number"),
    [
        ("Số: 24/NQ-HĐND", "24/NQ-HĐND"),
        ("Số: 012/CT-UBND", "012/CT-UBND"),
        ("Số: 06 /GM-HĐND", "06/GM-HĐND"),
        ("Số:  256 /2004/QĐ-UB", "256/2004/QĐ-UB"),
        ("Số: 525/2012/NQLT/UBTVQH13 -ĐCTUBTWMTTQVN", "525/2012/NQLT/UBTVQH13-ĐCTUBTWMTTQVN"),
        ("Số: 15/QĐ- UBND", "15/QĐ-UBND"),
        ("Số: 15/SXD-QLN& TTBĐS", "15/SXD-QLN&TTBĐS"),
        ("Số: 15/QĐ–TTg", "15/QĐ-TTg"),
        ("Số: 157/TB_UBND", "157/TB-UBND"),
        ("Số: 1830 QĐ-UBND", "1830/QĐ-UBND"),
        ("Số 383-QĐ/TW", "383-QĐ/TW"),
        ("Số 17 - CT/TU", "17-CT/TU"),
        ("Luật số: 72/2020/QH14", "72/2020/QH14"),
        ("Nghị quyết số: 103/2025/UBTVQH15", "103/2025/UBTVQH15"),
        ("Số: 5a/QĐ-UBND", "5a/QĐ-UBND"),
        ("Số: 1539/VLO-QLDN3 V/v trả lời đơn số 12/ĐN-KT", "1539/VLO-QLDN3"),
        ("Số: 12/QĐ-UBND        Mẫu, ngày 3 tháng 2 năm 2024", "12/QĐ-UBND"),
        ("Số:      /QĐ-UBND", None),
        ("Số     -QĐ/TU", None),
        ("Số: ……/2024/QĐ-UBND", None),
        ("Số: 123", None),
        ("Số: 12/2024", None),
        ("ĐẾN Số: 77/VB-VT", None),
        ("CÔNG BÁO/Số 123 + 124/Ngày 12-3-2020", None),
    ],
)
def test_a_number_is_read_as_offices_type_it(printed: str, number: str | None) -> None:
    assert printed_number(["TỈNH MẪU", printed]) == number


def test_a_number_below_its_label_is_found() -> None:
    assert printed_number(["TỈNH MẪU", "Số:", "33/2025/NQ-HĐND", "Số: 1/TTr-SM"]) == "33/2025/NQ-HĐND"


def test_the_blank_number_of_a_draft_is_not_taken_from_the_next_line() -> None:
    assert printed_number(["Số:      /QĐ-UBND", "Số: 12/TTr-SNV"]) is None


@pytest.mark.parametrize(
    ("printed", "date", "place"),
    [
        ("Hà Nội, ngày 19 tháng 6 năm 2015", "2015-06-19", "Hà Nội"),
        ("Hà Nội, ngày12 tháng 11năm 2025", "2025-11-12", "Hà Nội"),
        ("Hà Nội, ngày …25..tháng 01 năm 2006", "2006-01-25", "Hà Nội"),
        ("Hà Nội, ngày 26.11.2003", "2003-11-26", "Hà Nội"),
        ("Hà Nội, ngày 16-02-2004", "2004-02-16", "Hà Nội"),
        ("Hà Nội ngày 2/3/2004", "2004-03-02", "Hà Nội"),
        ("Thành phố Hồ Chí Minh, ngày 1 tháng 2 năm 2024", "2024-02-01", "Thành phố Hồ Chí Minh"),
        ("TP.Cần Thơ, ngày 1 tháng 2 năm 2024", "2024-02-01", "TP.Cần Thơ"),
        ("Bà Rịa - Vũng Tàu, ngày 1 tháng 2 năm 2024", "2024-02-01", "Bà Rịa - Vũng Tàu"),
        ("Số: 12/QĐ-UBND        Lai Châu, ngày 3 tháng 2 năm 2024", "2024-02-03", "Lai Châu"),
        ("Độc lập - Tự do - Hạnh phúc Lai Châu, ngày 3 tháng 2 năm 2024", "2024-02-03", "Lai Châu"),
        ("ngày 3 tháng 2 năm 2024", "2024-02-03", None),
        ("Thanh Hóa, ngày   tháng 6 năm 2026", None, "Thanh Hóa"),
        ("Hà Nội, ngày 31 tháng 2 năm 2024", None, "Hà Nội"),
        ("Hà Nội, ngày 21/21/2023", None, "Hà Nội"),
        ("Ngày: 04/01/2021", None, None),
        ("ĐẾN Ngày: 04/01/2021", None, None),
        ("ĐẾN Hà Nội, ngày 4 tháng 1 năm 2021", None, None),
        ("Thời gian ký: 06.12.2021 16:03:02 +07:00", None, None),
        ("Ký ngày 6 tháng 12 năm 2021", None, None),
        ("(Kèm theo Quyết định ngày 6 tháng 12 năm 2021)", None, None),
    ],
)
def test_date_and_place_are_those_of_issue(printed: str, date: str | None, place: str | None) -> None:
    assert printed_date([printed]) == (date, place)


def test_a_date_broken_over_two_lines_is_one_date() -> None:
    assert printed_date(["Bắc Giang, ngày", "01 tháng 4 năm 2024"]) == ("2024-04-01", "Bắc Giang")


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
        *HEAD, "Số: 24/QĐ-UBND", "Mẫu, ngày 05 tháng 3 năm 2024", *TITLE, "Điều 1. Sửa đổi Điều 9 như sau:",
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


DAYS = st.dates(min_value=date(1945, 9, 2), max_value=date(2099, 12, 31))


@given(day=DAYS, blank=st.sampled_from(["", " ", "  "]), figures=st.sampled_from([None, "/", ".", "-"]))
def test_every_day_is_read_in_every_form(day: date, blank: str, figures: str | None) -> None:
    words = f"ngày{blank}{day:%d}{blank}tháng{blank}{day:%m}{blank}năm{blank}{day:%Y}"
    printed = f"ngày {figures.join([f'{day:%d}', f'{day:%m}', f'{day:%Y}'])}" if figures else words
    assert printed_date([f"Mẫu, {printed}"]) == (f"{day:%Y-%m-%d}", "Mẫu")


@given(st.text(alphabet="Số:ngàythángăm 0123/-–.…ỦĐQ&_\nuUBNDé,", max_size=300))
def test_no_letterhead_however_damaged_breaks_the_reading(text: str) -> None:
    lines = text.split("\n")
    number, (day, _) = printed_number(lines), printed_date(lines)
    assert number is None or number.replace("/", "")[0] in text
    assert day is None or day[:4] in text


@pytest.mark.parametrize(
    "unit",
    [
        "Số: ",
        "Số:  1/",
        "ngày 1 tháng ",
        "có hiệu lực ",
        "này có hiệu lực từ ngày ",
        "Nghị quyết này được ",
        "V/v ",
        "A-",
    ],
)
def test_a_line_of_a_million_characters_is_read_at_once(unit: str) -> None:
    line = unit * (1_000_000 // len(unit))
    started = process_time()
    printed_number([line]), printed_date([line]), in_force_from([line], None)
    assert process_time() - started < 2
