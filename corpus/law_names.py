"""Laws named without a number: "Luật Bảo vệ môi trường", "Bộ luật Dân sự năm 2015", "Hiến pháp".

Official texts cite laws by name alone (Nghị định 30/2020/NĐ-CP). A name ends at a comma, at "và" or at a
function word, save for the names that have such words inside, which are listed. Does not know which laws
there are, nor which of several versions is meant.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.references import DATED, UPPER, folded, issued_in
from corpus.sentences import Span
from corpus.text import folded_terms

LAW_KINDS = frozenset({"luật", "bộ luật", "pháp lệnh", "hiến pháp"})  # cited by title rather than number
# Names with a comma or "và" in them: without this list they would be cut off there.
_WITH_CONJUNCTION = (
    "An toàn, vệ sinh lao động",
    "Ban hành văn bản quy phạm pháp luật",
    "Bảo vệ và kiểm dịch thực vật",
    "Bảo vệ và phát triển rừng",
    "Bảo vệ, chăm sóc và giáo dục trẻ em",
    "Bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân",
    "Cán bộ, công chức",
    "Công nghiệp quốc phòng, an ninh và động viên công nghiệp",
    "Địa chất và khoáng sản",
    "Đo đạc và bản đồ",
    "Hòa giải, đối thoại tại Tòa án",
    "Hoạt động giám sát của Quốc hội và Hội đồng nhân dân",
    "Hỗ trợ doanh nghiệp nhỏ và vừa",
    "Hôn nhân và gia đình",
    "Khám bệnh, chữa bệnh",
    "Khoa học và công nghệ",
    "Khoa học, công nghệ và đổi mới sáng tạo",
    "Lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở",
    "Nhập cảnh, xuất cảnh, quá cảnh, cư trú của người nước ngoài tại Việt Nam",
    "Phí và lệ phí",
    "Phổ biến, giáo dục pháp luật",
    "Phòng cháy và chữa cháy",
    "Phòng cháy, chữa cháy và cứu nạn, cứu hộ",
    "Phòng, chống bạo lực gia đình",
    "Phòng, chống bệnh truyền nhiễm",
    "Phòng, chống khủng bố",
    "Phòng, chống ma túy",
    "Phòng, chống mua bán người",
    "Phòng, chống rửa tiền",
    "Phòng, chống tác hại của rượu, bia",
    "Phòng, chống tác hại của thuốc lá",
    "Phòng, chống tham nhũng",
    "Phòng, chống thiên tai",
    "Quản lý, sử dụng tài sản công",
    "Quản lý, sử dụng vốn Nhà nước đầu tư vào sản xuất, kinh doanh tại doanh nghiệp",
    "Quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ",
    "Quy hoạch đô thị và nông thôn",
    "Sử dụng năng lượng tiết kiệm và hiệu quả",
    "Tài nguyên, môi trường biển và hải đảo",
    "Thể dục, thể thao",
    "Thi đua, khen thưởng",
    "Thuế xuất khẩu, thuế nhập khẩu",
    "Thực hành tiết kiệm, chống lãng phí",
    "Tiêu chuẩn và quy chuẩn kỹ thuật",
    "Trật tự, an toàn giao thông đường bộ",
    "Xuất cảnh, nhập cảnh của công dân Việt Nam",
)
_BEGIN = re.compile(
    r"\b(?P<kind>Hiến pháp|(?:Bộ luật|Luật|Pháp lệnh)(?=\s+(?:" + f"[{UPPER}]" + r"|sửa đổi,? ?bổ sung)))\b"
)
_AMENDING = re.compile(
    r"\s+sửa đổi(?:,? bổ sung)?\s+(?:một số|các|\w+)\s+(?:điều|quy định)[^;.:]*?"
    r"(?=\s+ngày\s+\d|\s+số:?\s+\d|\s+năm\s+\d|[;.:]|$)",
    re.IGNORECASE,
)
# What follows a name and is no part of it.
_FOLLOWING = """
và; hoặc; ngày; năm; đã; được; có; này; quy định; theo; trên; trong; tại; để; khi; thì; là; phải; hiện hành;
nêu; với; mà; thuộc; cho; bằng; như; cũng; cùng; sau; trước; của; vẫn; còn; đến; từ; không; do; bởi;
mới; sửa đổi; hợp nhất; luật; bộ luật; pháp lệnh; nghị định; về việc; gồm; bao gồm;
ban hành; ra đời; thông qua; mang; số hiệu; số ký hiệu; ký hiệu; hiệu lực
"""
_ENDS = re.compile(
    r"[,;.:()“”\"/\[\]*|…]|\s(?:\d|[-–]\s|số(?=:?\s*\d)|(?:"
    + "|".join(word.strip() for word in _FOLLOWING.split(";"))
    + r")\b)",
    re.IGNORECASE,
)
_NUMBER_FOLLOWS = re.compile(r"\s+số:?\s+\d")
_LONGEST = 120
_DATED = re.compile(DATED)
_YEAR = re.compile(r" ((?:19|20)\d\d)\b(?!\s?[-–/]\s?\d)")
_KNOWN = re.compile(
    "|".join(sorted((re.escape(folded(name)) for name in _WITH_CONJUNCTION), key=len, reverse=True))
)


@dataclass(frozen=True, slots=True)
class LawName:
    """A law as a text names it. `title` is what follows "Luật", as printed; `issued` as in `Reference`."""

    kind: str
    title: str
    issued: str
    span: Span


def law_names_in(text: str) -> list[LawName]:
    """Every law named by its title in a text, in order; "Luật này" and "Luật số 5" are none."""
    plain = folded(text)
    found: list[LawName] = []
    position = 0
    while begin := _BEGIN.search(text, position):
        law = _law(text, plain, begin)
        position = begin.end() if law is None else law.span.end
        if law is not None:
            found.append(law)
    return found


@lru_cache(maxsize=10_000)
def law_key(title: str) -> str:
    """What one law's name is compared by, whatever its capitals, commas and tones: "bao ve moi truong"."""
    return " ".join(folded_terms(title))


def _law(text: str, plain: str, begin: re.Match[str]) -> LawName | None:
    kind = begin["kind"].lower()
    end = begin.end() if kind == "hiến pháp" else _end_of_title(text, plain, begin.end())
    title = " ".join(text[begin.end() : end].split()).strip(" ,")
    if kind == "hiến pháp":
        title = "Hiến pháp"
    elif not title or (_AMENDING.match(text, begin.end()) and _NUMBER_FOLLOWS.match(text, end)):
        return (
            None  # "Luật sửa đổi … của Luật X số 76/2015/QH13": the number is that of Luật X, which follows
        )
    dated = _DATED.match(plain, end)
    issued = issued_in(dated.groupdict()) if dated else ""
    last = dated.end() if dated and issued else end
    if not issued and (year := _YEAR.match(plain, end)):
        issued, last = year[1], year.end()
    return LawName(kind, title, issued, Span(begin.start(), last))


def _end_of_title(text: str, plain: str, start: int) -> int:
    if amending := _AMENDING.match(text, start):
        return amending.end()
    name = start
    while plain[name] == " ":  # a name follows, or `_BEGIN` would not have matched
        name += 1
    if known := _KNOWN.match(plain, name):
        return known.end()
    end = _ENDS.search(text, name, name + _LONGEST)
    return end.start() if end else min(len(text), name + _LONGEST)
