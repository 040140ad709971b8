"""Finding every citation of another document in one text: by number, by title, in lists that share a word.

"Nghị quyết này" and the text's own number are no citations. A short form gets what the same text said of the
document before: official texts give date and title once and then repeat kind and number only.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.cited_places import places_before
from corpus.document import Document
from corpus.law_names import LawName, law_key, law_names_in
from corpus.passage import Passage, Zone
from corpus.references import KIND, Reference, folded, reference_of, references_in, spelled_kind
from corpus.sentences import Span, sentences
from ingest.references.completion import with_what_was_said_before
from ingest.references.cross_reference import CrossReference
from ingest.references.issuers import issuer_after

CITING = frozenset({Zone.TITLE, Zone.PREAMBLE, Zone.HEADING, Zone.BODY, Zone.CLOSING})  # elsewhere: its own
_KIND_OF_CODE = {
    "nd": "nghị định", "nq": "nghị quyết", "ct": "chỉ thị", "kl": "kết luận", "kh": "kế hoạch",
    "tt": "thông tư", "tb": "thông báo", "hd": "hướng dẫn", "bc": "báo cáo", "ttr": "tờ trình",
    "cd": "công điện", "qc": "quy chế", "qyd": "quy định", "da": "đề án", "ctr": "chương trình",
}  # fmt: skip
_GAP = 4  # characters between a title and its number
_ABOUT = 400  # characters of a citing sentence that are kept
_CONNECTS = re.compile(r"(?:\s*\([^()]*\))?\s*(?:[,;]|và|hoặc|,\s*và)\s*")
_SHARED_KIND = re.compile(rf"\b(?P<kind>{KIND})(?P<of> cua [^,;.:]{{1,80}})?\s?:?\s?$")
_TITLE = re.compile(
    r"\s*,?\s*(?P<title>(?:về|quy định|hướng dẫn|ban hành|phê duyệt|sửa đổi,? bổ sung|V/v)\s[^;.“”]*)",
    re.IGNORECASE,
)
_TITLE_ENDS = re.compile(r"[\s,]*(?:\bvà|\bvà các|\bhoặc|\bcăn cứ|\btheo|\bcủa)?[\s,]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Name:
    """A document's name in one passage: by number, by title, or by both."""

    span: Span
    kind: str
    reference: Reference | None
    law: LawName | None


def cross_references(document: Document, passages: Iterable[Passage]) -> list[CrossReference]:
    """Every citation of another document, in order."""
    found: list[CrossReference] = []
    for passage in passages:
        if passage.zone in CITING:
            found += _in_passage(passage)
    return with_what_was_said_before([one for one in found if not _is_own(one, document)])


def _in_passage(passage: Passage) -> list[CrossReference]:
    text = passage.text
    names = _names(text)
    if not names:
        return []
    spans = sentences(text)
    starts = [span.start for span in spans]
    found: list[CrossReference] = []
    for index, name in enumerate(names):
        sentence = spans[max(0, bisect_right(starts, name.span.start) - 1)]
        following = names[index + 1].span.start if index + 1 < len(names) else len(text)
        before = found[-1] if found and names[index - 1].span.start >= sentence.start else None
        found.append(_cross_reference(passage, name, sentence, min(following, sentence.end), before))
    return _with_shared_issuer(found, text, passage.start)


def _names(text: str) -> list[_Name]:
    """Names by number and by title; "Luật X số 5/2020/QH14" is one of both."""
    titled = law_names_in(text)
    starts = [law.span.start for law in titled]
    joined: set[LawName] = set()
    names = []
    for reference in references_in(text, printed=True):
        gap = text[max(0, reference.span.start - _GAP) : reference.span.start]
        before = reference.span.start - len(gap) + len(gap.rstrip(" ,(\n"))
        # "Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15": "luật" is the title's last word.
        index = bisect_left(starts, reference.span.start) - 1
        law = titled[index] if index >= 0 and titled[index].span.end >= before else None
        if law is None or (reference.kind and law.span.end <= reference.span.start):
            names.append(_Name(reference.span, spelled_kind(reference.kind), reference, None))
        else:
            joined.add(law)
            names.append(_Name(Span(law.span.start, reference.span.end), law.kind, reference, law))
    names += [_Name(law.span, law.kind, None, law) for law in titled if law not in joined]
    return sorted(names, key=lambda name: name.span.start)


