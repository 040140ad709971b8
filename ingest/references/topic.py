"""Whether a citing sentence and a title are about the same matter: pairs of syllables that both have.

Only pairs that say something count: "tăng cường", "thực hiện" stand in every title.
"""

from collections.abc import Sequence
from itertools import pairwise

from corpus.text import search_terms
from ingest.references.cross_reference import CrossReference
from ingest.references.known import Known

_STOCK_PHRASES = """
tăng cường; công tác; sự lãnh đạo; chỉ đạo; thực hiện; trên địa bàn tỉnh; nâng cao; hiệu quả;
quản lý nhà nước; tiếp tục; đẩy mạnh; về việc; một số; ban hành; quy định; triển khai; tổ chức;
cấp ủy đảng; giai đoạn;
tình hình mới; trách nhiệm; nhiệm vụ; xử lý; tập trung; gắn với; ban thường vụ tỉnh ủy; các cấp; chất lượng;
xây dựng; của các; trong công; đối với; thời kỳ; đến năm; kế hoạch; nghị quyết; chỉ thị; kết luận; quyết định
"""
_EVERYWHERE = frozenset(
    f"{first}_{second}"
    for phrase in _STOCK_PHRASES.split(";")
    for first, second in pairwise(search_terms(phrase))
)
_SHARED = 2  # pairs that one title alone must share with the sentence
_LEAD = 1.5  # times as many pairs as the next


def best_on_topic(reference: CrossReference, documents: Sequence[Known]) -> Known | None:
    """The one whose title shares clearly most with what the citing text says; None when none does."""
    said = _pairs(f"{reference.title} {reference.about}")
    scored = sorted(
        ((len(said & _pairs(one.title)), index) for index, one in enumerate(documents)), reverse=True
    )
    best = scored[0][0]
    second = scored[1][0] if len(scored) > 1 else 0
    return documents[scored[0][1]] if best >= 1 and best >= _LEAD * second and best > second else None


def is_on_topic(reference: CrossReference, document: Known) -> bool:
    """Whether a single candidate is about what the citing sentence is about."""
    said = _pairs(f"{reference.title} {reference.about}")
    return len(said & _pairs(document.title)) >= _SHARED


def _pairs(text: str) -> frozenset[str]:
    pairs = (f"{first}_{second}" for first, second in pairwise(search_terms(text)))
    return frozenset(pair for pair in pairs if pair not in _EVERYWHERE)
