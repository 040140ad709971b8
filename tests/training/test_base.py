"""A smaller network: fewer pieces spell the same texts the same way, the layers named are those that stay."""

from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from training.encoder.base import cut_vocabulary, keep_layers
from training.errors import TrainingError

TEXTS = (
    "Đẩy mạnh thu gom, xử lý rác thải tại các địa phương theo Chỉ thị số 17-CT/TU.",
    "day manh thu gom, xu ly rac thai",
    "The People's Council shall supervise the implementation.",
)
MOST = 6_000


@pytest.fixture(scope="module")
def before(parent: Path) -> SentenceTransformer:
    return SentenceTransformer(str(parent), device="cpu", local_files_only=True)


@pytest.fixture(scope="module")
def cut(parent: Path, tmp_path_factory: pytest.TempPathFactory) -> SentenceTransformer:
    folder = tmp_path_factory.mktemp("base")
    assert cut_vocabulary(parent, folder, TEXTS, 1, MOST) == MOST
    return SentenceTransformer(str(folder), device="cpu", local_files_only=True)


def test_texts_whose_pieces_stay_keep_their_vectors(
    before: SentenceTransformer, cut: SentenceTransformer
) -> None:
    old, new = (np.asarray(model.encode(list(TEXTS), prompt_name="passage")) for model in (before, cut))
    assert (old * new).sum(axis=1).min() > 0.99999


def test_a_text_of_dropped_pieces_is_spelt_with_shorter_ones(cut: SentenceTransformer) -> None:
    spelt = cut.tokenizer.tokenize("khuyến nông huyện Sơn Động năm 2024 ơẩẽ")
    assert "<unk>" not in spelt and len(cut.tokenizer) == MOST


def test_layers_that_the_network_does_not_have_are_refused(cut: SentenceTransformer) -> None:
    with pytest.raises(TrainingError, match=r"layers = \[0, 12\].*0 to 11"):
        keep_layers(cut, [0, 12])


def test_the_layers_named_are_those_that_stay(tmp_path: Path, cut: SentenceTransformer) -> None:
    wanted = [cut[0].auto_model.encoder.layer[at].output.dense.bias.clone() for at in (0, 5, 11)]
    keep_layers(cut, [0, 5, 11])
    cut.save(str(tmp_path), create_model_card=False)
    loaded = SentenceTransformer(str(tmp_path), device="cpu", local_files_only=True)[0].auto_model
    assert loaded.config.num_hidden_layers == 3
    for layer, bias in zip(loaded.encoder.layer, wanted, strict=True):
        assert bool((layer.output.dense.bias == bias).all())
