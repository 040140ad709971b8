"""Documents that people name by number, and what only looks like such a name."""

from dataclasses import replace

import pytest

from corpus.references import Reference, citing, reference_of, references_in, without_references
from corpus.sentences import Span
from ingest import LoadedDocument

BOTH_DIRECTIVES = ["Chỉ thị số 17-CT/TU", "Chỉ thị số 17-CT/TU ngày 14/10/2022"]


def only(text: str) -> Reference:
    (found,) = references_in(text)
    return found


def stated(reference: Reference) -> tuple[str, int, str, str]:
    return reference.kind, reference.number, reference.suffix, reference.issued


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kết luận 99-KL/TU nói gì?", ("ket luan", 99, "kltu", "")),
        ("Kết luận số: 99-KL/TU", ("ket luan", 99, "kltu", "")),
        ("theo chỉ thị số 26 thì", ("chi thi", 26, "", "")),
        ("chỉ thị 26", ("chi thi", 26, "", "")),
        ("chi thi 17-ct/tu noi gi", ("chi thi", 17, "cttu", "")),
        ("Chỉ thị số 17 - CT/TU", ("chi thi", 17, "cttu", "")),
        ("Chỉ thị số 05-CT/TU", ("chi thi", 5, "cttu", "")),
        ("Nghị quyết số 24/NQ-HĐND", ("nghi quyet", 24, "nqhdnd", "")),
        ("Quyết định 123/QĐ-UBND", ("quyet dinh", 123, "qdubnd", "")),
        ("Công điện 05/CĐ-TTg", ("cong dien", 5, "cdttg", "")),
        ("Nghị định 15/2021/NĐ-CP", ("nghi dinh", 15, "2021ndcp", "2021")),
        ("Luật số 72/2020/QH14", ("luat", 72, "2020qh14", "2020")),
        ("Đề án 06", ("de an", 6, "", "")),
        ("17-CT/TU là gì?", ("", 17, "cttu", "")),
        ("Văn bản số 17-CT/TU", ("", 17, "cttu", "")),
    ],
)
def test_a_document_is_known_by_kind_number_and_suffix(
    text: str, expected: tuple[str, int, str, str]
) -> None:
    assert stated(only(text)) == expected


@pytest.mark.parametrize(
    ("date", "issued"),
    [
        (" ngày 14/10/2022", "2022-10-14"),
        (", ngày 14/10/2022", "2022-10-14"),
        (" ngày 2-6-2023", "2023-06-02"),
        (" ngày 02.6.2023", "2023-06-02"),
        (" ngày 02 tháng 6 năm 2023", "2023-06-02"),
        (" ban hành ngày 10/5/2023", "2023-05-10"),
        (" ký ngày 10/5/2023", "2023-05-10"),
        (" năm 2022", "2022"),
        (" ban hành năm 2022", "2022"),
        (" ngay 2 thang 6 nam 2023", "2023-06-02"),
        (" nam 2020", "2020"),
        (" ngày nào?", ""),
        (" nói về việc gì?", ""),
    ],
)
@pytest.mark.parametrize("name", ["Chỉ thị số 17-CT/TU", "chi thi 17", "17-CT/TU"])
def test_the_date_belongs_to_the_name(name: str, date: str, issued: str) -> None:
    text = f"Theo {name}{date}"
    found = only(text)
    assert (found.number, found.issued) == (17, issued)
    assert found.span.of(text).startswith(name)
    assert not issued or found.span.of(text) == f"{name}{date}"


def test_a_date_in_brackets_belongs_to_the_name() -> None:
    assert only("Chỉ thị số 17-CT/TU (ngày 14/10/2022) nói gì?").issued == "2022-10-14"


@pytest.mark.parametrize(
    "text",
    [
        "nghị quyết 6 tháng cuối năm",
        "nghi quyet 6 thang cuoi nam",
        "Kế hoạch 5 năm 2021-2025",
        "ke hoach 5 nam 2021-2025",
        "kế hoạch 05 năm giai đoạn 2026-2030",
        "Kế hoạch 5 năm tới có gì?",
        "quyết định 30 tháng 5",
        "nghị quyết năm 2024",
        "nghị quyết 2024",
        "Luật Đất đai 2013",
        "kế hoạch 3.500 tỷ đồng",
        "quy định 10%",
        "quy định 10 phần trăm",
        "Tỉnh quyết định 5 dự án nào?",
        "khoản 5 Điều 2",
        "ngày 12/7/2022",
        "giai đoạn 2021-2025",
        "từ 10-15 người, trực 24/7",
        "nghị quyết kỳ họp thứ 18",
    ],
)
def test_other_numbers_name_no_document(text: str) -> None:
    assert references_in(text) == []


