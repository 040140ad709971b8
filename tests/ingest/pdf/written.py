"""Small PDF files written by hand: text in any alphabet, ruling lines, images, damage."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

A4 = (595.0, 842.0)


@dataclass(frozen=True)
class Text:
    """Text that starts at `x`, `y` points from the upper left corner."""

    x: float
    y: float
    text: str
    size: float = 14.0


@dataclass(frozen=True)
class Bar:
    """A filled rectangle: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Picture:
    """A JPEG over the whole page."""

    jpeg: bytes
    width: int
    height: int


Thing = Text | Bar | Picture


def grid(lefts: Sequence[float], tops: Sequence[float]) -> list[Bar]:
    """The ruling lines of a table, one at every place."""
    down = [Bar(x, tops[0], x + 0.5, tops[-1]) for x in lefts]
    return down + [Bar(lefts[0], y, lefts[-1], y + 0.5) for y in tops]


def paragraphs(lines: Sequence[str], x: float = 85.0, y: float = 100.0, step: float = 18.0) -> list[Text]:
    return [Text(x, y + at * step, line) for at, line in enumerate(lines)]


def pdf(
    *pages: Sequence[Thing], size: tuple[float, float] = A4, rotate: int = 0, extra: bytes = b""
) -> bytes:
    """A file with these pages. `extra` goes into the trailer."""
    letters = sorted({c for page in pages for thing in page if isinstance(thing, Text) for c in thing.text})
    codes = {letter: 33 + at for at, letter in enumerate(c for c in letters if c != " ")} | {" ": 32}
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /FirstChar 32 /LastChar 255 /Widths ["
        + b"500 " * 224
        + b"] /ToUnicode 4 0 R >>",
        _stream(_to_unicode(codes)),
    ]
    kids = []
    for page in pages:
        resources = b"/Font << /F 3 0 R >>"
        for picture in (thing for thing in page if isinstance(thing, Picture)):
            objects.append(_image(picture))
            resources += b" /XObject << /P %d 0 R >>" % len(objects)
        objects.append(_stream(_content(page, codes, size)))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %f %f] /Rotate %d"
            b" /Resources << %s >> /Contents %d 0 R >>" % (*size, rotate, resources, len(objects))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    return _file(objects, extra)


def _content(page: Sequence[Thing], codes: dict[str, int], size: tuple[float, float]) -> bytes:
    parts = []
    for thing in page:
        if isinstance(thing, Text):
            text = bytes(codes[c] for c in thing.text).hex().encode()
            parts.append(b"BT /F %f Tf %f %f Td <%s> Tj ET" % (thing.size, thing.x, size[1] - thing.y, text))
        elif isinstance(thing, Bar):
            high = thing.bottom - thing.top
            where = (thing.left, size[1] - thing.bottom, thing.right - thing.left, high)
            parts.append(b"%f %f %f %f re f" % where)
        else:
            parts.append(b"q %f 0 0 %f 0 0 cm /P Do Q" % size)
    return b"\n".join(parts)


def _to_unicode(codes: dict[str, int]) -> bytes:
    items = list(codes.items())
    maps = b"".join(
        b"%d beginbfchar\n%s\nendbfchar\n"
        % (
            len(items[at : at + 100]),
            b"\n".join(
                b"<%02x> <%s>" % (code, c.encode("utf-16-be").hex().encode())
                for c, code in items[at : at + 100]
            ),
        )
        for at in range(0, len(items), 100)
    )
    return (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
        b"1 begincodespacerange <00> <ff> endcodespacerange\n" + maps + b"endcmap end end"
    )


def _image(picture: Picture) -> bytes:
    head = b"/Type /XObject /Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode"
    return b"<< %s /Width %d /Height %d /Length %d >>\nstream\n%s\nendstream" % (
        head,
        picture.width,
        picture.height,
        len(picture.jpeg),
        picture.jpeg,
    )


def _stream(content: bytes) -> bytes:
    packed = zlib.compress(content)
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)


def _file(objects: Sequence[bytes], extra: bytes) -> bytes:
    data = b"%PDF-1.7\n"
    places = []
    for number, thing in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        extra,
        start,
    )
    return data
