"""The encoder that is used when no other one is named: a folder of this repository, `model/`.

Plain `SentenceTransformer(folder)` loads it; its model card says what it was made of. Knows what belongs to
the folder and whether it is whole; does not know how texts are encoded (`encoder`).
"""

import hashlib
import json
from pathlib import Path

from safetensors import SafetensorError, safe_open

from vectorstore.errors import EncoderProblem

NAME = "vi-official-small"
FOLDER = Path(__file__).with_name("model")
MANIFEST = "manifest.json"  # SHA-256 of each file, by its path in the folder

WEIGHTS = "model.safetensors"
_MEND = (
    "Lấy lại toàn bộ thư mục này từ bản phát hành (git checkout -- vectorstore/model), "
    "hoặc đặt ASSISTANT_EMBEDDING_MODEL sang mô hình khác"
)


def built_in_encoder(folder: Path = FOLDER) -> Path:
    """`folder`, when it is whole: every file of its manifest as written, the weights as long as they say.

    Raises EncoderProblem, naming the file that is missing or changed. What a checkout or a copy does to files
    shows without reading 63 MB at every start; a bit that flipped inside the weights does not.
    """
    for name, digest in _manifest(folder / MANIFEST).items():
        if not _is_unchanged(folder / name, digest):
            raise _damaged(folder / name)
    return folder


def _manifest(file: Path) -> dict[str, str]:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _damaged(file) from error
    if not isinstance(told, dict) or WEIGHTS not in told:
        raise _damaged(file)
    return told


def _is_unchanged(path: Path, digest: str) -> bool:
    try:
        if path.name == WEIGHTS:
            with safe_open(path, framework="np"):  # refuses any length but the one its head implies
                return True
        return hashlib.sha256(path.read_bytes()).hexdigest() == digest
    except (OSError, SafetensorError):
        return False


def _damaged(path: Path) -> EncoderProblem:
    return EncoderProblem(f"{path}: tệp của bộ mã hoá thiếu hoặc hỏng. {_MEND}")
