"""Measures against a table worked out by hand, on paragraphs of the shipped resolution."""

from dataclasses import replace

import pytest

from corpus.passage import Passage
from corpus.text import search_terms
from evaluation.given import GivenAnswer, Quoted
from evaluation.held import Held
from evaluation.judging import judge, token_f1
from evaluation.questions import GoldLabel, LabelledQuestion, place
from evaluation.slices import parts_of
from evaluation.statistics import Part, estimates
from ingest import LoadedDocument

WASTE, HEALTH = "2.4.2", "2.5.1"


@pytest.fixture(scope="module")
def held(resolution: LoadedDocument) -> Held:
    return Held([resolution])


def passage_at(held: Held, gold: str) -> Passage:
    return next(p for passages in held.passages.values() for p in passages if place(p) == gold)


def quoted(held: Held, gold: str, start: int = 0, end: int | None = None) -> Quoted:
    """A stretch of a paragraph, counted from its first character."""
    passage = passage_at(held, gold)
    first, last = passage.start + start, passage.start + (len(passage.text) if end is None else end)
    text = held.documents[passage.document_id].text[first:last]
    return Quoted(passage.document_id, first, last, text, passage.id, passage.location)


def answer(*citations: Quoted, mode: str = "extractive", text: str | None = None) -> GivenAnswer:
    shown = " ".join(f"“{one.quote}” [{n}]" for n, one in enumerate(citations, 1))
    return GivenAnswer(text or shown, not citations, citations, (), mode, 40.0)


def question(answerable: bool, *gold: str, **more: object) -> LabelledQuestion:
    labels = tuple(GoldLabel(None, one) for one in gold)
    asked = LabelledQuestion("1", "task", "?", (), answerable, labels)
    return replace(asked, **more)  # type: ignore[arg-type]


def judged(held: Held, asked: LabelledQuestion, given: GivenAnswer) -> dict[str, Part]:
    return judge(asked, held.gold(asked), given, held)


def test_measures_agree_with_a_table_worked_out_by_hand(held: Held) -> None:
    waste, health = quoted(held, WASTE), quoted(held, HEALTH)
    shows = (("17-CT/TU",),)
    table = [
        (question(True, WASTE, answer_contains=shows), answer(waste)),
        (question(True, WASTE, HEALTH, answer_contains=(("y tế",),), all_gold=True), answer(waste, health)),
        (question(True, WASTE, answer_contains=(("y tế",), ("17-CT/TU",))), answer(health)),
        (question(True, WASTE, answer_contains=shows), answer()),
        (question(False), answer()),
        (question(False), answer(waste)),
    ]
    rows = [judged(held, asked, given) for asked, given in table]
    parts = {name: [row[name] for row in rows if name in row] for name in {n for row in rows for n in row}}
    values = {name: estimate.value for name, estimate in estimates(parts, 7).items()}
    expected = {
        "first_citation": 2 / 4,
        "facts": 2 / 4,
        "fact_recall": (1 + 1 + 0.5 + 0) / 4,
        "citation_precision": (1 + 1 + 0) / 3,
        "citation_recall": (1 + 1 + 0 + 0) / 4,
        "all_places": 1.0,
        "wrongly_refused": 1 / 4,
        "refusal_recall": 1 / 2,
        "refusal_precision": 1 / 2,
        "refusal_f1": 2 / 4,
        "quotes_exact": 1.0,
    }
    assert {name: values[name] for name in expected} == pytest.approx(expected, abs=1e-9)
    outside = len(passage_at(held, HEALTH).text)
    shown = 2 * len(waste.quote) + 2 * outside
    assert values["over_quotation"] == pytest.approx(outside / shown)


def test_with_known_words_recall_and_over_quotation_count_characters(held: Held) -> None:
    passage = passage_at(held, WASTE)
    wanted = passage.text[10:110]
    asked = question(True, WASTE, quotes=(GoldLabel(None, None, wanted),))
    parts = judged(held, asked, answer(quoted(held, WASTE, 60, 160)))
    assert parts["citation_recall"] == (pytest.approx(0.5), 1)
    assert parts["over_quotation"] == (50, 100)
    assert parts["first_citation"] == (1.0, 1.0)


def test_a_quotation_shown_twice_covers_its_words_once(held: Held) -> None:
    passage = passage_at(held, WASTE)
    asked = question(True, WASTE, quotes=(GoldLabel(None, None, passage.text[:100]),))
    half = quoted(held, WASTE, 0, 50)
    assert judged(held, asked, answer(half, half))["citation_recall"] == (pytest.approx(0.5), 1)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda one: replace(one, start=one.start + 1),
        lambda one: replace(one, quote=one.quote.replace(",", "", 1)),
        lambda one: replace(one, location="Điều 2, khoản 5, đoạn 1"),
        lambda one: replace(one, document_id="không có"),
        lambda one: replace(one, quote="", end=one.start),
    ],
)
def test_a_quotation_that_is_not_exact_is_found_out(held: Held, spoil) -> None:  # type: ignore[no-untyped-def]
    good = quoted(held, WASTE)
    assert judged(held, question(True, WASTE), answer(good))["quotes_exact"] == (1.0, 1)
    assert judged(held, question(True, WASTE), answer(spoil(good)))["quotes_exact"] == (0.0, 1)


def test_a_marker_without_citation_is_found_out(held: Held) -> None:
    good = quoted(held, WASTE)
    parts = judged(held, question(True, WASTE), answer(good, text=f"“{good.quote}” [1] và [2]"))
    assert parts["quotes_exact"] == (0.0, 1)


def test_token_f1_counts_repeated_syllables_once_each() -> None:
    mine, theirs = search_terms("thu gom rác thải rác"), search_terms("thu gom, phân loại rác")
    assert token_f1(mine, theirs) == pytest.approx(2 * 3 / 10)
    assert token_f1(mine, search_terms("y tế")) == 0.0


def test_an_answer_is_compared_with_a_persons_own(held: Held) -> None:
    asked = question(True, WASTE, reference="Thu gom rác")
    good = quoted(held, WASTE)
    parts = judged(held, asked, answer(good))
    words = search_terms(good.quote)
    assert parts["token_f1"] == (pytest.approx(2 * 3 / (len(words) + 3)), 1)
    assert parts["length_ratio"] == (len(words), 3)
    refused = judged(held, asked, answer())
    assert refused["token_f1"] == (0.0, 1) and "length_ratio" not in refused


def test_sentences_of_a_model_are_held_against_what_they_cite(held: Held) -> None:
    good = quoted(held, WASTE)
    numbers = "Thực hiện Chỉ thị số 17-CT/TU và Kết luận số 99-KL/TU [1]."
    text = f"{numbers} Thực hiện Chỉ thị số 18-CT/TU [1]. Rác do xã thu gom [2]. Cần thu gom rác thải."
    parts = judged(held, question(True, WASTE), answer(good, mode="generative", text=text))
    assert parts["supported_sentences"] == (1, 4)
    assert "supported_sentences" not in judged(held, question(True, WASTE), answer(good))


def test_a_marker_behind_a_full_stop_or_a_quotation_belongs_to_what_stands_before_it(held: Held) -> None:
    good = quoted(held, WASTE)
    words = good.quote.split(". ")[0].rstrip(".")
    text = f"{words}. [1]\n“{words}. {words}.” [1]\nThu gom rác. Xử lý rác thải."
    parts = judged(held, question(True, WASTE), answer(good, mode="generative", text=text))
    assert parts["supported_sentences"] == (2, 4)


def test_parts_are_gathered_by_measure() -> None:
    assert dict(parts_of([])) == {}
