"""Bringing the index in line with the files: only what changed is read and encoded again.

A new generation is built beside the one in use and put to use in one step at the end, so whatever happens
on the way (a kill, a full disk, a damaged file) the old index still answers. Does not print.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest import discover, load
from ingest.errors import IngestError
from ingest.load import LoadedDocument, read_bytes, sha256_of
from vectorstore.build import build_generation
from vectorstore.encoder import Encoder
from vectorstore.generation import Generation, IndexLocation, cannot_write, current, writing
from vectorstore.index import check_compatible
from vectorstore.progress import Progress, silent
from vectorstore.records import read_records
from vectorstore.vectors import STORAGE_ERRORS


@dataclass(slots=True)
class SyncReport:
    """What a run did, by source. `problems` are files left out; what was indexed of them before is kept.

    `unusable_paths` are those of the given paths that do not exist or cannot be read at all.
    """

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    problems: list[IngestError] = field(default_factory=list)
    unusable_paths: list[Path] = field(default_factory=list)
    warnings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    documents: int = 0
    passages: int = 0

    @property
    def changed(self) -> bool:
        """Whether a new generation is needed."""
        return bool(self.added or self.replaced or self.removed)


def sync(
    paths: Sequence[Path],
    documents_dir: Path,
    location: IndexLocation,
    encoder: Encoder,
    *,
    rebuild: bool = False,
    progress: Progress = silent,
) -> SyncReport:
    """Index the files at or below `paths`, named by their path below `documents_dir`.

    Raises ProductError when nothing can be done at all; a file that cannot be read is in the report instead.
    """
    with writing(location.folder):
        previous = None if rebuild else _usable(location.folder, encoder)
        held = {item.document.source: item for item in read_records(previous.documents)} if previous else {}
        report = SyncReport()
        loaded = _load_all(paths, documents_dir, held, report)
        if previous is None and len(report.unusable_paths) == len(paths):
            raise report.problems[0]
        if report.changed or previous is None:
            try:
                build_generation(list(loaded.values()), location, encoder, previous, progress)
            except STORAGE_ERRORS as error:
                raise cannot_write(location.folder, error) from error
        report.documents = len(loaded)
        report.passages = sum(len(item.passages) for item in loaded.values())
        return report


def _usable(index_dir: Path, encoder: Encoder) -> Generation | None:
    generation = current(index_dir)
    if generation is not None:
        check_compatible(index_dir, generation, encoder)
    return generation


def _load_all(
    paths: Sequence[Path], documents_dir: Path, held: dict[str, LoadedDocument], report: SyncReport
) -> dict[str, LoadedDocument]:
    """Every document of the index to be, by source, in stable order; fills in the report."""
    result = dict(held)
    seen: set[str] = set()
    for path in paths:
        try:
            found = discover(path)
        except IngestError as problem:
            report.problems.append(problem)
            report.unusable_paths.append(path)
            continue
        report.problems.extend(found.problems)
        for file in found.files:
            source = source_of(file, documents_dir)
            if source not in seen:
                seen.add(source)
                _load_into(result, file, source, report)
    for source in [s for s in held if s not in seen and _is_gone(s, paths, documents_dir)]:
        del result[source]
        report.removed.append(source)
    return dict(sorted(result.items()))


def _load_into(result: dict[str, LoadedDocument], file: Path, source: str, report: SyncReport) -> None:
    """Put the file's document into `result`; where it cannot be read, what is there already stays."""
    before = result.get(source)
    try:
        data = read_bytes(file)
        if before and before.document.sha256 == sha256_of(data):
            report.unchanged.append(source)
            return
        item = load(file, source, data)
    except IngestError as problem:
        report.problems.append(problem)
        return
    result[source] = item
    (report.replaced if before else report.added).append(source)
    if item.warnings:
        report.warnings[source] = item.warnings


def source_of(file: Path, documents_dir: Path) -> str:
    """Path below the documents folder with `/`, or the absolute path of a file kept elsewhere."""
    absolute = _absolute(file)
    folder = _absolute(documents_dir)
    return absolute.relative_to(folder).as_posix() if absolute.is_relative_to(folder) else absolute.as_posix()


def _is_gone(source: str, paths: Sequence[Path], documents_dir: Path) -> bool:
    """Whether an indexed file below one of `paths` was deleted. Out of sight is not deleted: an unmounted or
    unreadable folder must not empty the index."""
    file = _absolute(documents_dir / source)
    below = any(file.is_relative_to(_absolute(path)) for path in paths)
    try:
        return (
            below
            and file.parent.is_dir()
            and os.access(file.parent, os.R_OK | os.X_OK)
            and not os.path.lexists(file)
        )
    except OSError:
        return False


def _absolute(path: Path) -> Path:
    """Without "..", but with links as they are named: a link must not change a document's id."""
    return Path(os.path.abspath(path))  # noqa: PTH100
