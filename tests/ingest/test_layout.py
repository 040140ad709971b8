"""Words of a page find their place in the text, in order, whatever was dropped or joined between."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ingest.extract import Word
from ingest.layout import place_words

BOX = (0.1, 0.2, 0.3, 0.4)


def words(*texts: str, page: int = 1) -> list[Word]:
    return [Word(text, page, BOX, 0.9) for text in texts]


def test_each_word_is_where_it_stands() -> None:
    text = "Điều 1. Giao Sở Y tế thực hiện."
    placed = place_words(text, words(*text.split()))
    assert [text[w.start : w.end] for w in placed] == text.split()
    assert placed[0].box == BOX and placed[0].page == 1


def test_a_page_number_that_was_dropped_is_left_out() -> None:
    text = "xây dựng nông thôn mới"
    placed = place_words(
        text, [*words("xây", "dựng"), *words("17", page=2), *words("nông", "thôn", "mới", page=2)]
    )
    assert [(text[w.start : w.end], w.page) for w in placed] == [
        ("xây", 1),
        ("dựng", 1),
        ("nông", 2),
        ("thôn", 2),
        ("mới", 2),
    ]


def test_a_repeated_word_is_not_placed_twice_at_one_place() -> None:
    placed = place_words("ngày ngày ngày", words("ngày", "ngày", "ngày"))
    assert [(w.start, w.end) for w in placed] == [(0, 4), (5, 9), (10, 14)]


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1), max_size=30))
def test_places_are_in_order_and_hold_their_word(texts: list[str]) -> None:
    text = " ".join(texts)
    placed = place_words(text, words(*texts))
    assert [text[w.start : w.end] for w in placed] == texts
    assert all(a.end <= b.start for a, b in pairwise(placed))
