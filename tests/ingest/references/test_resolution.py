"""Which document a citation means: by date, place, time and topic; open where these do not decide."""

from pathlib import Path

import pytest

from corpus.document import Document
from ingest import load
from ingest.references import CrossReference, RelatedFacts, cross_references
from ingest.references.known import KnownDocuments
from ingest.references.related import RelatedDocument
from ingest.references.resolution import Citer, Resolution, State, resolve

WASTE = "về việc huy động Nhân dân thu gom, xử lý rác thải"
FINES = "về tăng cường công tác xử lý vi phạm hành chính"


def held(
    name: str, kind: str, number: str | None, issued_on: str | None, title: str, **other: str
) -> Document:
    issuer = other.get("issuer", "TỈNH ỦY HOA SEN" if number and number.endswith("/TU") else None)
    return Document(
        name, kind, number, issuer, issued_on, None, title, f"{name}.txt", "", "",
        effective_on=other.get("effective_on"),
    )  # fmt: skip


WASTE_DIRECTIVE = held("waste", "chỉ thị", "17-CT/TU", "2020-02-27", WASTE)
FINES_DIRECTIVE = held("fines", "chỉ thị", "17-CT/TU", "2022-10-14", FINES)
LAWS = [
    held("law2014", "luật", "55/2014/QH13", "2014-06-23", "CÂY XANH", effective_on="2015-01-01"),
    held("law2020", "luật", "72/2020/QH14", "2020-11-17", "CÂY XANH", effective_on="2022-01-01"),
]


def meant(
    tmp_path: Path,
    sentence: str,
    documents: list[Document],
    facts: RelatedFacts | None = None,
    year: str = "2024",
) -> Resolution:
    """What the one citation of a sentence means in a resolution of the province of Hoa Sen."""
    path = tmp_path / "nghi-quyet.txt"
    path.write_text(
        f"NGHỊ QUYẾT\nVề nhiệm vụ năm {year} tỉnh Hoa Sen\n\nHỘI ĐỒNG NHÂN DÂN TỈNH HOA SEN\n\nQUYẾT NGHỊ:\n"
        f"Điều 1. {sentence}\n",
        encoding="utf-8",
    )
    loaded = load(path, path.name)
    (reference,) = cross_references(loaded.document, loaded.passages)
    known = KnownDocuments.of([loaded.document, *documents], facts or RelatedFacts())
    return resolve(reference, Citer.of(loaded.document), known)


@pytest.mark.parametrize(
    ("sentence", "name", "reason"),
    [
        ("Thực hiện Chỉ thị số 17-CT/TU ngày 14/10/2022.", "fines", "ngày ban hành khớp"),
        ("Thực hiện Chỉ thị số 17-CT/TU năm 2020.", "waste", "năm ban hành khớp"),
        ("Thực hiện Chỉ thị số 17-CT/TU, đổi mới việc thu gom rác thải.", "waste", "nội dung"),
        ("Giảm vi phạm hành chính theo Chỉ thị số 17-CT/TU.", "fines", "nội dung"),
    ],
)
def test_two_of_one_number_are_told_apart(tmp_path: Path, sentence: str, name: str, reason: str) -> None:
    found = meant(tmp_path, sentence, [WASTE_DIRECTIVE, FINES_DIRECTIVE])
    assert (found.state, found.document_id) == (State.HELD, name)
    assert reason in found.reason


def test_where_nothing_tells_them_apart_both_are_listed(tmp_path: Path) -> None:
    found = meant(tmp_path, "Thực hiện Chỉ thị số 17-CT/TU.", [WASTE_DIRECTIVE, FINES_DIRECTIVE])
    assert found.state is State.AMBIGUOUS
    assert {one.id for one in found.known} == {"waste", "fines"}


def test_a_number_alone_is_no_match(tmp_path: Path) -> None:
    found = meant(tmp_path, "Thực hiện Chỉ thị số 17-CT/TU về nuôi trồng thủy sản.", [FINES_DIRECTIVE])
    assert found.state is State.AMBIGUOUS and found.document_id is None


