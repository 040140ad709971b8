"""A model's text cut into sentences while it streams in."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.generation.splitting import SentenceReader


def read(text: str, *cuts: int, complete: bool = True) -> list[str]:
    reader = SentenceReader()
    edges = [0, *sorted(cuts), len(text)]
    found = [s for start, end in pairwise(edges) for s in reader.feed(text[start:end])]
    return found + reader.close(complete=complete)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Đẩy mạnh thu gom rác. [1]\nTuyên truyền, vận động [2].", 2),
        ("Đẩy mạnh thu gom rác. [1] Tuyên truyền, vận động. [2][3]", 2),
        ("- **Đẩy mạnh** thu gom rác [1].\n* Tuyên truyền [2].", 2),
        ("1. Thu gom rác theo Điều 2. khoản 4 [1].\n2) Vận động [1].", 2),
        ("", 0),
        ("\n\n  \n", 0),
    ],
)
def test_sentences_keep_their_markers(text: str, wanted: int) -> None:
    found = read(text)
    assert len(found) == wanted
    assert all("[" in sentence and "*" not in sentence for sentence in found)


def test_a_marker_behind_the_full_stop_belongs_to_the_sentence_before_it() -> None:
    assert read("Một việc. [1] Hai việc. [2]") == ["Một việc. [1]", "Hai việc. [2]"]


def test_a_sentence_is_given_as_soon_as_the_next_one_has_begun() -> None:
    reader = SentenceReader()
    assert reader.feed("Đẩy mạnh thu gom rác. [1") == []
    assert reader.feed("] Tuyên") == ["Đẩy mạnh thu gom rác. [1]"]
    assert reader.feed(" truyền [2].\n") == ["Tuyên truyền [2]."]


def test_a_sentence_that_was_cut_off_is_left_out() -> None:
    assert read("Một việc. [1]\nHai việc nữa là", complete=False) == ["Một việc. [1]"]


TEXT = (
    "Về rác thải, cần đẩy mạnh thực hiện Chỉ thị số 17-CT/TU [1]. Khẩn trương hoàn thành thủ tục. [2][3]\n"
    "- Tuyên truyền, vận động... phân loại rác [1, 2]\n\nTP. Bắc Giang hoàn thành 12,5 km đường. [4]"
)


@given(st.lists(st.integers(0, len(TEXT)), max_size=12))
def test_where_the_pieces_end_does_not_matter(cuts: list[int]) -> None:
    assert read(TEXT, *cuts) == read(TEXT)
    assert len(read(TEXT)) == 4
