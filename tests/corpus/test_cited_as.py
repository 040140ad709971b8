"""How a place is cited in an official's own text."""

from dataclasses import replace

import pytest

from corpus.citation import Citation, cited_as, with_citation
from corpus.document import Document
from corpus.issuer_names import named_in_sentence
from corpus.passage import Heading, Level, Passage, Zone
from ingest import LoadedDocument

TEXT = "Giao Sở Y tế."
DOCUMENT = Document(
    "d", "nghị quyết", "24/NQ-HĐND", "HỘI ĐỒNG NHÂN DÂN TỈNH BẮC GIANG", "2024-07-11", None,
    "Về nhiệm vụ 6 tháng cuối năm", "d.txt", "0", TEXT,
)  # fmt: skip
HEADINGS = (Heading(Level.ARTICLE, "2"), Heading(Level.CLAUSE, "4"))
PASSAGE = Passage("d:0", "d", 0, len(TEXT), Zone.BODY, HEADINGS, 1, "Điều 2, khoản 4", TEXT)


def cited(passage: Passage = PASSAGE, **other: object) -> str:
    document = replace(DOCUMENT, **other)  # type: ignore[arg-type]
    return cited_as(Citation(document, passage, 0, len(TEXT)))


def test_place_kind_number_day_and_issuer_in_the_order_of_officials() -> None:
    assert cited() == (
        "khoản 4 Điều 2 Nghị quyết số 24/NQ-HĐND ngày 11/7/2024 của Hội đồng nhân dân tỉnh Bắc Giang"
    )
    assert cited(issued_on="2020-02-05").endswith("ngày 05/02/2020 của Hội đồng nhân dân tỉnh Bắc Giang")


def test_what_the_document_does_not_state_is_left_out() -> None:
    assert cited(issuer=None, issued_on=None) == "khoản 4 Điều 2 Nghị quyết số 24/NQ-HĐND"
    assert cited(number=None, issuer=None, issued_on=None) == (
        "khoản 4 Điều 2 Nghị quyết về nhiệm vụ 6 tháng cuối năm"
    )
    assert cited(kind=None, title=None, number=None) == "khoản 4 Điều 2 d.txt"


def test_a_law_is_cited_by_its_name() -> None:
    law = cited(kind="luật", title="BẢO VỆ MÔI TRƯỜNG", number="72/2020/QH14", issuer="QUỐC HỘI")
    assert law == "khoản 4 Điều 2 Luật Bảo vệ môi trường số 72/2020/QH14"


def test_a_part_without_headings_is_a_common_word_and_an_annex_is_not() -> None:
    preamble = replace(PASSAGE, headings=(), zone=Zone.PREAMBLE, location="Phần căn cứ, đoạn 2")
    assert cited(preamble).startswith("đoạn 2 phần căn cứ Nghị quyết số")
    annex = replace(PASSAGE, headings=(Heading(Level.ANNEX, "I"),), location="Phụ lục I, dòng 2")
    assert cited(annex).startswith("dòng 2 Phụ lục I Nghị quyết số")


def test_the_shipped_resolution_has_no_number_and_is_cited_by_its_trich_yeu(
    resolution: LoadedDocument,
) -> None:
    passage = next(p for p in resolution.passages if p.location == "Điều 3")
    citation = Citation(resolution.document, passage, passage.start, passage.end)
    assert cited_as(citation) == (
        "Điều 3 Nghị quyết của Hội đồng nhân dân tỉnh Bắc Giang về nhiệm vụ phát triển kinh tế - xã hội "
        "6 tháng cuối năm 2024 tỉnh Bắc Giang"
    )
    assert with_citation(citation) == f"“{passage.text}” ({cited_as(citation)})"


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH BÀ RỊA - VŨNG TÀU", "Ủy ban nhân dân tỉnh Bà Rịa - Vũng Tàu"),
        ("CHỦ TỊCH UỶ BAN NHÂN DÂN THÀNH PHỐ HUẾ", "Chủ tịch Uỷ ban nhân dân thành phố Huế"),
        ("TỈNH ỦY BẮC GIANG", "Tỉnh ủy Bắc Giang"),
        ("BAN THƯỜNG VỤ TỈNH ỦY BẮC GIANG", "Ban thường vụ Tỉnh ủy Bắc Giang"),
        ("BỘ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Bộ Văn hóa, Thể thao và Du lịch"),
        ("BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "Bộ Lao động - Thương binh và Xã hội"),
        ("BỘ CÔNG THƯƠNG", "Bộ Công Thương"),
        ("THỦ TƯỚNG CHÍNH PHỦ", "Thủ tướng Chính phủ"),
        ("Bộ Y tế", "Bộ Y tế"),
        ("CỤC ĐĂNG KIỂM VIỆT NAM", "CỤC ĐĂNG KIỂM VIỆT NAM"),
    ],
)  # fmt: skip
def test_bodies_are_spelt_by_rule_or_left_as_printed(printed: str, written: str) -> None:
    assert named_in_sentence(printed) == written
