"""Command line: bring the index in line with the files. Wires ingest, index and encoder together."""

import argparse
import io
import json
import sys
import time
from pathlib import Path

from tqdm import tqdm

from assistant.settings import Settings, load_settings
from corpus.errors import ProductError
from vectorstore.encoder import load_encoder
from vectorstore.progress import shown_on
from vectorstore.sync import SyncReport, sync


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 done, 2 bad usage or input."""
    parser = argparse.ArgumentParser(
        prog="python -m ingest",
        description="Đưa văn bản vào chỉ mục: tệp mới, tệp sửa đổi và tệp đã xoá; tệp không đổi được bỏ qua.",
    )
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="tệp hoặc thư mục (mặc định: documents/)"
    )
    parser.add_argument("--rebuild", action="store_true", help="lập lại chỉ mục từ đầu")
    parser.add_argument("--json", action="store_true", help="in báo cáo dạng JSON")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    try:
        settings = load_settings()
        report = _sync(options.paths or [settings.documents_dir], settings, options.rebuild)
    except ProductError as error:
        print(error, file=sys.stderr)
        return 2
    seconds = time.perf_counter() - began
    # A file name that is not UTF-8 cannot be printed as it is.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if options.json:
        print(json.dumps(_as_json(report, settings, seconds), ensure_ascii=False, indent=1))
    else:
        _print(report, settings, seconds)
    return 2 if report.unusable_paths else 0


def _sync(paths: list[Path], settings: Settings, rebuild: bool) -> SyncReport:
    encoder = load_encoder(settings.embedding_model, lambda line: print(line, file=sys.stderr))
    with tqdm(desc="Mã hoá", unit=" câu", file=sys.stderr, disable=None) as bar:
        return sync(
            paths, settings.documents_dir, settings.index, encoder, rebuild=rebuild, progress=shown_on(bar)
        )


def _print(report: SyncReport, settings: Settings, seconds: float) -> None:
    for problem in report.problems:
        print(f"Bỏ qua  {problem}", file=sys.stderr)
    for source, warnings in report.warnings.items():
        for warning in warnings:
            print(f"Lưu ý   {source}: {warning}", file=sys.stderr)
    for label, sources in (("Thêm", report.added), ("Thay", report.replaced), ("Xoá", report.removed)):
        for source in sources:
            print(f"{label:7} {source}")
    print(
        f"{report.documents} văn bản, {report.passages} đoạn trong chỉ mục {settings.index_dir} "
        f"({len(report.unchanged)} không đổi, {len(report.problems)} bỏ qua; {seconds:.1f} giây)"
    )


def _as_json(report: SyncReport, settings: Settings, seconds: float) -> dict[str, object]:
    return {
        "added": report.added,
        "replaced": report.replaced,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "problems": [{"path": str(problem.path), "message": str(problem)} for problem in report.problems],
        "warnings": {source: list(warnings) for source, warnings in report.warnings.items()},
        "documents": report.documents,
        "passages": report.passages,
        "index_dir": str(settings.index_dir),
        "seconds": round(seconds, 2),
    }


if __name__ == "__main__":
    sys.exit(main())
