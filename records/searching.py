"""Which turns a search finds: those whose question has its words, whatever their case and diacritics.

Knows the columns `question` and `folded`; runs nothing.
"""

from records.schema import folded

_MOST_WORDS = 12  # of a search; more narrow it no further


def matching(search: str) -> tuple[str, tuple[str, ...]]:
    """A condition on a turn, with its values: each word of the search stands in the question."""
    terms = folded(search).split()[:_MOST_WORDS]
    if terms:
        return " AND ".join(["instr(folded, ?)"] * len(terms)), tuple(terms)
    typed = search.strip()  # signs only, such as "?!"
    return ("instr(question, ?)", (typed,)) if typed else ("1", ())
