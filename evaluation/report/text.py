"""How numbers, names and untrusted texts are written for a Vietnamese reader.

Knows notation; does not know what is reported.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime

from corpus.text import DIRECTION_MARKS
from evaluation.measures import Measure
from evaluation.statistics import Estimate

FEW = 10  # below so many questions a number is shown as uncertain

_DIMENSIONS = {
    "kind": "Loại câu hỏi",
    "language": "Ngôn ngữ câu hỏi",
    "lang": "Ngôn ngữ câu hỏi",
    "document": "Văn bản",
    "length": "Độ dài câu hỏi",
    "variant": "Cách gõ",
    "answerable": "Văn bản có trả lời không",
}
_VALUES = {
    ("kind", "task"): "nhiệm vụ",
    ("kind", "fact"): "dữ kiện",
    ("kind", "assess"): "nhận định, đánh giá",
    ("kind", "structure"): "hỏi theo vị trí",
    ("kind", "multi"): "nhiều chỗ",
    ("kind", "nodia"): "thiếu dấu",
    ("kind", "abbr"): "viết tắt",
    ("kind", "colloq"): "khẩu ngữ",
    ("kind", "typo"): "gõ sai",
    ("kind", "english"): "tiếng Anh",
    ("kind", "followup"): "hỏi tiếp",
    ("kind", "unanswerable"): "văn bản không nêu",
    ("length", "short"): "ngắn (dưới 8 âm tiết)",
    ("length", "medium"): "vừa (8–20 âm tiết)",
    ("length", "long"): "dài (trên 20 âm tiết)",
    ("variant", "original"): "như đã viết",
    ("variant", "no_diacritics"): "không dấu",
    ("variant", "half_accents"): "nửa có dấu",
    ("variant", "tone_placement"): "đặt dấu kiểu khác",
    ("variant", "nfd"): "Unicode tổ hợp (NFD)",
    ("variant", "typing_slips"): "gõ nhầm phím",
    ("variant", "abbreviations"): "viết tắt",
    ("variant", "telex_keys"): "còn phím Telex",
    ("variant", "upper_case"): "chữ hoa",
    ("variant", "no_question_mark"): "thiếu dấu hỏi",
    ("language", "vi"): "tiếng Việt",
    ("language", "en"): "tiếng Anh",
}
# Controls that draw nothing or reorder what stands around them: harmless once they are spelled out.
_UNSEEN = re.compile(
    rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff{DIRECTION_MARKS}]"
)


def visible(text: str) -> str:
    """`text` with control characters, direction marks and lone surrogates spelled out.

    C0 controls become their pictures (U+2400 block), anything else "[U+202E]". Newlines and tabs stay; a
    carriage return before a newline goes.
    """
    return _UNSEEN.sub(_spelled, text.replace("\r\n", "\n"))


def _spelled(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"[U+{code:04X}]"


def dimension(name: str) -> str:
    """What a dimension of slices is called: "kind" is "Loại câu hỏi"."""
    return _DIMENSIONS.get(name, name)


def slice_value(name: str, value: str) -> str:
    """What a group is called: ("kind", "task") is "nhiệm vụ". Unknown ones keep their name."""
    return _VALUES.get((name, value), value)


def in_reading_order(slices: Sequence[str]) -> list[str]:
    """Groups with a natural order in it (short before long), "all" first, the others as they come."""
    known = {f"{name}={value}": at for at, (name, value) in enumerate(_VALUES)}
    return sorted(slices, key=lambda name: (name != "all", known.get(name, len(known))))


def slice_label(slice_name: str) -> str:
    """The name of a slice "kind=task" for a reader; "all" is "Tất cả"."""
    if "=" not in slice_name:
        return "Tất cả" if slice_name == "all" else slice_name
    name, value = slice_name.split("=", 1)
    return f"{dimension(name)}: {slice_value(name, value)}"


def number(value: float, digits: int = 0) -> str:
    """A number in Vietnamese notation: "1.234,5"."""
    return f"{value:,.{digits}f}".translate(str.maketrans(",.", ".,"))


def amount(measure: Measure, value: float) -> str:
    """A measure's value with its unit: "93,2 %", "1,24", "318"."""
    if measure.unit == "share":
        return f"{number(100 * value, 1)}\u00a0%"
    return number(value, 2 if measure.unit == "ratio" else 0)


def interval(measure: Measure, estimate: Estimate) -> str:
    """The 95 % interval: "88,4–96,1 %"."""
    low, high = amount(measure, estimate.low), amount(measure, estimate.high)
    return f"{low.removesuffix(chr(0xA0) + '%')}–{high}"


def milliseconds(value: float) -> str:
    """Milliseconds without unit, with as many digits as mean something: "8,3", "41", "1.250"."""
    return number(value, 0 if value >= 10 else 1)


def date(created_at: str) -> str:
    """An ISO date and time as "25/11/2026, 18:48 (UTC+07:00)"; anything else as it stands."""
    try:
        moment = datetime.fromisoformat(created_at)
    except ValueError:
        return created_at
    zone = f" ({moment.tzname()})" if moment.tzinfo else ""
    return f"{moment:%d/%m/%Y, %H:%M}{zone}"


def shortened(text: str, length: int) -> str:
    """One line of at most `length` characters, cut with an ellipsis, as a plot can carry it."""
    line = unicodedata.normalize("NFC", " ".join(visible(text).split()))
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
