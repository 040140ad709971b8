"""Sources: what the index calls a file, and whether the file behind a source was deleted.

Opens no file.
"""

import os
from collections.abc import Collection, Sequence
from pathlib import Path

from ingest.contents import ARCHIVE


def source_of(file: Path, documents_dir: Path) -> str:
    """Path below the documents folder with `/`, or the absolute path of a file kept elsewhere."""
    path, folder = absolute(file), absolute(documents_dir)
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()


def is_gone(source: str, paths: Sequence[Path], documents_dir: Path, read_archives: Collection[Path]) -> bool:
    """Whether an indexed file at or below one of `paths`, which was not met there, was deleted.

    Out of sight is not deleted: an unmounted or unreadable folder must not empty the index, nor an archive
    that could not be read to its end (those that could are `read_archives`, absolute).
    """
    file = absolute(documents_dir / source)
    if not any(file.is_relative_to(absolute(path)) for path in paths):
        return False
    archive = next((parent for parent in file.parents if parent.suffix.lower() == ARCHIVE), None)
    try:
        if archive is not None and archive.is_file():
            return archive in read_archives
        own = archive or file
        folder = own.parent
        return folder.is_dir() and os.access(folder, os.R_OK | os.X_OK) and not os.path.lexists(own)
    except OSError:  # a name that the file system of today does not take: nothing was seen to be deleted
        return False


def absolute(path: Path) -> Path:
    """Without "..", but with links as they are named: a link must not change a document's id."""
    return Path(os.path.abspath(path))  # noqa: PTH100
