"""Documents named by number and issuer: the issuer tells them apart, and is no matter to be looked for."""

import pytest

from assistant import Assistant
from vectorstore.encoder import Encoder
from vectorstore.generation import IndexLocation
from vectorstore.sync import sync

_TEXT = """ỦY BAN NHÂN DÂN
TỈNH {province}
Số: 06/CT-UBND
{place}, ngày 05 tháng 3 năm 2024
CHỈ THỊ
Về việc {matter}
Trong những năm qua, Ủy ban nhân dân tỉnh {place} đã chỉ đạo các ngành thực hiện nhiều nhiệm vụ.
1. Các sở, ngành, Ủy ban nhân dân tỉnh rà soát việc {matter}."""


@pytest.fixture(scope="module")
def assistant(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("chi-thi")
    for place, matter in (("An Bình", "phòng cháy rừng"), ("Sơn Thượng", "trồng cây xanh")):
        text = _TEXT.format(province=place.upper(), place=place, matter=matter)
        (folder / f"{place}.txt").write_text(text, encoding="utf-8")
    location = IndexLocation(tmp_path_factory.mktemp("index"))
    sync([folder], folder, location, encoder)
    return Assistant.open(location, encoder)


@pytest.mark.parametrize(
    ("question", "matter"),
    [
        ("Chỉ thị 06 của UBND tỉnh An Bình về việc gì?", "phòng cháy rừng"),
        ("Chỉ thị số 06/CT-UBND của Ủy ban nhân dân tỉnh Sơn Thượng nói về gì?", "trồng cây xanh"),
    ],
)
def test_the_title_of_the_issuers_document_answers(assistant: Assistant, question: str, matter: str) -> None:
    answer = assistant.ask(question)
    assert [citation.passage.location for citation in answer.citations] == ["Tên văn bản"]
    assert matter in answer.text


def test_without_an_issuer_both_are_shown(assistant: Assistant) -> None:
    answer = assistant.ask("Chỉ thị 06/CT-UBND về việc gì?")
    assert {citation.document.issuer for citation in answer.citations} == {
        "ỦY BAN NHÂN DÂN TỈNH AN BÌNH",
        "ỦY BAN NHÂN DÂN TỈNH SƠN THƯỢNG",
    }
