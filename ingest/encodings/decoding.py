"""Bytes of a text file to Unicode: byte-order marks, UTF-8, UTF-16, Windows-1258, TCVN3, VNI, Windows-1252.

Judges the bytes, no declaration inside the text. Does not know encodings of other languages: Cyrillic or
Chinese text in an old code page comes out as nonsense of Western letters, with low confidence.
"""

import codecs
import re
from dataclasses import dataclass

from ingest.encodings.repair import repaired


class UndecodableError(ValueError):
    """The bytes are no text in any encoding known here."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the encoding it was in ("TCVN3 + VNI" for mixed text) and a confidence, 0..1."""

    text: str
    encoding: str
    confidence: float


_MARKS = (  # UTF-32 first: its mark begins like that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x19\x1b-\x1f\x7f]")
_UNICODE_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff]")
_MOST_CONTROLS = 0.002  # share of bytes; text has none, compressed data about 0.1
_SAMPLE = 1 << 20
# Bytes that cp1252 leaves undefined stay as the control characters they are in Latin-1.
_WINDOWS_1252 = {
    byte: ord(bytes([byte]).decode("cp1252", "ignore") or chr(byte)) for byte in range(0x80, 0xA0)
}
_MULTIBYTE = re.compile(rb"[\xc3-\xe1][\x80-\xbf]+")
_DAMAGE_PER_LETTER = 0.05


def decode(data: bytes) -> Decoded:
    """The text of a plain-text file, of any size. Raises UndecodableError for binary data."""
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], codec, name)
    if b"\0" in data:
        return _wide(data)
    if len(_CONTROL.findall(data[:_SAMPLE])) > _MOST_CONTROLS * min(len(data), _SAMPLE) + 2:
        raise UndecodableError("quá nhiều ký tự điều khiển, có lẽ là tệp nhị phân")
    try:
        return Decoded(data.decode("utf-8"), "UTF-8", 1.0)
    except UnicodeDecodeError as error:
        return _damaged_utf8(data, error) or _single_byte(data)


def _marked(data: bytes, codec: str, name: str) -> Decoded:
    """Text behind a byte-order mark; a cut or damaged character becomes U+FFFD and costs confidence."""
    text = data.decode(codec, "replace")
    lost = text.count("\ufffd") + text.count("\0")
    nothing_left = lost and not any(char.isalnum() for char in text)
    if nothing_left or lost > 1 + _DAMAGE_PER_LETTER * len(text):
        raise UndecodableError(f"có dấu {name} ở đầu nhưng nội dung không phải {name}")
    return Decoded(text, name, 1.0 if not lost else 0.9)


def _wide(data: bytes) -> Decoded:
    """UTF-16 without a mark: the zero bytes of ASCII letters stand at odd (LE) or even (BE) places."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    codec = "utf-16-le" if odd > even else "utf-16-be"
    if min(even, odd) <= 0.01 * len(data) and max(even, odd) >= 0.15 * len(data):
        text = data[: len(data) // 2 * 2].decode(codec, "replace")
        if len(_UNICODE_CONTROL.findall(text)) + text.count("\ufffd") <= 0.001 * len(text):
            return Decoded(text, "UTF-16", 0.95)
    raise UndecodableError("có byte 0 và không phải UTF-16, có lẽ là tệp nhị phân")


def _damaged_utf8(data: bytes, error: UnicodeDecodeError) -> Decoded | None:
    """UTF-8 with some lost or cut bytes; None when the bytes are rather in a single-byte encoding."""
    if error.start >= len(data) - 3 and not data[: error.start].isascii():
        return Decoded(data[: error.start].decode("utf-8") + "\ufffd", "UTF-8", 0.95)
    letters = len(_MULTIBYTE.findall(data))
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    if letters and lost <= _DAMAGE_PER_LETTER * letters:
        return Decoded(text, "UTF-8", round(1 - lost / letters, 3))
    return None


def _single_byte(data: bytes) -> Decoded:
    text = data.decode("latin-1").translate(_WINDOWS_1252)
    # Split at line feeds only: other line ends must come back as they were.
    lines, evidence = repaired(text.split("\n"))
    encodings = [name for name in evidence.encodings() if name in ("TCVN3", "VNI", "Windows-1258")]
    if encodings:
        return Decoded("\n".join(lines), " + ".join(encodings), evidence.confidence())
    return Decoded(text, "Windows-1252", 0.5)
