"""Cues in a question for what kind of paragraph answers it.

Two things are told apart that the same words can mean: a task ("phải làm gì về thu ngân sách") and an
assessment ("thu ngân sách được đánh giá ra sao"); and the text's content from the text itself ("căn cứ vào
luật nào", "cơ quan nào ban hành"). Cues only shift the ranking; they never exclude a paragraph.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from assistant.about import names_another_document
from corpus.passage import Level, Passage, Zone


class Nature(StrEnum):
    """What a part of a document does."""

    TASK = "task"
    ASSESSMENT = "assessment"
    NEITHER = "neither"


_ASKS_TASK = re.compile(
    r"\b(phải|cần|nhiệm vụ|giải pháp|biện pháp|làm gì|yêu cầu|giao|chỉ đạo|đề nghị|chủ trương|bằng cách nào|"
    r"cuối năm|sắp tới|thời gian tới|muốn|hãy|nên)\b"
)
_ASKS_ASSESSMENT = re.compile(
    r"\b(đánh giá|nhìn nhận|nhận định|kết quả|đạt được|hạn chế|tồn tại|yếu kém|cùng kỳ|tình hình|đầu năm|"
    r"nửa năm qua|vừa qua|vừa rồi|đã|ra sao)\b"
)
# The lead-in of a Điều or mục says what its paragraphs are: "… một số nhiệm vụ, giải pháp sau:".
_LEADS_TASK = re.compile(
    r"nhiệm vụ|giải pháp|biện pháp|yêu cầu|đề nghị|tổ chức thực hiện|giao\b", re.IGNORECASE
)
_LEADS_ASSESSMENT = re.compile(
    r"nhận định|đánh giá|tình hình|kết quả (đạt được|thực hiện)|hạn chế", re.IGNORECASE
)
# Who only names a matter ("chuyển đổi số") wants to know what has to be done rather than how it went.
_TASKS_FIRST = 0.25
_LEAD_LENGTH = 400  # characters; a lead-in is short, what follows in the same paragraph is content

# Within an assessment, what went well and what did not are told in the same words.
_ASKS_GOOD = re.compile(
    r"\b(đạt được|đạt kết quả|thành tích|thành tựu|thành công|nổi bật|tiến bộ|điểm sáng|"
    r"kết quả tích cực)\b|\bđạt\b.*\bkết quả\b"
)
_ASKS_BAD = re.compile(
    r"\b(hạn chế|tồn tại|khó khăn|yếu kém|bất cập|vướng mắc|chậm trễ|chưa được|chưa làm|chưa tốt|kém|"
    r"phê bình|nhắc nhở|"
    r"phàn nàn|thiệt hại|tiêu cực)\b"
)
_TELLS_BAD = re.compile(
    r"\b(tồn tại|hạn chế|khó khăn|bất cập|bất thuận|chậm|chưa|sụt giảm|thiệt hại|vi phạm|đùn đẩy|"
    r"né tránh|giảm so|"
    r"tiềm ẩn|phức tạp|Tuy nhiên)\b"
)

_LAWS = r"(?:(?:căn cứ|dựa)(?: vào| trên)?.{0,12}(?:luật|văn bản) nào|những luật nào|luật nào làm căn cứ)"
_ISSUER = (
    r"(?:(?:nghị quyết|văn bản|chỉ thị)(?: này| ấy| đó)?(?: là)?(?: của| do) cơ quan nào|"
    r"(?:cơ quan nào|ai)(?: là người)?(?: đã)? ban hành)"
)
_SESSION = r"(?:kh[oó][aá] (?:mấy|nào|bao nhiêu)|kỳ họp (?:lần )?(?:thứ )?(?:mấy|nào|bao nhiêu))"
_TEXT = r"(?:nghị quyết|văn bản|chỉ thị|tài liệu)(?: này)?"
_SUBJECT = (
    r"(?:tên (?:đầy đủ|chính thức|gọi)|trích yếu|tiêu đề|"
    rf"{_TEXT} (?:là )?(?:bàn |nói |quy định )?về "
    r"(?:(?:cái|việc|vấn đề|chuyện|nội dung|điều) )?(?:gì|nào)|"
    rf"(?:nội dung (?:chính|chủ yếu|cơ bản) (?:của|trong)|tóm tắt|tóm lược) {_TEXT}"
    r"(?: là gì| gồm những gì)?(?=\W*$))"
)
_ABOUT_TEXT = (
    (Zone.PREAMBLE, re.compile(rf"\b(?:căn cứ pháp lý|cơ sở pháp lý|{_LAWS})")),
    (Zone.TITLE, re.compile(rf"\b{_SUBJECT}\b")),
    (Zone.AUTHORITY, re.compile(rf"\b(?:{_ISSUER}|{_SESSION})\b")),
    (Zone.CLOSING, re.compile(rf"\b(?:{_SESSION}|thông qua)\b")),
)


@dataclass(frozen=True, slots=True)
class Cues:
    """What a question asks for: a nature, and zones outside the body where it asks about the text itself."""

    nature: Nature
    zones: frozenset[Zone]
    good: bool = False
    bad: bool = False

    def tone(self, sentence: str) -> float:
        """1 where a sentence tells of success or failure as asked, -1 where of the other, else 0."""
        if self.good == self.bad:
            return 0.0
        return 1.0 if (_TELLS_BAD.search(sentence) is not None) is self.bad else -1.0

    def agreement(self, passage: Passage, nature: Nature) -> float:
        """1 where the passage is of the kind asked for, -1 where of the other; tasks count when none is."""
        if passage.zone is not Zone.BODY:
            return 1.0 if passage.zone in self.zones else 0.0
        if self.nature is Nature.NEITHER:
            return _TASKS_FIRST if nature is Nature.TASK else 0.0
        if nature is Nature.NEITHER:
            return 0.0
        return 1.0 if self.nature is nature else -1.0


def cues_of(question: str) -> Cues:
    """The cues of a question; none for one typed without diacritics."""
    text = question.lower()
    task, assessment = bool(_ASKS_TASK.search(text)), bool(_ASKS_ASSESSMENT.search(text))
    nature = Nature.NEITHER
    if task != assessment:
        nature = Nature.TASK if task else Nature.ASSESSMENT
    named = () if names_another_document(question) else _ABOUT_TEXT
    zones = frozenset(zone for zone, pattern in named if pattern.search(text))
    return Cues(nature, zones, bool(_ASKS_GOOD.search(text)), bool(_ASKS_BAD.search(text)))


def natures(passages: Iterable[Passage]) -> dict[object, Nature]:
    """The nature of each outermost Điều or mục, by document id and heading."""
    found: dict[object, Nature] = {}
    for passage in passages:
        key = nature_key(passage)
        if key is not None and key not in found:
            found[key] = _nature_of_lead(passage.text[:_LEAD_LENGTH])
    return found


def nature_key(passage: Passage) -> object:
    """What `natures` is looked up by: document and path down to the outermost Điều or mục, or None."""
    for depth, heading in enumerate(passage.headings, 1):
        if heading.level in (Level.ARTICLE, Level.ITEM):
            return passage.document_id, passage.heading_path[:depth]
    return None


def _nature_of_lead(lead: str) -> Nature:
    task, assessment = _LEADS_TASK.search(lead), _LEADS_ASSESSMENT.search(lead)
    if task and assessment:
        # The one announced first: "tán thành với nhận định: … nhiệm vụ" assesses.
        return Nature.TASK if task.start() < assessment.start() else Nature.ASSESSMENT
    if task or assessment:
        return Nature.TASK if task else Nature.ASSESSMENT
    return Nature.NEITHER
