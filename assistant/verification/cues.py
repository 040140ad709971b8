"""Small words that turn a statement round: up and down, not, before and after, all, must, because.

Each check compares a clause with the stretch of text it rests on and returns the words at fault, or "". Works
on wording alone: sarcasm, conditions and exceptions are beyond it.
"""

import re
from collections.abc import Iterable, Iterator

from assistant.verification.english_words import english_units
from assistant.verification.figures import Figure
from assistant.verification.words import Unit, terms_of

Place = tuple[int, int]
# (one side, the other side)
_OPPOSITES = (
    (
        r"tăng(?! cường| tốc)|cao hơn|nâng(?! cao| cấp)|vượt|increase\w*|rise|rose|rising|grew|grow\w*|"
        r"higher",
        r"giảm|thấp hơn|hạ|sụt|decrease\w*|fall\w*|fell|declin\w*|drop\w*|reduc\w*|lower",
    ),
    (r"mở rộng|expand\w*", r"thu hẹp|narrow\w*"),
    (r"đẩy nhanh|nhanh|khẩn trương|accelerat\w*|faster|speed\w*", r"chậm|kéo dài|slow\w*|delay\w*"),
    (r"đầu năm|first half|first six months", r"cuối năm|second half|last six months"),
    (
        r"trước (?:khi|ngày|mùa|tháng|năm|quý|hạn)",
        r"(?:sau|trong) (?:khi|ngày|mùa|tháng|quý|hạn)",
    ),
    (r"trong nước|domestic", r"nước ngoài|ngoài nước|foreign"),
    (r"cho phép|allow\w*|permit\w*", r"cấm|nghiêm cấm|forbid\w*|prohibit\w*|ban(?:ned|s)?"),
    (r"siết chặt|thắt chặt|tighten\w*", r"nới lỏng|loosen\w*|relax\w*"),
    (r"thành lập|gia nhập", r"giải thể"),
    (r"xuất khẩu|export\w*", r"nhập khẩu|import(?!ant)\w*"),
    (r"thuận lợi", r"khó khăn|bất thuận"),
    (r"dẫn đầu|đứng đầu", r"cuối bảng|đứng cuối|cuối cả nước"),
    (r"bổ sung|thêm", r"cắt giảm|loại bỏ|bớt"),
    (r"tập trung(?= quyền)|tập quyền", r"phân cấp|phân quyền"),
    (r"công khai", r"bí mật|không công khai"),
    (r"tiếp tục|continu\w*", r"dừng|chấm dứt|ngừng|stop\w*|end(?:ed|s)?"),
)
_PAIRS = tuple(
    (re.compile(rf"\b(?:{one})\b", re.IGNORECASE), re.compile(rf"\b(?:{other})\b", re.IGNORECASE))
    for one, other in _OPPOSITES
)
_NOT = re.compile(
    r"\b(?:không(?! quá| dưới| vượt| ngừng| thấp hơn| chỉ)|chưa|chẳng|đừng|not(?! exceed| more| less|"
    r" later)|never|no(?!\.| more| less| later| fewer)|without)\b\s*"
    r"(?:được\s+|phải\s+|bị\s+|cần\s+|yet\s+|been\s+)?",
    re.IGNORECASE,
)
_ENGLISH_LACK = re.compile(
    r"\b(?:fail\w*|lack\w*|yet to|unable|refus\w*|ban\w*|prohibit\w*)\b", re.IGNORECASE
)
_SAYS = 5.0  # weight of an English word that the glossary knows
_LEADS = re.compile(r"\bchủ trì\b", re.IGNORECASE)
_LEADS_ENGLISH = re.compile(r"\b(?:chair|lead|head|preside)(?:s|ed|ing)?\b", re.IGNORECASE)
_HELD = 0.5  # of a word from which on it counts as held
_SUBJECT, _SHARED = 6, 3  # words before "chủ trì"; terms of them that the same body has in common
_REACH = 4  # words
_NO_MORE_THAN = re.compile(r"(?:\w+\s+){0,10}(?:quá|vượt quá)\s+\d", re.IGNORECASE)  # a bound, no denial
_AVOIDS = re.compile(r"\b(?:tránh|chống|cấm|hạn chế|thiếu|ngừng)\b", re.IGNORECASE)
_BEFORE = r"trước|chậm nhất|muộn nhất|đến hết|hết|đến|before|by|no later than|until"
_AFTER = r"sau|kể từ|từ|bắt đầu từ|after|from|since"
_LEAST = (
    r"ít nhất|tối thiểu|trên|hơn|không dưới|không thấp hơn|at least|no less than|no fewer than|"
    r"(?<!no )more than|over|minimum(?: of)?"
)
_MOST = (
    r"nhiều nhất|tối đa|dưới|không quá|không vượt quá|at most|up to|no more than|not exceeding|"
    r"(?<!no )less than|under|maximum(?: of)?"
)
_LED = {
    name: re.compile(
        rf"\b(?:{words})\s+(?:là\s+|of\s+)?(?:ngày\s+|tháng\s+|năm\s+|quý\s+|the\s+)*$", re.IGNORECASE
    )
    for name, words in {"before": _BEFORE, "after": _AFTER, "least": _LEAST, "most": _MOST}.items()
}
_OTHER = {"before": "after", "after": "before", "least": "most", "most": "least"}
# (a word that claims much, what has to be said for it)
_MUCH = tuple(
    (re.compile(rf"\b(?:{said})\b", re.IGNORECASE), re.compile(rf"\b(?:{held})\b", re.IGNORECASE))
    for said, held in (
        (
            r"tất cả|toàn bộ|mọi|toàn thể|hoàn toàn|đều|100 ?%|all|every|entire\w*",
            r"tất cả|toàn bộ|mọi|toàn|cả|đều|từng|mỗi|100 ?%",
        ),
        (r"tuyệt đối|always|luôn luôn", r"tuyệt đối|luôn|thường xuyên|liên tục"),
        (r"duy nhất|chỉ có", r"duy nhất|chỉ"),
        (r"bắt buộc|mandatory|compulsory", r"bắt buộc|phải"),
        (r"hầu hết|most|majority", r"hầu hết|đa số|phần lớn|tất cả|toàn bộ"),
    )
)
_CAUSE = re.compile(
    r"\b(?:do(?!\s+(?:[A-ZĐÀ-Ỹ]|cơ quan|đơn vị|các|ngân sách))|vì(?! vậy| thế)|bởi|nhờ|nguyên nhân|"
    r"dẫn đến|dẫn tới|khiến|"
    r"because|due to|"
    r"thanks to|owing to|caused|as a result)\b"
)
_CAUSE_HELD = re.compile(
    r"\b(?:do|vì|bởi|nhờ|nguyên nhân|dẫn đến|dẫn tới|khiến|gây|làm|ảnh hưởng|từ|song với|với)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:đã|đang|vừa|xong|được(?=\s+\d)|thành công|đạt được|has been|have been|had|was|were|has|already)\b",
    re.IGNORECASE,
)
_MUST = re.compile(
    r"\b(?:phải|cần|yêu cầu|đề nghị|phấn đấu|giao|hãy|có trách nhiệm|must|should|shall|need\w*|require\w*|"
    r"requested|tasked|urged|is to|are to)\b",
    re.IGNORECASE,
)
# How sentences of tasks begin, behind their number.
_IMPERATIVE = re.compile(
    r"^\W*(?:\d+[.)]\s*|[a-zđ]\)\s*|-\s*)?(?:Tiếp tục|Tập trung|Đẩy mạnh|Đẩy nhanh|Tăng cường|Thực hiện|"
    r"Triển khai|Xây dựng|"
    r"Phấn đấu|Chỉ đạo|Quan tâm|Chú trọng|Nâng cao|Rà soát|Giao|Phối hợp|Quản lý|Khẩn trương|Hoàn thành|"
    r"Hoàn thiện|"
    r"Huy động|Tuyên truyền|Bám sát|Siết chặt|Quán triệt|Đổi mới|Tổ chức|Giải quyết|Có giải pháp|Tích cực|"
    r"Tái cấu trúc|Căn cứ|Bảo đảm|Đảm bảo|Ưu tiên|Bố trí|Kiểm tra|Chủ động|Chủ trì|Ban hành|Lập|"
    r"Cập nhật|Báo cáo|"
    r"Hướng dẫn|Duy trì|Mở rộng|Kiện toàn|Xử lý|Yêu cầu|Đề nghị|Thành lập|Công khai|Kịp thời|Tham mưu|"
    r"Theo dõi|"
    r"Đôn đốc|Củng cố|Phát huy|Phát triển|Khắc phục|Thường xuyên|Tạo|Nghiêm túc|Nghiêm cấm|Không|"
    r"Bổ sung|Sắp xếp)\b"
)
_AIM = re.compile(r"\b(?:mục tiêu|chỉ tiêu|phấn đấu|target|goal|aim)\w*", re.IGNORECASE)
_AIM_HELD = re.compile(
    r"\b(?:mục tiêu|chỉ tiêu|phấn đấu|đến hết|đến năm|kế hoạch|chỉ thị|chương trình|ít nhất|tối thiểu|"
    r"phải|cần)\b",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"\b(?:đến hết|đến năm|trước ngày|chậm nhất|ít nhất|tối thiểu|phấn đấu|mục tiêu|"
    r"hoàn thành)\b",
    re.IGNORECASE,
)
_COMPLETED = re.compile(
    r"\b(?:đã|vừa)\s+(?:\w+\s+)?(?:hoàn thành|hoàn tất|xong)|(?:has|"
    r"have) been (?:fully )?completed",
    re.IGNORECASE,
)
_COMPLETE = re.compile(r"\b(?:hoàn thành|hoàn tất|xong|100 ?%)", re.IGNORECASE)
_TELLS = re.compile(
    r"\b(?:đã|đang|bị|tính đến|ghi nhận|xảy ra|đạt|tăng cao|giảm so|duy trì ở|được|còn|chưa|có nhiều|"
    r"vẫn|tiếp tục được|phục hồi)\b"
)


