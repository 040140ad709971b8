"""What a training step sees: questions with the passage that answers them, and texts with a vector.

Three kinds: a damaged question with the numbers of its passages in the table (or with its best window and
hard negatives); a damaged question with the teacher's vector of the clean one; a window with its own. The
prompts of the model stand in front of every text. Each batch is of one kind, so that short texts are not
padded to the length of long ones.
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
from training.encoder.table import Table, answering

if TYPE_CHECKING:
    from datasets import Dataset

QUERY, PASSAGE = "query: ", "passage: "
_OTHERS = 4  # further passages that answer the same question and are told to the loss


def match_rows(
    pairs: Sequence[Pair], table: Table, questions: NDArray[np.float16], recipe: Recipe
) -> "Dataset":
    """Damaged questions, drawn anew for each epoch, with what they have to find."""
    from datasets import Dataset

    draw = random.Random(recipe.seed + 1)
    asked = [_asked(pair, recipe, draw) for _ in range(recipe.epochs) for pair in pairs]
    if not recipe.passages_move:
        return Dataset.from_dict(
            {"question": asked, "label": passages_asked_for(pairs, table) * recipe.epochs}
        )
    mined = hard_negatives(pairs, table, questions, recipe.negatives)
    best = best_windows(pairs, table, questions)
    whole = [at for at, found in enumerate(mined) if len(found) == recipe.negatives]
    rows = {"answer": [best[at] for at in whole]}
    rows |= {f"negative_{place + 1}": [mined[at][place] for at in whole] for place in range(recipe.negatives)}
    columns = {
        name: [PASSAGE + table.windows[row] for row in of] * recipe.epochs for name, of in rows.items()
    }
    asked = [asked[epoch * len(pairs) + at] for epoch in range(recipe.epochs) for at in whole]
    return Dataset.from_dict({"question": asked, **columns})


def question_rows(pairs: Sequence[Pair], questions: NDArray[np.float16], recipe: Recipe) -> "Dataset":
    """Damaged questions, each with the teacher's vector of the question as it was."""
    from datasets import Dataset

    draw = random.Random(recipe.seed + 2)
    chosen = draw.choices(range(len(pairs)), k=recipe.distilled // 2)
    texts = [_asked(pairs[at], recipe, draw) for at in chosen]
    return Dataset.from_dict({"text": texts, "label": list(questions[chosen].astype(np.float32))})


def window_rows(table: Table, recipe: Recipe) -> "Dataset":
    """Windows of passages, each with the teacher's own vector of it."""
    from datasets import Dataset

    rows = random.Random(recipe.seed + 3).sample(range(len(table.windows)), len(table.windows))
    chosen = rows[: recipe.distilled // 2]
    texts = [PASSAGE + table.windows[row] for row in chosen]
    return Dataset.from_dict({"text": texts, "label": list(table.vectors[chosen].astype(np.float32))})


def passages_asked_for(pairs: Sequence[Pair], table: Table) -> list[list[int]]:
    """For each pair its passage's number in the table, then others of the same question, then -1."""
    labels = []
    for pair, answers in zip(pairs, answering(pairs, table.number), strict=True):
        own = table.number[pair.passage_id]
        others = [one for one in answers if one != own][:_OTHERS]
        labels.append([own, *others, *[-1] * (_OTHERS - len(others))])
    return labels


def _asked(pair: Pair, recipe: Recipe, draw: random.Random) -> str:
    return QUERY + damaged(pair.question, recipe.damages, draw)[: recipe.question_characters]