@pytest.mark.parametrize(
    ("sentence", "documents"),
    [
        ("Thực hiện Chỉ thị số 17-CT/TU ngày 01/01/2021.", [WASTE_DIRECTIVE, FINES_DIRECTIVE]),
        ("Thực hiện Chỉ thị số 18-CT/TU ngày 14/10/2022.", [FINES_DIRECTIVE]),
        ("Thực hiện Kết luận số 17-KL/TU ngày 14/10/2022.", [FINES_DIRECTIVE]),
        (
            "Thực hiện Chỉ thị số 17-CT/TU ngày 14/10/2022.",
            [held("x", "chỉ thị", "17-CT/TU", "2022-10-14", FINES, issuer="TỈNH ỦY SÔNG XANH")],
        ),
        (
            "Thực hiện Chỉ thị số 17-CT/TU năm 2022 của Ban Thường vụ Tỉnh ủy.",
            [held("x", "chỉ thị", "17-CT/TU", "2022-10-14", FINES, issuer="Ban Chấp hành Đảng bộ tỉnh")],
        ),
        (
            "Thực hiện Quyết định số 5/QĐ-UBND của UBND tỉnh Hoa Sen.",
            [held("x", "quyết định", "5/QĐ-UBND", "2026-01-01", "về cây xanh")],
        ),
    ],
)
def test_another_date_kind_place_body_or_a_later_text_is_not_meant(
    tmp_path: Path, sentence: str, documents: list[Document]
) -> None:
    found = meant(tmp_path, sentence, documents)
    assert found.state is State.MISSING
    assert found.reason == "được viện dẫn, chưa có toàn văn"


@pytest.mark.parametrize(
    ("year", "name"), [("2024", "law2020"), ("2023", "law2020"), ("2021", "law2014"), ("2013", None)]
)
def test_a_bare_law_is_the_one_in_force_when_it_was_cited(
    tmp_path: Path, year: str, name: str | None
) -> None:
    found = meant(tmp_path, "Theo Luật Cây xanh.", LAWS, year=year)
    assert found.document_id == name
    assert name is None or year in found.reason


def test_a_dated_law_is_the_one_of_that_date(tmp_path: Path) -> None:
    assert meant(tmp_path, "Theo Luật Cây xanh năm 2014.", LAWS).document_id == "law2014"
    assert meant(tmp_path, "Theo Luật Cây xanh ngày 17 tháng 11 năm 2020.", LAWS).document_id == "law2020"


def test_facts_tell_that_another_document_is_meant_than_the_one_held(tmp_path: Path) -> None:
    facts = RelatedFacts((RelatedDocument("chỉ thị", "trang tin", "17-CT/TU", WASTE, None, "2020-02-27"),))
    sentence = "Thực hiện Chỉ thị số 17-CT/TU, đổi mới việc thu gom rác thải."
    found = meant(tmp_path, sentence, [FINES_DIRECTIVE], facts)
    assert found.state is State.MISSING
    assert found.known[0].facts is facts.documents[0]


def test_of_a_document_that_is_held_the_facts_do_not_count(tmp_path: Path) -> None:
    facts = RelatedFacts((RelatedDocument("chỉ thị", "trang tin", "17-CT/TU", WASTE, None, "2020-02-27"),))
    sentence = "Thực hiện Chỉ thị số 17-CT/TU ngày 27/02/2020."
    assert meant(tmp_path, sentence, [WASTE_DIRECTIVE], facts).document_id == "waste"


def test_resolving_does_not_slow_down_with_the_number_of_documents() -> None:
    many = [
        held(f"d{n}", "quyết định", f"{n}/2020/QĐ-UBND", "2020-01-01", "về cây xanh") for n in range(1, 3000)
    ]
    known = KnownDocuments.of(many, RelatedFacts())
    assert max(len(bucket) for bucket in known.by_number.values()) == 1
    reference = CrossReference(
        "quyết định", 77, "", "2020qdubnd", "2020", "", "", (), "p", 0, 1, "Quyết định số 77", ""
    )
    assert resolve(reference, Citer("x", "", "2024"), known).document_id == "d77"
