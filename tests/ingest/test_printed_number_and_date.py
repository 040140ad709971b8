"""Number, place and date of a letterhead, in every form that offices type."""

from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.effect import in_force_from
from ingest.printed_dates import printed_date
from ingest.printed_number import printed_number


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
def test_time_grows_with_the_length_of_a_line_not_with_its_square(unit: str) -> None:
    def took(length: int) -> float:
        line = unit * (length // len(unit))
        started = process_time()
        printed_number([line]), printed_date([line]), in_force_from([line], None)
        return process_time() - started

    assert took(1_000_000) < 30 * max(took(100_000), 0.01)
