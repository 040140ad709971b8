"""What a file is by its first bytes and by what its container lists, whatever its name says.

Opens containers only as far as their lists go. Does not know whether the rest is sound, and cannot tell plain
text from Markdown, so it says nothing about text.
"""

import io
import re
import struct
import zipfile
from dataclasses import dataclass

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENTRY = 128  # bytes of an entry in the list of streams; entries begin at multiples of it
_FILEPASS, _BEFORE_FILEPASS = 0x2F, (0x86, 0x5B)  # write protection may stand before it
_HEAD = 4096
_MOST_MANIFEST = 1024 * 1024
# Signatures at the start of the file; the first that fits counts.
_SIGNATURES = (
    (b"%PDF-", ".pdf"),
    (b"{\\rtf", ".rtf"),
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"II*\0", ".tif"),
    (b"MM\0*", ".tif"),
)
_UNREAD = (
    (b"GIF8", "ảnh GIF"),
    (b"RIFF", "ảnh WebP hoặc tệp nghe nhìn"),
    (b"BM", "ảnh BMP"),
    (b"Rar!\x1a\x07", "tệp nén RAR"),
    (b"7z\xbc\xaf\x27\x1c", "tệp nén 7-Zip"),
    (b"\x1f\x8b\x08", "tệp nén gzip"),
    (b"\x7fELF", "chương trình"),
    (b"MZ", "chương trình"),
    (b"SQLite format 3\0", "cơ sở dữ liệu SQLite"),
)
_OLE_STREAMS = (
    ("EncryptedPackage", "encrypted"), ("WordDocument", ".doc"), ("Workbook", ".xls"), ("Book", ".xls"),
    ("PowerPoint Document", "trình chiếu PowerPoint"),
)  # fmt: skip
_ODF = (
    (b"application/vnd.oasis.opendocument.text", ".odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", ".ods"),
    (b"application/vnd.oasis.opendocument.presentation", "trình chiếu OpenDocument"),
)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.I | re.S
)
_WORD_XML = re.compile(r"\s*<\?xml[^>]{0,200}>\s*<\?mso-application\s+progid=\"(Word|Excel)", re.I)
_MHTML = re.compile(r"\s*MIME-Version:.{0,2000}?multipart/related", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Sniffed:
    """`suffix` of a format that is read ("" for others), its `name` for people, and whether it is locked."""

    suffix: str
    name: str
    encrypted: bool = False


_NAMES = {
    ".pdf": "PDF", ".rtf": "RTF", ".png": "ảnh PNG", ".jpg": "ảnh JPEG", ".tif": "ảnh TIFF",
    ".doc": "Word 97-2003", ".docx": "Word (.docx)", ".xls": "Excel 97-2003", ".xlsx": "Excel (.xlsx)",
    ".odt": "OpenDocument (.odt)", ".ods": "bảng tính OpenDocument (.ods)", ".html": "trang web (HTML)",
}  # fmt: skip


def sniff(data: bytes) -> Sniffed | None:
    """What the content is; None where it does not say, as plain text and damaged files do not."""
    if data.startswith(_OLE):
        return _ole(data)
    if data.startswith(b"PK\x03\x04"):
        return _zip(data)
    start = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    for signature, suffix in _SIGNATURES:
        if start.startswith(signature):
            return _as(suffix)
    for signature, name in _UNREAD:
        # Two letters may begin a text, which has no zero bytes.
        if data.startswith(signature) and b"\0" in data[:_HEAD]:
            return Sniffed("", name)
    return _markup(data[:_HEAD])


def _as(found: str, encrypted: bool = False) -> Sniffed:
    return Sniffed(found, _NAMES[found], encrypted) if found in _NAMES else Sniffed("", found, encrypted)


def _markup(head: bytes) -> Sniffed | None:
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = head.decode("utf-16" if wide else "latin-1", "ignore").removeprefix("ï»¿")
    if _HTML.match(text):
        return _as(".html")
    if _MHTML.match(text):
        return Sniffed("", "trang web lưu thành một tệp (MHTML)")
    if found := _WORD_XML.match(text):
        return Sniffed("", f"{found[1].capitalize()} 2003 XML")
    return None


def _ole(data: bytes) -> Sniffed | None:
    found = {kind: entry for name, kind in _OLE_STREAMS if (entry := _entry(data, name)) is not None}
    if "encrypted" in found:
        return Sniffed("", "tài liệu Office", encrypted=True)
    # A text may carry a workbook inside, and lists it too.
    if ".doc" in found:
        flags = _start(data, found[".doc"])[10:12]
        return _as(".doc", len(flags) == 2 and bool(flags[1] & 1))
    if ".xls" in found:
        return _as(".xls", _asks_for_password(_start(data, found[".xls"])))
    return Sniffed("", next(iter(found))) if found else None


def _entry(data: bytes, name: str) -> int | None:
    """Where the entry of a stream begins in the file."""
    wanted = name.encode("utf-16-le") + b"\0\0"
    at = data.find(wanted)
    while at >= 0 and at % _OLE_ENTRY:
        at = data.find(wanted, at + 1)
    return at if at >= 0 else None


def _start(data: bytes, entry: int) -> bytes:
    """The first bytes of a stream, b"" for one too short to have a sector of its own, or damaged."""
    if len(data) < entry + _OLE_ENTRY:
        return b""
    (shift,) = struct.unpack_from("<H", data, 30)
    sector, size = struct.unpack_from("<II", data, entry + 116)
    if shift not in (9, 12) or size < 4096:
        return b""
    at = (sector + 1) << shift
    return data[at : at + 512]


def _asks_for_password(stream: bytes) -> bool:
    """Whether FILEPASS is among the first records of a workbook. calamine calls such a file unknown."""
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == _FILEPASS:
            return True
        if at and kind not in _BEFORE_FILEPASS:
            return False
        at += 4 + size
    return False


def _zip(data: bytes) -> Sniffed | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _container(archive, set(archive.namelist()))
    # Besides BadZipFile: errors of decompression and names that zipfile does not document. A damaged
    # container does not say what it is; the reader of its name refuses it.
    except Exception:
        return None


def _container(archive: zipfile.ZipFile, names: set[str]) -> Sniffed:
    if "mimetype" in names:
        kind = archive.open("mimetype").read(200)
        for mime, found in _ODF:
            if kind.startswith(mime):
                return _as(found, _odf_is_encrypted(archive, names))
    for folder, found in (("word/", ".docx"), ("xl/", ".xlsx"), ("ppt/", "trình chiếu PowerPoint")):
        if "[Content_Types].xml" in names and any(name.startswith(folder) for name in names):
            return _as(found)
    return Sniffed("", "tệp nén .zip")


def _odf_is_encrypted(archive: zipfile.ZipFile, names: set[str]) -> bool:
    manifest = "META-INF/manifest.xml"
    return manifest in names and b"encryption-data" in archive.open(manifest).read(_MOST_MANIFEST)
