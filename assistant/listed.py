"""Answers to "Which directives does it mention?": every place that cites a document of the kind asked for.

Recognises such questions by what is left of them: nothing but the kind, words of asking and the issuer. One
that names a matter as well ("theo nghị quyết nào thì sắp xếp xã?") is for the search. Documents that are
named without a number or a title ("các Nghị quyết của Chính phủ") are not known as citations, so not listed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from assistant import places
from assistant.cited import CITING
from assistant.composition import LONG_SENTENCE, citation_of
from assistant.evidence import Evidence, Refusal
from assistant.outline_answers import documents_meant
from assistant.understanding.abbreviations import Abbreviations
from assistant.whereabouts import SOME
from corpus.citation import Citation
from corpus.references import KINDS
from corpus.sentences import Span, clauses, sentence_at
from corpus.text import search_terms, words
from ingest.references import CrossReference
from prompts import say

MOST = 12
_ANY = "văn bản"
# Other kinds are everyday words as well: who asks which programmes are named may not mean documents.
_DOCUMENTS_ALONE = frozenset(
    (None, "nghị quyết", "chỉ thị", "nghị định", "thông tư", "luật", "bộ luật", "pháp lệnh", "công văn")
)
_KIND = "|".join(sorted((*KINDS, _ANY), key=len, reverse=True))
_ASKED = re.compile(rf"\b(?:{SOME} (?P<many>{_KIND})(?: nào| gì)?|(?P<one>{_KIND}) (?:nào|gì))\b")
_MENTIONS = re.compile(r"\b(?:nhắc|dẫn|tham chiếu|nêu|đề cập|nói (?:đến|tới)|liệt kê|kể)\b")
# What asks and names no matter; the text that is asked about ("trong nghị quyết này", "ở Điều 2") as well.
_IDLE = re.compile(
    rf"\b(?:{_KIND}|tài liệu|này|đó|trên|hãy|xin|vui lòng|giúp|cho|tôi|em|biết|hỏi|dạ|ạ|thì|là|có|được|"
    r"đã|nhắc|đến|tới|dẫn|viện|trích|chiếu|tham|nêu|đề cập|nói|liệt kê|kể|ra|tên|trong|ở|tại|của|do|bởi|"
    r"ban hành|gồm|bao gồm|không|chưa|nhưng|những|các|mấy|bao nhiêu|tất cả|mọi|toàn bộ|nào|gì|và|ai|rõ|"
    r"cụ thể|(?:điều|khoản|điểm|mục|chương|đoạn)(?: (?:thứ )?\w{1,4})?)\b"
)


@dataclass(frozen=True, slots=True)
class Listing:
    """Which citations: of a kind ("chỉ thị"; None: any), of the issuer whose words are named."""

    kind: str | None
    issuer: frozenset[str]

    def has(self, reference: CrossReference) -> bool:
        """Whether a citation is of that kind and issuer."""
        if self.kind not in (None, reference.kind):
            return False
        return not self.issuer or self.issuer <= _issuer_terms(reference.issuer)


@cache
def _abbreviations() -> Abbreviations:
    return Abbreviations()


@lru_cache(maxsize=2_000)
def _issuer_terms(printed: str) -> frozenset[str]:
    # Documents abbreviate ("HĐND tỉnh") what a question that was read has written out.
    return frozenset(search_terms(_abbreviations().written_out(printed).text))


def listing_asked(question: str) -> Listing | None:
    """The listing that a question asks for; None when it asks for something else, or about a matter."""
    text = question.lower()
    asked = _ASKED.search(text)
    if asked is None:
        return None
    rest = f"{text[: asked.start()]} {text[asked.end() :]}"
    left = " ".join(words(_IDLE.sub(" ", rest)))
    if not _MENTIONS.search(rest) and not left and words(rest):
        return None  # "có những nghị quyết nào" may mean those that are held
    kind = asked["many"] or asked["one"]
    return Listing(None if kind == _ANY else kind, frozenset(search_terms(left)))


def listed(evidence: Evidence, listing: Listing) -> tuple[Citation, ...] | Refusal | None:
    """Every citation asked for, in the order of the text; None when it is not citations that are meant."""
    index, place = evidence.index, places.place_of(evidence.asked.text)
    near = dict.fromkeys(found.passage.document_id for found in evidence.retrieval.found)
    meant = documents_meant(evidence, [one for one in near if one not in evidence.excluded])
    inside = {
        passage.id
        for document in meant
        for passage in index.passages_of(document)
        if not place or places.lies_in(passage, place)
    }
    if not inside:
        return None
    cited = [
        reference
        for document in meant
        for reference in index.web.records.of(document).references
        if reference.passage_id in inside
    ]
    found = [reference for reference in cited if listing.has(reference)]
    if not found and _MENTIONS.search(evidence.asked.text.lower()):
        # What is left may name the document that is asked about.
        names = " ".join(index.documents[document].name for document in meant)
        listing = replace(listing, issuer=listing.issuer - frozenset(search_terms(names)))
        found = [reference for reference in cited if listing.has(reference)]
    if not found and (listing.issuer or listing.kind not in _DOCUMENTS_ALONE):
        return None
    quoted = tuple(_quotations(evidence, found))[:MOST]
    if quoted:
        return quoted
    name = ", ".join(filter(None, (places.place_name(place), index.documents[meant[0]].name)))
    name = name[0].upper() + name[1:]
    return Refusal(say("reason_cites_none", evidence.language, document=name, kind=listing.kind or _ANY))


def _quotations(evidence: Evidence, found: Sequence[CrossReference]) -> Iterator[Citation]:
    """Where each citation stands, a sentence or clause once, with the names in it marked."""
    index = evidence.index
    named: dict[tuple[str, Span], list[tuple[int, int]]] = {}
    for reference in found:
        passage = index.passage(reference.passage_id)
        if passage.zone in CITING:
            span = _around(passage.text, reference.start - passage.start)
            end = min(reference.end, passage.start + span.end)
            named.setdefault((passage.id, span), []).append((reference.start, end))
    for (passage_id, span), names in named.items():
        passage = index.passage(passage_id)
        quotation = citation_of(passage, span, index)
        yield replace(quotation, decisive=tuple(_apart(names)))


def _apart(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans in order, without those that begin inside another: "Luật sửa đổi … của Luật …"."""
    done = 0
    for start, end in sorted(spans):
        if done <= start < end:
            yield start, end
            done = end


def _around(text: str, position: int) -> Span:
    """The sentence at a position; of a long one the clause."""
    sentence = sentence_at(text, position)
    if sentence.end - sentence.start < LONG_SENTENCE:
        return sentence
    return next((one for one in clauses(text, sentence) if one.start <= position < one.end), sentence)
