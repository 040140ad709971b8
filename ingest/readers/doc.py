"""Word 97-2003 documents (.doc), by antiword; by LibreOffice where that is absent or gives up.

Both are programs of their own, run without a shell on a copy of the file. antiword is asked for DocBook,
which keeps rows and cells apart; its plain text is used for the numbers of lists and for notes. Does not know
what the text says, or in which encoding its letters are.
"""

import os
import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from ingest.errors import UnreadableFileError
from ingest.extract import Extract
from ingest.readers.docbook import docbook_blocks
from ingest.readers.docx import read_docx

_SECONDS = 60
_MAX_BYTES = 128 * 1024 * 1024
_MAX_TEXT_BYTES = 64 * 1024 * 1024
_FORMAT = "Word 97-2003 (.doc)"
_INSTALL = "Cài gói Debian antiword hoặc libreoffice-writer-nogui, hoặc lưu lại thành .docx"
_SAVE = "Mở bằng Word hoặc LibreOffice rồi lưu lại thành .docx"


def read_doc(path: Path, data: bytes) -> Extract:
    """Blocks of the text. Raises UnreadableFileError: damaged, encrypted, or neither program installed."""
    if len(data) > _MAX_BYTES:
        raise UnreadableFileError(path, f"tệp .doc dài {len(data) // 2**20} MB, quá lớn", _SAVE)
    if not shutil.which("antiword") and not _office():
        raise UnreadableFileError(path, "máy chưa có chương trình đọc tệp .doc", _INSTALL)
    with tempfile.TemporaryDirectory(prefix="doc-") as folder:
        file = Path(folder) / "file.doc"
        file.write_bytes(data)
        try:
            return _by_antiword(file) if shutil.which("antiword") else _by_office(path, file)
        except _GaveUpError as error:
            if not shutil.which("antiword") or not _office():
                raise UnreadableFileError(path, f"không đọc được tệp .doc ({error})", _SAVE) from error
        try:
            return _by_office(path, file)
        except _GaveUpError as error:
            raise UnreadableFileError(path, f"không đọc được tệp .doc ({error})", _SAVE) from error


class _GaveUpError(Exception):
    """A program could not read the file; the text says why, in Vietnamese."""


def _by_antiword(file: Path) -> Extract:
    from lxml import etree

    xml = _run(["antiword", "-x", "db", file.name], file.parent)
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise _GaveUpError("antiword không đọc được") from error
    if root is None:
        raise _GaveUpError("antiword không đọc được")
    wanted = root.find(".//listitem") is not None or root.find(".//footnote") is not None
    plain = _run(["antiword", "-m", "UTF-8.txt", "-w", "0", file.name], file.parent) if wanted else b""
    blocks = docbook_blocks(root, plain.decode("utf-8", "replace"))
    if not blocks:
        raise _GaveUpError("antiword không thấy chữ nào")
    return Extract(blocks, _FORMAT)


def _by_office(path: Path, file: Path) -> Extract:
    profile = (file.parent / "profile").as_uri()  # not the user's: another LibreOffice may be running on it
    command = [_office() or "soffice", f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    _run([*command, "--convert-to", "docx", "--outdir", str(file.parent), str(file)], file.parent)
    converted = file.with_suffix(".docx")
    if not converted.is_file():
        raise _GaveUpError("LibreOffice không chuyển được sang .docx")
    return replace(read_docx(path, converted.read_bytes()), format=_FORMAT)


def _office() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def _run(command: list[str], folder: Path) -> bytes:
    """What a program writes. The C locale: antiword needs none, and has no Vietnamese messages anyway."""
    output = folder / "output"
    try:
        with output.open("wb") as sink:
            done = subprocess.run(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.PIPE,
                timeout=_SECONDS,
                env={**os.environ, "LC_ALL": "C", "HOME": str(folder)},
                check=False,
            )
    except subprocess.TimeoutExpired as error:
        raise _GaveUpError(f"{command[0]} chạy quá {_SECONDS} giây") from error
    except OSError as error:
        raise _GaveUpError(f"không chạy được {command[0]}") from error
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace")
        if "ncrypted" in said:
            raise _GaveUpError("tệp đặt mật khẩu")
        raise _GaveUpError(f"{Path(command[0]).name} báo lỗi {done.returncode}")
    if output.stat().st_size > _MAX_TEXT_BYTES:
        raise _GaveUpError("văn bản quá dài")
    return output.read_bytes()
