"""Questions as of a day: which day, and that deadlines and dates of documents are none."""

from dataclasses import replace

import pytest

from assistant.as_of import as_of
from ingest import LoadedDocument


@pytest.mark.parametrize(
    ("question", "day", "rest"),
    [
        ("Tại thời điểm 01/5/2019, xã có mấy phó chủ tịch?", "2019-05-01", "xã có mấy phó chủ tịch?"),
        ("Xã có mấy phó chủ tịch vào thời điểm ngày 1 tháng 5 năm 2019?", "2019-05-01", None),
        ("Theo quy định trước ngày 1/7/2020, xã có mấy phó chủ tịch?", "2020-06-30", None),
        ("theo pháp luật tại ngày 1/5/2019 thì sao", "2019-05-01", "thì sao"),
        ("thời điểm tháng 2/2020 ai ký?", "2020-02-29", "ai ký?"),
        ("thời điểm năm 2019 ai ký?", "2019-12-31", "ai ký?"),
        ("tai thoi diem 1/5/2019 ai ky?", "2019-05-01", "ai ky?"),
        ("What applied as of 2019-05-01 to communes?", "2019-05-01", "What applied to communes?"),
    ],
)
def test_the_day_and_the_rest_of_the_question(question: str, day: str, rest: str | None) -> None:
    found = as_of(question)
    assert found is not None and found.day == day
    assert rest is None or found.rest == rest
    assert "20" not in found.rest


@pytest.mark.parametrize(
    "question",
    [
        "Trước ngày 30/6/2024 phải hoàn thành việc gì?",
        "Chỉ thị 17-CT/TU ngày 14/10/2022 nói gì?",
        "Thời điểm nào khởi công nhà máy?",
        "Tại thời điểm 31/02/2019 ai ký?",
        "Tại thời điểm 01/5/2019",
        "Năm 2019 có gì?",
    ],
)
def test_other_dates_are_no_such_day(question: str) -> None:
    assert as_of(question) is None


@pytest.mark.parametrize(
    ("issued_on", "title", "excluded"),
    [
        ("2019-05-02", None, True),
        ("2019-05-01", None, False),
        (None, "Về nhiệm vụ năm 2024", True),
        (None, "Về nhiệm vụ năm 2019", False),
        (None, "Về cây xanh", False),
    ],
)
def test_what_was_issued_later_is_left_out(
    resolution: LoadedDocument, issued_on: str | None, title: str | None, excluded: bool
) -> None:
    document = replace(resolution.document, issued_on=issued_on, title=title)
    day = as_of("Tại thời điểm 01/5/2019, ai ký?")
    assert day is not None and day.excludes(document) is excluded
