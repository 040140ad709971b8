"""What a training step sees: questions with the window that answers them and others, and texts with a vector.

Three kinds: a damaged question with its best window and hard negatives; a damaged question with the teacher's
vector of the clean one; a window with its own. The prompts of the model stand in front of every text. Each
batch is of one kind, so that short texts are not padded to the length of long ones.
"""

import random
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from training.encoder.damage import damaged
from training.encoder.material import Pair
from training.encoder.negatives import best_windows, hard_negatives
from training.encoder.recipe import Recipe
from training.encoder.table import Table

if TYPE_CHECKING:
    from datasets import Dataset

QUERY, PASSAGE = "query: ", "passage: "


def match_rows(
    pairs: Sequence[Pair], table: Table, questions: NDArray[np.float16], recipe: Recipe
) -> "Dataset":
    """Damaged questions, drawn anew for each epoch, with the window to find and those to tell it from."""
    from datasets import Dataset

    draw = random.Random(recipe.seed + 1)
    best = best_windows(pairs, table, questions)
    mined = hard_negatives(pairs, table, questions, best, recipe.negatives)
    whole = [at for at, found in enumerate(mined) if len(found) == recipe.negatives] * recipe.epochs
    rows = {"answer": [best[at] for at in whole]}
    rows |= {f"negative_{place + 1}": [mined[at][place] for at in whole] for place in range(recipe.negatives)}
    columns = {
        name: [PASSAGE + table.windows[row][: recipe.trained_characters] for row in of]
        for name, of in rows.items()
    }
    return Dataset.from_dict({"question": [_asked(pairs[at], recipe, draw) for at in whole], **columns})


def question_rows(pairs: Sequence[Pair], questions: NDArray[np.float16], recipe: Recipe) -> "Dataset":
    """Damaged questions, each with the teacher's vector of the question as it was."""
    from datasets import Dataset

    draw = random.Random(recipe.seed + 2)
    chosen = draw.choices(range(len(pairs)), k=recipe.distilled["questions"])
    texts = [_asked(pairs[at], recipe, draw) for at in chosen]
    return Dataset.from_dict({"text": texts, "label": list(questions[chosen].astype(np.float32))})


def window_rows(table: Table, recipe: Recipe) -> "Dataset":
    """Windows of passages, each with the teacher's own vector of it."""
    from datasets import Dataset

    rows = random.Random(recipe.seed + 3).sample(range(len(table.windows)), len(table.windows))
    chosen = rows[: recipe.distilled["windows"]]
    texts = [PASSAGE + table.windows[row] for row in chosen]
    return Dataset.from_dict({"text": texts, "label": list(table.vectors[chosen].astype(np.float32))})


def _asked(pair: Pair, recipe: Recipe, draw: random.Random) -> str:
    return QUERY + damaged(pair.question, recipe.damages, draw)[: recipe.question_characters]
