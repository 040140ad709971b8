"""What the page of one document shows, put together from its parts. Does not know markup or HTTP."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.anchors import anchors
from corpus.document import Document
from corpus.passage import Passage, Zone
from ingest.load import LoadedDocument
from server.documents.about import Fact, cautions, facts, file_facts
from server.documents.links import Act, Links, Related
from server.documents.marking import Piece, Span, asked_span, found, pieces
from server.documents.original import Original
from server.documents.outline import Node, outline
from server.documents.page_images import Box, boxes, has_pages, pages_of
from vectorstore.index import Index

_TITLE_LINE = 200  # characters; a title that has run together with its paragraph is not set in bold
_ALL_OPEN = 40  # an outline of so few places is shown unfolded


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`places`: anchors of the places that begin here. `acts`: what others did to the place."""

    anchor: str
    places: tuple[str, ...]
    location: str
    css: str
    header: str
    page: int | None
    start: int
    end: int
    pieces: Sequence[Piece]
    acts: Sequence[Act]


@dataclass(frozen=True, slots=True)
class Search:
    """`hits`: place and number of each found place. `at`: the one the reader is at, from 1; 0 for none."""

    query: str
    hits: Sequence[tuple[str, int]]
    at: int


@dataclass(frozen=True, slots=True)
class PageImage:
    """The page beside the text. `boxes` of the words asked for, as shares of the page."""

    number: int
    count: int
    boxes: Sequence[Box]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """All that the page shows. `span_ignored`: the address asks for a stretch that this text has not."""

    document: Document
    facts: Sequence[Fact]
    file_facts: Sequence[Fact]
    cautions: Sequence[str]
    nodes: Sequence[Node]
    unfolded: bool
    paragraphs: Sequence[Paragraph]
    search: Search
    image: PageImage | None
    span_ignored: bool
    cites: Sequence[Related]
    cited_by: Sequence[Related]
    acts: Sequence[Act]


def document_view(
    index: Index, loaded: LoadedDocument, given: Mapping[str, str], original: Original | None
) -> DocumentView:
    """`given`: the query parameters q, hit, start, end, page; `original` None when the file is gone."""
    document, passages = loaded.document, loaded.passages
    span = asked_span(given.get("start"), given.get("end"), len(document.text))
    search, hits = _search(document.text, passages, given)
    links = Links(index, document)
    acts = links.acts()
    names = anchors(passages)
    tree = outline(passages, names)
    by_passage = links.acts_by_passage(acts, passages)
    return DocumentView(
        document=document,
        facts=facts(document, index.web.records.effective_on.get(document.id)),
        file_facts=file_facts(loaded),
        cautions=cautions(loaded),
        nodes=tree.nodes,
        unfolded=_size(tree.nodes) <= _ALL_OPEN,
        paragraphs=[
            _paragraph(passage, name, places, pieces(passage, span, hits), by_passage.get(passage.id, ()))
            for passage, name, places in zip(passages, names, tree.places, strict=True)
        ],
        search=search,
        image=_image(loaded, span, given, original),
        span_ignored=span is None and bool(given.get("start") or given.get("end")),
        cites=links.cites(),
        cited_by=links.cited_by(),
        acts=acts,
    )


def _paragraph(
    passage: Passage, name: str, places: tuple[str, ...], cut: Sequence[Piece], acts: Sequence[Act]
) -> Paragraph:
    kind = "row" if passage.header or ", dòng " in passage.location else passage.zone.name.lower()
    starts = passage.location.endswith("dòng 1")
    titles = passage.zone is Zone.BODY and bool(passage.headings and passage.headings[-1].title)
    is_title = titles and passage.ordinal == 1 and len(passage.text) <= _TITLE_LINE
    return Paragraph(
        anchor=name,
        places=places,
        location=_unbroken(passage.location),
        css=f"{kind} titled" if is_title and kind != "row" else kind,
        header=passage.header if starts else "",
        page=passage.page,
        start=passage.start,
        end=passage.end,
        pieces=cut,
        acts=acts,
    )


def _unbroken(location: str) -> str:
    """The place for a narrow column: no line ends between "khoản" and its number."""
    return ", ".join(step.replace(" ", "\u00a0") for step in location.split(", "))


def _search(
    text: str, passages: Sequence[Passage], given: Mapping[str, str]
) -> tuple[Search, Sequence[Span]]:
    query = given.get("q", "").strip()
    hits = found(text, query)
    places = []
    row = 0
    for number, (start, _) in enumerate(hits, 1):
        while row + 1 < len(passages) and passages[row].end <= start:
            row += 1
        places.append((passages[row].location, number))
    at = given.get("hit", "")
    wanted = int(at) if at.isascii() and at.isdigit() and len(at) < 5 else 1
    return Search(query, places, min(max(wanted, 1), len(hits))), hits


def _image(
    loaded: LoadedDocument, span: Span | None, given: Mapping[str, str], original: Original | None
) -> PageImage | None:
    count = loaded.provenance.pages
    if not count or original is None or not has_pages(original.suffix):
        return None
    asked = given.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0
    if not number and span:
        standing = pages_of(loaded.words, span)
        at = next((one.page for one in loaded.passages if one.start <= span[0] < one.end), None)
        number = standing[0] if standing else at or 1
    number = min(max(number, 1), count)
    return PageImage(number, count, boxes(loaded.words, span, number) if span else ())


def _size(nodes: Sequence[Node]) -> int:
    return sum(1 + _size(node.nodes) for node in nodes)
