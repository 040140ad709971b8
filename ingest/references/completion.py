"""Short forms: official texts give date and title of a document once and then repeat kind and number only.

Looks backwards in one text, never forwards, and takes nothing where two documents may be meant.
"""

from dataclasses import replace

from corpus.law_names import LAW_KINDS, law_key
from ingest.references.cross_reference import CrossReference


def with_what_was_said_before(found: list[CrossReference]) -> list[CrossReference]:
    """Every citation with what the same text said of the document before, where that is one document."""
    said: dict[object, list[CrossReference]] = {}
    numbers: dict[str, dict[object, CrossReference]] = {}  # by title
    result = []
    for reference in found:
        title = law_key(reference.title)
        if reference.number is None and len(known := numbers.get(title, {})) == 1:
            reference = _numbered(reference, *known.values())
        earlier = said.setdefault(_short_form(reference), [])
        if earlier and len({one.issued for one in earlier if one.issued}) <= 1:
            reference = _completed(reference, earlier)
        earlier.append(reference)
        if reference.number is not None and reference.kind in LAW_KINDS:
            numbers.setdefault(title, {})[reference.number, reference.suffix] = reference
        result.append(reference)
    return result


def _numbered(reference: CrossReference, full: CrossReference) -> CrossReference:
    """A law named by its title, of which the text gave the number before."""
    if not full.issued.startswith(reference.issued) and not reference.issued.startswith(full.issued):
        return reference
    issued = max(full.issued, reference.issued, key=len)
    return replace(reference, number=full.number, letter=full.letter, suffix=full.suffix, issued=issued)


def _completed(reference: CrossReference, earlier: list[CrossReference]) -> CrossReference:
    full = max(earlier, key=lambda one: len(one.issued))
    if not full.issued.startswith(reference.issued):
        return reference
    return replace(
        reference,
        issued=full.issued,
        suffix=reference.suffix or full.suffix,
        issuer=reference.issuer or next((one.issuer for one in earlier if one.issuer), ""),
        title=reference.title or next((one.title for one in earlier if one.title), ""),
    )


def _short_form(reference: CrossReference) -> object:
    if reference.number is None:
        return reference.kind, law_key(reference.title)
    return reference.kind, reference.number, reference.letter, reference.suffix
