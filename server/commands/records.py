"""`records export OUT.jsonl [--since DATE]`: what people asked, for `python -m evaluation feedback`."""

import argparse
import json
from datetime import date
from pathlib import Path

from corpus.errors import ProductError
from records.reading import stored_turns
from server.settings import load_server_settings


class ExportError(ProductError):
    """The records cannot be exported."""


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("records", help="ghi nhớ câu hỏi")
    actions = parser.add_subparsers(dest="action", required=True)
    export = actions.add_parser(
        "export", help="xuất lượt hỏi ra JSON, mỗi lượt một dòng, không ghi người hỏi"
    )
    export.add_argument("out", type=Path, metavar="OUT.jsonl")
    export.add_argument("--since", type=_day, metavar="DATE", help="từ ngày (UTC), ví dụ 2026-01-31")
    export.set_defaults(run=_export)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} không phải ngày dạng 2026-01-31") from error


def _export(options: argparse.Namespace) -> int:
    path = load_server_settings().records_path
    if path is None:
        raise ExportError(
            "ASSISTANT_RECORDS_FILE=off: không có ghi nhớ nào để xuất. Đặt biến này thành tên tệp"
        )
    count = 0
    turns = stored_turns(path, options.since)
    first = next(turns, None)  # before the file is made: the records may not be readable
    try:
        with options.out.open("x", encoding="utf-8") as file:
            while first is not None:
                file.write(json.dumps(first.to_record(), ensure_ascii=False) + "\n")
                count += 1
                first = next(turns, None)
    except FileExistsError as error:
        raise ExportError(f"{options.out}: đã có tệp này. Chọn tên khác") from error
    except OSError as error:
        raise ExportError(f"{options.out}: không ghi được ({error.strerror}). Chọn chỗ khác") from error
    print(f"{count} lượt hỏi: {options.out}")
    print(f"Gán nhãn: python -m evaluation feedback {options.out} CÂU_HỎI.jsonl")
    return 0
