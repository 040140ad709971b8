"""Derive `assistant/data/syllables.npz`: how often Vietnamese syllables stand alone and side by side.

    python -m training.derive_syllables FOLDER

FOLDER holds articles.jsonl.gz, pairs.jsonl.gz and spans.jsonl.gz of public legal and encyclopaedic text. The
counts restore diacritics and judge spelling where the indexed documents have no word for it. Takes two
minutes and 3 GB of memory. The test questions of `evaluation/` are not in these files.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from tqdm import tqdm

from training.derive_words import questions
from training.rows import rows
from vectorstore.syllables import SyllableCounts

_OUTPUT = Path(__file__).resolve().parent.parent / "assistant" / "data" / "syllables.npz"
_ARTICLE_LENGTH = 3000  # characters; long lists at the end of articles repeat themselves
_QUESTIONS = 20  # what one occurrence in a question counts: people do not ask in the language of laws
# Rarer ones are mostly slips of the pen; a pair seen less often is as good as unseen.
_LEAST_SYLLABLE, _LEAST_PAIR = 8, 3


def main(folder: Path) -> None:
    """Count and write."""
    texts = SyllableCounts.of(tqdm(_texts(folder), unit=" văn bản"))
    asked = SyllableCounts.of(sorted(questions(folder)))
    texts.plus(asked, _QUESTIONS).pruned(_LEAST_SYLLABLE, _LEAST_PAIR).save(_OUTPUT)


def _texts(folder: Path) -> Iterator[str]:
    yield from {row["context"] for row in rows(folder / "spans.jsonl.gz")}
    for row in rows(folder / "articles.jsonl.gz"):
        yield row["heading"] or ""
        yield row["text"][:_ARTICLE_LENGTH]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
