"""Whether the server may be opened where it is to be opened, checked before the minutes of preparation.

Knows settings and the files of users and keys; opens nothing itself.
"""

import stat
from pathlib import Path

from corpus.errors import ProductError
from server.access.entries import AccessFileError, read_entries
from server.settings import ServerSettings


class ExposureError(ProductError):
    """Others could reach the server without anybody knowing who they are."""


def check_exposure(settings: ServerSettings) -> list[str]:
    """Warnings, a line each. Raises ExposureError, AccessFileError, with the mend."""
    if not (settings.on_this_machine_only or settings.access_controlled or settings.without_access_control):
        raise ExposureError(
            f"Không mở địa chỉ {settings.host} cho máy khác khi chưa có kiểm soát truy cập. Tạo người dùng: "
            "ASSISTANT_USERS_FILE=data/users python -m server users add TÊN --admin, rồi đặt "
            "ASSISTANT_USERS_FILE; hoặc thêm --without-access-control nếu ai cũng được đọc"
        )
    warnings = []
    for path, noun, setting in (
        (settings.users_file, "users", "ASSISTANT_USERS_FILE"),
        (settings.keys_file, "keys", "ASSISTANT_KEYS_FILE"),
    ):
        if path is not None:
            _check_file(path, noun, setting)
            if stat.S_IMODE(path.stat().st_mode) & 0o077:
                warnings.append(f"{path} đọc được bởi người dùng khác của máy. Chạy: chmod 600 {path}")
    if settings.without_access_control and not settings.on_this_machine_only:
        warnings.append("ai vào được mạng này đều hỏi được mà không cần đăng nhập (--without-access-control)")
    return warnings


def _check_file(path: Path, noun: str, setting: str) -> None:
    if not read_entries(path):
        raise AccessFileError(
            f"{setting}={str(path)!r}: chưa có ai trong tệp này. "
            f"Chạy: {setting}={path} python -m server {noun} add TÊN --admin"
        )
