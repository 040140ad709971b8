"""Names of the entries of a .zip: decoded, brought to one form, refused where they lead elsewhere.

Knows nothing of what an entry holds.
"""

import stat
import unicodedata
import zipfile
from collections.abc import Collection

_UTF8_NAME = 0x800
_MAX_LENGTH = 1_000
_VIETNAMESE = frozenset("àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ")


class UnsafeNameError(ValueError):
    """A name that is not taken. `shown` is a harmless form of it for people."""

    def __init__(self, problem: str, name: str) -> None:
        super().__init__(problem)
        self.shown = _harmless(name)


def member_name(entry: zipfile.ZipInfo) -> str:
    """The name with "/" between folders, in NFC. Raises UnsafeNameError for one that leads elsewhere."""
    # orig_filename: zipfile cuts the other one at a NUL, so that "a.txt\0.exe" would look like a text.
    name = _decoded(entry).replace("\\", "/")
    if "\0" in name or any(unicodedata.category(letter) in ("Cc", "Cs") for letter in name):
        raise UnsafeNameError("tên tệp có ký tự điều khiển", name)
    if len(name) > _MAX_LENGTH:
        raise UnsafeNameError("tên tệp quá dài", name)
    if name.startswith("/") or name[1:2] == ":":
        raise UnsafeNameError("tên tệp là đường dẫn tuyệt đối", name)
    parts = name.split("/")
    if ".." in parts:
        raise UnsafeNameError("tên tệp dẫn ra ngoài gói nén", name)
    if _is_special(entry):
        raise UnsafeNameError("là liên kết hoặc thiết bị, không phải tệp", name)
    return "/".join(part for part in parts if part not in ("", "."))


def is_passed_over(name: str, not_documents: Collection[str]) -> bool:
    """Whether an entry is nothing to speak of: hidden, left by an editor, or notes for people."""
    parts = name.split("/")
    return (
        any(part.startswith((".", "~$")) or part == "__MACOSX" for part in parts)
        or parts[-1].lower() in not_documents
        or not parts[-1]
    )


def _decoded(entry: zipfile.ZipInfo) -> str:
    """Names without the mark of UTF-8: zipfile reads them as cp437, Vietnamese Windows writes cp1258."""
    name = entry.orig_filename
    if not entry.flag_bits & _UTF8_NAME and not name.isascii():
        raw = name.encode("cp437")
        for encoding in ("utf-8", "cp1258"):
            try:
                other = unicodedata.normalize("NFC", raw.decode(encoding))
            except UnicodeDecodeError:
                continue
            if all(letter.isascii() or letter.lower() in _VIETNAMESE for letter in other):
                return other
    return unicodedata.normalize("NFC", name)


def _is_special(entry: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    return kind not in (0, stat.S_IFREG, stat.S_IFDIR)


def _harmless(name: str) -> str:
    printable = "".join(letter if letter.isprintable() else "\ufffd" for letter in name[:_MAX_LENGTH])
    parts = [part for part in printable.replace(":", "").split("/") if part not in ("", ".", "..")]
    return "/".join(parts)[-200:].lstrip("/") or "(không tên)"
