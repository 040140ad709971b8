"""Places of plans and tables: "mục II.1.a", "dòng 2 Phụ lục I"."""

from pathlib import Path

import pytest

from assistant import Assistant
from assistant.places import lies_in, place_of
from ingest import load
from ingest.summary import summary
from vectorstore.encoder import Encoder
from vectorstore.generation import IndexLocation
from vectorstore.sync import sync

_PLAN = """ỦY BAN NHÂN DÂN
TỈNH AN BÌNH
Số: 12/KH-UBND
An Bình, ngày 05 tháng 3 năm 2024
KẾ HOẠCH
Về việc trồng cây
I. MỤC ĐÍCH
1. Phủ xanh đất trống.
II. NHIỆM VỤ
1. Trồng rừng phòng hộ:
a) Trồng 500 ha ở huyện Sơn Thượng.
b) Chăm sóc 200 ha ở huyện Sơn Hạ.
2. Trồng cây phân tán ven đường."""
_TABLE = (
    "<html><body><p>PHỤ LỤC I</p><p>CHỈ TIÊU TRỒNG CÂY</p><table>"
    "<tr><td>TT</td><td>Huyện</td><td>Số cây</td></tr>"
    "<tr><td>1</td><td>Sơn Thượng</td><td>1.200</td></tr><tr><td>2</td><td>Sơn Hạ</td><td>3.400</td></tr>"
    "</table></body></html>"
)


@pytest.fixture(scope="module")
def assistant(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("ke-hoach")
    (folder / "ke-hoach.txt").write_text(_PLAN, encoding="utf-8")
    (folder / "phu-luc.html").write_text(_TABLE, encoding="utf-8")
    location = IndexLocation(tmp_path_factory.mktemp("index"))
    sync([folder], folder, location, encoder)
    return Assistant.open(location, encoder)


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("Mục II.1.a nêu gì?", ["mục II.1.a"]),
        ("Mục II.1 quy định những gì?", ["mục II.1, lời dẫn", "mục II.1.a", "mục II.1.b"]),
        ("Nội dung mục I.1?", ["mục I.1"]),
        ("Dòng 2 Phụ lục I ghi gì?", ["Phụ lục I, dòng 2"]),
    ],
)
def test_a_nested_place_is_quoted(assistant: Assistant, question: str, places: list[str]) -> None:
    answer = assistant.ask(question)
    assert [citation.passage.location for citation in answer.citations] == places


def test_a_row_that_is_not_there_is_said_so(assistant: Assistant) -> None:
    answer = assistant.ask("Dòng 9 Phụ lục I ghi gì?")
    assert answer.refused and "dòng 9 Phụ lục I" in answer.text


def test_a_row_is_found_by_the_words_of_its_header(assistant: Assistant) -> None:
    answer = assistant.ask("Số cây của huyện Sơn Hạ là bao nhiêu?")
    assert answer.citations[0].quote.endswith("3.400")


def test_one_point_is_not_another_that_begins_alike() -> None:
    loaded = load(Path("a.txt"), "a.txt", _PLAN.encode())
    assert summary(loaded).outline["mục"] == 5
    inside = [p.location for p in loaded.passages if lies_in(p, place_of("mục I"))]
    assert inside == ["mục I", "mục I.1"], "mục II.1 is no part of mục I"