def test_several_documents_are_found_in_order() -> None:
    text = "Chỉ thị số 17-CT/TU và Kết luận 99-KL/TU, cùng 24/NQ-HĐND"
    assert [found.number for found in references_in(text)] == [17, 99, 24]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Chỉ thị 17", "Chỉ thị số 17-CT/TU", True),
        ("17-CT/TU", "Chỉ thị số 17-CT/TU ngày 14/10/2022", True),
        ("chi thi 17-ct/tu", "Chỉ thị số 17-CT/TU", True),
        ("Chỉ thị 17 năm 2022", "Chỉ thị số 17-CT/TU ngày 14/10/2022", True),
        ("Chỉ thị 17 ngày 14 tháng 10 năm 2022", "Chỉ thị 17 ngày 14/10/2022", True),
        ("Chỉ thị 017", "Chỉ thị 17", True),
        ("Chỉ thị 17 năm 2020", "Chỉ thị số 17-CT/TU ngày 14/10/2022", False),
        ("Chỉ thị 17 ngày 27/02/2020", "Chỉ thị 17 ngày 14/10/2022", False),
        ("Kết luận 17", "Chỉ thị 17", False),
        ("Chỉ thị 18-CT/TU", "Chỉ thị 17-CT/TU", False),
        ("Nghị quyết 24/NQ-CP", "Nghị quyết 24/NQ-HĐND", False),
    ],
)
def test_two_names_may_mean_one_document_unless_something_differs(one: str, other: str, same: bool) -> None:
    assert only(one).may_be(only(other)) is same
    assert only(other).may_be(only(one)) is same


@pytest.mark.parametrize(
    ("kind", "number", "issued_on", "named"),
    [
        ("chỉ thị", "17-CT/TU", "2022-10-14", ("chi thi", 17, "cttu", "2022-10-14")),
        ("nghị quyết", "24/NQ-HĐND", None, ("nghi quyet", 24, "nqhdnd", "")),
        ("luật", "72/2020/QH14", "2020-11-17", ("luat", 72, "2020qh14", "2020-11-17")),
        (None, "17-CT/TU", None, ("", 17, "cttu", "")),
        ("nghị quyết", None, "2024-07-11", None),
    ],
)
def test_how_a_document_itself_would_be_named(
    kind: str | None,
    number: str | None,
    issued_on: str | None,
    named: tuple[str, int, str, str] | None,
    resolution: LoadedDocument,
) -> None:
    document = replace(resolution.document, kind=kind, number=number, issued_on=issued_on)
    found = reference_of(document)
    assert (found and stated(found)) == named


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Khoản 2 Chỉ thị 17-CT/TU năm 2020 nói gì?", "Khoản 2 nói gì?"),
        ("Chỉ thị 17-CT/TU và Kết luận 99-KL/TU về rác thải", "và về rác thải"),
        ("Khoản 2 Điều 2 nói gì?", "Khoản 2 Điều 2 nói gì?"),
    ],
)
def test_names_are_taken_out_of_a_question(text: str, rest: str) -> None:
    assert " ".join(without_references(text).split()) == rest


def test_exactly_the_documents_that_the_resolution_cites(resolution: LoadedDocument) -> None:
    text = resolution.document.text
    assert [found.span.of(text) for found in references_in(text)] == [
        "Nghị quyết số 24/NQ-HĐND ngày 12/7/2022",
        "Chỉ thị số 30-CT/TU",
        "Chỉ thị số 17-CT/TU",
        "Kết luận số 99-KL/TU",
        "Chỉ thị số 26-CT/TU ngày 02/6/2023",
        "Nghị quyết số 233-NQ/TU ngày 25/7/2022",
        "Chỉ thị số 17-CT/TU ngày 14/10/2022",
        "Chỉ thị số 25-CT/TU ngày 10/5/2023",
    ]


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        ("chỉ thị 17", BOTH_DIRECTIVES),
        ("Chỉ thị 17-CT/TU năm 2022", BOTH_DIRECTIVES),
        ("Chỉ thị 17-CT/TU năm 2020", BOTH_DIRECTIVES[:1]),
        ("nghi quyet 233", ["Nghị quyết số 233-NQ/TU ngày 25/7/2022"]),
        ("Kết luận 17-KL/TU", []),
        ("Chỉ thị 18-CT/TU", []),
    ],
)
def test_the_places_that_cite_a_document(wanted: str, places: list[str], resolution: LoadedDocument) -> None:
    text = resolution.document.text
    assert [found.span.of(text) for found in citing(text, only(wanted))] == places


def test_a_span_is_where_the_name_stands() -> None:
    assert only("Ai ký Chỉ thị 26?").span == Span(6, 16)