def _cross_reference(
    passage: Passage, name: _Name, sentence: Span, end: int, before: CrossReference | None
) -> CrossReference:
    text, span = passage.text, name.span
    kind, shared = _kind(text, name, before, passage.start)
    issuer = issuer_after(text[:end], span.end)
    printed = _TITLE.match(text, issuer.end() if issuer else span.end, end)
    title = name.law.title if name.law else _TITLE_ENDS.sub("", printed["title"]) if printed else ""
    about = f"{text[sentence.start : span.start]} {text[span.end : sentence.end]}"
    reference = name.reference
    return CrossReference(
        kind=kind,
        number=reference.number if reference else None,
        letter=reference.letter if reference else "",
        suffix=reference.suffix if reference else "",
        issued=_best_date(reference, name.law),
        issuer=" ".join((issuer["issuer"] if issuer else shared).split()),
        title=" ".join(title.split()),
        places=places_before(text, span.start),
        passage_id=passage.id,
        start=passage.start + span.start,
        end=passage.start + span.end,
        name=" ".join(span.of(text).split()),
        about=" ".join(about.split())[:_ABOUT],
    )


def _best_date(reference: Reference | None, law: LawName | None) -> str:
    given = [one.issued for one in (reference, law) if one]
    return max(given, key=len, default="")


def _kind(text: str, name: _Name, before: CrossReference | None, offset: int) -> tuple[str, str]:
    """The kind of a name, and the issuer that stands with a kind shared by a list."""
    if name.kind or name.reference is None:
        return name.kind, ""
    start = name.span.start
    if shared := _SHARED_KIND.search(folded(text[max(0, start - 120) : start])):
        of = shared["of"]
        printed = text[start - len(shared[0]) + len(shared["kind"]) : start] if of else ""
        match = issuer_after(printed.rstrip(" :"), 0)
        return spelled_kind(shared["kind"]), match["issuer"] if match else ""
    if before is not None:
        connected = _CONNECTS.fullmatch(text, before.end - offset, start)
        if connected or (before.suffix and before.code == _code(name.reference.suffix)):
            return before.kind, before.issuer
    code = re.match(r"(?:\d{4})?(ttr|ctr|qyd|[a-z]{2})", name.reference.suffix)
    return (_KIND_OF_CODE.get(code[1], "") if code else ""), ""


def _code(suffix: str) -> str:
    return suffix[4:] if suffix[:4].isdigit() else suffix


def _with_shared_issuer(found: list[CrossReference], text: str, offset: int) -> list[CrossReference]:
    """ "Chỉ thị số 31-CT/TU …, Kế hoạch số 134-KH/TU của X": the issuer behind the last is that of all."""
    result = list(found)
    for index in range(len(found) - 2, -1, -1):
        this, after = result[index], result[index + 1]
        between = text[this.end - offset : after.start - offset]
        if this.issuer or not after.issuer or this.number is None or re.search(r"[.;]\s", between):
            continue
        if _CONNECTS.fullmatch(between) or _series(this) == _series(after):
            result[index] = replace(this, issuer=after.issuer)
    return result


def _series(reference: CrossReference) -> str:
    """The issuing body in a Party suffix: "tu" of CT/TU and of KH/TU."""
    return "tu" if reference.suffix.endswith("tu") else reference.code


def _is_own(reference: CrossReference, document: Document) -> bool:
    """Whether the text speaks of itself."""
    said = reference.reference
    if said is None:
        own = reference.kind == document.kind and law_key(reference.title) == law_key(document.title or "")
        return own and (document.issued_on or "").startswith(reference.issued)
    own_name = reference_of(document)
    return own_name is not None and bool(said.suffix) and said.may_be(own_name)
