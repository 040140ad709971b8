"""A written sentence against its paragraphs: what passes and what is caught, with the fault that is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.verification import Fault, Source, examine
from assistant.verification.figures import figures_in
from corpus.sentences import sentences
from evaluation.sentence_cases import SHIPPED, read_cases
from ingest import LoadedDocument

PLAN = Source(
    "3. Đến hết năm 2025, tối đa 30% rác thải sinh hoạt được chôn lấp. Sở Tài nguyên và Môi trường hướng "
    "dẫn phân loại rác tại nguồn trước ngày 15/8/2024; Sở Xây dựng thẩm định thiết kế lò đốt. Các huyện "
    "không phê duyệt bãi chôn lấp mới. Kinh phí thực hiện 05 năm là 8.000 tỷ đồng, trong đó ngân sách tỉnh "
    "1.200 tỷ đồng.",
    "Kế hoạch số 45/KH-UBND ngày 02/4/2024, mục 3",
)
REPORT = Source(
    "Thu ngân sách đạt 8.250 tỷ đồng, tăng 12,5% so với cùng kỳ. Giải ngân vốn đầu tư công chưa đạt yêu cầu.",
    "Báo cáo số 88/BC-UBND, mục I",
)
SOURCES = [PLAN, REPORT]


@pytest.mark.parametrize(
    "sentence",
    [
        "Kinh phí thực hiện trong năm năm là 8 nghìn tỷ đồng [1].",
        "Phân loại rác tại nguồn được Sở TN&MT hướng dẫn trước ngày 15 tháng 8 năm 2024 [1].",
        "Rác thải sinh hoạt được chôn lấp không quá 30 phần trăm [1].",
        "Theo Kế hoạch số 45/KH-UBND, các huyện không phê duyệt bãi chôn lấp mới. [1]",
        "Thu ngân sách tăng 12,5% so với cùng kỳ, còn giải ngân vốn đầu tư công chưa đạt yêu cầu [2].",
        "Kế hoạch nêu: “Các huyện không phê duyệt bãi chôn lấp mới” [1].",
    ],
)
def test_what_the_paragraph_says_in_other_words_is_supported(sentence: str) -> None:
    assert examine(sentence, SOURCES).supported


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("Các huyện không phê duyệt bãi chôn lấp mới.", Fault.NO_SOURCE),
        ("Các huyện không phê duyệt bãi chôn lấp mới [3].", Fault.UNKNOWN_SOURCE),
        ("[1]", Fault.NOTHING_SAID),
        ("Các huyện không phê duyệt <b>bãi chôn lấp mới</b> [1].", Fault.FOREIGN_MARKUP),
        ("Kế hoạch nêu “nghiêm cấm mọi bãi chôn lấp” [1].", Fault.QUOTATION),
        ("Theo Kế hoạch số 46/KH-UBND, các huyện không phê duyệt bãi chôn lấp mới [1].", Fault.CODE),
        (
            "Sở Tài nguyên và Môi trường hướng dẫn phân loại rác tại nguồn trước ngày 16/8/2024 [1].",
            Fault.DATE,
        ),
        (
            "Sở Tài nguyên và Môi trường hướng dẫn phân loại rác tại nguồn sau ngày 15/8/2024 [1].",
            None,
        ),
        ("Ít nhất 30% rác thải sinh hoạt được chôn lấp [1].", Fault.BOUND),
        ("Kinh phí thực hiện 05 năm là 9.000 tỷ đồng [1].", Fault.NUMBER),
        ("Kinh phí thực hiện 05 năm là 8.000 triệu đồng [1].", Fault.NUMBER),
        ("Ngân sách tỉnh là 8.000 tỷ đồng [1].", Fault.EXCHANGED),
        ("Sở Công Thương thẩm định thiết kế lò đốt [1].", Fault.NAME),
        ("Sở Tài nguyên và Môi trường thẩm định thiết kế lò đốt [1].", None),
        ("Các huyện phê duyệt bãi chôn lấp mới [1].", Fault.NEGATION),
        ("Thu ngân sách giảm 12,5% so với cùng kỳ [2].", None),
        ("Tỷ lệ giải ngân vốn đầu tư công đạt yêu cầu [2].", Fault.NEGATION),
        ("Sở Xây dựng đã thẩm định thiết kế lò đốt [1].", Fault.TASK_AS_FACT),
        ("Phấn đấu thu ngân sách đạt 8.250 tỷ đồng [2].", Fault.FACT_AS_TASK),
        ("Tất cả các huyện không phê duyệt bãi chôn lấp mới [1].", Fault.SCOPE),
        ("Giải ngân vốn đầu tư công chưa đạt yêu cầu vì thiếu cán bộ [2].", None),
        ("Sở Xây dựng thẩm định thiết kế lò đốt bằng công nghệ Nhật Bản [1].", None),
        ("Thu ngân sách tăng 12,5% so với cùng kỳ [1].", None),
        ("Sở Xây dựng thẩm định 8.250 tỷ đồng thu ngân sách [1][2].", None),
    ],
)
def test_what_it_does_not_say_is_caught(sentence: str, fault: Fault | None) -> None:
    found = examine(sentence, SOURCES)
    assert not found.supported
    assert fault is None or found.fault is fault, found


def test_every_sentence_of_the_resolution_is_supported_by_its_own_paragraph(
    resolution: LoadedDocument,
) -> None:
    for passage in resolution.passages:
        for span in sentences(passage.text):
            text = span.of(passage.text)
            if len(text) < 30:
                continue
            found = examine(f"{text} [2]", [Source("Văn bản khác."), Source(passage.text)])
            assert found.supported, (text, found)
            (rest,) = found.rests
            assert rest.number == 2 and text.strip(" .;") in rest.span.of(passage.text) + "."


FIGURES = st.from_regex(r"(\d{1,4}[.,/ -]){0,4}\d{1,4} ?(%|km|tỷ đồng/ha|năm|tháng 6|June)?", fullmatch=True)


@given(st.text(max_size=200) | FIGURES, st.text(max_size=300) | FIGURES, st.sampled_from(["vi", "en"]))
def test_no_text_whatever_breaks_the_check(written: str, paragraph: str, language: str) -> None:
    found = examine(f"{written} [1]", [Source(paragraph)], language)
    for rest in found.rests:
        assert 0 <= rest.span.start < rest.span.end <= len(paragraph)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("02/6/2023", "ngày 2 tháng 6 năm 2023"),
        ("05 năm", "năm năm"),
        ("8.000 tỷ đồng", "8 nghìn tỷ đồng"),
        ("12,5%", "12,5 phần trăm"),
        ("Nghị quyết số 24/NQ-HĐND", "24 / NQ-HĐND"),
        ("hai mươi lăm xã", "25 xã"),
    ],
)
def test_figures_written_in_another_way_are_the_same(one: str, other: str) -> None:
    (first,), (second,) = figures_in(one), figures_in(other)
    assert first.stands_for(second) and second.stands_for(first)


@pytest.mark.parametrize("name", ["dev", "second dev"])
def test_of_the_sentences_for_development_hardly_a_wrong_one_passes(name: str) -> None:
    cases = read_cases(SHIPPED[name])
    found = {
        case.id: examine(
            case.sentence, [Source(text, about) for about, text in case.paragraphs], case.language
        )
        for case in cases
    }
    caught = [not found[case.id].supported for case in cases if not case.supported]
    kept = [found[case.id].supported for case in cases if case.supported]
    assert sum(caught) / len(caught) >= 0.95
    assert sum(kept) / len(kept) >= 0.85
