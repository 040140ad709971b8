"""Title lines: the genres of official texts, and lines in capitals.

Does not know where in a text a title line stands, nor what follows it.
"""

import re

# Genres of Nghị định 30/2020/NĐ-CP, Phụ lục III, those of the Party, and the laws; as on the title line.
GENRES = (
    "Nghị quyết liên tịch", "Nghị quyết", "Quyết định", "Chỉ thị", "Quy chế", "Quy định", "Thông cáo",
    "Thông báo", "Hướng dẫn", "Chương trình", "Kế hoạch", "Phương án", "Đề án", "Dự án", "Báo cáo",
    "Biên bản", "Tờ trình", "Hợp đồng", "Công điện", "Kết luận", "Bộ luật", "Luật", "Pháp lệnh",
    "Nghị định", "Thông tư liên tịch", "Thông tư", "Lệnh", "Công văn",
)  # fmt: skip
# What is only ever issued together with a decision.
_ATTACHED_GENRES = (
    "Điều lệ", "Nội quy", "Thể lệ", "Quy trình", "Quy chuẩn", "Quy hoạch", "Chiến lược", "Danh mục",
    "Danh sách",
)  # fmt: skip


def _line_of(genres: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"^({'|'.join(genre.upper() for genre in genres)})\b(?! SƯ\b)")


_GENRE_LINE = _line_of(GENRES)
_ATTACHED_LINE = _line_of((*GENRES, *_ATTACHED_GENRES))
_MAX_CAPITALS = 200  # a longer paragraph in capitals is text, not a heading


def genre_of(paragraph: str) -> str | None:
    """The genre named by a title line, in small letters ("nghị quyết"), else None."""
    return _named(_GENRE_LINE, paragraph)


def attached_genre_of(paragraph: str) -> str | None:
    """The same for the title line of what is issued together with a decision: "danh mục" too."""
    return _named(_ATTACHED_LINE, paragraph)


def attached_genre_at_start(paragraph: str) -> str | None:
    """The same where the title runs on in one line with what is below it."""
    match = _ATTACHED_LINE.match(paragraph)
    return match.group(1).lower() if match else None


def is_capitals(paragraph: str) -> bool:
    """Whether all letters are capitals."""
    return paragraph.isupper() and len(paragraph) <= _MAX_CAPITALS


def _named(line: re.Pattern[str], paragraph: str) -> str | None:
    if not paragraph[:2].isupper():
        return None
    match = line.match(paragraph)
    return match.group(1).lower() if match and is_capitals(paragraph) else None
