"""What several test files share: the resolution as the product reads it, and the real documents beside it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from ingest import LoadedDocument, load

ROOT = Path(__file__).resolve().parent.parent
RESOLUTION = ROOT / "documents" / "nghi-quyet-ktxh-6-thang-cuoi-nam-2024-bac-giang.txt"

# The same examples on every machine, whatever its speed.
settings.register_profile("repeatable", deadline=None, derandomize=True, database=None)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def resolution() -> LoadedDocument:
    return load(RESOLUTION, RESOLUTION.name)


@pytest.fixture(scope="session")
def shared_corpus() -> Callable[[str], Path]:
    """Finds a real document by its path in the corpus folder; skips the test where it is not at hand."""
    folder = Path(os.environ.get("ASSISTANT_TEST_CORPUS") or ROOT.parent / "shared" / "corpus")

    def find(relative: str) -> Path:
        path = folder / relative
        if not path.is_file():
            pytest.skip(
                f"no {relative} in {folder}; set ASSISTANT_TEST_CORPUS to the folder of real documents"
            )
        return path

    return find
