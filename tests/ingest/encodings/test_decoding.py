import codecs
import random
import time
import unicodedata
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.encodings import UndecodableError, decode
from tests.ingest.encodings import old_fonts

TEXT = "\r\n".join(old_fonts.VIETNAMESE)
sentences = st.lists(st.sampled_from(old_fonts.VIETNAMESE), min_size=1, max_size=6).map("\n".join)


@given(sentences, st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")))
def test_every_unicode_encoding_is_read_with_and_without_a_mark(text: str, codec: str) -> None:
    decoded = decode(text.encode(codec))
    assert decoded.text == text
    assert decoded.encoding == codec[:6].upper().rstrip("-")
    assert decoded.confidence >= 0.9


def test_utf_16_big_endian_with_a_mark_is_read() -> None:
    assert decode(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be")).text == TEXT


@given(sentences)
def test_bytes_of_tcvn3_are_read_up_to_case(text: str) -> None:
    decoded = decode(old_fonts.tcvn3(text).encode("cp1252"))
    assert decoded.text.lower() == text.lower()
    assert decoded.encoding == "TCVN3" and decoded.confidence > 0.9


@given(sentences)
def test_bytes_of_vni_are_read(text: str) -> None:
    decoded = decode(old_fonts.vni(text).encode("cp1252"))
    assert (decoded.text, decoded.encoding) == (text, "VNI")


@given(sentences)
def test_bytes_of_windows_1258_are_read(text: str) -> None:
    decoded = decode(old_fonts.windows_1258(text))
    assert (decoded.text, decoded.encoding) == (text, "Windows-1258")


@pytest.mark.parametrize("language", sorted(old_fonts.WESTERN))
def test_western_bytes_stay_western(language: str) -> None:
    text = "\n".join(old_fonts.WESTERN[language])
    decoded = decode(text.encode("cp1252"))
    assert (decoded.text, decoded.encoding) == (text, "Windows-1252")


def test_a_file_cut_inside_a_letter_loses_that_letter_only() -> None:
    data = ("Quyết định " * 50 + "cũ").encode()
    decoded = decode(data[:-1])
    assert decoded.text == "Quyết định " * 50 + "c\ufffd"
    assert decoded.encoding == "UTF-8" and decoded.confidence < 1


def test_a_few_damaged_bytes_do_not_make_utf_8_another_encoding() -> None:
    data = TEXT.encode().replace(b"9.", b"\xff9.")
    decoded = decode(data)
    assert decoded.text == TEXT.replace("9.", "\ufffd9.")
    assert decoded.encoding == "UTF-8" and decoded.confidence < 1


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01",
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
        zlib.compress(TEXT.encode() * 20).replace(b"\0", b""),
        random.Random(5).randbytes(5000),
        b"\0" * 100,
        codecs.BOM_UTF16_LE + bytes(400),
        b"Quy\0ch\xc3\xbf",
    ],
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(UndecodableError):
        decode(data)


@given(st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data)
    except UndecodableError:
        return
    assert 0 <= decoded.confidence <= 1


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"))))
def test_any_text_in_utf_8_is_read_as_it_is(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded.text == text.removeprefix("\ufeff")


def test_no_bytes_are_an_empty_text() -> None:
    assert decode(b"").text == ""


def test_text_is_nfc_only_where_it_was_repaired() -> None:
    decomposed = unicodedata.normalize("NFD", TEXT)
    assert decode(decomposed.encode()).text == decomposed


def test_time_grows_with_the_size_of_the_text() -> None:
    """Ten times the TCVN3 text takes about ten times as long; a quadratic step would take a hundred."""
    page = old_fonts.tcvn3(TEXT).encode("cp1252") + b"\n"

    def took(copies: int) -> float:
        start = time.perf_counter()
        decode(page * copies)
        return time.perf_counter() - start

    took(20)
    assert took(400) < 40 * max(took(40), 0.005)
