"""Names of files that somebody sends: made safe, or refused.

A name comes from another machine and may be anything: a path, control characters, marks that turn the
reading order round. Knows which formats there are readers for; opens nothing.
"""

import re
import unicodedata
from pathlib import Path

from ingest.contents import ARCHIVE
from ingest.discover import NOT_DOCUMENTS
from ingest.readers import READERS
from server.admin.errors import UploadError

SUFFIXES = tuple(sorted((*READERS, ARCHIVE)))
_MOST_BYTES = 200  # file systems take 255, and the name grows in the bin and by the mark of a part
_FORBIDDEN = re.compile(r'[<>:"|?*]')  # Windows could not open what has one of them
_BLANKS = re.compile(r"\s+")


def safe_name(given: str) -> str:
    """The last part of `given` as a name for the documents folder. Raises UploadError for no such thing."""
    last = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    # Category C: control, format (right-to-left marks), surrogates, unassigned.
    printable = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in last)
    name = _BLANKS.sub(" ", _FORBIDDEN.sub("_", printable)).strip(" .~$")
    suffix = Path(name).suffix.lower()
    stem = name[: len(name) - len(suffix)].strip(" .")
    if not stem:
        raise UploadError(f"Tên tệp “{printable.strip()}” không dùng được. Đổi tên tệp rồi tải lên lại")
    if suffix not in SUFFIXES:
        what = suffix or "(không có đuôi tệp)"
        raise UploadError(f"{name}: chưa đọc được định dạng {what}. Lưu thành .docx, .pdf hoặc .txt")
    name = _shortened(stem, suffix)
    if name.lower() in NOT_DOCUMENTS:
        raise UploadError(f"{name}: tên này dành cho ghi chú, không được lập chỉ mục. Đổi tên tệp")
    return name


def same_name(one: str, other: str) -> bool:
    """Whether people (and some file systems) take two names for one: case and Unicode form aside."""
    return _key(one) == _key(other)


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _shortened(stem: str, suffix: str) -> str:
    room = _MOST_BYTES - len(suffix.encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(" .") + suffix
