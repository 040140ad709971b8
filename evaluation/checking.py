"""Whether a question file can be trusted: gold exists, facts stand in it, no question twice.

Checks labels against the documents; does not ask the product anything.
"""

from collections.abc import Iterator, Sequence

from corpus.text import folded_terms
from evaluation.formats import QuestionSet
from evaluation.held import Gold, GoldError, Held
from evaluation.questions import LabelledQuestion


def problems_of(sets: Sequence[QuestionSet], held: Held) -> list[str]:
    """One line a problem, with file and question, in the order of the files; empty when all is well."""
    found: list[str] = []
    asked: dict[tuple[str, ...], str] = {}
    for questions in sets:
        for question in questions.questions:
            where = f"{questions.name}, câu {question.id}"
            found += [f"{where}: {problem}" for problem in _problems(question, held)]
            key = _key(question)
            if key in asked:
                found.append(f"{where}: trùng câu hỏi với {asked[key]}")
            asked.setdefault(key, where)
    return found + [problem for questions in sets for problem in _groups(questions)]


def _problems(question: LabelledQuestion, held: Held) -> Iterator[str]:
    try:
        gold = held.gold(question)
    except GoldError as error:
        yield str(error)
        return
    if not question.answerable and (question.answer_contains or question.reference):
        yield "không trả lời được mà có dữ kiện hoặc câu trả lời mẫu"
    if question.answerable and not gold.places and not question.reference:
        yield "không có chỗ nào được dẫn: thêm gold hoặc gold_quotes"
    yield from _facts(question, gold, held)
    for quote in gold.quotes:
        if not any(quote.overlap(place) == quote.end - quote.start for place in gold.places):
            yield "gold_quotes nằm ngoài các đoạn trong gold"


def _facts(question: LabelledQuestion, gold: Gold, held: Held) -> Iterator[str]:
    text = "\n".join(held.documents[s.document_id].text[s.start : s.end] for s in gold.places)
    for group in question.answer_contains:
        if gold.places and not any(fact in text for fact in group):
            yield f"dữ kiện {' / '.join(group)!r} không có trong các đoạn được dẫn"


def _groups(questions: QuestionSet) -> Iterator[str]:
    """Paraphrases have to have the same gold, or they are not of one question."""
    first: dict[str, LabelledQuestion] = {}
    for question in questions.questions:
        if question.group is None:
            continue
        other = first.setdefault(question.group, question)
        same = question.answerable == other.answerable and set(question.gold) == set(other.gold)
        if not same:
            yield f"{questions.name}, nhóm {question.group}: câu {question.id} và {other.id} khác nhãn"


def _key(question: LabelledQuestion) -> tuple[str, ...]:
    """The question with what was said before it, without regard to case, diacritics and marks."""
    said = [turn.content for turn in question.history] + [question.question]
    # With diacritics and without is on purpose two ways of asking, but one question.
    return (
        " ".join(folded_terms(" | ".join(said))),
        *(str(label) for label in question.gold[:1] if label.document),
    )
