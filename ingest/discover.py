"""Which files below a path are candidates, and which are left out and why.

Follows no symbolic links out of the folder, opens no file.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from ingest.contents import ARCHIVE
from ingest.errors import IngestError, UnreadableFileError, UnsupportedFormatError, not_a_file
from ingest.readers import reader_of

# Notes for people, and what is known of documents that are not held: no official texts.
NOT_DOCUMENTS = frozenset({"readme.md", "readme.txt", "readme", "related.yaml"})


@dataclass(frozen=True, slots=True)
class Discovery:
    """`files`: readable candidates in stable order. `problems`: what was left out, with the reason."""

    files: tuple[Path, ...]
    problems: tuple[IngestError, ...]


def discover(path: Path) -> Discovery:
    """Candidates at or below `path`. Raises UnreadableFileError when `path` itself cannot be used."""
    if not _exists(path):
        raise UnreadableFileError(path, "không có tệp hoặc thư mục này", "Kiểm tra lại đường dẫn")
    if not path.is_dir():
        problem = _problem(path)
        return Discovery((), (problem,)) if problem else Discovery((path,), ())
    files: list[Path] = []
    problems: list[IngestError] = []

    def on_error(error: OSError) -> None:
        folder = Path(error.filename)
        problems.append(_no_access(folder, "thư mục"))

    for folder, subfolders, names in os.walk(path, onerror=on_error, followlinks=False):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in sorted(names):
            candidate = Path(folder) / name
            if name.startswith((".", "~$")) or name.lower() in NOT_DOCUMENTS:
                continue
            problem = _problem(candidate) or _leads_outside(candidate, path)
            if problem:
                problems.append(problem)
            else:
                files.append(candidate)
    return Discovery(tuple(files), tuple(problems))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:  # a name longer than the file system allows, a folder that may not be entered
        reason = error.strerror or type(error).__name__
        raise UnreadableFileError(path, f"không mở được ({reason})", "Kiểm tra lại đường dẫn") from error


def _problem(path: Path) -> IngestError | None:
    try:
        if path.suffix.lower() != ARCHIVE:
            reader_of(path)
    except UnsupportedFormatError as unsupported:
        return unsupported
    if path.is_symlink() and not path.exists():
        return UnreadableFileError(
            path, "liên kết trỏ tới tệp không còn", "Xoá liên kết hoặc chép tệp thật vào thư mục"
        )
    if not os.access(path, os.R_OK):
        return _no_access(path, "tệp")
    return None if path.is_file() else not_a_file(path)


def _leads_outside(file: Path, folder: Path) -> IngestError | None:
    """A link could bring any file of the machine before the readers of the answers."""
    if not file.is_symlink() or file.resolve().is_relative_to(folder.resolve()):
        return None
    return UnreadableFileError(file, "liên kết trỏ ra ngoài thư mục", "Chép tệp thật vào thư mục")


def _no_access(path: Path, what: str) -> UnreadableFileError:
    return UnreadableFileError(path, f"không có quyền đọc {what}", f"Cấp quyền đọc: chmod -R u+rX '{path}'")
