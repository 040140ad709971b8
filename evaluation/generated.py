"""Documents made of the shipped resolution, as many as are wanted, for measuring cost.

A paragraph is the first half of one sentence of the resolution and the second half of another, so that hardly
any two are alike. Their size is real, their sense is not. Their words are few (those of one resolution), so a
word stands in more of the paragraphs than in a real collection: scoring by words costs more than it would.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, islice
from pathlib import Path

from corpus.sentences import sentences
from evaluation.errors import EvaluationProblem
from ingest import load
from ingest.load import LoadedDocument

_SHIPPED = Path(__file__).resolve().parent.parent / "documents"
_ARTICLES, _CLAUSES = 5, 6
_SEED = 20241125


def resolution_in(documents_dir: Path) -> Path:
    """The shipped resolution: of this folder, else of the program's own. Raises EvaluationProblem without."""
    for folder in (documents_dir, _SHIPPED):
        for found in sorted(folder.glob("nghi-quyet-*.txt")):
            return found
    raise EvaluationProblem(
        f"{documents_dir}: không có tệp nghi-quyet-*.txt, mà văn bản dùng để đo được tạo từ nghị quyết đi "
        "kèm chương trình. Chép lại tệp đó vào thư mục này"
    )


def sentences_of(resolution: Path) -> list[str]:
    """The sentences of the resolution, in order."""
    text = load(resolution, resolution.name).document.text
    return [span.of(line) for line in text.split("\n") for span in sentences(line)]


def generated(resolution: Path) -> Iterator[LoadedDocument]:
    """Documents without end, the same at every call."""
    pool = [sentence.split() for sentence in sentences_of(resolution)]
    draw = random.Random(_SEED)
    for number in count():
        lines = ["QUYẾT ĐỊNH", f"Về nhiệm vụ thứ {number}"]
        for article in range(1, _ARTICLES + 1):
            lines.append(f"Điều {article}. {_crossed(draw, pool)}")
            lines += [f"{clause}. {_crossed(draw, pool)}" for clause in range(1, _CLAUSES + 1)]
        name = f"{number}.txt"
        yield load(Path(name), name, "\n".join(lines).encode())


def documents_generated(documents: int, resolution: Path) -> Iterator[LoadedDocument]:
    """So many documents of about 36 passages each."""
    return islice(generated(resolution), documents)


def passages_generated(passages: int, resolution: Path) -> Iterator[LoadedDocument]:
    """Documents with exactly so many passages together; the last one is cut short."""
    left = passages
    for item in generated(resolution):
        kept = item.passages[:left]
        left -= len(kept)
        yield replace(item, passages=kept)
        if left == 0:
            return


def _crossed(draw: random.Random, pool: list[list[str]]) -> str:
    first, second = draw.choice(pool), draw.choice(pool)
    return " ".join(first[: (len(first) + 1) // 2] + second[len(second) // 2 :])
