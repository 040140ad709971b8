"""Quotations: exact, no longer than needed, with the asked thing marked; and how good the answers are."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant import Answer, Assistant
from corpus.sentences import sentences
from evaluation.given import from_answer
from evaluation.held import Held
from evaluation.judging import judge
from evaluation.questions import LabelledQuestion, read_questions
from ingest import LoadedDocument

QUESTIONS = Path(__file__).resolve().parents[2] / "evaluation" / "questions"
Answered = Mapping[str, tuple[LabelledQuestion, Answer]]


@pytest.fixture(scope="module")
def answered(assistant: Assistant) -> Answered:
    """Every tuning question, of all kinds, with its answer."""
    questions = read_questions(QUESTIONS / "resolution.tuning.jsonl")
    return {item.id: (item, assistant.ask(item.question, item.history)) for item in questions}


def test_every_quotation_is_verbatim_at_its_offsets(answered: Answered) -> None:
    assert len(answered) >= 60 and len({question.kind for question, _ in answered.values()}) == 12
    for identifier, (_, answer) in answered.items():
        row = answer.to_json(identifier)
        for number, (shown, citation) in enumerate(zip(row["citations"], answer.citations, strict=True), 1):
            assert shown["quote"] == citation.document.text[shown["start"] : shown["end"]]
            assert shown["quote"] in shown["passage_text"]
            assert shown["marker"] == number and f"“{shown['quote']}” [{number}]" in row["answer"]
        assert row["refused"] == (not row["citations"])


def test_what_is_decisive_lies_inside_the_quotation(answered: Answered) -> None:
    citations = [citation for _, answer in answered.values() for citation in answer.citations]
    spans = [(citation, span) for citation in citations for span in citation.decisive]
    assert len(spans) >= 5
    for citation, (start, end) in spans:
        assert citation.start <= start < end <= citation.end
        assert citation.document.text[start:end] in citation.quote


def test_quality_on_the_tuning_questions_does_not_fall(
    answered: Answered, resolution: LoadedDocument
) -> None:
    """Measured 2026-11-23: first citation .83, refusals .87; the margins allow for another processor."""
    held = Held([resolution])
    parts = [
        judge(question, held.gold(question), from_answer(answer, 0.0), held)
        for question, answer in answered.values()
        if question.kind in ("task", "fact", "assess", "unanswerable")
    ]

    def share(measure: str) -> float:
        counted = [row[measure] for row in parts if measure in row]
        return sum(hit for hit, _ in counted) / sum(asked for _, asked in counted)

    assert share("first_citation") >= 0.78
    assert share("refusal_recall") >= 0.78
    assert share("quotes_exact") == 1.0


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        (
            "Nhiệm vụ giải ngân vốn đầu tư công là gì?",
            "đẩy nhanh tiến độ giải ngân vốn đầu tư công, các chương trình mục tiêu quốc gia",
        ),
        (
            "Quy hoạch sử dụng đất cấp huyện đến năm nào?",
            "triển khai thực hiện điều chỉnh Quy hoạch sử dụng đất cấp huyện đến năm 2030 và Kế hoạch sử "
            "dụng đất năm 2024 các huyện, thị xã, thành phố",
        ),
        (
            "Đại hội Đảng bộ nhiệm kỳ nào?",
            "đồng thời, triển khai thực hiện các nội dung sắp xếp đơn vị hành chính ngay sau khi được Ủy ban "
            "Thường vụ Quốc hội thông qua để chuẩn bị cho Đại hội Đảng bộ các cấp nhiệm kỳ 2025-2030.",
        ),
    ],
)
def test_of_a_long_sentence_only_the_clause_is_quoted(
    assistant: Assistant, question: str, clause: str
) -> None:
    citation = assistant.ask(question).citations[0]
    assert citation.quote == clause
    text = citation.passage.text
    (whole,) = [span.of(text) for span in sentences(text) if clause in span.of(text)]
    assert len(whole) > 240 and clause != whole


@pytest.mark.parametrize(
    ("question", "decisive"),
    [
        ("Chỉ số PCI phấn đấu trong nhóm bao nhiêu tỉnh?", "10 tỉnh"),
        ("Nhà máy xử lý rác thải ở xã nào?", "xã Đông Lỗ"),
        ("Diễn tập Khu vực phòng thủ ở huyện nào?", "huyện Tân Yên"),
        ("Kế hoạch tài chính xây dựng cho giai đoạn nào?", "2026-2030"),
        ("Đại hội Đảng bộ nhiệm kỳ nào?", "2025-2030"),
        ("Quy hoạch tỉnh tầm nhìn đến năm nào?", "2050"),
        ("Chấn chỉnh tác phong lề lối làm việc từ ngày nào?", "02/6/2023"),
        ("Chỉ thị số 25-CT/TU ban hành ngày nào?", "Chỉ thị số 25-CT/TU ngày 10/5/2023"),
        ("Chỉ thị số 26-CT/TU do cơ quan nào ban hành?", "Ban Thường vụ Tỉnh ủy"),
        ("Ai ban hành Nghị quyết số 24/NQ-HĐND?", "HĐND tỉnh"),
        ("Which district hosts the defence exercise?", "huyện Tân Yên"),
    ],
)
def test_the_asked_number_date_or_name_is_decisive(
    assistant: Assistant, question: str, decisive: str
) -> None:
    citation = assistant.ask(question).citations[0]
    marked = [citation.document.text[start:end] for start, end in citation.decisive]
    assert decisive in marked


@pytest.mark.parametrize(
    "question",
    [
        "Thu gom và xử lý rác thải cần thực hiện thế nào?",
        "Nhiệm vụ chống thất thu thuế là gì?",
        "Khoản 5 Điều 2 quy định gì?",
        "Chuyển đổi số được nhắc đến ở những khoản nào?",
        "Vì sao sản xuất nông nghiệp khó khăn?",
        "What must be done about waste?",
    ],
)
def test_nothing_is_decisive_where_no_value_is_asked(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.citations and not any(citation.decisive for citation in answer.citations)
