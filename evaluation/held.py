"""The documents that answers are judged against, and where gold labels lie in them.

A label names a place or quotes words; here it becomes a stretch of characters. Knows documents and passages,
not the index they were searched in.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.places import lies_in, paragraph_of, place_of
from corpus.document import Document
from corpus.passage import Passage, Zone
from evaluation.questions import GoldLabel, LabelledQuestion, place
from evaluation.result import Source
from ingest.load import LoadedDocument


class GoldError(ValueError):
    """A label that fits no place, or no single document; the text says which."""


@dataclass(frozen=True, slots=True)
class Span:
    """`document.text[start:end]`."""

    document_id: str
    start: int
    end: int

    def overlap(self, other: "Span") -> int:
        """How many characters both have in common."""
        if self.document_id != other.document_id:
            return 0
        return max(0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(frozen=True, slots=True)
class Gold:
    """`places`: the stretches that may be cited, whole paragraphs as a rule. `quotes`: the words that
    answer.
    """

    places: tuple[Span, ...]
    quotes: tuple[Span, ...]


class Held:
    """Documents by id with their passages."""

    def __init__(self, loaded: Iterable[LoadedDocument]) -> None:
        self.documents: dict[str, Document] = {}
        self.passages: dict[str, Sequence[Passage]] = {}
        self._named: dict[str, list[str]] = defaultdict(list)
        for item in loaded:
            document = item.document
            self.documents[document.id] = document
            self.passages[document.id] = item.passages
            for name in {document.id, document.source, document.number} - {None}:
                self._named[str(name).casefold()].append(document.id)

    def gold(self, question: LabelledQuestion) -> Gold:
        """Where the labels of a question lie. Raises GoldError."""
        places = [span for label in question.gold for span in self._spans(label)]
        quotes = [span for label in question.quotes for span in self._spans(label)]
        return Gold(tuple(dict.fromkeys(places or quotes)), tuple(dict.fromkeys(quotes)))

    def source(self, span: Span) -> Source:
        """A stretch with the paragraph around it, to be shown."""
        document = self.documents[span.document_id]
        around = self.passage_at(span)
        if around is None or around.end < span.end:
            text = document.text[span.start : span.end]
            return Source(document.name, "", text, text, 0, len(text))
        start, end = span.start - around.start, span.end - around.start
        return Source(document.name, around.location, around.text[start:end], around.text, start, end)

    def passage_at(self, span: Span) -> Passage | None:
        """The passage in which a stretch begins."""
        inside = (p for p in self.passages[span.document_id] if p.start <= span.start < p.end)
        return next(inside, None)

    def _spans(self, label: GoldLabel) -> list[Span]:
        documents = self._documents(label.document, label.place or "")
        if label.quote is not None:
            spans = [span for document in documents for span in _occurrences(document, label.quote)]
            if label.start is not None:
                spans = [span for span in spans if span.start == label.start]
            if len(spans) != 1:
                raise GoldError(
                    f"câu trích {label.quote[:60]!r} có {len(spans)} chỗ trong văn bản, cần đúng 1"
                )
            return spans
        if label.place is None:
            return [Span(document.id, 0, len(document.text)) for document in documents]
        meant = [(document, self._meant(document, label.place)) for document in documents]
        found = [(document, passages) for document, passages in meant if passages]
        if len(found) != 1:
            raise GoldError(_not_one(label.place, [document for document, _ in found]))
        return [Span(passage.document_id, passage.start, passage.end) for passage in found[0][1]]

    def _documents(self, name: str | None, place_name: str) -> list[Document]:
        if name is None:
            held = list(self.documents.values())
            # "khoản 4 Điều 2 Nghị quyết 24/NQ-HĐND" names its document itself.
            return [one for one in held if one.number and one.number in place_name] or held
        ids = self._named.get(name.casefold(), [])
        if len(ids) != 1:
            raise GoldError(f"document {name!r} là {len(ids)} văn bản đang có, cần đúng 1")
        return [self.documents[ids[0]]]

    def _meant(self, document: Document, name: str) -> list[Passage]:
        """The passages of a document that a place means: by gold id, by location, or all below a heading."""
        passages = self.passages[document.id]
        exact = [p for p in passages if name in (place(p), p.location) and p.zone is not Zone.HEADING]
        if exact:
            return exact
        steps, paragraph = place_of(name), paragraph_of(name) or _numbered_paragraph(name)
        if not steps:
            return []
        below = [p for p in passages if lies_in(p, steps) and p.zone is not Zone.HEADING]
        return below if paragraph is None else [p for p in below if p.ordinal == paragraph]


def _occurrences(document: Document, quote: str) -> list[Span]:
    spans, start = [], document.text.find(quote)
    while start != -1:
        spans.append(Span(document.id, start, start + len(quote)))
        start = document.text.find(quote, start + 1)
    return spans


def _numbered_paragraph(name: str) -> int | None:
    head, _, number = name.rpartition("đoạn ")
    return int(number) if head and number.isdigit() else None


def _not_one(name: str, documents: Sequence[Document]) -> str:
    if not documents:
        return f"không có chỗ {name!r} trong văn bản đang có"
    held = "; ".join(document.source for document in documents[:3])
    return f"chỗ {name!r} có trong {len(documents)} văn bản ({held}); thêm trường document"
