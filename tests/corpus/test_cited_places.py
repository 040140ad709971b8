"""Places inside another document, as officials write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cited_places import Place, places_before, places_in, written

ARTICLE, CLAUSE, POINT = "Điều", "khoản", "điểm"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("khoản 2 Điều 75", [((ARTICLE, "75"), (CLAUSE, "2"))]),
        ("Điều 5, khoản 2", [((ARTICLE, "5"), (CLAUSE, "2"))]),
        (
            "điểm a, b khoản 1 và khoản 3 Điều 5",
            [
                ((ARTICLE, "5"), (CLAUSE, "1"), (POINT, "a")),
                ((ARTICLE, "5"), (CLAUSE, "1"), (POINT, "b")),
                ((ARTICLE, "5"), (CLAUSE, "3")),
            ],
        ),
        (
            "điểm d khoản 1 Điều 44 và Điều 58",
            [((ARTICLE, "44"), (CLAUSE, "1"), (POINT, "d")), ((ARTICLE, "58"),)],
        ),
        ("các khoản 1, 2 và 3 Điều 18", [((ARTICLE, "18"), (CLAUSE, n)) for n in "123"]),
        (
            "khoản 3, điểm a khoản 5 Điều 9; khoản 7 Điều 10",
            [
                ((ARTICLE, "9"), (CLAUSE, "3")),
                ((ARTICLE, "9"), (CLAUSE, "5"), (POINT, "a")),
                ((ARTICLE, "10"), (CLAUSE, "7")),
            ],
        ),
        ("Điều 5a", [((ARTICLE, "5a"),)]),
        ("Mục 2 Chương III", [(("Chương", "III"), ("Mục", "2"))]),
        ("mục II.1 Phần B", [(("Phần", "B"), ("mục", "II.1"))]),
        ("Phụ lục II", [(("Phụ lục", "II"),)]),
        ("điều kiện, khoản tiền, điểm bán hàng", []),
        ("", []),
    ],
)
def test_places_are_read_outermost_first(text: str, places: list[Place]) -> None:
    assert list(places_in(text)) == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("theo khoản 2 Điều 75 của ", [((ARTICLE, "75"), (CLAUSE, "2"))]),
        ("theo khoản 2 Điều 75 ", [((ARTICLE, "75"), (CLAUSE, "2"))]),
        ("tại Phụ lục II ban hành kèm theo ", [(("Phụ lục", "II"),)]),
        ("Điều 3 quy định mức thu theo ", []),
        ("Điều 3 của Nghị định trước; theo ", []),
    ],
)
def test_only_what_leads_to_a_name_belongs_to_it(text: str, places: list[Place]) -> None:
    assert list(places_before(f"{text}Luật Cây xanh", len(text))) == places


@given(st.lists(st.tuples(st.integers(1, 200), st.integers(1, 30)), min_size=1, max_size=4, unique=True))
def test_what_is_written_is_read_back(numbers: list[tuple[int, int]]) -> None:
    places = [((ARTICLE, str(article)), (CLAUSE, str(clause))) for article, clause in numbers]
    assert list(places_in(", ".join(map(written, places)))) == places