def direction_at_fault(clause: str, held: str) -> str:
    """A word for up where only down is said, or the like."""
    for pair in _PAIRS:
        for said, opposite in (pair, pair[::-1]):
            word = said.search(clause)
            if word and not opposite.search(clause) and opposite.search(held) and not said.search(held):
                return word.group()
    return ""


def directions(clause: str, held: str) -> Iterator[tuple[Place, list[Place], list[Place]]]:
    """Words for up and the like where the text has both sides: where they stand, alike and opposite ones."""
    for pair in _PAIRS:
        for said, opposite in (pair, pair[::-1]):
            alike = [match.span() for match in said.finditer(held)]
            opposed = [match.span() for match in opposite.finditer(held)]
            if alike and opposed:
                yield from ((match.span(), alike, opposed) for match in said.finditer(clause))


def negation_at_fault(clause: str, held: str) -> str:
    """A word that is denied on one side only."""
    said, told = _denials(clause), _denials(held)
    for scope in said:
        word = scope[0]
        if _times(word, held) and not any(word in other for other in told):
            return f"không {word}"
    for scope in told:
        word = scope[0]
        always = _times(word, held) == sum(word in other for other in told)
        if always and _times(word, clause) and not any(word in other for other in said):
            return word
    return ""


def left_out_denial(units: Iterable[Unit], clause: str, held: str) -> str:
    """A word of an English clause that the Vietnamese text denies and the clause does not."""
    if _denials(clause) or _ENGLISH_LACK.search(clause):
        return ""
    for scope in _denials(held):
        denied = terms_of(" ".join(scope))
        word = next((one.text for one in units if one.weight >= _SAYS and one.held_by(denied) == 1.0), "")
        if word:
            return word
    return ""


