"""The loss of training, against figures worked out by hand."""

import pytest
import torch

from tests.training.given_vectors import GivenVectors
from training.encoder.losses import TowardsTeacher


def test_the_teacher_pulls_by_the_angle_that_is_missing() -> None:
    loss = TowardsTeacher(GivenVectors([[2.0, 0.0], [0.0, 1.0]]), 3.0)
    assert float(loss([{}], torch.tensor([[1.0, 0.0], [1.0, 0.0]])).detach()) == pytest.approx(1.5)
