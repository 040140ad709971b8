"""Whether a text may be what it says it is: incomplete, contradicting itself, or no readable text at all.

A polished file with the right number and date can still be a machine's summary of a law. Judges the laid-out
text only; a person decides (`python -m ingest FILE --accept`).
"""

import re
from collections.abc import Callable

from corpus.document import Document
from corpus.passage import Level, Passage, Zone

_OTHER_TEXTS = frozenset({Level.ANNEX, Level.ATTACHED})
_LEAST_SHARE = 0.6  # of the known articles; a copy with fewer is a selection, not the law
_CONTENTS = re.compile(r"^\W*mục lục\b", re.IGNORECASE)
_CONTENTS_LINE = re.compile(r"^\W*(?:Chương|CHƯƠNG)\s+([IVXLC]+|\d{1,3})\b")
_OWN_ARTICLE = re.compile(r"\bĐiều (\d{1,4}) (?:của )?(?:Luật|Bộ luật|Pháp lệnh|Nghị định|Thông tư) này\b")
_SHOWN = 5
_SAMPLE = 20_000  # characters
_MOST_FOREIGN = 0.3
_LEAST_LETTERS = 100  # fewer are no evidence
_MOST_BEYOND = 2  # references to articles that the text does not have: one or two are slips


def suspicion(
    document: Document,
    passages: tuple[Passage, ...],
    known_articles: Callable[[Document], int | None] | None = None,
) -> str | None:
    """What is wrong with the text, in words that finish "the file was set aside: …"; None when nothing is."""
    if _foreign_share(document.text) > _MOST_FOREIGN:
        return "phần lớn ký tự không phải chữ Latinh, có lẽ đọc sai bảng mã"
    articles = _articles(passages)
    known = known_articles(document) if known_articles else None
    if known and articles and len(articles) < _LEAST_SHARE * known:
        return f"chỉ có {len(articles)} điều, trong khi {document.name} có {known} điều"
    if missing := _chapters_missing(passages):
        return f"mục lục ghi các chương {', '.join(missing)} nhưng nội dung không có"
    if "sửa đổi" in document.name.lower():
        return None  # "Điều 35 của Luật này" is then a word of the law that is amended
    last = max(articles, default=0)
    cited = {int(number) for passage in passages for number in _OWN_ARTICLE.findall(passage.text)}
    beyond = sorted(number for number in cited if number > last > 0)
    if len(beyond) > _MOST_BEYOND:
        shown = ", ".join(map(str, beyond[:_SHOWN]))
        return f"văn bản dẫn chiếu Điều {shown} của chính mình nhưng chỉ có đến Điều {last}"
    return None


def _foreign_share(text: str) -> float:
    """Share of the letters of a text (its beginning will do) that are of other scripts, or lost."""
    letters = [char for char in text[:_SAMPLE] if char.isalpha() or char == "\ufffd"]
    foreign = sum(not ("A" <= char <= "\u024f" or "\u1e00" <= char <= "\u1eff") for char in letters)
    return foreign / len(letters) if len(letters) >= _LEAST_LETTERS else 0.0


def _articles(passages: tuple[Passage, ...]) -> set[int]:
    """Numbers of the Điều of the text itself, annexes and attached texts left out."""
    found = (
        heading.number
        for passage in passages
        if not any(heading.level in _OTHER_TEXTS for heading in passage.headings)
        for heading in passage.headings
        if heading.level is Level.ARTICLE
    )
    return {int(re.sub(r"\D", "", number)) for number in found}


def _chapters_missing(passages: tuple[Passage, ...]) -> list[str]:
    """Chapters that a table of contents announces and the body lacks."""
    lines = [line for p in passages if p.zone is not Zone.SIGNATURE for line in p.text.split("\n")]
    start = next((i for i, line in enumerate(lines) if _CONTENTS.match(line)), None)
    if start is None:
        return []
    found = [match.group(1) for line in lines[start:] if (match := _CONTENTS_LINE.match(line))]
    # What is announced comes twice: in the table and in the body.
    return [number for number in dict.fromkeys(found) if found.count(number) == 1]
