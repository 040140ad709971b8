"""Changing several files and folders for others so that either all are changed or none.

A file system renames one thing at a time, so a journal is written first: what a kill left half done is undone
from it. Knows renames; does not know what is renamed.
"""

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

Move = tuple[Path, Path]  # from, to
Rename = Callable[[Path, Path], object]


def switch(moves: Sequence[Move], journal: Path, rename: Rename = os.rename) -> None:
    """Do all moves in order; when one fails, undo those that were done and raise its error."""
    _write(journal, moves)
    done: list[Move] = []
    try:
        for source, target in moves:
            # A rename replaces a file, and an empty folder, without a word.
            if os.path.lexists(target):
                raise FileExistsError(f"{target}: đã có")
            rename(source, target)
            done.append((source, target))
    except BaseException:
        for source, target in reversed(done):
            os.rename(target, source)  # noqa: PTH104 - as above
        journal.unlink()
        raise
    journal.unlink()


def undo_interrupted(journal: Path) -> bool:
    """Undo what a killed `switch` had done; whether there was anything of the kind."""
    try:
        moves = [(Path(source), Path(target)) for source, target in json.loads(journal.read_text("utf-8"))]
    except FileNotFoundError:
        return False
    except ValueError:  # killed while writing the journal: nothing was moved yet
        journal.unlink()
        return True
    for source, target in reversed(moves):
        if os.path.lexists(target) and not os.path.lexists(source):
            os.rename(target, source)  # noqa: PTH104
    journal.unlink()
    return True


def _write(journal: Path, moves: Sequence[Move]) -> None:
    journal.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps([[str(source.absolute()), str(target.absolute())] for source, target in moves])
    with journal.open("x", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
