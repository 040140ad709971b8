"""A word that is right is never changed, over whole texts."""

import json
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

import pytest

from assistant.question import parse_question
from assistant.understanding.abbreviations import Abbreviations
from assistant.understanding.spelling import respelled
from assistant.understanding.syllable_model import SyllableModel
from assistant.understanding.tokens import protected_spans, tokens_of
from corpus.sentences import sentences
from corpus.syllable import conventional
from corpus.text import has_diacritics
from ingest import load

ROOT = Path(__file__).resolve().parents[3]
DAMAGED_KINDS = {"typo", "nodia", "abbr", "english"}
# Misspelt on purpose although of another kind.
MISSPELT = {"đang kí tạm chú cho ngừơi thuê trọ can gì"}
ABBREVIATIONS = Abbreviations()


def changed(texts: Iterable[str], model: SyllableModel) -> list[tuple[str, str, str]]:
    found = []
    for text in texts:
        out = ABBREVIATIONS.written_out(text, protected_spans(text))
        tokens = tokens_of(out.text, out.spans)
        for token, word in zip(tokens, respelled(tokens, model), strict=True):
            if conventional(word) != conventional(token.text):
                found.append((token.text, word, text[:200]))
    return found


def accented_questions(path: Path) -> list[str]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    kept = [row for row in rows if row["kind"] not in DAMAGED_KINDS and row["lang"] == "vi"]
    asked = [parse_question(row["question"]).text for row in kept]
    return [text for text in asked if has_diacritics(text) and text not in MISSPELT]


def test_no_word_of_the_resolution_is_changed(said: list[str], model: SyllableModel) -> None:
    assert len(said) > 100
    assert changed(said, model) == []


@pytest.mark.parametrize("name", ["resolution.tuning.jsonl", "resolution.second-tuning.jsonl"])
def test_no_word_of_a_rightly_spelt_question_is_changed(name: str, model: SyllableModel) -> None:
    questions = accented_questions(ROOT / "evaluation" / "questions" / name)
    assert len(questions) >= 75
    assert changed(questions, model) == []


def test_no_word_of_a_rightly_spelt_development_question_is_changed(
    shared_corpus: Callable[[str], Path], model: SyllableModel
) -> None:
    folder = shared_corpus("nd-30-2020-nd-cp/30_2020_ND_CP.docx").parents[2]
    assert changed(accented_questions(folder / "questions" / "resolution.dev.jsonl"), model) == []


@pytest.mark.parametrize(
    ("relative", "step", "least"),
    [
        ("ct-30-ct-tu-2024-bac-giang/kh-24-kh-ubnd-excerpt.txt", 1, 10),
        ("nd-30-2020-nd-cp/30_2020_ND_CP.docx", 2, 170),
        ("luat-146-2025-qh15/text.txt", 5, 280),
        ("kh-144-kh-ubnd-bac-ninh-2025/raw.md", 5, 80),
    ],
)
def test_no_word_of_another_document_is_changed(
    relative: str, step: int, least: int, shared_corpus: Callable[[str], Path], model: SyllableModel
) -> None:
    path = shared_corpus(relative)
    if path.suffix == ".md":  # not a format of the product; its lines are text all the same
        texts = path.read_text(encoding="utf-8").splitlines()
    else:
        texts = [passage.text for passage in load(path, relative).passages]
    found = (span.of(text) for text in texts for span in sentences(text))
    # What a web page put around the text is no Vietnamese.
    kept = [
        s for s in found if has_diacritics(s) and len(s) < 1900 and "http" not in s and not s.startswith("[")
    ]
    sample = [parse_question(sentence).text for sentence in islice(kept, 0, None, step)]
    assert len(sample) >= least
    assert changed(sample, model) == []
