"""A heading that only names what follows is not an answer: what it stands for is."""

from pathlib import Path

import pytest

from assistant import Assistant
from vectorstore.encoder import Encoder
from vectorstore.generation import IndexLocation
from vectorstore.sync import sync

INVENTED = Path(__file__).resolve().parents[2] / "evaluation" / "collection" / "documents"


@pytest.fixture(scope="module")
def several(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    where = IndexLocation(tmp_path_factory.mktemp("invented"))
    sync([INVENTED], INVENTED, where, encoder)
    return Assistant.open(where, encoder)


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("Sở Giáo dục và Đào tạo có những nhiệm vụ nào trong Chỉ thị 05?", ["mục 5.a", "mục 5.b"]),
        ("Hồ sơ trễ hạn thì bộ phận một cửa phải làm gì với người dân?", ["mục II.1.b"]),
        ("Điểm b khoản 3 Chỉ thị số 05/CT-UBND quy định gì?", ["mục 3.b"]),
    ],
)
def test_what_stands_below_a_heading_is_quoted(several: Assistant, question: str, places: list[str]) -> None:
    answer = several.ask(question)
    assert [citation.passage.location for citation in answer.citations] == places


def test_a_paragraph_of_the_shipped_resolution_is_no_heading(assistant: Assistant) -> None:
    answer = assistant.ask("Phải làm gì để xử lý rác thải?")
    assert answer.citations[0].passage.location == "Điều 2, khoản 4, đoạn 2"
