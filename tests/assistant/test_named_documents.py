"""Documents named by number: those in the collection speak for themselves, others through who cites them.

Two directives bear one number, as the resolution's two citations of "Chỉ thị số 17-CT/TU" do.
"""

import shutil

import pytest

from assistant import Answer, Assistant, Turn
from tests.assistant.conftest import DOCUMENTS
from vectorstore.encoder import Encoder
from vectorstore.generation import IndexLocation
from vectorstore.sync import sync

WASTE, PENALTIES = "ct17-2020.txt", "ct17-2022.txt"
DIRECTIVE = """TỈNH ỦY BẮC GIANG
*
Số 17-CT/TU
ĐẢNG CỘNG SẢN VIỆT NAM
Bắc Giang, ngày {date}

CHỈ THỊ
CỦA BAN THƯỜNG VỤ TỈNH ỦY
{title}

{body}

T/M BAN THƯỜNG VỤ
{signature}
"""
TEXTS = {
    WASTE: DIRECTIVE.format(
        date="27 tháng 02 năm 2020",
        title="về việc huy động Nhân dân tham gia thu gom, xử lý rác thải",
        body="Thời gian qua, công tác thu gom, xử lý rác thải trên địa bàn tỉnh còn nhiều hạn chế. Ban "
        "Thường vụ Tỉnh ủy yêu cầu các cấp ủy thực hiện tốt các nhiệm vụ sau:\n"
        "1. Mỗi gia đình tự phân loại rác tại nhà; hố rác di động được đặt ở từng hộ có vườn.\n"
        "2. Mỗi tháng các thôn tổ chức tổng vệ sinh một lần vào sáng thứ Bảy tuần đầu.",
        signature="BÍ THƯ\nNguyễn Văn Mẫu",
    ),
    PENALTIES: DIRECTIVE.format(
        date="14 tháng 10 năm 2022",
        title="về tăng cường công tác quản lý xử lý vi phạm hành chính",
        body="Những năm qua, công tác xử lý vi phạm hành chính có chuyển biến. Ban Thường vụ Tỉnh ủy "
        "yêu cầu:\n"
        "1. Người đứng đầu chịu trách nhiệm khi để xảy ra vi phạm kéo dài trong phạm vi quản lý.\n"
        "2. Hằng quý, các sở, ngành báo cáo kết quả xử lý vi phạm hành chính với Ban Thường vụ.",
        signature="PHÓ BÍ THƯ\nTrần Thị Mẫu",
    ),
}
CITED_ON_WASTE, CITED_ON_PENALTIES = "Điều 2, khoản 4, đoạn 2", "Điều 2, khoản 10, đoạn 2"


@pytest.fixture(scope="module")
def collection(
    location: IndexLocation, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory
) -> Assistant:
    """The resolution, as it is indexed already, and the two directives."""
    folder, where = tmp_path_factory.mktemp("documents"), tmp_path_factory.mktemp("index") / "copy"
    for source in DOCUMENTS.glob("*.txt"):
        shutil.copy(source, folder)
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    shutil.copytree(location.folder, where)
    report = sync([folder], folder, IndexLocation(where), encoder)
    assert report.added == list(TEXTS) and not report.problems
    return Assistant.open(IndexLocation(where), encoder)


def sources(answer: Answer) -> set[str]:
    return {citation.document.source for citation in answer.citations}


def quotes(answer: Answer) -> str:
    assert not answer.refused, answer.reason
    return "\n".join(citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Chỉ thị 17-CT/TU nói về gì?", {WASTE, PENALTIES}),
        ("17-CT/TU là gì?", {WASTE, PENALTIES}),
        ("Chỉ thị 17-CT/TU ngày 14/10/2022 nói về gì?", {PENALTIES}),
        ("Chỉ thị 17-CT/TU ngày 27 tháng 2 năm 2020 nói về gì?", {WASTE}),
        ("Chỉ thị 17-CT/TU năm 2020 nói về gì?", {WASTE}),
        ("chi thi 17-ct/tu nam 2022 noi ve gi", {PENALTIES}),
    ],
)
def test_what_a_held_document_is_about_is_said_by_its_title(
    collection: Assistant, question: str, expected: set[str]
) -> None:
    answer = collection.ask(question)
    assert sources(answer) == expected
    assert {citation.passage.location for citation in answer.citations} == {"Tên văn bản"}
    assert ("rác thải" in quotes(answer)) is (WASTE in expected)
    assert ("vi phạm hành chính" in quotes(answer)) is (PENALTIES in expected)


