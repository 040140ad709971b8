"""Vietnamese without diacritics: near what it means before any training, everything else as it was."""

from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from training.encoder.unaccented import Added, add_unaccented

TYPED = (
    "Ủy ban nhân dân tỉnh quyết định chủ trương đầu tư trường học",
    "người dân được đền bù khi nhà nước thu hồi đất nông nghiệp",
    "mức phạt đối với hành vi xả nước thải vào nguồn nước",
)
BARE = (
    "Uy ban nhan dan tinh quyet dinh chu truong dau tu truong hoc",
    "nguoi dan duoc den bu khi nha nuoc thu hoi dat nong nghiep",
    "muc phat doi voi hanh vi xa nuoc thai vao nguon nuoc",
)
ENGLISH = "The province shall invest in schools and clean water."


@pytest.fixture(scope="module")
def before(parent: Path) -> SentenceTransformer:
    return SentenceTransformer(str(parent), device="cpu", local_files_only=True)


@pytest.fixture(scope="module")
def made(parent: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[SentenceTransformer, Added]:
    folder = tmp_path_factory.mktemp("unaccented")
    added = add_unaccented(parent, folder, [*TYPED * 20, ENGLISH], 20)
    return SentenceTransformer(str(folder), device="cpu", local_files_only=True), added


def vectors(model: SentenceTransformer, texts: tuple[str, ...]) -> np.ndarray:
    return np.asarray(model.encode(list(texts), prompt_name="query"))


def test_a_text_without_diacritics_comes_nearer_to_what_it_means(
    before: SentenceTransformer, made: tuple[SentenceTransformer, Added]
) -> None:
    meant = vectors(before, TYPED)
    old, new = ((meant * vectors(model, BARE)).sum(axis=1) for model in (before, made[0]))
    assert (new > old + 0.03).all()


def test_texts_with_diacritics_and_english_ones_keep_their_vectors(
    before: SentenceTransformer, made: tuple[SentenceTransformer, Added]
) -> None:
    old, new = (vectors(model, (*TYPED, ENGLISH)) for model in (before, made[0]))
    assert (old * new).sum(axis=1).min() > 0.9999


def test_a_syllable_becomes_one_piece(made: tuple[SentenceTransformer, Added]) -> None:
    model, added = made
    assert model.tokenizer.tokenize("nguoi dan duoc den bu") == ["▁nguoi", "▁dan", "▁duoc", "▁den", "▁bu"]
    assert added.new > 10 and added.mixed > 5


def test_seldom_syllables_are_left_alone(parent: Path, tmp_path: Path) -> None:
    assert add_unaccented(parent, tmp_path, TYPED, 20) == Added(0, 0)
