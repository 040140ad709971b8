"""Bringing the index in line with the files: only what changed is read and encoded again.

A new generation is built beside the one in use and put to use in one step at the end, so whatever happens
on the way (a kill, a full disk, a damaged file) the old index still answers. One document is in memory at a
time. Does not print.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from ingest import discover, load
from ingest.contents import ARCHIVE, Content, contents
from ingest.errors import IngestError, LowQualityError, QuarantinedError
from ingest.load import AS_USUAL, LoadedDocument, LoadOptions
from ingest.references import load_related
from ingest.summary import FileSummary, summary
from vectorstore.accepted import accepted_digests, remember_accepted
from vectorstore.build import build_generation
from vectorstore.encoder import Encoder
from vectorstore.generation import Generation, IndexLocation, cannot_write, current, writing
from vectorstore.index import check_compatible
from vectorstore.progress import Progress, silent
from vectorstore.records import StoredRecord, append_record, stored_records
from vectorstore.sources import absolute, is_gone, source_of
from vectorstore.vectors import STORAGE_ERRORS

_SPOOL = "spool.jsonl"


@dataclass(slots=True)
class SyncReport:
    """What a run did, by source. `problems` are files left out; what was indexed of them before is kept.

    `unusable_paths` are those of the given paths that do not exist or cannot be read at all. `files` tells
    how each added or replaced file was understood.
    """

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    problems: list[IngestError] = field(default_factory=list)
    unusable_paths: list[Path] = field(default_factory=list)
    files: dict[str, FileSummary] = field(default_factory=dict)
    documents: int = 0
    passages: int = 0

    @property
    def changed(self) -> bool:
        """Whether a new generation is needed."""
        return bool(self.added or self.replaced or self.removed)

    @property
    def quarantined(self) -> list[QuarantinedError]:
        """The files that could be read but are not trusted."""
        return [problem for problem in self.problems if isinstance(problem, QuarantinedError)]


def sync(
    paths: Sequence[Path],
    documents_dir: Path,
    location: IndexLocation,
    encoder: Encoder,
    *,
    rebuild: bool = False,
    accept: bool = False,
    options: LoadOptions = AS_USUAL,
    progress: Progress = silent,
) -> SyncReport:
    """Index the files at or below `paths`, named by their path below `documents_dir`.

    `accept`: suspicious files are taken in, and remembered as wanted. Raises ProductError when nothing can be
    done at all; a file that cannot be read is in the report instead.
    """
    with writing(location.folder):
        previous = None if rebuild else _usable(location.folder, encoder)
        try:
            with _spool(location.folder) as (file, spool):
                run = _Run(documents_dir, location.folder, _informed(options, location), accept, file, spool)
                run.hold(previous)
                run.read(paths)
                report = run.report
                if previous is None and len(report.unusable_paths) == len(paths):
                    raise report.problems[0]
                if report.changed or previous is None:
                    file.flush()
                    build_generation(list(run.result.values()), location, encoder, previous, progress)
        except STORAGE_ERRORS as error:
            raise cannot_write(location.folder, error) from error
        report.documents = len(run.result)
        report.passages = sum(record.passages for record in run.result.values())
        return report


def _informed(options: LoadOptions, location: IndexLocation) -> LoadOptions:
    """`options` with what the file of related facts knows of whole texts, unless they know better."""
    if options.known_articles is not None or location.related is None:
        return options
    return replace(options, known_articles=load_related(location.related).articles_expected)


def _usable(index_dir: Path, encoder: Encoder) -> Generation | None:
    generation = current(index_dir)
    if generation is not None:
        check_compatible(index_dir, generation, encoder)
    return generation


@contextmanager
def _spool(index_dir: Path) -> Iterator[tuple[IO[bytes], Path]]:
    """A file for the records of this run, which is deleted at its end."""
    path = index_dir / _SPOOL
    with path.open("wb") as file:
        try:
            yield file, path
        finally:
            path.unlink(missing_ok=True)


@dataclass(slots=True)
class _Run:
    """One pass over the files. `result`: the record of every document of the index to be, by source."""

    documents_dir: Path
    index_dir: Path
    options: LoadOptions
    accept: bool
    file: IO[bytes]
    spool: Path
    report: SyncReport = field(default_factory=SyncReport)
    result: dict[str, StoredRecord] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)
    _archives: set[Path] = field(default_factory=set)

    def hold(self, previous: Generation | None) -> None:
        """Start from what the index in use has."""
        if previous is not None:
            self.result = {record.source: record for record in stored_records(previous.documents)}
        accepted = self.options.accepted | accepted_digests(self.index_dir)
        self.options = replace(self.options, accepted=accepted)

    def read(self, paths: Sequence[Path]) -> None:
        """Read every file at or below `paths` and forget those that are gone, in stable order."""
        for path in paths:
            try:
                found = discover(path)
            except IngestError as problem:
                self.report.problems.append(problem)
                self.report.unusable_paths.append(path)
                continue
            self.report.problems.extend(found.problems)
            for file in found.files:
                self._read_file(file)
        for source in [source for source in self.result if source not in self._seen]:
            if is_gone(source, paths, self.documents_dir, self._archives):
                del self.result[source]
                self.report.removed.append(source)
        self.result = dict(sorted(self.result.items()))

    def _read_file(self, file: Path) -> None:
        try:
            for content in contents(file):
                if isinstance(content, IngestError):
                    self._seen.add(source_of(content.path, self.documents_dir))
                    self.report.problems.append(content)
                else:
                    self._take(content)
        except IngestError as problem:
            self._seen.add(source_of(file, self.documents_dir))
            self.report.problems.append(problem)
            return
        if file.suffix.lower() == ARCHIVE:
            self._archives.add(absolute(file))

    def _take(self, content: Content) -> None:
        """Store the content's document; where it cannot be read, what is there already stays."""
        source = source_of(content.path, self.documents_dir)
        if source in self._seen:
            return
        self._seen.add(source)
        before = self.result.get(source)
        if before and before.sha256 == content.sha256:
            self.report.unchanged.append(source)
            return
        try:
            item = self._loaded(content, source)
        except IngestError as problem:
            self.report.problems.append(problem)
            return
        self.result[source] = append_record(self.file, self.spool, item)
        (self.report.replaced if before else self.report.added).append(source)
        self.report.files[source] = summary(item)

    def _loaded(self, content: Content, source: str) -> LoadedDocument:
        try:
            return load(content.path, source, content.data, self.options)
        except QuarantinedError as doubt:
            if not self.accept or isinstance(doubt, LowQualityError):
                raise
        remember_accepted(self.index_dir, content.sha256, source)
        accepted = self.options.accepted | {content.sha256}
        self.options = replace(self.options, accepted=accepted)
        return load(content.path, source, content.data, self.options)
