"""A citation cannot point at words that are not in the passage it names."""

import pytest

from corpus import Citation, Document, Heading, Level, Passage, Zone

TEXT = "Điều 1. Giao Sở Y tế.\nGiao Sở Y tế.\nBáo cáo quý."


def document(identifier: str = "qd-1") -> Document:
    return Document(
        id=identifier, kind=None, number=None, issuer=None, issued_on=None, signer=None, title=None,
        source=f"{identifier}.txt", sha256="0" * 64, text=TEXT,
    )  # fmt: skip


def second_paragraph(document_id: str = "qd-1") -> Passage:
    start = TEXT.index("\n") + 1
    end = TEXT.index("\n", start)
    return Passage(
        id=f"{document_id}:{start}", document_id=document_id, start=start, end=end, zone=Zone.BODY,
        headings=(Heading(Level.ARTICLE, "1"),), ordinal=2, location="Điều 1, đoạn 2", text=TEXT[start:end],
    )  # fmt: skip


def test_the_quote_is_the_words_at_the_place_not_their_first_occurrence() -> None:
    passage = second_paragraph()
    citation = Citation(document(), passage, passage.start, passage.end)
    assert citation.quote == "Giao Sở Y tế."
    assert citation.start != TEXT.index(citation.quote)


def test_highlighting_counts_from_the_passage() -> None:
    passage = second_paragraph()
    citation = Citation(document(), passage, passage.start + 5, passage.end - 1)
    start, end = citation.span_in_passage
    assert passage.text[start:end] == citation.quote == "Sở Y tế"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(-1, 0, id="begins in the paragraph before"),
        pytest.param(0, 1, id="ends after the passage"),
        pytest.param(-5, 5, id="around the passage"),
    ],
)
def test_words_outside_the_passage_are_refused(before: int, after: int) -> None:
    passage = second_paragraph()
    with pytest.raises(ValueError, match="outside"):
        Citation(document(), passage, passage.start + before, passage.end + after)


def test_an_empty_or_reversed_quote_is_refused() -> None:
    passage = second_paragraph()
    with pytest.raises(ValueError, match="outside"):
        Citation(document(), passage, passage.start, passage.start)
    with pytest.raises(ValueError, match="outside"):
        Citation(document(), passage, passage.end, passage.start)


def test_a_passage_of_another_document_is_refused() -> None:
    passage = second_paragraph("qd-2")
    with pytest.raises(ValueError, match="qd-2"):
        Citation(document("qd-1"), passage, passage.start, passage.end)


def test_a_citation_cannot_be_changed_afterwards() -> None:
    passage = second_paragraph()
    citation = Citation(document(), passage, passage.start, passage.end)
    with pytest.raises(AttributeError):
        citation.start = 0  # type: ignore[misc]
