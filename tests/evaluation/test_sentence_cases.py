"""The shipped sentences with verdicts: well-formed, balanced, true to the resolution, two sets apart."""

from collections import Counter

import pytest

from evaluation.sentence_cases import SHIPPED, SentenceCase, read_cases
from ingest import LoadedDocument


@pytest.fixture(scope="module", params=sorted(SHIPPED))
def cases(request: pytest.FixtureRequest) -> list[SentenceCase]:
    return read_cases(SHIPPED[request.param])


def test_there_are_enough_and_half_of_them_are_wrong(cases: list[SentenceCase]) -> None:
    assert len(cases) >= 100
    wrong = sum(not case.supported for case in cases)
    assert 0.45 <= wrong / len(cases) <= 0.55


def test_every_wrong_way_is_there_more_than_once_and_no_kind_is_both(cases: list[SentenceCase]) -> None:
    counted = Counter(case.kind for case in cases if not case.supported)
    assert len(counted) >= 16 and min(counted.values()) >= 2
    assert counted.keys() & {case.kind for case in cases if case.supported} <= {"english"}


def test_about_a_tenth_is_english_half_of_it_wrong(cases: list[SentenceCase]) -> None:
    english = [case for case in cases if case.language == "en"]
    assert 0.07 <= len(english) / len(cases) <= 0.13
    assert abs(sum(case.supported for case in english) - len(english) / 2) <= 1.5


def test_what_is_said_to_be_of_the_resolution_stands_there_at_that_place(
    cases: list[SentenceCase], resolution: LoadedDocument
) -> None:
    name = resolution.document.name
    places = {f"{name} – {passage.location}": passage.text for passage in resolution.passages}
    quoted = [
        (case.id, about, text) for case in cases for about, text in case.paragraphs if about.startswith(name)
    ]
    assert quoted
    assert [found[0] for found in quoted if places.get(found[1]) != found[2]] == []


def test_the_same_name_always_stands_for_the_same_words(cases: list[SentenceCase]) -> None:
    words: dict[str, str] = {}
    for case in cases:
        for about, text in case.paragraphs:
            assert words.setdefault(about, text) == text, case.id


def test_a_supported_sentence_cites_only_paragraphs_that_are_there(cases: list[SentenceCase]) -> None:
    for case in cases:
        if case.supported:
            assert case.markers and set(case.markers) <= set(range(1, len(case.paragraphs) + 1)), case.id


def test_a_sentence_without_or_with_an_impossible_marker_is_called_that(cases: list[SentenceCase]) -> None:
    for case in cases:
        possible = set(range(1, len(case.paragraphs) + 1))
        impossible = not case.markers or not set(case.markers) <= possible
        assert not (impossible and case.supported), case.id
        if case.kind in {"no_marker", "no_such_marker"}:
            assert impossible, case.id


def test_verbatim_quotations_are_verbatim_and_misquotations_are_not(cases: list[SentenceCase]) -> None:
    for case in cases:
        if case.kind in {"quotation", "misquoted"}:
            quotation = case.sentence.split("“")[1].split("”")[0]
            cited = " ".join(case.paragraphs[marker - 1][1] for marker in case.markers)
            assert (quotation in cited) == (case.kind == "quotation"), case.id


def test_what_is_held_out_shares_no_sentence_no_id_and_no_invented_paragraph(
    resolution: LoadedDocument,
) -> None:
    name = resolution.document.name
    heldout = read_cases(SHIPPED["held-out"])
    for other in ("dev", "second dev"):
        cases = read_cases(SHIPPED[other])
        for of in (
            lambda case: {case.sentence},
            lambda case: {case.id},
            lambda case: {words for about, words in case.paragraphs if not about.startswith(name)},
        ):
            first, second = (set().union(*map(of, one)) for one in (cases, heldout))
            assert not first & second


def test_no_sentence_stands_twice(cases: list[SentenceCase]) -> None:
    assert len({case.sentence for case in cases}) == len(cases)
