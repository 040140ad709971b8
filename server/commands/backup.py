"""`backup OUT.tar.gz`: documents, index and records in one file, while the server runs."""

import argparse
import sys
from pathlib import Path

from assistant.settings import load_settings
from server.settings import load_server_settings


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("backup", help="sao lưu văn bản, chỉ mục và ghi nhớ câu hỏi vào một tệp")
    parser.add_argument("out", type=Path, metavar="OUT.tar.gz", help="tệp chưa có; chỉ chủ tệp đọc được")
    parser.add_argument(
        "--with-secrets", action="store_true", help="kèm tệp người dùng và khoá API; cất bản sao cẩn thận"
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from server.backup.installation import installed  # pulls in the index, which takes a second
    from server.backup.making import back_up

    places = installed(load_settings(), load_server_settings())
    made = back_up(
        places, options.out, secrets=options.with_secrets, tell=lambda line: print(line, file=sys.stderr)
    )
    parts = [f"{made.count('documents')} tệp văn bản"]
    parts.append(f"chỉ mục {made.generation}" if made.generation else "không có chỉ mục")
    parts.append("ghi nhớ câu hỏi" if made.records_schema is not None else "không có ghi nhớ câu hỏi")
    if made.count("secrets"):
        parts.append("tệp người dùng và khoá")
    megabytes = f"{options.out.stat().st_size / 2**20:.1f}".replace(".", ",")
    print(f"Đã sao lưu {', '.join(parts)} vào {options.out} ({megabytes} MB)")
    return 0