@pytest.mark.parametrize(
    ("question", "source", "fact"),
    [
        ("Ai ký Chỉ thị 17-CT/TU năm 2020?", WASTE, "Nguyễn Văn Mẫu"),
        ("Ai ký Chỉ thị 17-CT/TU ngày 14/10/2022?", PENALTIES, "Trần Thị Mẫu"),
        ("Chỉ thị 17-CT/TU về rác thải ban hành ngày nào?", WASTE, "ngày 27 tháng 02 năm 2020"),
        ("Chỉ thị 17-CT/TU năm 2022 ban hành ngày nào?", PENALTIES, "ngày 14 tháng 10 năm 2022"),
        ("Khoản 2 Chỉ thị 17-CT/TU năm 2020", WASTE, "tổng vệ sinh một lần"),
        ("Mục 1 Chỉ thị 17-CT/TU năm 2022 quy định gì?", PENALTIES, "Người đứng đầu chịu trách nhiệm"),
        ("Chỉ thị 17-CT/TU năm 2020 quy định hố rác thế nào?", WASTE, "hố rác di động"),
        ("Chỉ thị 17-CT/TU về xử lý vi phạm hành chính yêu cầu gì?", PENALTIES, "Hằng quý"),
        ("Chỉ thị 17-CT/TU về rác thải yêu cầu gì?", WASTE, "phân loại rác"),
    ],
)
def test_date_year_or_topic_tells_two_of_one_number_apart(
    collection: Assistant, question: str, source: str, fact: str
) -> None:
    answer = collection.ask(question)
    assert fact in quotes(answer) and sources(answer) == {source}


@pytest.mark.parametrize("question", ["Ai ký Chỉ thị 17-CT/TU?", "Khoản 2 Chỉ thị 17-CT/TU quy định gì?"])
def test_where_nothing_tells_them_apart_both_are_shown(collection: Assistant, question: str) -> None:
    assert sources(collection.ask(question)) == {WASTE, PENALTIES}


def test_a_figure_in_words_is_the_decisive_part(collection: Assistant) -> None:
    answer = collection.ask("Theo Chỉ thị 17-CT/TU năm 2020, mỗi tháng các thôn tổng vệ sinh mấy lần?")
    (citation,) = answer.citations
    assert [citation.document.text[start:end] for start, end in citation.decisive] == ["một lần"]


def test_a_follow_up_is_about_the_document_named_before(collection: Assistant) -> None:
    answer = collection.ask("Chỉ thị ấy ai ký?", [Turn("user", "Chỉ thị 17-CT/TU năm 2020 nói về gì?")])
    assert quotes(answer) == "Nguyễn Văn Mẫu"


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Chỉ thị 18-CT/TU nói gì?", "Không văn bản nào hiện có nhắc đến Chỉ thị 18-CT/TU."),
        ("Khoản 9 Chỉ thị 17-CT/TU năm 2020 nói gì?", "khoản 9"),
        ("Chỉ thị 17-CT/TU năm 2020 có hiệu lực khi nào?", "ngày có hiệu lực"),
        ("Chỉ thị 17-CT/TU năm 2020 nói gì về nuôi tôm?", "không nêu nội dung này"),
    ],
)
def test_what_no_held_document_says_is_refused(collection: Assistant, question: str, missing: str) -> None:
    answer = collection.ask(question)
    assert answer.refused and missing in (answer.reason or "")


@pytest.mark.parametrize("question", ["Nghị quyết số 17 nói gì?", "Chỉ thị 17-CT/TU năm 2019 nói gì?"])
def test_the_number_in_a_letterhead_cites_no_other_document(collection: Assistant, question: str) -> None:
    assert not sources(collection.ask(question)) & {WASTE, PENALTIES}


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("Kết luận 99-KL/TU nói gì?", {CITED_ON_WASTE}),
        ("Chỉ thị 17-CT/TU nói về việc gì?", {CITED_ON_WASTE, CITED_ON_PENALTIES}),
        ("chi thi 17-ct/tu noi ve viec gi", {CITED_ON_WASTE, CITED_ON_PENALTIES}),
        ("Chỉ thị 17-CT/TU về rác thải nói gì?", {CITED_ON_WASTE}),
        ("Chỉ thị 17-CT/TU về vi phạm hành chính nói gì?", {CITED_ON_PENALTIES}),
        ("Chỉ thị 17-CT/TU ngày 14/10/2022 nói về việc gì?", {CITED_ON_PENALTIES}),
        ("Chỉ thị 17-CT/TU năm 2022 nói về việc gì?", {CITED_ON_PENALTIES}),
    ],
)
def test_a_document_that_is_only_cited_is_known_by_its_citations(
    assistant: Assistant, question: str, places: set[str]
) -> None:
    assert {citation.passage.location for citation in assistant.ask(question).citations} == places


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Chỉ thị 30-CT/TU ban hành ngày nào?", "có dẫn Chỉ thị 30-CT/TU nhưng không nêu ngày tháng"),
        ("Ai ký Nghị quyết số 233-NQ/TU?", "có dẫn Nghị quyết số 233-NQ/TU nhưng không nêu người ký"),
        ("Chỉ thị 18-CT/TU nói gì?", "Không văn bản nào hiện có nhắc đến Chỉ thị 18-CT/TU"),
    ],
)
def test_what_the_citations_do_not_say_is_refused(assistant: Assistant, question: str, missing: str) -> None:
    answer = assistant.ask(question)
    assert answer.refused and missing in (answer.reason or "")


def test_who_issued_the_document_asked_about_before(assistant: Assistant) -> None:
    history = [Turn("user", "Nghị quyết số 233-NQ/TU ban hành ngày nào?"), Turn("assistant", "…")]
    (citation,) = assistant.ask("nghị quyết ấy của cơ quan nào?", history).citations
    decisive = [citation.document.text[start:end] for start, end in citation.decisive]
    assert decisive == ["Ban Chấp hành Đảng bộ tỉnh"]
