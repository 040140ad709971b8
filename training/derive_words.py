"""Derive `assistant/data/words.tsv`: which syllables form words, and how common words are in questions.

    python -m training.derive_words FOLDER

FOLDER holds articles.jsonl.gz, spans.jsonl.gz and pairs.jsonl.gz (public legal and encyclopaedic text with
questions). Only counts leave it. Takes about two minutes and 2 GB.
"""

import math
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from assistant.words import WordStatistics
from corpus.text import words
from training.rows import rows

_DATA = Path(__file__).resolve().parent.parent / "assistant" / "data"
_ARTICLE_SHARE = 3  # every third article; more changes no pair that matters and costs minutes
_ARTICLE_LENGTH = 3000  # characters
_MIN_COUNT = 12
_MIN_COHESION = 0.18  # normalised PMI; "dân số" has .21, "số tỉnh" -.02
_MIN_QUESTIONS = 2


def texts(folder: Path) -> Iterator[str]:
    """Running text: a share of the articles that no evaluation set holds, and each context once."""
    for position, row in enumerate(rows(folder / "articles.jsonl.gz")):
        if position % _ARTICLE_SHARE == 0 and not row.get("heldout_passage"):
            yield row["text"][:_ARTICLE_LENGTH]
    yield from {row["context"] for row in rows(folder / "spans.jsonl.gz")}


def questions(folder: Path) -> set[str]:
    """Distinct questions."""
    asked = {row["question"] for row in rows(folder / "spans.jsonl.gz")}
    return asked | {row["query"] for row in rows(folder / "pairs.jsonl.gz") if row["kind"] == "question"}


def cohesions(folder: Path) -> dict[str, float]:
    """Normalised pointwise mutual information of the syllable pairs that are words."""
    single: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for text in texts(folder):
        syllables = words(text)
        single.update(syllables)
        pairs.update(pairwise(syllables))
    total = single.total()
    found = {}
    for (left, right), count in pairs.items():
        if count < _MIN_COUNT or not (left + right).isalpha():
            continue
        information = math.log(count * total / (single[left] * single[right]))
        cohesion = information / -math.log(count / total)
        if cohesion >= _MIN_COHESION:
            found[f"{left} {right}"] = round(cohesion, 2)
    return found


def main(folder: Path) -> None:
    """Write the two data files."""
    cohesion = cohesions(folder)
    asked = questions(folder)
    segmenter = WordStatistics(cohesion, {}, len(asked))
    frequency: Counter[str] = Counter()
    for question in asked:
        frequency.update({" ".join(word) for word in segmenter.segment(words(question))})
    kept = sorted(set(cohesion) | {word for word, count in frequency.items() if count >= _MIN_QUESTIONS})
    lines = ["# word\tcohesion\tquestions that contain it"]
    lines += [f"{word}\t{cohesion.get(word, '')}\t{frequency[word]}" for word in kept]
    _DATA.mkdir(exist_ok=True)
    (_DATA / "words.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (_DATA / "questions.txt").write_text(f"{len(asked)}\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
