"""Training by sentence-transformers over three kinds of lessons, with checkpoints and early stopping.

Knows how lessons, losses and measurements are put together and where checkpoints lie; a run that was broken
off goes on from the last of them. Does not know where texts or vectors come from.
"""

import logging
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray

from training.encoder.base import keep_layers
from training.encoder.batches import LikeLengths
from training.encoder.lessons import match_rows, question_rows, window_rows
from training.encoder.losses import TowardsTeacher
from training.encoder.material import Pair
from training.encoder.probing import Probe
from training.encoder.recipe import Recipe
from training.encoder.table import Table

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from transformers.trainer_utils import TrainOutput

_PROBED = 400  # pairs kept out of the lessons, at most one in ten
_TOKENIZER = ("tokenizer.json", "tokenizer_config.json")
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lessons:
    """The pairs of a run, their passages' table and the teacher's vectors of their questions, in order."""

    pairs: Sequence[Pair]
    table: Table
    questions: NDArray[np.float16]

    def split(self, probed: int) -> tuple["Lessons", "Lessons"]:
        """All but the last `probed` pairs and those that ask the same, and the last ones; over one table."""
        cut = len(self.pairs) - probed
        asked = {pair.question.lower() for pair in self.pairs[cut:]}
        kept = [at for at in range(cut) if self.pairs[at].question.lower() not in asked]
        return self._of(kept), self._of(range(cut, len(self.pairs)))

    def _of(self, rows: Sequence[int]) -> "Lessons":
        return Lessons([self.pairs[at] for at in rows], self.table, self.questions[list(rows)])


def fit(base: Path, lessons: Lessons, recipe: Recipe, folder: Path) -> dict[str, Any]:
    """Train the recipe's layers of the base model and save the best state to `folder/model`.

    Returns the probe before and after, and the trainer's log.
    """
    from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer
    from transformers import EarlyStoppingCallback

    # Attention written out is three times as fast on a processor, backwards, as the fused one; and without
    # dropout, which a short run does not need, a step takes half the time.
    kept = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
    plain = None if torch.cuda.is_available() else {"attn_implementation": "eager"}
    model = SentenceTransformer(str(base), local_files_only=True, config_kwargs=kept, model_kwargs=plain)
    longest, model.max_seq_length = model.max_seq_length, recipe.window_tokens
    keep_layers(model, recipe.layers)
    seen, asked = lessons.split(min(_PROBED, len(lessons.pairs) // 10))
    probe = Probe(asked.pairs, recipe)
    trainer = SentenceTransformerTrainer(
        model=model,
        args=_arguments(recipe, folder / "checkpoints", probe),
        train_dataset={
            "match": match_rows(seen.pairs, seen.table, seen.questions, recipe),
            "questions": question_rows(seen.pairs, seen.questions, recipe),
            "windows": window_rows(seen.table, recipe),
        },
        loss={
            "match": _match_loss(model, recipe),
            "questions": TowardsTeacher(model, recipe.distil_weight),
            "windows": TowardsTeacher(model, recipe.distil_weight),
        },
        evaluator=probe,
        callbacks=[EarlyStoppingCallback(early_stopping_patience=recipe.patience)],
    )
    probed = {"before": probe(model)}
    parent = {name: values.detach().clone() for name, values in model.state_dict().items()}
    _resumed(trainer, folder / "checkpoints")
    probed["trained"] = probe(model)
    _average(model, parent, recipe.parent_share)
    probed["averaged"] = probe(model)
    model.max_seq_length = longest
    model.save(str(folder / "model"), create_model_card=False)
    for name in _TOKENIZER:  # saved after training, it would cut every text at the length of training
        shutil.copyfile(base / name, folder / "model" / name)
    return {"probe": probed, "steps": trainer.state.global_step, "log": trainer.state.log_history}


def _average(model: "SentenceTransformer", parent: dict[str, torch.Tensor], share: float) -> None:
    """Move the weights back by `share` of the way: what training took from other texts mostly comes back, and
    most of what it gave stays (Wortsman et al. 2022).
    """
    trained = model.state_dict()
    model.load_state_dict({name: torch.lerp(trained[name], parent[name], share) for name in trained})


def _resumed(trainer: Any, checkpoints: Path) -> "TrainOutput":
    there = any(checkpoints.glob("checkpoint-*"))
    if there:
        _LOG.warning("goes on from the last checkpoint in %s", checkpoints)
    return trainer.train(resume_from_checkpoint=there or None)


def _match_loss(model: "SentenceTransformer", recipe: Recipe) -> torch.nn.Module:
    from sentence_transformers.sentence_transformer.losses import (
        CachedMultipleNegativesRankingLoss,
        MatryoshkaLoss,
        MultipleNegativesRankingLoss,
    )

    scale, size = 1 / recipe.temperature, recipe.mini_batch
    whole = size >= recipe.batch  # cached gradients save memory and cost a second encoding
    inner = (
        MultipleNegativesRankingLoss(model, scale=scale)
        if whole
        else CachedMultipleNegativesRankingLoss(model, scale=scale, mini_batch_size=size)
    )
    loss: torch.nn.Module = MatryoshkaLoss(model, inner, list(recipe.dimensions))
    return loss


def _arguments(recipe: Recipe, folder: Path, probe: Probe) -> Any:
    from sentence_transformers import SentenceTransformerTrainingArguments
    from sentence_transformers.base.training_args import MultiDatasetBatchSamplers

    has_gpu = torch.cuda.is_available()
    return SentenceTransformerTrainingArguments(
        output_dir=str(folder),
        num_train_epochs=1,  # the lessons of all epochs are drawn beforehand, each damaged anew
        per_device_train_batch_size=recipe.batch,
        learning_rate=recipe.learning_rate,
        learning_rate_mapping={"word_embeddings": recipe.embedding_learning_rate},
        warmup_steps=recipe.warmup,
        weight_decay=recipe.weight_decay,
        bf16=recipe.half_precision,
        use_cpu=not has_gpu,
        seed=recipe.seed,
        data_seed=recipe.seed,
        batch_sampler=LikeLengths,
        multi_dataset_batch_sampler=MultiDatasetBatchSamplers.PROPORTIONAL,
        eval_strategy="steps",
        eval_steps=recipe.measure_every,
        save_strategy="steps",
        save_steps=recipe.measure_every,
        save_total_limit=2,
        logging_steps=max(1, recipe.measure_every // 4),
        load_best_model_at_end=True,
        metric_for_best_model=f"eval_{probe.primary_metric}",
        greater_is_better=True,
        report_to=[],
        disable_tqdm=False,
    )
