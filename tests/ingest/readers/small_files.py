"""One small sound file of every format that is read, made on the spot."""

import io

import docx
from PIL import Image

from tests.ingest.pdf.written import Text, grid, paragraphs, pdf
from tests.ingest.readers.workbooks import ods, xls, xlsx, zipped

LINES = (
    "QUYẾT ĐỊNH",
    "Về việc tổ chức trực",
    "Điều 1. Giao Sở Y tế chủ trì.",
    "1. Trực ban đêm.",
    "Điều 2. Quyết định có hiệu lực từ ngày ký.",
)
ROWS = [["TT", "Nội dung", "Số"], [1.0, "Trồng cây", 12.0], [2.0, "Tưới nước", 0.5]]
TEXT = "\n".join(LINES)


def _docx() -> bytes:
    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    table = document.add_table(len(ROWS), 3)
    for row, cells in zip(table.rows, ROWS, strict=True):
        for cell, value in zip(row.cells, cells, strict=True):
            cell.text = str(value)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def odt_parts() -> dict[str, str | bytes]:
    office = "urn:oasis:names:tc:opendocument:xmlns"
    body = "".join(f"<text:p>{line}</text:p>" for line in LINES)
    return {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f'<office:document-content xmlns:office="{office}:office:1.0" '
        f'xmlns:text="{office}:text:1.0"><office:body><office:text>{body}</office:text></office:body>'
        "</office:document-content>",
        "META-INF/manifest.xml": "<manifest/>",
    }


def _rtf() -> bytes:
    def escaped(text: str) -> str:
        return "".join(
            letter if letter.isascii() else f"\\u{ord(letter)}?" for letter in text
        )  # all of Vietnamese is below 32,768

    return ("{\\rtf1\\ansi " + "\\par ".join(map(escaped, LINES)) + "}").encode()


def _html() -> bytes:
    rows = "".join("<tr>" + "".join(f"<td>{value}</td>" for value in row) + "</tr>" for row in ROWS)
    body = "".join(f"<p>{line}</p>" for line in LINES)
    return f"<!DOCTYPE html><html><body>{body}<table>{rows}</table></body></html>".encode()


def _image(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise((60, 60), 40).save(buffer, kind)
    return buffer.getvalue()


SMALL_FILES: dict[str, bytes] = {
    ".txt": TEXT.encode(),
    ".md": f"# {LINES[0]}\n\n{TEXT}\n\n| TT | Số |\n|---|---|\n| 1 | 2 |\n".encode(),
    ".html": _html(),
    ".rtf": _rtf(),
    ".docx": _docx(),
    ".odt": zipped(odt_parts()),
    ".xlsx": xlsx(ROWS),
    ".xls": xls(ROWS),
    ".ods": ods(ROWS),
    ".pdf": pdf(list(paragraphs(LINES)), [*grid([80, 200, 500], [100, 140]), Text(85, 120, "TT")]),
    ".png": _image("PNG"),
    ".jpg": _image("JPEG"),
    ".tif": _image("TIFF"),
}
