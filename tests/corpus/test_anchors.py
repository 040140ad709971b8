"""Anchors of paragraphs: readable, ASCII, stable and never two alike in one document."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.anchors import anchor, anchors, place_anchor
from corpus.passage import Heading, Level, Passage, Zone
from ingest.load import LoadedDocument, load

REAL = [
    "luat-bao-ve-moi-truong-2020/body.html",
    "luat-146-2025-qh15/text.txt",
    "luat-47-2019-qh14/body.html",
    "kh-144-kh-ubnd-bac-ninh-2025/raw.md",
    "nd-30-2020-nd-cp/30_2020_ND_CP.docx",
]


def _passage(location: str, zone: Zone = Zone.BODY, ordinal: int = 1, start: int = 0) -> Passage:
    headings = (Heading(Level.ARTICLE, "2"),) if zone is Zone.BODY else ()
    return Passage(f"d:{start}", "d", start, start + 1, zone, headings, ordinal, location, "x")


@pytest.mark.parametrize(
    ("location", "ordinal", "expected"),
    [
        ("Điều 2, khoản 4, đoạn 2", 2, "dieu-2-khoan-4-doan-2"),
        ("Điều 2, khoản 4", 1, "dieu-2-khoan-4-doan-1"),
        ("Điều 2, khoản 4, lời dẫn", 1, "dieu-2-khoan-4-doan-1"),
        ("Chương II, Điều 1, điểm đ", 1, "chuong-ii-dieu-1-diem-dd-doan-1"),
        ("Chương II, Điều 1, điểm d", 1, "chuong-ii-dieu-1-diem-d-doan-1"),
        ("Quy định kèm theo, Điều 3", 1, "quy-dinh-kem-theo-dieu-3-doan-1"),
        ("mục I.1.a, đoạn 3", 3, "muc-i-1-a-doan-3"),
        ("Phụ lục I, bảng 2, dòng 12", 12, "phu-luc-i-bang-2-dong-12"),
        ("Phụ lục, dòng đầu bảng", 1, "phu-luc-dong-dau-bang"),
    ],
)
def test_an_anchor_reads_like_the_place(location: str, ordinal: int, expected: str) -> None:
    assert anchor(_passage(location, ordinal=ordinal)) == expected


def test_parts_outside_the_articles_have_anchors_too() -> None:
    assert anchor(_passage("Phần đầu văn bản, đoạn 1", Zone.LETTERHEAD)) == "phan-dau-van-ban-doan-1"
    # The comma in the zone's name is no step.
    signature = _passage("Nơi nhận, chữ ký, đoạn 2", Zone.SIGNATURE, 2)
    assert anchor(signature) == "noi-nhan-chu-ky-doan-2"
    assert place_anchor(signature) == "noi-nhan-chu-ky"


def test_a_heading_alone_is_no_paragraph_of_its_place() -> None:
    assert anchor(_passage("Chương I", Zone.HEADING)) == "chuong-i-de-muc"


def test_a_second_paragraph_moves_no_link_to_the_first() -> None:
    alone = _passage("Điều 2, khoản 4")
    assert anchor(alone) == anchor(replace(alone, location="Điều 2, khoản 4, đoạn 1"))


def test_two_passages_of_one_place_are_told_apart() -> None:
    same = [_passage("Điều 2", start=start) for start in range(3)]
    assert anchors(same) == ["dieu-2-doan-1", "dieu-2-doan-1_2", "dieu-2-doan-1_3"]


@given(
    st.lists(
        st.builds(
            _passage,
            st.text(max_size=200),
            st.sampled_from(list(Zone)),
            st.integers(1, 3),
            st.integers(0, 9),
        ),
        max_size=12,
    )
)
def test_whatever_a_place_is_called_the_anchors_are_plain_and_unique(passages: list[Passage]) -> None:
    found = anchors(passages)
    assert len(set(found)) == len(passages)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*(_\d+)?", name) and len(name) < 200 for name in found)


def test_the_resolution_has_its_places(resolution: LoadedDocument) -> None:
    found = anchors(resolution.passages)
    assert "dieu-2-khoan-4-doan-2" in found
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("relative", REAL)
def test_real_documents_need_no_numbering_and_links_outlive_a_new_paragraph(
    shared_corpus: Callable[[str], Path], relative: str
) -> None:
    path = shared_corpus(relative)
    loaded = load(path, path.name)
    found = anchors(loaded.passages)
    assert len(set(found)) == len(found)
    assert not [name for name in found if "_" in name]
    assert found == anchors(load(path, "another name.txt").passages)
