"""Command line: bring the index in line with the files, look at one file, list references.

Wires ingest, index and encoder together.
"""

import argparse
import io
import json
import signal
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TextIO

from tqdm import tqdm

from assistant.settings import Settings, load_settings
from corpus.errors import ProductError
from ingest.errors import IngestError
from ingest.inspect import as_json as inspected_as_json
from ingest.inspect import described, loaded_from
from ingest.load import LoadOptions
from vectorstore.encoder import Encoder, load_encoder
from vectorstore.progress import shown_on
from vectorstore.references_report import ReferencesReport
from vectorstore.report import as_json, change_lines, total_line, warning_lines
from vectorstore.sync import SyncReport, sync

_TICK_MS = 1_000
_USAGE = """python -m ingest [PATH …] [--rebuild] [--accept] [--watch] [--json]
       python -m ingest inspect FILE [--json]
       python -m ingest references [--json]"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 done, 2 bad usage or input."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a file name that is not UTF-8 cannot be printed as it is
            stream.reconfigure(errors="backslashreplace")
    commands = {"inspect": _inspect_command, "references": _references_command}
    command = commands.get(given[0] if given else "")
    try:
        return command(given[1:]) if command else _sync_command(given)
    except ProductError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0


def _sync_command(given: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m ingest",
        usage=_USAGE,
        description="Đưa văn bản vào chỉ mục: tệp mới, tệp sửa đổi và tệp đã xoá; tệp không đổi được bỏ qua.",
    )
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="tệp hoặc thư mục (mặc định: documents/)"
    )
    parser.add_argument("--rebuild", action="store_true", help="lập lại chỉ mục từ đầu")
    parser.add_argument(
        "--accept", action="store_true", help="nhận cả tệp bị tạm giữ vì đáng ngờ, và nhớ điều đó"
    )
    parser.add_argument(
        "--watch", action="store_true", help="theo dõi thư mục, cập nhật mỗi khi tệp thay đổi"
    )
    parser.add_argument("--json", action="store_true", help="in báo cáo dạng JSON")
    options = parser.parse_args(given)
    settings = load_settings()
    paths = options.paths or [settings.documents_dir]
    encoder = load_encoder(settings.embedding_model)
    work = partial(_sync_once, settings, encoder, options)
    code = work(paths, options.rebuild)
    if options.watch:
        for _ in _changes([path for path in paths if path.exists()]):
            work(paths, False, only_changes=True)
    return code


def _sync_once(
    settings: Settings,
    encoder: Encoder,
    options: argparse.Namespace,
    paths: list[Path],
    rebuild: bool,
    only_changes: bool = False,
) -> int:
    began = time.perf_counter()
    with (
        tqdm(desc="Nhận dạng chữ", unit=" trang", file=sys.stderr, disable=None, leave=False) as pages,
        tqdm(desc="Mã hoá", unit=" câu", file=sys.stderr, disable=None) as bar,
    ):
        report = sync(
            paths,
            settings.documents_dir,
            settings.index,
            encoder,
            rebuild=rebuild,
            accept=options.accept,
            options=LoadOptions(progress=shown_on(pages)),
            progress=shown_on(bar),
        )
    if report.changed or not only_changes:
        _show(report, str(settings.index_dir), time.perf_counter() - began, options.json)
    return 2 if _named_in_vain(report, paths) else 0


def _show(report: SyncReport, index_dir: str, seconds: float, json_wanted: bool) -> None:
    if json_wanted:
        print(json.dumps(as_json(report, index_dir, seconds), ensure_ascii=False, indent=1), flush=True)
    else:
        _print_all(warning_lines(report), sys.stderr)
        _print_all((*change_lines(report), total_line(report, index_dir, seconds)), sys.stdout)


def _named_in_vain(report: SyncReport, paths: Iterable[Path]) -> bool:
    """Whether a path that was named itself could not be used; a bad file inside a folder is only reported."""
    return bool(report.unusable_paths) or any(problem.path in paths for problem in report.problems)


def _changes(paths: list[Path]) -> Iterator[None]:
    """Yields when something below `paths` may have changed; the first time as soon as they are watched."""
    from watchfiles import watch  # compiled; only needed here

    watched, stopping = False, _stopped_by_ctrl_c()
    ticks = watch(
        *paths, yield_on_timeout=True, rust_timeout=_TICK_MS, raise_interrupt=True, stop_event=stopping
    )
    for changes in ticks:
        if not watched:
            named = ", ".join(map(str, paths))
            print(f"Đang theo dõi {named} (nhấn Ctrl+C để dừng)", file=sys.stderr, flush=True)
        if changes or not watched:  # what changed during the first run was seen by nobody
            watched = True
            yield


def _stopped_by_ctrl_c() -> threading.Event:
    """Set by Ctrl+C, besides the usual KeyboardInterrupt: one that arrives while a library is tidying up is
    swallowed there, and nothing would ever stop.
    """
    stopping = threading.Event()

    def stop(*_: object) -> None:
        stopping.set()
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, stop)
    return stopping


def _inspect_command(given: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m ingest inspect", description="Cho xem một tệp được hiểu thế nào, không lập chỉ mục."
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="in dạng JSON")
    options = parser.parse_args(given)
    failed = False
    found = []
    for loaded in loaded_from(options.file):
        if isinstance(loaded, IngestError):
            failed = True
            print(loaded, file=sys.stderr)
        elif options.json:
            found.append(inspected_as_json(loaded))
        else:
            _print_all(described(loaded), sys.stdout)
    if options.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    return 2 if failed else 0


def _references_command(given: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m ingest references",
        description="Liệt kê văn bản được viện dẫn: đã có toàn văn, chưa có, hay chưa rõ là văn bản nào.",
    )
    parser.add_argument("--json", action="store_true", help="in dạng JSON")
    options = parser.parse_args(given)
    report = ReferencesReport(load_settings().index)
    if options.json:
        print(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
    else:
        _print_all(report.lines(), sys.stdout)
    return 0


def _print_all(lines: Iterable[str], stream: TextIO) -> None:
    for line in lines:
        print(line, file=stream, flush=True)


if __name__ == "__main__":
    sys.exit(main())
