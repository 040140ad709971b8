"""Questions that ask where a matter stands, or whether: "… được nhắc ở đâu?", "có nhắc đến y tế không?".

Their answer is every place of the matter. Recognises the asking words and takes them off, because they stand
in no document; does not search.
"""

import re

_PART = r"(?:điều|khoản|mục|điểm|đoạn|phần|chương|chỗ|nơi|nội dung|vị trí|trang)"
SOME = r"(?:những|các|mấy|bao nhiêu|tất cả các|tất cả|mọi|toàn bộ)"
_SAY = (
    r"(?:(?:được |có |đã )*(?:nhắc|đề cập|nêu|nói|xuất hiện|có mặt|ghi|quy định|thể hiện|đặt|xếp|nằm)"
    r"(?: đến| tới| về| rõ| cụ thể| ra)*)"
)
_ASKED_PLACE = (
    rf"(?:{SOME} )?{_PART} (?:mấy|nào|bao nhiêu)|đâu(?: trong \w+(?: \w+)?)?|{SOME} {_PART}(?: khác nhau)?"
)
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # "… được nhắc ở đâu", "… nằm ở khoản mấy, điều mấy", "… xuất hiện mấy nơi, kể ra"
        rf"[, ]*\b{_SAY},?(?: ở| tại| trong| thuộc| vào)* (?:{_ASKED_PLACE})(?:,? (?:và |ở |tại |"
        rf"thuộc )?{_ASKED_PLACE})*"
        r"(?:,? (?:kể ra|liệt kê(?: ra)?|nêu rõ|cụ thể))?",
        rf"\b(?:nằm|ở|thuộc|tại|trong) (?:{SOME} )?{_PART} (?:mấy|nào)(?:,? (?:của |ở |tại |"
        rf"thuộc )?{_PART} (?:mấy|nào))*",
        rf"[, ]*\b(?:{_SAY} )?(?:cụ thể|chính xác|rõ)(?: là)? ở đâu",
        # "khoản mấy nói về …", "những đoạn nào có nhắc đến …"
        rf"\b(?:{SOME} )?{_PART} (?:mấy|nào)(?:,? (?:của )?{_PART} (?:mấy|nào))*"
        rf"(?: (?:của|trong|ở|tại) (?:điều|khoản|mục|chương|nghị quyết|chỉ thị|văn bản)(?: \d+|"
        rf" này)?)?(?: thì)? {_SAY}",
        # "tìm tất cả các đoạn có nhắc đến …", "liệt kê mọi chỗ nói về …"
        rf"\b(?:hãy |cho (?:tôi |em )?)?(?:tìm|liệt kê|kể ra|chỉ ra|nêu|trích|đưa ra)(?: giúp(?: tôi|"
        rf" em)?| cho (?:tôi|em))?"
        rf" (?:{SOME} )+{_PART}(?: mà| nào)? {_SAY}",
    )
)
# "Nghị quyết có nhắc gì tới … không?": where it does is the answer.
_WHETHER = re.compile(
    r"^(?:trong |ở )?(?:bản )?(?:nghị quyết|chỉ thị|văn bản|tài liệu)(?: này| trên| đó)? (?:có|đã) "
    rf"(?:{_SAY}|quy định|nội dung|thông tin)(?: gì| nào)?(?: (?:đến|tới|về))* (?P<matter>.+?)"
    r"(?: (?:gì|nào))?,? (?:hay )?(?:không|chưa)(?: (?:nhỉ|ạ|vậy|thế))?\W*$",
    re.IGNORECASE,
)
# "…, cả phần đánh giá lẫn phần nhiệm vụ": both are shown anyway.
_KINDS_OF_PART = r"(?:đánh giá|kết quả|tồn tại|hạn chế|nhiệm vụ(?: khắc phục)?|giải pháp|mục tiêu)"
_ASIDE = re.compile(
    rf"[,:]? *\b(?:cả )?(?:ở )?(?:phần )?{_KINDS_OF_PART} (?:và|lẫn|"
    rf"cũng như) (?:phần )?{_KINDS_OF_PART}(?: nêu)?"
    r"|,? (?:được )?(?:đề cập|nhắc|nêu|nói)(?: đến| tới| về)? cả\b",
    re.IGNORECASE,
)
_LEFT_OVER = re.compile(r"^[\s,;:.]+|[\s,;:.?!]+$")


def topic_whose_place_is_asked(question: str) -> str | None:
    """The matter of a question that asks where it stands; None for any other question."""
    if whether := _WHETHER.match(question.strip()):
        return whether["matter"]
    topic = question
    for form in _FORMS:
        topic = form.sub(" ", topic)
    if topic == question:
        return None
    topic = _LEFT_OVER.sub("", " ".join(_ASIDE.sub(" ", topic).split()))
    return topic if len(topic) > 2 else None
