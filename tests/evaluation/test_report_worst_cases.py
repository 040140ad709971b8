"""The worst cases of a report: which come first, and what stands beside what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from evaluation.errors import ResultError
from evaluation.report.page import page
from evaluation.report.tables import main_measure
from evaluation.report.worst import Severity, first_rank, stretch_of, worst_cases
from evaluation.result import Result, Source
from tests.evaluation import sample_result as sample


@pytest.fixture(scope="module")
def answers() -> Result:
    return sample.answers()


@pytest.fixture(scope="module")
def shown(answers: Result) -> html.HtmlElement:
    return html.fromstring(page(answers).encode())


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_the_worst_mistake_comes_first(answers: Result) -> None:
    main = main_measure(answers)
    assert main is not None
    cases = worst_cases(answers.systems[0], main)
    assert [case.row.id for case in cases] == ["h-altered", "h-anyway", "h-place", "h-refused", "h-facts"]
    assert [case.severity for case in cases] == list(Severity)[:5]


def test_only_thirty_worst_cases_are_shown_and_of_the_systems_asked_for(answers: Result) -> None:
    parsed = html.fromstring(page(answers, ["BM25"]).encode())
    assert len(parsed.xpath("//article")) == 30
    labels = [words(tag) for tag in parsed.xpath("//article//span[contains(@class, 'severity')]")]
    assert labels[0] == "Trích sai nguyên văn" and labels[1] == "Trả lời điều văn bản không nêu"
    with pytest.raises(ResultError, match="Trợ lý, BM25"):
        page(answers, ["không có"])


def test_a_wrong_citation_stands_beside_the_accepted_place_both_marked(
    shown: html.HtmlElement,
) -> None:
    case = next(case for case in shown.xpath("//article") if "h-place" in words(case))
    accepted, cited = case.xpath(".//div[@class='side']")
    assert words(accepted.xpath(".//mark")[0]) == sample.GOLD.text
    assert words(cited.xpath(".//mark")[0]) == sample.ELSEWHERE.text
    assert sample.WASTE in words(accepted) and sample.HEALTH in words(cited)


def test_a_stretch_that_is_not_where_it_is_said_to_be_is_not_marked(shown: html.HtmlElement) -> None:
    case = next(case for case in shown.xpath("//article") if "h-altered" in words(case))
    cited = case.xpath(".//div[@class='side']")[1]
    assert cited.xpath(".//mark") == [] and "không nằm ở vị trí được ghi" in words(cited)


def test_a_long_paragraph_is_cut_around_its_stretch() -> None:
    source = sample.source(sample.LONG, "Chỗ cần trích nằm ở đây.")
    stretch = stretch_of(source)
    assert stretch.marked == source.text and len(stretch.before + stretch.after) < 1100
    assert stretch.cut_before + len(stretch.before) == source.start
    assert stretch.cut_after + len(stretch.after) == len(sample.LONG) - source.end


@given(st.text(max_size=60), st.integers(-5, 70), st.integers(-5, 70))
def test_a_stretch_never_loses_or_invents_characters(passage: str, start: int, end: int) -> None:
    claimed = passage[start:end] if 0 <= start <= end else "bịa"
    stretch = stretch_of(Source("d", "l", claimed, passage, start, end))
    if stretch.misplaced or not passage:
        assert stretch.marked == claimed
    else:
        assert stretch.before + stretch.marked + stretch.after == passage


def test_rankings_show_where_what_was_expected_stands() -> None:
    parsed = html.fromstring(page(sample.retrieval()).encode())
    titles = [words(title) for title in parsed.xpath("//figure/h3")]
    assert "Hạng của văn bản liên quan đầu tiên" in titles and not parsed.xpath("//div[@class='refusals']")
    first, *_, last = parsed.xpath("//article")
    assert "luat-7-gold" in words(first) and "không có trong danh sách" in words(first)
    assert words(last.xpath(".//li[@class='expected']")[0]).endswith("✓ cần tìm")


def test_a_rank_beyond_those_a_result_keeps_is_read_from_its_reciprocal() -> None:
    row = sample.row("r", {"RR": (1 / 37, 1)}, ranking=("a", "b"), gold=(Source("c", "", "", "", 0, 0),))
    assert first_rank(row) == 37
    assert first_rank(sample.row("r", {"RR": (0, 1)}, ranking=("a",))) is None
    assert first_rank(sample.row("r", {}, ranking=("a", "c"), gold=(Source("c", "", "", "", 0, 0),))) == 2
