"""The model card: what a model was made of, how, what it is worth, and what it cannot do."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FILE = "README.md"
RECORD = "record.json"

_TEXT = """\
---
language: [vi, en]
license: mit
pipeline_tag: sentence-similarity
library_name: sentence-transformers
---

# {name}

Encoder of Vietnamese official texts, derived from multilingual-e5-small (Wang et al. 2024, MIT). Texts carry
the prompts `query: ` and `passage: `, which this folder names itself.

## Made of

{layers} layers, {pieces} pieces of vocabulary, {dimension} dimensions. Recipe `{recipe}`, seed {seed},
{steps} steps; of the weights {parent_share:.0%} are the parent's.

Material: public Vietnamese legal and administrative texts, {pairs} pairs over {passages} passages; SHA-256 of
the pairs `{pairs_sha256}`. Left out: {left_out}.
Questions of the evaluation sets are held out by fuzzy match (Jaccard of syllables {least_jaccard} and more),
{heldout} of them known here; sets that were not at hand are held out by the name of their source only.

## Measures

nDCG@10 of the product's own retriever, vectors alone and mixed with words:

{ranking}

Cost on this machine: {cost}.

## Limits

Texts over 512 tokens are cut. Trained on Vietnamese; English questions are what the parent left. It ranks, it
does not judge: whether a text answers a question is decided elsewhere.
"""


def write_card(folder: Path, record: Mapping[str, Any]) -> None:
    """Write the card, and the record it was made from, into a model's folder."""
    (folder / RECORD).write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    left_out = "; ".join(f"{count:,} ({why})" for why, count in record["left_out"].items()) or "nothing"
    cost = ", ".join(f"{name} {value:g}" for name, value in record.get("cost", {}).items()) or "not measured"
    shown = {**record, "left_out": left_out, "cost": cost, "ranking": _table(record.get("ranking", {}))}
    (folder / FILE).write_text(_TEXT.format(**shown), encoding="utf-8")


def _table(ranking: Mapping[str, Mapping[str, float]]) -> str:
    if not ranking:
        return "Not measured."
    ways = list(next(iter(ranking.values())))
    rows = [["set", *ways], ["---"] * (len(ways) + 1)]
    rows += [[name, *(f"{figures[way]:.3f}" for way in ways)] for name, figures in ranking.items()]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)
