"""Web pages: block tags and <br> end a paragraph, inline tags are no separators, tables are read as rows.

Scripts, styles, forms and navigation are no text, nor is what a page hides. Does not know style sheets, so a
paragraph hidden by a class is read.
"""

import re
from pathlib import Path
from typing import Any

from ingest.encodings import Decoded, UndecodableError, decode
from ingest.errors import UnreadableFileError
from ingest.extract import Extract
from ingest.readers.html_blocks import Writer

_MAX_BYTES = 64 * 1024 * 1024  # the longest law as a page (171 articles) has 0.5 MB
_META_UTF8 = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*utf-?8", re.IGNORECASE)
_DECLARATION = 4096
_SILENT = frozenset(
    {
        "script", "style", "noscript", "template", "head", "title", "nav", "aside", "svg", "math", "iframe",
        "object", "audio", "video", "canvas", "map", "button", "select", "option", "textarea", "input",
        "datalist", "dialog", "del"
    }
)  # fmt: skip
_SITE_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:breadcrumbs?|navbar|menu|sidebar|pagination)(?:$|[\s_-])", re.IGNORECASE
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "menu", "complementary"})
_LIMIT = re.compile(r"depth|limit exceeded", re.IGNORECASE)
_SAVE = "Mở bằng trình duyệt rồi lưu lại, hoặc chép nội dung vào tệp .txt"


class _OverLimitError(Exception):
    """The page has more than the parser takes."""


def read_html(path: Path, data: bytes) -> Extract:
    """Paragraphs and table rows of a page. Raises UnreadableFileError when the file is no page of text."""
    if len(data) > _MAX_BYTES:
        raise UnreadableFileError(
            path,
            f"trang web dài {len(data) // 2**20} MB, quá lớn so với một văn bản",
            "Kiểm tra lại nguồn tệp",
        )
    decoded = _decoded(path, data)
    try:
        writer = _written(decoded.text)
    except _OverLimitError as error:
        raise UnreadableFileError(path, "trang web lồng thẻ quá sâu, sẽ đọc thiếu chữ", _SAVE) from error
    # libxml2's errors for damaged markup are many (ParserError, XMLSyntaxError, ValueError …).
    except Exception as error:
        raise UnreadableFileError(
            path,
            f"trang web hỏng ({type(error).__name__})",
            _SAVE,
        ) from error
    return Extract(
        writer.blocks(), "trang web (.html)", encoding=decoded.encoding, confidence=decoded.confidence
    )


def _decoded(path: Path, data: bytes) -> Decoded:
    try:
        decoded = decode(data)
    except UndecodableError as error:
        raise UnreadableFileError(
            path, f"không phải trang web ({error})", "Mở bằng trình duyệt rồi lưu lại"
        ) from error
    if not decoded.encoding.startswith("UTF") and _META_UTF8.search(data[:_DECLARATION]):
        text = data.decode("utf-8", "replace")
        # A page that calls itself UTF-8 and has lost some bytes; where many are wrong, it is not UTF-8.
        if text.count("\ufffd") <= 0.01 * len(text):
            return Decoded(text, "UTF-8", 0.9)
    return decoded


def _written(text: str) -> Writer:
    from lxml import etree  # only needed when there is a page

    # huge_tree: libxml2 drops texts over 10 MB and what is nested over 256 deep; pages are bounded already.
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    writer = Writer()
    if not text.strip():
        return writer
    root = etree.fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser)
    if any(_LIMIT.search(entry.message) for entry in parser.error_log):
        raise _OverLimitError  # libxml2 leaves out what is beyond
    if root is None:
        return writer
    # Events instead of recursion: pages may nest as deep as libxml2 lets them.
    walk = etree.iterwalk(root, events=("start", "end"))
    skipped: Any = None
    for event, element in walk:
        if event == "start" and skipped is None:
            if _is_silent(element):
                skipped = element
                walk.skip_subtree()
                continue
            writer.start(element)
        elif event == "end":
            if element is skipped:
                skipped = None
            elif skipped is None:
                writer.end(element)
            if skipped is None and element is not root:
                writer.text(element.tail)
    return writer


def _is_silent(element: Any) -> bool:
    if element.tag in _SILENT or "hidden" in element.attrib:
        return True
    if element.tag in ("header", "footer") and element.getparent().tag == "body":
        return True
    if element.get("role", "").lower() in _ROLES or element.get("aria-hidden", "").lower() == "true":
        return True
    if _HIDDEN_STYLE.search(element.get("style", "")):
        return True
    return element.tag not in ("html", "body") and bool(
        _SITE_FURNITURE.search(f"{element.get('class', '')} {element.get('id', '')}")
    )
