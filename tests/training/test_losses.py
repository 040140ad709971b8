"""The losses of training, against figures worked out by hand."""

import math

import numpy as np
import pytest
import torch

from tests.training.given_vectors import GivenVectors
from training.encoder.losses import AgainstTable, TowardsTeacher
from training.encoder.table import Table

# Three passages; the second has two windows.
VECTORS = np.asarray([[1, 0], [0, 1], [0.6, 0.8], [-1, 0]], dtype=np.float16)
TABLE = Table(("a", "b", "c", "d"), VECTORS, np.asarray([0, 1, 1, 2]), {"one": 0, "two": 1, "three": 2})


def loss_of(
    asked: list[float], labels: list[int], dimensions: tuple[int, ...] = (2,)
) -> tuple[float, list[float]]:
    model = GivenVectors([asked])
    loss = AgainstTable(model, TABLE, temperature=1.0, dimensions=dimensions)([{}], torch.tensor([labels]))
    loss.backward()
    gradient: list[float] = model.vectors.grad[0].tolist()
    return float(loss.detach()), gradient


def test_a_passage_is_as_good_as_its_best_window() -> None:
    value, _ = loss_of([1.0, 0.0], [0, -1])
    assert value == pytest.approx(-math.log(math.e / (math.e + math.exp(0.6) + math.exp(-1))), abs=1e-3)


def test_another_passage_that_answers_is_no_negative() -> None:
    value, _ = loss_of([1.0, 0.0], [0, 1])
    assert value == pytest.approx(-math.log(math.e / (math.e + math.exp(-1))), abs=1e-3)


def test_a_step_against_the_gradient_moves_the_question_to_its_passage() -> None:
    _, gradient = loss_of([1.0, 0.0], [1, -1])
    assert gradient[1] < 0, "the second passage lies upwards"


def test_shorter_vectors_are_trained_along() -> None:
    both, _ = loss_of([1.0, 0.0], [0, -1], (2, 1))
    long, _ = loss_of([1.0, 0.0], [0, -1], (2,))
    # Along the first axis alone the window [.6, .8] becomes [1] and draws level.
    short = -math.log(math.e / (2 * math.e + math.exp(-1)))
    assert both == pytest.approx((long + short) / 2, abs=1e-3)


def test_the_teacher_pulls_by_the_angle_that_is_missing() -> None:
    loss = TowardsTeacher(GivenVectors([[2.0, 0.0], [0.0, 1.0]]), 3.0)
    assert float(loss([{}], torch.tensor([[1.0, 0.0], [1.0, 0.0]])).detach()) == pytest.approx(1.5)
