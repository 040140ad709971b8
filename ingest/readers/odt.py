"""OpenDocument texts (.odt): paragraphs, headings, lists, tables, text boxes and notes.

Read from the XML itself: see the decision on readers. Unpacking is bounded, entities are not resolved, macros
are never run. Does not know styles, so numbers of lists are counted by their own label formats only, and text
hidden by a style is read.
"""

import io
import zipfile
from pathlib import Path
from typing import Any

from ingest.errors import UnreadableFileError
from ingest.extract import Extract
from ingest.readers.odt_blocks import blocks_of

_MAX_XML_BYTES = 64 * 1024 * 1024  # a law of 171 articles has 2 MB
_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"


def read_odt(path: Path, data: bytes) -> Extract:
    """Blocks of the text, then its notes ("[1] …"). Raises UnreadableFileError: damaged, encrypted, huge."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if _MANIFEST in names and b"encryption-data" in _unpacked(path, archive, _MANIFEST):
                raise UnreadableFileError(
                    path, "tệp .odt đặt mật khẩu", "Mở bằng LibreOffice, bỏ mật khẩu rồi lưu lại"
                )
            content = _parsed(_unpacked(path, archive, _CONTENT))
            styles = _parsed(_unpacked(path, archive, _STYLES)) if _STYLES in names else None
            macros = any(name.startswith(("Basic/", "Scripts/")) for name in names)
        blocks = blocks_of(content, styles)
    except UnreadableFileError:
        raise
    # As with .docx: zip, XML and lookup errors surface as they are, and the rest of the folder must go on.
    except Exception as error:
        raise UnreadableFileError(
            path,
            f"tệp .odt hỏng hoặc không phải văn bản OpenDocument ({type(error).__name__})",
            "Mở bằng LibreOffice rồi lưu lại thành .odt hoặc .docx",
        ) from error
    return Extract(blocks, "OpenDocument (.odt)", warnings=("có macro, không chạy",) if macros else ())


def _unpacked(path: Path, archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        content = member.read(_MAX_XML_BYTES + 1)  # what the archive says of its size may be a lie
    if len(content) > _MAX_XML_BYTES:
        raise UnreadableFileError(
            path, f"{name} giải nén ra hơn {_MAX_XML_BYTES // 2**20} MB, quá lớn", "Kiểm tra lại nguồn tệp"
        )
    return content


def _parsed(xml: bytes) -> Any:
    from lxml import etree  # only needed when there is such a file

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    return etree.fromstring(xml, parser)
