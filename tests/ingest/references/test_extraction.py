"""Citations of other documents in a text: all of them, with what is said of each, and nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.references import references_in
from ingest import LoadedDocument, load
from ingest.references import CrossReference, cross_references

Read = Callable[[str], list[CrossReference]]


@pytest.fixture
def cited(tmp_path: Path) -> Read:
    """What a decision of a province cites in its body."""

    def read(body: str) -> list[CrossReference]:
        path = tmp_path / "quyet-dinh.txt"
        path.write_text(
            "ỦY BAN NHÂN DÂN\nTỈNH HOA SEN\nSố: 5/QĐ-UBND\nHoa Sen, ngày 03 tháng 4 năm 2021\n\nQUYẾT ĐỊNH\n"
            f"Về quản lý cây xanh\n\nQUYẾT ĐỊNH:\nĐiều 1. {body}\n",
            encoding="utf-8",
        )
        loaded = load(path, path.name)
        found = cross_references(loaded.document, loaded.passages)
        for one in found:
            assert " ".join(loaded.document.text[one.start : one.end].split()) == one.name
            assert one.passage_id in {passage.id for passage in loaded.passages}
        return found

    return read


def stated(one: CrossReference) -> tuple[str, int | None, str, str]:
    return one.kind, one.number, one.suffix, one.issued


def test_exactly_what_the_resolution_cites(resolution: LoadedDocument) -> None:
    found = cross_references(resolution.document, resolution.passages)
    assert [stated(one) for one in found] == [
        ("luật", None, "", "2015-06-19"),
        ("luật", None, "", "2019-11-22"),
        ("nghị quyết", 24, "nqhdnd", "2022-07-12"),
        ("chỉ thị", 30, "cttu", ""),
        ("chỉ thị", 17, "cttu", ""),
        ("kết luận", 99, "kltu", ""),
        ("luật", None, "", ""),
        ("chỉ thị", 26, "cttu", "2023-06-02"),
        ("nghị quyết", 233, "nqtu", "2022-07-25"),
        ("chỉ thị", 17, "cttu", "2022-10-14"),
        ("chỉ thị", 25, "cttu", "2023-05-10"),
    ]
    places = {passage.id: passage.location for passage in resolution.passages}
    assert places[found[0].passage_id] == places[found[1].passage_id]  # one line, two laws
    assert found[6].title == "Bảo vệ môi trường"
    assert places[found[6].passage_id] == "Điều 2, khoản 4, đoạn 2"
    assert found[8].issuer == "Ban Chấp hành Đảng bộ tỉnh"


def test_a_list_shares_the_word_for_its_kind_and_the_issuer_in_front(cited: Read) -> None:
    found = cited(
        "Căn cứ các Nghị định của Chính phủ: số 63/2010/NĐ-CP ngày 08/6/2010, số 48/2013/NĐ-CP ngày "
        "14/5/2013 và số 92/2017/NĐ-CP ngày 07/8/2017."
    )
    assert [stated(one)[:2] for one in found] == [("nghị định", 63), ("nghị định", 48), ("nghị định", 92)]
    assert {one.issuer for one in found} == {"Chính phủ"}
    assert [one.issued for one in found] == ["2010-06-08", "2013-05-14", "2017-08-07"]


def test_the_issuer_behind_a_list_is_that_of_all(cited: Read) -> None:
    found = cited(
        "Thực hiện Chỉ thị số 31-CT/TU ngày 05/12/2020 về trồng cây, Kế hoạch số 134-KH/TU ngày 29/12/2020 "
        "của Ban Thường vụ Tỉnh ủy về chăm sóc cây."
    )
    assert [one.issuer for one in found] == ["Ban Thường vụ Tỉnh ủy"] * 2
    assert [one.title for one in found] == ["về trồng cây", "về chăm sóc cây"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Theo Nghị định số 30/2020/NĐ-CP.", ("nghị định", 30, "2020ndcp", "2020")),
        ("Theo Luật Cây xanh số 72/2020/QH14 ngày 17/11/2020.", ("luật", 72, "2020qh14", "2020-11-17")),
        ("Theo Chỉ thị số 17-CT/TU, ngày 14/10/2020.", ("chỉ thị", 17, "cttu", "2020-10-14")),
        ("Theo Quyết định số 41a/QĐ-UBND.", ("quyết định", 41, "qdubnd", "")),
        ("Theo Chỉ thị số\n31-CT/TU.", ("chỉ thị", 31, "cttu", "")),
        ("Theo Công văn số 12345/UBND-KT.", ("công văn", 12345, "ubndkt", "")),
        ("Theo Quyết định số: 256 /2004/QĐ-UB.", ("quyết định", 256, "2004qdub", "2004")),
        (
            "Theo Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15.",
            ("luật", 64, "2025qh15", "2025"),
        ),
    ],
)
def test_numbers_of_both_orthographies(cited: Read, body: str, expected: object) -> None:
    assert [stated(one) for one in cited(body)] == [expected]


def test_places_inside_the_cited_document(cited: Read) -> None:
    (one,) = cited("Thực hiện theo khoản 2 Điều 75 Luật Cây xanh và các quy định khác.")
    assert one.places == ((("Điều", "75"), ("khoản", "2")),)


@pytest.mark.parametrize(
    "body",
    [
        "Quyết định này và Điều 5 Quy định này; Luật này; Nghị quyết này.",
        "Ban hành kèm theo Quyết định số 5/QĐ-UBND ngày 03/4/2021 Quy định quản lý cây xanh.",
        "Từ 10-15 người, trực 24/7, giá 5.000 đồng/m2, tỷ lệ 3/5 số hộ, 12/xã.",
    ],
)
def test_a_text_does_not_cite_itself_nor_figures(cited: Read, body: str) -> None:
    assert cited(body) == []


def test_a_short_form_gets_what_was_said_before(cited: Read) -> None:
    full, short, law, named = cited(
        "Theo Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 của Chính phủ về kiểm soát thủ tục. Nghị định số "
        "63/2010/NĐ-CP và Luật Cây xanh số 72/2020/QH14 áp dụng. Luật Cây xanh được tuân thủ."
    )
    assert (short.issued, short.issuer, short.title) == (full.issued, "Chính phủ", "về kiểm soát thủ tục")
    assert stated(named) == stated(law)


def test_nothing_is_taken_from_later_or_from_two_of_one_number(cited: Read) -> None:
    found = cited(
        "Thực hiện Chỉ thị số 17-CT/TU. Chỉ thị số 17-CT/TU ngày 27/02/2020 và Chỉ thị số 17-CT/TU ngày "
        "14/10/2020 còn hiệu lực. Chỉ thị số 17-CT/TU được tuân thủ."
    )
    assert [one.issued for one in found] == ["", "2020-02-27", "2020-10-14", ""]


def test_real_numbers_of_a_province_are_recognised_in_full(
    shared_corpus: Callable[[str], Path],
) -> None:
    import csv

    with shared_corpus("so-ky-hieu-binh-duong-list/data.csv").open(encoding="utf-8") as file:
        numbers = [row["so_ky_hieu"].strip() for row in csv.DictReader(file)]
    whole = 0
    for number in numbers:
        text = f"theo {number} thì"
        found = references_in(text, printed=True)
        whole += [one.span.of(text) for one in found] == [number]
    assert len(numbers) == 4056
    assert whole >= 0.9975 * len(numbers)


def test_a_law_that_amends_names_what_it_amends(shared_corpus: Callable[[str], Path]) -> None:
    path = shared_corpus("luat-47-2019-qh14/text.txt")
    loaded = load(path, path.name)
    found = {(one.number, one.title) for one in cross_references(loaded.document, loaded.passages)}
    assert (76, "Tổ chức Chính phủ") in found and (77, "Tổ chức chính quyền địa phương") in found
    assert not any("Sửa đổi" in title for _, title in found)


@given(st.text(alphabet="LuậtNghịđịnh số17-CT/TU,;. ngày2/1của Bộvềkhoản Điều\n", max_size=300))
def test_any_text_is_read_with_exact_offsets(text: str) -> None:
    from corpus.document import Document
    from corpus.passage import Passage, Zone

    document = Document("d", None, None, None, None, None, None, "d.txt", "", text)
    if not text:
        return
    passage = Passage("d:0", "d", 0, len(text), Zone.BODY, (), 1, "Nội dung", text)
    for one in cross_references(document, [passage]):
        assert 0 <= one.start < one.end <= len(text)
        assert " ".join(text[one.start : one.end].split()) == one.name
