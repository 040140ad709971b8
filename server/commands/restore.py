"""`restore FILE [--to FOLDER]`: a backup back to its places, or to a folder of its own."""

import argparse
from pathlib import Path

from assistant.settings import load_settings
from server.settings import load_server_settings


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "restore", help="phục hồi từ bản sao lưu; những gì đang có được giữ lại bên cạnh"
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "--to", type=Path, metavar="FOLDER", help="phục hồi vào thư mục này thay vì chỗ đang cấu hình"
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from server.backup.installation import below, installed  # pulls in the index, which takes a second
    from server.backup.restoring import restore

    places = below(options.to) if options.to else installed(load_settings(), load_server_settings())
    done = restore(options.file, places)
    manifest = done.manifest
    print(
        f"Đã phục hồi bản sao lưu ngày {manifest.created_at[:10]}: "
        f"{manifest.count('documents')} tệp văn bản, chỉ mục {manifest.generation or '(không có)'}"
    )
    for path in done.kept:
        print(f"Bản trước đó: {path}")
    for note in done.notes:
        print(f"Lưu ý: {note}")
    if options.to:
        print(
            f"Dùng bản này: ASSISTANT_DOCUMENTS_DIR={places.documents} ASSISTANT_INDEX_DIR={places.index} "
            f"ASSISTANT_RECORDS_FILE={places.records}"
        )
    else:
        print("Nếu máy chủ đang chạy, hãy khởi động lại để dùng bản vừa phục hồi")
    return 0
