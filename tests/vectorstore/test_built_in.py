"""The encoder of the repository: whole, small, loaded by anybody; a damaged copy is told with the mend."""

import hashlib
import json
import os
import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from vectorstore.built_in import FOLDER, MANIFEST, built_in_encoder
from vectorstore.errors import EncoderProblem

WEIGHTS = "model.safetensors"
MOST_BYTES = 64_000_000


def copied(target: Path) -> Path:
    # Links instead of copies: a test that damages a file replaces the link.
    shutil.copytree(FOLDER, target, copy_function=os.link)
    return target


def replaced(file: Path, content: bytes) -> None:
    file.unlink()
    file.write_bytes(content)


def test_every_file_is_the_one_that_was_exported() -> None:
    told = json.loads((FOLDER / MANIFEST).read_text(encoding="utf-8"))
    assert {WEIGHTS, "tokenizer.json", "modules.json", "config.json"} <= set(told)
    for name, digest in told.items():
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest, name
    assert (FOLDER / WEIGHTS).stat().st_size <= MOST_BYTES


def test_it_is_loaded_without_any_code_of_ours() -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(FOLDER), device="cpu", local_files_only=True)
    asked = np.asarray(
        model.encode(["Rác thải xử lý thế nào?", "rac thai xu ly the nao"], prompt_name="query")
    )
    said = ["Thu gom, xử lý rác thải tại các xã.", "Mức thu học phí năm học tới.", "Trồng rừng sản xuất."]
    scores = asked @ np.asarray(model.encode(said, prompt_name="passage")).T
    assert scores.argmax(axis=1).tolist() == [0, 0]


def test_the_card_tells_licence_data_measures_and_limits() -> None:
    card = (FOLDER / "README.md").read_text(encoding="utf-8")
    for part in (
        "license: mit",
        "multilingual-e5-small",
        "## Made of",
        "## Measures",
        "## Limits",
        "nDCG@10",
    ):
        assert part in card


def test_a_whole_folder_is_returned(tmp_path: Path) -> None:
    assert built_in_encoder() == FOLDER
    assert built_in_encoder(copied(tmp_path / "copy")) == tmp_path / "copy"


@pytest.mark.parametrize("name", ["tokenizer.json", "config.json", "modules.json", WEIGHTS, MANIFEST])
def test_a_missing_file_is_named_with_the_mend(tmp_path: Path, name: str) -> None:
    copy = copied(tmp_path / "copy")
    (copy / name).unlink()
    with pytest.raises(EncoderProblem, match=re.escape(str(copy / name)) + ".*git checkout"):
        built_in_encoder(copy)


@pytest.mark.parametrize("change", [-63_269_088, -63_200_000, -5_000_000, -1, 1])
def test_weights_of_another_length_are_named(tmp_path: Path, change: int) -> None:
    copy = copied(tmp_path / "copy")
    content = (copy / WEIGHTS).read_bytes()
    replaced(copy / WEIGHTS, content[: len(content) + change] + b"\0" * max(0, change))
    with pytest.raises(EncoderProblem, match=WEIGHTS):
        built_in_encoder(copy)


@pytest.mark.parametrize("name", ["tokenizer.json", "config.json", "modules.json"])
def test_another_file_that_was_changed_is_named(tmp_path: Path, name: str) -> None:
    copy = copied(tmp_path / "copy")
    replaced(copy / name, (copy / name).read_bytes().replace(b"\n", b"\r\n") + b" ")
    with pytest.raises(EncoderProblem, match=re.escape(str(copy / name))):
        built_in_encoder(copy)


@pytest.mark.parametrize("manifest", [b"", b"{}", b"[]", b"null", b"\xff\xfe", b'{"config.json": 1}'])
def test_a_senseless_manifest_is_named(tmp_path: Path, manifest: bytes) -> None:
    copy = copied(tmp_path / "copy")
    replaced(copy / MANIFEST, manifest)
    with pytest.raises(EncoderProblem, match=MANIFEST):
        built_in_encoder(copy)
