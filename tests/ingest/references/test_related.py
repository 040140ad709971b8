"""The hand-written file of facts: what it gives, and what is said when a line of it is wrong."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import LoadedDocument
from ingest.discover import discover
from ingest.references import load_related
from ingest.references.related import RelatedFileError
from tests.conftest import ROOT

SHIPPED = ROOT / "documents" / "related.yaml"
GOOD = """documents:
  - kind: chỉ thị
    number: 5-CT/TU
    issued_on: 2021-03-04
    title: >-
      về trồng cây
      ven sông
    source: Báo Hoa Sen
    sources:
      title: Cổng thông tin Hoa Sen
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "related.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_file_says_what_is_known_of_every_document_the_resolution_cites() -> None:
    facts = load_related(SHIPPED).documents
    known = {(one.number, one.issued_on): one for one in facts}
    assert len(known) == len(facts) == 11
    waste, land = known["17-CT/TU", "2020-02-27"], known["30-CT/TU", "2024-01-31"]
    assert waste.title and "rác thải" in waste.title and "Phụ nữ" in waste.source
    assert land.source == "Kế hoạch số 24/KH-UBND ngày 01/4/2024"
    assert known["17-CT/TU", "2022-10-14"].title is None
    assert known["99-KL/TU", None].issuer is None
    assert known["72/2020/QH14", "2020-11-17"].articles == 171
    assert known["77/2015/QH13", "2015-06-19"].articles == 143
    assert "47/2019/QH14" in {one.number for one in facts}


def test_each_fact_has_its_source(tmp_path: Path) -> None:
    (one,) = load_related(written(tmp_path, GOOD)).documents
    assert one.title == "về trồng cây ven sông"
    assert one.source_of("title") == "Cổng thông tin Hoa Sen"
    assert one.source_of("issued_on") == "Báo Hoa Sen"


@pytest.mark.parametrize("text", ["", "# chưa có gì\n", "documents: []\n", "\ufeff" + GOOD])
def test_an_empty_file_or_none_is_no_mistake(tmp_path: Path, text: str) -> None:
    assert len(load_related(written(tmp_path, text)).documents) == text.count("kind")
    assert load_related(tmp_path / "khong-co.yaml").documents == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    issued_on: 2021-03-04", "    issued_on: 2021-02-30", "dòng 4: “issued_on: 2021-02-30”"),
        ("    issued_on: 2021-03-04", "    issued: 2021-03-04", "dòng 4: khoá “issued” không dùng được"),
        ("    issued_on: 2021-03-04", "    number: 6-CT/TU", "dòng 4: khoá “number” viết hai lần"),
        ("    issued_on: 2021-03-04", "    articles: nhiều", "dòng 4: “articles: nhiều”"),
        ("    issued_on: 2021-03-04", "    issuer:", "dòng 4: “issuer” phải có một giá trị"),
        ("    issued_on: 2021-03-04", "    issuer: [a, b]", "dòng 4: “issuer” phải có một giá trị"),
        ("    issued_on: 2021-03-04", "   issued_on: x: y", "sai cú pháp YAML"),
        ("    issued_on: 2021-03-04", "\tissued_on: 2021-03-04", "sai cú pháp YAML"),
        ("    number: 5-CT/TU", "    number: năm", "dòng 3: “number: năm”"),
        ("    source: Báo Hoa Sen\n", "", "dòng 2: thiếu khoá “source”"),
        ("kind: chỉ thị", "kind: bài báo", "dòng 2: “kind: bài báo”"),
        ("documents:", "van_ban:", "dòng 1: khoá “van_ban” không dùng được"),
        ("documents:\n  - kind", "documents:\n    kind", "phải là danh sách"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    path = written(tmp_path, GOOD.replace(old, new))
    with pytest.raises(RelatedFileError) as problem:
        load_related(path)
    assert said in str(problem.value) and str(path) in str(problem.value)


def test_a_file_that_is_too_big_or_not_utf8_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RelatedFileError, match="lớn hơn"):
        load_related(written(tmp_path, "#" * 1_000_001))
    path = tmp_path / "related.yaml"
    path.write_bytes("documents: # chỉ thị".encode("utf-16"))
    with pytest.raises(RelatedFileError, match="UTF-8"):
        load_related(path)


def test_aliases_do_not_grow(tmp_path: Path) -> None:
    bomb = "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(50))
    with pytest.raises(RelatedFileError, match="không dùng được"):
        load_related(written(tmp_path, bomb))


@given(st.text(alphabet=list("documents:- kinđ'\"[]{}&*!|>\n\t#%@`0"), max_size=120))
def test_whatever_is_written_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = written(tmp_path_factory.mktemp("facts"), text)
    try:
        load_related(path)
    except RelatedFileError as problem:
        assert "related.yaml" in str(problem)


def test_the_file_is_no_document(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    found = discover(tmp_path)
    assert found.files == () and found.problems == ()


@pytest.mark.parametrize(
    ("number", "issued_on", "title", "expected"),
    [
        ("72/2020/QH14", "2020-11-17", "BẢO VỆ MÔI TRƯỜNG", 171),
        ("72/2020/QH14", None, None, 171),
        (None, "2020-11-17", "BẢO VỆ MÔI TRƯỜNG", 171),
        (None, None, "BẢO VỆ MÔI TRƯỜNG", None),
        ("72/2025/QH15", "2025-06-16", "TỔ CHỨC CHÍNH QUYỀN ĐỊA PHƯƠNG", None),
        ("47/2019/QH14", "2019-11-22", None, None),
    ],
)
def test_how_many_articles_a_whole_text_has(
    resolution: LoadedDocument,
    number: str | None,
    issued_on: str | None,
    title: str | None,
    expected: int | None,
) -> None:
    law = replace(resolution.document, kind="luật", number=number, issued_on=issued_on, title=title)
    assert load_related(SHIPPED).articles_expected(law) == expected
