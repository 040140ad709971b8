"""The report of a run, in words and as JSON. Knows what a run tells; runs nothing and prints nothing."""

from collections.abc import Iterator
from typing import Any

from ingest.errors import QuarantinedError
from vectorstore.sync import SyncReport


def warning_lines(report: SyncReport) -> Iterator[str]:
    """A line for each file left out, and for each thing to look at in a file taken in."""
    for problem in report.problems:
        yield f"{'Tạm giữ' if isinstance(problem, QuarantinedError) else 'Bỏ qua '} {problem}"
    for source, understood in report.files.items():
        for warning in understood.warnings:
            yield f"Lưu ý   {source}: {warning}"


def change_lines(report: SyncReport) -> Iterator[str]:
    """A line for each file that was added, replaced or removed, with what was understood of it."""
    for label, sources in (("Thêm", report.added), ("Thay", report.replaced)):
        for source in sources:
            understood = report.files[source]
            yield f"{label:7} {source}: {understood.document.name} ({understood.line})"
    for source in report.removed:
        yield f"{'Xoá':7} {source}"


def total_line(report: SyncReport, index_dir: str, seconds: float) -> str:
    """What the index holds now."""
    left_out = len(report.problems) - len(report.quarantined)
    return (
        f"{report.documents} văn bản, {report.passages} đoạn trong chỉ mục {index_dir} "
        f"({len(report.unchanged)} không đổi, {left_out} bỏ qua, {len(report.quarantined)} tạm giữ; "
        f"{seconds:.1f} giây)"
    )


def as_json(report: SyncReport, index_dir: str, seconds: float) -> dict[str, Any]:
    """Everything a program may want to know."""
    return {
        "added": report.added,
        "replaced": report.replaced,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "problems": [
            {
                "path": str(problem.path),
                "message": str(problem),
                "quarantined": isinstance(problem, QuarantinedError),
            }
            for problem in report.problems
        ],
        "warnings": {s: list(f.warnings) for s, f in report.files.items() if f.warnings},
        "files": {source: understood.to_json() for source, understood in report.files.items()},
        "documents": report.documents,
        "passages": report.passages,
        "index_dir": index_dir,
        "seconds": round(seconds, 2),
    }
