"""Which files below a path are candidates, and which are left out and why.

Follows no symbolic links out of the folder, opens no file.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import IngestError, UnreadableFileError, UnsupportedFormatError
from ingest.readers import READERS

# A dropped-in note for people, not an official text.
_NOT_DOCUMENTS = frozenset({"readme.md", "readme.txt", "readme"})


@dataclass(frozen=True, slots=True)
class Discovery:
    """`files`: readable candidates in stable order. `problems`: what was left out, with the reason."""

    files: tuple[Path, ...]
    problems: tuple[IngestError, ...]


def discover(path: Path) -> Discovery:
    """Candidates at or below `path`. Raises UnreadableFileError when `path` itself cannot be used."""
    if not path.exists():
        raise UnreadableFileError(path, "không có tệp hoặc thư mục này", "Kiểm tra lại đường dẫn")
    if path.is_file():
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
            if name.startswith((".", "~$")) or name.lower() in _NOT_DOCUMENTS:
                continue
            problem = _problem(candidate)
            if problem:
                problems.append(problem)
            else:
                files.append(candidate)
    return Discovery(tuple(files), tuple(problems))


def _problem(path: Path) -> IngestError | None:
    if path.suffix.lower() not in READERS:
        supported = ", ".join(sorted(READERS))
        return UnsupportedFormatError(
            path, f"chưa đọc được định dạng {path.suffix or '(không có đuôi tệp)'}", f"Lưu thành {supported}"
        )
    if not os.access(path, os.R_OK):
        return _no_access(path, "tệp")
    return None


def _no_access(path: Path, what: str) -> UnreadableFileError:
    return UnreadableFileError(path, f"không có quyền đọc {what}", f"Cấp quyền đọc: chmod -R u+rX '{path}'")
