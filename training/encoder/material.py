"""Pairs of a question and the passage that answers it, from public texts; what is held out is left out.

Knows the three files of the material folder (`articles`, `pairs`, `spans`, gzip JSON lines) and writes one:
`pairs.jsonl.gz`. A passage is a list of windows, each a sentence behind its heading, as the index has them.
Does not know models; nothing is damaged here.
"""

import gzip
import hashlib
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.sentences import sentences
from corpus.text import nfc
from training.encoder.heldout import Heldout
from training.encoder.recipe import Recipe
from training.errors import TrainingError
from training.rows import rows

_FILES = ("articles.jsonl.gz", "pairs.jsonl.gz", "spans.jsonl.gz")
_LONGEST_WINDOW = 400  # characters; about 96 tokens
_LEAST_WORDS = 4
_COMMON_HEADING = 5  # a heading that more articles have ("Phạm vi điều chỉnh") says nothing of one of them


@dataclass(frozen=True, slots=True)
class Pair:
    """A question, the windows of the passage that answers it, and where both come from."""

    question: str
    passage_id: str
    windows: tuple[str, ...]
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """The pairs by kind, and how many rows were left out for which reason."""

    pairs: dict[str, list[Pair]]
    left_out: Counter[str]


def gather(folder: Path, heldout: Heldout, recipe: Recipe) -> Gathered:
    """Read the material. Raises TrainingError when a file is missing."""
    for name in _FILES:
        if not (folder / name).is_file():
            raise TrainingError(f"{folder / name}: no such file; name the folder of the material: --data")
    left_out: Counter[str] = Counter()
    found: dict[str, list[Pair]] = defaultdict(list)
    allowed = list(_allowed(folder / _FILES[1], "query", heldout, recipe, left_out))
    articles = _articles(folder / _FILES[0], {row["positive_id"] for row in allowed}, recipe)
    for row in allowed:
        if row["positive_id"] not in articles:
            left_out["its article is held out or missing"] += 1
        elif row.get("heading_freq", 0) > _COMMON_HEADING:
            left_out["a heading that many articles have"] += 1
        else:
            found[row["kind"]].append(_pair(row, articles[row["positive_id"]]))
    for row in _allowed(folder / _FILES[2], "question", heldout, recipe, left_out):
        if row["answerable"]:
            found["span"].append(_span_pair(row, recipe))
    found["sentence"] = list(_sentence_pairs(articles, random.Random(recipe.seed)))
    return Gathered(
        {kind: [pair for pair in pairs if pair.windows] for kind, pairs in found.items()}, left_out
    )


def drawn(gathered: Gathered, recipe: Recipe) -> list[Pair]:
    """`recipe.pairs` pairs by the shares of their kinds, of `recipe.passages` passages at most, shuffled."""
    draw = random.Random(recipe.seed)
    chosen: list[Pair] = []
    passages: set[str] = set()
    for kind, share in recipe.shares.items():
        pairs = gathered.pairs.get(kind, [])
        wanted, room = round(recipe.pairs * share), round(recipe.passages * share)
        of_kind: set[str] = set()
        for pair in draw.sample(pairs, len(pairs)):
            if wanted and (pair.passage_id in passages or pair.passage_id in of_kind or len(of_kind) < room):
                of_kind.add(pair.passage_id)
                chosen.append(pair)
                wanted -= 1
        passages |= of_kind
    draw.shuffle(chosen)
    return chosen


def texts_of(gathered: Gathered) -> Iterator[str]:
    """Every question and every window once: what the vocabulary is for."""
    told: set[str] = set()
    for pair in (pair for pairs in gathered.pairs.values() for pair in pairs):
        yield pair.question
        if pair.passage_id not in told:
            told.add(pair.passage_id)
            yield from pair.windows


def write_pairs(pairs: Iterable[Pair], file: Path) -> str:
    """Write the pairs and return the SHA-256 of their content."""
    lines = [json.dumps(asdict(pair), ensure_ascii=False) for pair in pairs]
    content = ("\n".join(lines) + "\n").encode()
    file.write_bytes(gzip.compress(content, mtime=0))
    return hashlib.sha256(content).hexdigest()


def read_pairs(file: Path) -> list[Pair]:
    """The pairs of a file that `write_pairs` wrote."""
    return [Pair(**{**row, "windows": tuple(row["windows"])}) for row in rows(file)]


def windows_of(heading: str, text: str, recipe: Recipe) -> tuple[str, ...]:
    """The first windows of a passage: its sentences of four words and more, cut, behind the heading."""
    found = []
    for span in sentences(text):
        sentence = " ".join(span.of(text).split())
        if len(sentence.split()) >= _LEAST_WORDS:
            found.append(_cut(f"{heading}. {sentence}" if heading else sentence))
    return tuple(found[: recipe.windows_a_passage])


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_WINDOW else text[:_LONGEST_WINDOW].rsplit(" ", 1)[0]


def _allowed(
    file: Path, asked: str, heldout: Heldout, recipe: Recipe, left_out: Counter[str]
) -> Iterator[dict[str, Any]]:
    """Rows that may be trained on, their question in NFC."""
    for row in rows(file):
        row[asked] = nfc(row[asked]).strip()
        if row["source"] in recipe.forbidden_sources:
            left_out["of a source that is held out"] += 1
        elif row.get("heldout_passage") or row.get("eval_overlap"):
            left_out["its passage is held out"] += 1
        elif heldout.holds(row[asked]):
            left_out["nearly a question that is held out"] += 1
        else:
            yield row


def _articles(file: Path, wanted: set[str], recipe: Recipe) -> dict[str, tuple[str, ...]]:
    """The windows of the articles that are wanted and not held out."""
    return {
        row["id"]: windows_of(nfc(row["heading"] or ""), nfc(row["text"]), recipe)
        for row in rows(file)
        if row["id"] in wanted and not row.get("heldout_passage")
    }


def _pair(row: dict[str, Any], windows: tuple[str, ...]) -> Pair:
    if row["kind"] == "heading":  # with its heading in front the passage would hold the question itself
        windows = tuple(_without_heading(window, row["query"]) for window in windows)
    return Pair(row["query"], row["positive_id"], windows, row["kind"], row["source"])


def _without_heading(window: str, query: str) -> str:
    heading, _, sentence = window.partition(". ")
    return sentence if sentence and query.startswith(heading) else window


def _span_pair(row: dict[str, Any], recipe: Recipe) -> Pair:
    context = nfc(row["context"])
    key = hashlib.sha256(context.encode()).hexdigest()[:16]
    return Pair(row["question"], f"span::{key}", windows_of("", context, recipe), "span", row["source"])


def _sentence_pairs(articles: dict[str, tuple[str, ...]], draw: random.Random) -> Iterator[Pair]:
    """A sentence of an article asks for the others (inverse cloze task)."""
    for name, windows in articles.items():
        if len(windows) > 1:
            at = draw.randrange(len(windows))
            rest = windows[:at] + windows[at + 1 :]
            yield Pair(
                windows[at].partition(". ")[2] or windows[at], f"{name}::rest", rest, "sentence", "articles"
            )
