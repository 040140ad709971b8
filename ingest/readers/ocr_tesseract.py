"""The words of a page image, by the program `tesseract` with its Vietnamese model.

A process of its own for every page: it can be killed after a time, and damaged images cannot hurt the caller.
Does not know reading order or what a number is.
"""

import csv
import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

PACKAGES = "tesseract-ocr tesseract-ocr-vie"
_SECONDS = 90  # a full page takes 2 to 5 s on one core; pure noise took 112 s
_LANGUAGE = "vie"
# Fully automatic layout. Measured on four pages at 200, 300 and 400 dpi, clean and degraded: psm 4 is equal,
# psm 6 loses a sixth of the characters of pages whose letterhead has two columns.
_LAYOUT = "3"
_WORD_LEVEL = "5"


@dataclass(frozen=True, slots=True)
class Recognised:
    """A word as recognised. `line` tells tesseract's lines apart; the box is in pixels from the upper left.

    `confidence`: 0..1.
    """

    text: str
    line: tuple[int, int, int]
    left: int
    top: int
    right: int
    bottom: int
    confidence: float


class RecognitionError(Exception):
    """tesseract was killed after its time or could not take the image; the text says which."""


def is_at_hand() -> bool:
    """Whether tesseract and its Vietnamese model are installed."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    try:
        asked = subprocess.run([program, "--list-langs"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return _LANGUAGE in (asked.stdout + asked.stderr).decode("utf-8", "replace").split()


def recognise(image: Any, dpi: int) -> list[Recognised]:
    """The words of a grey Pillow image with `dpi` dots an inch, in tesseract's order.

    Raises RecognitionError.
    """
    pixels = io.BytesIO()
    image.save(pixels, "PPM")
    command = [shutil.which("tesseract") or "tesseract", "stdin", "stdout", "-l", _LANGUAGE]
    command += ["--psm", _LAYOUT, "--dpi", str(dpi), "tsv"]
    # One thread a process: two pages side by side are 1.6 times as fast as one page on two threads.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            command,
            input=pixels.getvalue(),
            capture_output=True,
            timeout=_SECONDS,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RecognitionError(f"tesseract quá {_SECONDS} giây") from error
    except OSError as error:
        raise RecognitionError(f"không chạy được tesseract ({error.strerror})") from error
    if done.returncode != 0:
        raise RecognitionError(f"tesseract dừng với mã {done.returncode}")
    return list(_words(done.stdout.decode("utf-8", "replace")))


def _words(table: str) -> Iterator[Recognised]:
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        if row.get("level") != _WORD_LEVEL or not text:
            continue
        left, top = int(row["left"]), int(row["top"])
        yield Recognised(
            text,
            (int(row["block_num"]), int(row["par_num"]), int(row["line_num"])),
            left,
            top,
            left + int(row["width"]),
            top + int(row["height"]),
            min(1.0, max(0.0, float(row["conf"]) / 100)),
        )
