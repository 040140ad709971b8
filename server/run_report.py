"""What a run of indexing did, in plain values that may be shown to anybody who administers.

Knows the report of `vectorstore.sync`; does not know how or where it is shown. Paths are named as they are
below the documents folder: those of this machine are nobody's business.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ingest.contents import ARCHIVE
from ingest.errors import IngestError, LowQualityError, QuarantinedError
from ingest.load import document_id
from vectorstore.sources import source_of
from vectorstore.sync import SyncReport

_LISTED = 500  # lines of a kind: the first run over a large folder must not make a page of megabytes


@dataclass(frozen=True, slots=True)
class Change:
    """A document taken in. `line` says what was understood of it; `replaced`: an earlier one gave way."""

    id: str
    source: str
    name: str
    line: str
    warnings: tuple[str, ...]
    replaced: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file left out. `acceptable`: it was set aside on a suspicion that a person may overrule.

    `source` may hold bytes that are not UTF-8; see `shown`.
    """

    id: str
    source: str
    problem: str
    mend: str
    set_aside: bool
    acceptable: bool

    @property
    def is_file(self) -> bool:
        """Whether it is a file of the documents folder, and no member of an archive."""
        return not Path(self.source).is_absolute() and file_of(self.source) == self.source


@dataclass(frozen=True, slots=True)
class RunReport:
    """One finished run. `documents` and `passages` are of the whole index."""

    taken_in: tuple[Change, ...]
    removed: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    unchanged: int
    documents: int
    passages: int

    def after(self, earlier: "RunReport | None", file: str) -> "RunReport":
        """This report of one `file` alone, with what an earlier one left out of the others."""
        others = () if earlier is None else earlier.left_out
        kept = tuple(one for one in others if file_of(one.source) != file)
        return replace(self, left_out=(*self.left_out, *kept))

    def to_json(self) -> dict[str, Any]:
        """The numbers, for whoever waits for the end."""
        return {
            "added": sum(not one.replaced for one in self.taken_in),
            "replaced": sum(one.replaced for one in self.taken_in),
            "removed": len(self.removed),
            "left_out": len(self.left_out),
            "unchanged": self.unchanged,
            "documents": self.documents,
            "passages": self.passages,
        }


def run_report(report: SyncReport, documents_dir: Path) -> RunReport:
    """`report` as it is shown."""
    replaced = frozenset(report.replaced)
    taken_in = [
        Change(
            understood.document.id,
            shown(source),
            understood.document.name,
            understood.line,
            understood.warnings,
            source in replaced,
        )
        for source, understood in report.files.items()
    ]
    return RunReport(
        tuple(taken_in[:_LISTED]),
        tuple(shown(source) for source in report.removed[:_LISTED]),
        tuple(_left_out(problem, documents_dir) for problem in report.problems[:_LISTED]),
        len(report.unchanged),
        report.documents,
        report.passages,
    )


def file_of(source: str) -> str:
    """The file that a source is in: itself, or the outermost archive that holds it."""
    parts = Path(source).parts
    for depth, part in enumerate(parts[:-1], 1):
        if part.lower().endswith(ARCHIVE):
            return Path(*parts[:depth]).as_posix()
    return source


def shown(source: str) -> str:
    """A file name as text: what is not UTF-8 in it is replaced."""
    return source.encode("utf-8", "replace").decode()


def _left_out(problem: IngestError, documents_dir: Path) -> LeftOut:
    source = source_of(problem.path, documents_dir)
    set_aside = isinstance(problem, QuarantinedError)
    acceptable = set_aside and not isinstance(problem, LowQualityError)
    mend = "Đối chiếu với bản gốc; nếu vẫn muốn dùng, bấm “Vẫn nhận vào”" if acceptable else problem.mend
    return LeftOut(document_id(source), source, problem.problem, mend, set_aside, acceptable)
