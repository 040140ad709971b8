"""The command an analyst runs, over small material and the real parent: a folder that any program loads."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from tests.training.material import write_material, write_sets

pytest.importorskip("datasets", reason="needs requirements-training.txt")
pytest.importorskip("accelerate", reason="needs requirements-training.txt")

from training.encoder.__main__ import main

ASKED = ("Ai phải lo việc rác thải?", "ai phai lo viec rac thai", "Who has to look after waste?")


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    write_material(folder / "data")
    write_sets(folder / "sets")
    for step in ("prepare", "teach", "train", "export"):
        assert main(_arguments(folder, step)) == 0, step
    return folder / "work"


def _arguments(folder: Path, step: str) -> list[str]:
    places = ["--work", str(folder / "work"), "--data", str(folder / "data"), "--sets", str(folder / "sets")]
    return [step, "--recipe", "tiny", *places]


def test_what_is_shipped_is_loaded_without_any_code_of_ours(work: Path) -> None:
    from sentence_transformers import SentenceTransformer

    trained, shipped = (
        SentenceTransformer(str(work / name), device="cpu", local_files_only=True)
        for name in ("model", "shipped")
    )
    assert shipped.prompts["query"] == "query: "
    assert {values.dtype for values in shipped.state_dict().values()} == {shipped.dtype}
    assert str(shipped.dtype) == "torch.float32", "half precision is slow and coarse on a processor"
    before, after = (
        np.asarray(model.encode(list(ASKED), prompt_name="query")) for model in (trained, shipped)
    )
    assert (before * after).sum(axis=1).min() > 0.999
    assert len(shipped[0].auto_model.encoder.layer) == 2


def test_weights_take_half_the_bytes(work: Path) -> None:
    sizes = [(work / name / "model.safetensors").stat().st_size for name in ("model", "shipped")]
    assert sizes[1] < 0.51 * sizes[0]


def test_the_card_tells_what_the_model_is_made_of(work: Path) -> None:
    card = (work / "shipped" / "README.md").read_text(encoding="utf-8")
    record = json.loads((work / "shipped" / "record.json").read_text(encoding="utf-8"))
    assert record["pairs_sha256"] in card and "license: mit" in card
    assert "2 layers" in card and f"{record['pieces']} pieces" in card
    assert "1 (nearly a question that is held out)" in card
    assert record["numbers"]["learning_rate"] == 3e-5
    assert record["weight_bytes"] == (work / "shipped" / "model.safetensors").stat().st_size


def test_the_card_has_the_figures_of_the_products_own_retriever(work: Path) -> None:
    assert main([*_arguments(work.parent, "measure"), "--set", "exam"]) == 0
    told = json.loads((work / "measures.json").read_text(encoding="utf-8"))
    assert set(told["ranking"]["exam"]) == {
        "vectors",
        "mix",
        "vectors, no diacritics",
    }
    assert told["ranking"]["exam"]["mix"] == 1.0, "one of two documents has all words of the question"
    assert told["cost"]["tokens a second"] > 0 and told["cost"]["question p50 ms"] > 0
    card = (work / "shipped" / "README.md").read_text(encoding="utf-8")
    assert "| exam |" in card and f"tokens a second {told['cost']['tokens a second']:g}" in card


def test_training_moved_the_model(work: Path) -> None:
    from safetensors.numpy import load_file

    base, trained = (load_file(work / name / "model.safetensors") for name in ("base", "model"))
    for moved in ("embeddings.word_embeddings.weight", "encoder.layer.0.output.dense.weight"):
        assert not np.array_equal(base[moved], trained[moved])
    log = json.loads((work / "training.json").read_text(encoding="utf-8"))["log"]
    assert all(math.isfinite(row["loss"]) for row in log if "loss" in row)


def test_a_step_that_is_done_is_not_done_again(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (work / "model" / "model.safetensors").stat().st_mtime_ns
    assert main(_arguments(work.parent, "train")) == 0
    assert "is there" in capsys.readouterr().out
    assert (work / "model" / "model.safetensors").stat().st_mtime_ns == before


def test_material_that_is_not_there_is_named_without_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["prepare", "--recipe", "tiny", "--work", str(tmp_path), "--sets", str(tmp_path)]) == 1
    assert "--sets" in capsys.readouterr().err
