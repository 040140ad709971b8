"""Small workbooks by hand: .xlsx and .ods as XML in an archive, .xls as records in a compound file."""

import io
import struct
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

Row = Sequence[str | float | None]
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def cell(row: int, column: int, value: str | float) -> str:
    place = f"{chr(ord('A') + column)}{row + 1}"
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def sheet_xml(rows: Sequence[Row], first: int = 0, merged: Sequence[str] = ()) -> str:
    """A worksheet whose first row is row `first`, counted from 0; `merged` like "A1:B2"."""
    body = "".join(
        f'<row r="{at + 1}">'
        + "".join(cell(at, column, value) for column, value in enumerate(row) if value is not None)
        + "</row>"
        for at, row in enumerate(rows, first)
    )
    merges = "".join(f'<mergeCell ref="{place}"/>' for place in merged)
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData>'
        + (f"<mergeCells>{merges}</mergeCells>" if merges else "")
        + "</worksheet>"
    )


def xlsx_parts(sheets: dict[str, str], hidden: Sequence[str] = ()) -> dict[str, str | bytes]:
    """The parts of a workbook of worksheets (name to XML)."""
    listed, relations, parts = "", "", {}
    for number, (name, xml) in enumerate(sheets.items(), 1):
        state = ' state="hidden"' if name in hidden else ""
        listed += f'<sheet name="{escape(name)}" sheetId="{number}"{state} r:id="r{number}"/>'
        relations += (
            f'<Relationship Id="r{number}" Type="{_RELATIONS}/worksheet" '
            f'Target="worksheets/sheet{number}.xml"/>'
        )
        parts[f"xl/worksheets/sheet{number}.xml"] = xml
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f"{relations}</Relationships>",
        # Style 1 shows a number as a day.
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs count="2"><xf numFmtId="0"/>'
        '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
        **parts,
    }


def xlsx(rows: Sequence[Row], first: int = 0, merged: Sequence[str] = ()) -> bytes:
    return zipped(xlsx_parts({"Bieu": sheet_xml(rows, first, merged)}))


def ods(rows: Sequence[Row]) -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns"
    body = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="float" office:value="{value}"/>'
            if isinstance(value, float)
            else f'<table:table-cell office:value-type="string"><text:p>{escape(value or "")}</text:p>'
            "</table:table-cell>"
            for value in row
        )
        + "</table:table-row>"
        for row in rows
    )
    content = (
        f'<office:document-content xmlns:office="{office}:office:1.0" xmlns:table="{office}:table:1.0" '
        f'xmlns:text="{office}:text:1.0"><office:body><office:spreadsheet><table:table table:name="Bieu">'
        f"{body}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": "<manifest/>",
        }
    )


def xls(rows: Sequence[Row]) -> bytes:
    """Excel 97: one sheet of labels and numbers."""

    def record(kind: int, content: bytes) -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    cells = b""
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            place = struct.pack("<HHH", at, column, 0)
            if isinstance(value, str):
                text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
                cells += record(0x0204, place + text)
            elif value is not None:
                cells += record(0x0203, place + struct.pack("<d", value))
    width = max(map(len, rows))
    sheet = record(0x0809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    sheet += record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0)) + cells + record(0x0A, b"")
    globals_ = record(0x0809, struct.pack("<HHHHII", 0x600, 0x05, 0, 0, 0, 0))
    globals_ += record(0x42, struct.pack("<H", 1200))
    listed = 4 + 8 + 4  # a BOUNDSHEET record for the name "Bieu"
    start = len(globals_) + listed + 4
    globals_ += record(0x85, struct.pack("<IBBBB", start, 0, 0, 4, 0) + b"Bieu") + record(0x0A, b"")
    return compound({"Workbook": globals_ + sheet})


def compound(streams: dict[str, bytes]) -> bytes:
    """An OLE compound file with the streams in its root; each takes at least 4096 bytes."""
    sector, end, free = 512, 0xFFFFFFFE, 0xFFFFFFFF
    names = ["Root Entry", *streams]
    directories = (len(names) + 3) // 4
    fat = [0xFFFFFFFD, *range(2, directories + 1), end]
    entries, body = [], b""
    for number, name in enumerate(names):
        content = streams.get(name, b"")
        if content:
            content = content.ljust(max(4096, -(-len(content) // sector) * sector), b"\0")
        first = len(fat) if content else end
        fat += [*range(first + 1, first + len(content) // sector), end] if content else []
        body += content
        encoded = name.encode("utf-16-le") + b"\0\0"
        right = number + 1 if 0 < number < len(names) - 1 else free
        child = 1 if number == 0 and streams else free
        entries.append(
            encoded.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(encoded), 5 if number == 0 else 2, 1, free, right, child)
            + bytes(36)
            + struct.pack("<IQ", first, len(content))
        )
    table = struct.pack("<128I", *(fat + [free] * (128 - len(fat))))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    listing = b"".join(entries).ljust(directories * sector, b"\0")
    return header + table + listing + body
