"""The trained model as it is shipped: half the bytes, loaded by plain `SentenceTransformer(folder)`.

Weights lie as float16; the configuration says float32, so that they are widened when they are loaded and a
processor without half precision computes as before. A manifest tells what belongs to the folder. BERT's
pooler, which mean pooling never looks at, is left out of the trained weights and written as zeros. Knows
nothing of training.
"""

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

from vectorstore.built_in import MANIFEST, WEIGHTS

_POOLER = "pooler."


@dataclass(frozen=True, slots=True)
class Exported:
    """Bytes of the weights, and the least cosine between vectors before and after, over the texts tried."""

    weight_bytes: int
    least_cosine: float


def export(trained: Path, folder: Path, tried: tuple[str, ...]) -> Exported:
    """Write `trained` to `folder` in float16; `tried` texts are encoded with both."""
    from sentence_transformers import SentenceTransformer

    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(trained, folder)
    weights = load_file(folder / WEIGHTS)
    halved = {name: _halved(name, values) for name, values in weights.items()}
    save_file(halved, folder / WEIGHTS, metadata={"format": "pt"})
    _seal(folder)
    before, after = (
        np.asarray(
            SentenceTransformer(str(place), device="cpu", local_files_only=True).encode(
                list(tried), normalize_embeddings=True, show_progress_bar=False
            )
        )
        for place in (trained, folder)
    )
    least = float((before * after).sum(axis=1).min())
    return Exported((folder / WEIGHTS).stat().st_size, least)


def _seal(folder: Path) -> None:
    """Write the checksums of the files that make the vectors, and let everybody read them."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in files:
        path.chmod(0o644)  # safetensors writes 0600
    sums = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }
    (folder / MANIFEST).write_text(json.dumps(sums, indent=1) + "\n", encoding="utf-8")


def _halved(name: str, values: np.ndarray) -> np.ndarray:
    return np.zeros_like(values, dtype=np.float16) if name.startswith(_POOLER) else values.astype(np.float16)