def role_at_fault(clause: str, held: str, language: str) -> str:
    """ "chủ trì" by somebody else."""
    said = (_LEADS if language == "vi" else _LEADS_ENGLISH).search(clause)
    told = [terms_of(_before(held, one)) for one in _LEADS.finditer(held)]
    if said is None or not told:
        return ""
    if language == "vi":
        subject = terms_of(_before(clause, said))
        is_same = not subject or any(len(subject & terms) >= _SHARED for terms in told)
    else:
        units = [unit for unit in english_units(clause[: said.start()]) if unit.weight >= _SAYS]
        is_same = any(all(unit.held_by(terms) >= _HELD for unit in units) for terms in told)
    return "" if is_same else clause[: said.end()].strip()


def _before(text: str, verb: re.Match[str]) -> str:
    """The words in front of a verb that may be its subject."""
    return " ".join(text[: verb.start()].split()[-_SUBJECT:])


def denies_without_ground(clause: str, held: str) -> bool:
    """Whether the clause denies something and the text denies nothing."""
    return bool(_denials(clause)) and not _denials(held) and not _AVOIDS.search(held)


def bound_at_fault(said: Figure, clause: str, held: str, figures: Iterable[Figure]) -> str:
    """ "after 15/10" where the text has "before 15/10"; `figures`: those of the text."""
    led = _led(clause, said)
    if not led:
        return ""
    same = [figure for figure in figures if figure.stands_for(said)]
    leads = [_led(held, figure) for figure in same]
    if same and all(_OTHER[led] == lead for lead in leads):
        return clause[max(0, said.start - 12) : said.end].strip()
    return ""


