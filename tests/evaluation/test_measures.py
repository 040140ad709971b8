"""Measures against a table worked out by hand."""

from assistant.answer import Answer
from corpus.citation import Citation
from evaluation.answers import judge, measure
from evaluation.questions import LabelledQuestion, place
from ingest import LoadedDocument


def passage_at(resolution: LoadedDocument, gold: str) -> Citation:
    passage = next(passage for passage in resolution.passages if place(passage) == gold)
    return Citation(resolution.document, passage, passage.start, passage.end)


def answer(*citations: Citation) -> Answer:
    reason = None if citations else "không nêu"
    return Answer("?", None, "vi", "…", citations, (), not citations, reason, "extractive", 40)


def question(answerable: bool, *gold: str, shows: str = "", all_gold: bool = False) -> LabelledQuestion:
    contains = ((shows,),) if shows else ()
    return LabelledQuestion("1", "task", "?", (), answerable, frozenset(gold), all_gold, contains)


def test_places_of_the_resolution_are_as_the_question_files_write_them(resolution: LoadedDocument) -> None:
    places = [place(passage) for passage in resolution.passages]
    assert places.count("0") == 5 and places[-1] == "end"
    assert {"1.0.4", "2.0.1", "2.2.3", "2.4.2", "2.11.1", "3.0.1"} <= set(places)


def test_measures_agree_with_a_table_worked_out_by_hand(resolution: LoadedDocument) -> None:
    waste, health = passage_at(resolution, "2.4.2"), passage_at(resolution, "2.5.1")
    judgements = [
        judge(question(True, "2.4.2", shows="17-CT/TU"), answer(waste)),
        judge(question(True, "2.4.2", "2.5.1", shows="y tế", all_gold=True), answer(waste, health)),
        judge(question(True, "2.4.2", shows="y tế"), answer(health)),
        judge(question(True, "2.4.2", shows="17-CT/TU"), answer()),
        judge(question(False), answer()),
        judge(question(False), answer(waste)),
    ]
    measured = measure(judgements)
    assert (measured.answerable, measured.unanswerable) == (4, 2)
    assert measured.first_citation == 0.5
    assert measured.facts_shown == 0.75
    assert measured.all_places == 1.0
    assert measured.wrongly_refused == 0.25
    assert measured.rightly_refused == 0.5
    assert measured.quotes_exact == 1.0
    assert measured.median_ms == 40
