"""What is wrong with an input, in Vietnamese, from what pydantic says of it.

Never repeats the input itself: it may be a megabyte, or hold what nobody wants to see again.
"""

from collections.abc import Sequence
from typing import Any

WORDS, PARTS = "@words", "@parts"  # names of the two forms of a message, no fields
_PLACES = ("body", "query", "path", "header", "cookie", WORDS, PARTS)
_SAID = {
    "missing": "thiếu trường này",
    "extra_forbidden": "không có trường nào tên như vậy",
    "string_type": "phải là chuỗi ký tự",
    "string_too_long": "dài quá {max_length} ký tự",
    "string_too_short": "phải có ít nhất {min_length} ký tự",
    "string_pattern_mismatch": "không đúng dạng {pattern}",
    "string_unicode": "có ký tự không hợp lệ (surrogate lẻ)",
    "string_sub_type": "phải là chuỗi ký tự",
    "int_type": "phải là số nguyên",
    "int_parsing": "phải là số nguyên",
    "int_parsing_size": "là số quá lớn",
    "int_from_float": "phải là số nguyên",
    "bool_type": "phải là true hoặc false",
    "bool_parsing": "phải là true hoặc false",
    "list_type": "phải là một danh sách",
    "too_long": "có quá {max_length} phần tử",
    "too_short": "phải có ít nhất {min_length} phần tử",
    "dict_type": "phải là một đối tượng JSON",
    "model_type": "phải là một đối tượng JSON",
    "model_attributes_type": "phải là một đối tượng JSON",
    "literal_error": "phải là một trong: {expected}",
    "enum": "phải là một trong: {expected}",
    "greater_than_equal": "phải từ {ge} trở lên",
    "less_than_equal": "không được quá {le}",
}
_MEND = "Sửa trường này rồi gửi lại; kiểu dữ liệu có tại /docs"
_JSON = "Gửi JSON hợp lệ, mã UTF-8, Content-Type: application/json"
_LONGEST = 60  # characters of a field's name, which whoever asks may have made up


def complaint(errors: Sequence[Any]) -> tuple[str | None, str, str]:
    """Of pydantic's errors the first field that is wrong, what is wrong with it, and the mend."""
    first = errors[0]
    place = [part for part in first["loc"] if part not in _PLACES]
    if first["type"] == "json_invalid":
        return None, "Nội dung gửi lên không phải JSON hợp lệ", _JSON
    if not place:
        return None, "Nội dung gửi lên phải là một đối tượng JSON", _JSON
    said = _SAID.get(first["type"], "không hợp lệ")
    field = _named(place)
    return field, f"{field}: {said.format_map(first.get('ctx') or {})}", _MEND


def _named(place: Sequence[str | int]) -> str:
    """`history[3].role` for ("history", 3, "role")."""
    name = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    shown = "".join(c if c.isprintable() else "�" for c in name.lstrip("."))
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"
