"""Commands for whoever runs the server: `python -m server users|keys|backup|restore|records|load`.

Exit codes: 0 done, 2 bad usage or input (one line says what to mend). A password is asked for twice, or read
from standard input when that is no terminal; it is never an argument, which other people could see.
"""

import argparse
import getpass
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus.errors import ProductError
from server.access.entries import AccessFileError, Entry, checked_name, read_entries, write_entries
from server.access.keys import digest, new_key
from server.access.passwords import MAX_LENGTH, MIN_LENGTH, hashed
from server.access.person import ADMIN, READER
from server.commands import backup, load, records, restore
from server.settings import ServerSettings, load_server_settings

_SETTINGS = {"users": "ASSISTANT_USERS_FILE", "keys": "ASSISTANT_KEYS_FILE"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command."""
    options = _parse(arguments)
    try:
        if "run" in options:
            status: int = options.run(options)
            return status
        path = _file(options.what, load_server_settings())
        if options.command == "list":
            _list(path)
        elif options.command == "remove":
            _remove(path, options.name)
        elif options.what == "users":
            _add_user(path, options.name, ADMIN if options.admin else READER)
        else:
            _add_key(path, options.name, ADMIN if options.admin else READER)
    except ProductError as error:
        print(error, file=sys.stderr)
        return 2
    except (KeyboardInterrupt, EOFError):
        print("\nĐã dừng, chưa thay đổi gì.", file=sys.stderr)
        return 2
    return 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m server",
        description="Quản lý người dùng, khoá API và bản sao lưu của Trợ lý Nghị quyết.",
    )
    nouns = parser.add_subparsers(
        dest="what", required=True, metavar="users|keys|backup|restore|records|load"
    )
    for noun, about in (
        ("users", f"người dùng có mật khẩu, trong tệp {_SETTINGS['users']}"),
        ("keys", f"khoá API của chương trình, trong tệp {_SETTINGS['keys']}"),
    ):
        commands = nouns.add_parser(noun, help=about, description=about).add_subparsers(
            dest="command", required=True, metavar="add|remove|list"
        )
        add = commands.add_parser("add", help="thêm, hoặc thay mật khẩu hay khoá đã có")
        add.add_argument("name", metavar="TÊN")
        add.add_argument(
            "--admin", action="store_true", help="có quyền quản trị; mặc định chỉ được đọc và hỏi"
        )
        commands.add_parser("remove", help="xoá").add_argument("name", metavar="TÊN")
        commands.add_parser("list", help="liệt kê tên và vai trò")
    for module in (backup, restore, records, load):
        module.add_parser(nouns)
    return parser.parse_args(arguments)


def _file(what: str, settings: ServerSettings) -> Path:
    path = settings.users_file if what == "users" else settings.keys_file
    if path is None:
        raise AccessFileError(
            f"Chưa đặt {_SETTINGS[what]}. Đặt biến này thành đường dẫn tệp, ví dụ "
            f"{_SETTINGS[what]}=/var/lib/tro-ly/{what}, trong môi trường hoặc tệp .env"
        )
    return path


def _list(path: Path) -> None:
    for entry in read_entries(path).values():
        print(f"{entry.name}\t{entry.role}")


def _remove(path: Path, name: str) -> None:
    entries = read_entries(path)
    if entries.pop(name, None) is None:
        raise AccessFileError(f"{path}: không có {name!r}. Xem tên bằng lệnh list")
    write_entries(path, entries)
    print(f"Đã xoá {name}.")


def _add_user(path: Path, name: str, role: str) -> None:
    entries = read_entries(path)
    known = checked_name(name) in entries
    entries[name] = Entry(name, role, hashed(_password()))
    write_entries(path, entries)
    print(f"Đã {'thay mật khẩu của' if known else 'thêm'} {name} ({role}) trong {path}.")


def _add_key(path: Path, name: str, role: str) -> None:
    entries = read_entries(path)
    key = new_key()
    entries[checked_name(name)] = Entry(name, role, digest(key))
    write_entries(path, entries)
    print(key)
    print("Khoá chỉ hiện một lần này; tệp chỉ giữ mã băm của nó.", file=sys.stderr)


def _password() -> str:
    if sys.stdin.isatty():
        password = getpass.getpass("Mật khẩu: ")
        if getpass.getpass("Nhập lại mật khẩu: ") != password:
            raise AccessFileError("Hai lần nhập không giống nhau. Chạy lại lệnh này")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise AccessFileError(
            f"Mật khẩu cần ít nhất {MIN_LENGTH} ký tự, nhiều nhất {MAX_LENGTH}. Chọn mật khẩu khác"
        )
    return password


if __name__ == "__main__":
    sys.exit(main())