def scope_at_fault(clause: str, held: str) -> str:
    """ "tất cả" where it is not said."""
    for said, needed in _MUCH:
        word = said.search(clause)
        if word and not needed.search(held):
            return word.group()
    return ""


def cause_at_fault(clause: str, held: str) -> str:
    """A cause where none is given."""
    word = _CAUSE.search(clause)
    return word.group() if word and not _CAUSE_HELD.search(held) else ""


def is_imperative(sentence: str) -> bool:
    """Whether a sentence begins with what has to be done, and so has no subject of its own."""
    # A statement behind a semicolon begins with a small letter.
    return bool(_IMPERATIVE.search(sentence[:1].upper() + sentence[1:]))


def is_report(sentence: str, about: str = "") -> bool:
    """Whether a sentence of a document tells how things are; `about`: the name of its document."""
    if _IMPERATIVE.search(sentence) or _MUST.search(sentence) or _TARGET.search(sentence):
        return False
    return bool(_TELLS.search(sentence)) or about.lower().startswith("báo cáo")


def done_though_a_task(clause: str, held: str, about: str) -> str:
    """ "đã hoàn thành" where it is to be completed, or is only under way."""
    done = _DONE.search(clause)
    if done is None:
        return ""
    if _COMPLETED.search(clause) and not _COMPLETE.search(held):
        return done.group()
    return "" if _DONE.search(held) or is_report(held, about) else done.group()


def a_task_though_told(clause: str, held: str, about: str) -> str:
    """ "phải đẩy mạnh" where it is told that it was done."""
    aim = _AIM.search(clause)
    if aim and not _AIM_HELD.search(f"{about} {held}") and not _IMPERATIVE.search(held):
        return aim.group()
    must = _MUST.search(clause)
    if must is None:
        return ""
    verb = re.match(r"\s*(\w+\s+\w+)", clause[must.end() :])
    if verb and re.search(rf"\bđã\s+(?:\w+\s+)?{re.escape(verb.group(1))}", held, re.IGNORECASE):
        return must.group()
    return must.group() if is_report(held, about) else ""


def _denials(text: str) -> list[list[str]]:
    """For each word that denies, the words behind it that it may deny."""
    return [
        re.findall(r"\w+", text[match.end() :].lower())[:_REACH]
        for match in _NOT.finditer(text)
        if re.search(r"\w", text[match.end() :]) and not _NO_MORE_THAN.match(text[match.end() :])
    ]


def _times(word: str, text: str) -> int:
    return len(re.findall(rf"\b{re.escape(word)}\b", text, re.IGNORECASE))


def _led(text: str, figure: Figure) -> str:
    before = text[: figure.start]
    if re.search(r"\bkhông\b[^;.]*\bquá\s+$", before, re.IGNORECASE):
        return "most"
    # A date may begin with "ngày": what leads it stands before.
    return next((name for name, pattern in _LED.items() if pattern.search(before)), "")
