"""A run of questions through systems to a result: ask, judge, measure.

Wires the nouns together; each step is a module of its own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.tuning import AS_SHIPPED, Tuning
from evaluation.asking import Asked, Job, answers
from evaluation.consistency import consistencies
from evaluation.errors import QuestionFileError
from evaluation.formats import QuestionSet
from evaluation.given import GivenAnswer
from evaluation.held import Gold, GoldError, Held, Span
from evaluation.indexes import held_in, index_mb
from evaluation.judging import judge
from evaluation.provenance import digest, program_hash, provenance
from evaluation.questions import LabelledQuestion
from evaluation.result import Cost, Provenance, Result, Row, SystemResult
from evaluation.slices import measured, slices_of
from evaluation.statistics import quantile
from evaluation.systems import SYSTEMS
from vectorstore.encoder import Encoder
from vectorstore.generation import IndexLocation, current

_SHOWN_PROBLEMS = 5


@dataclass(frozen=True, slots=True)
class Bench:
    """Where and with what questions are asked. `work`: folder of journals."""

    location: IndexLocation
    encoder: Callable[[], Encoder]
    work: Path
    seed: int
    settings: Mapping[str, str]
    tuning: Tuning = AS_SHIPPED


def evaluate(
    questions: QuestionSet, systems: Sequence[str], bench: Bench, held: Held | None = None
) -> Result:
    """Ask every system, each in its own process. `held`: the documents that gold is looked up in.

    Raises QuestionFileError for labels that fit no place, EvaluationProblem where a system cannot run.
    """
    held = held or held_in(bench.location)
    gold = gold_of(questions, held)
    done = []
    asked = [Asked(q.id, q.question, q.history) for q in questions.questions]
    for name in systems:
        given, memory = answers(job_for(bench, name, asked, "answers"))
        rows = judged_rows(questions.questions, gold, given, held)
        cost = cost_of([row.took_ms for row in rows], memory, index_mb(bench.location, name))
        done.append(SystemResult(name, SYSTEMS[name][0], measured(rows, bench.seed), cost, rows))
    return Result(questions.name, _provenance(questions, bench, held), tuple(done))


def judged(
    questions: QuestionSet, given: Mapping[str, GivenAnswer], name: str, bench: Bench, held: Held
) -> Result:
    """The result of answers that somebody else gave."""
    rows = judged_rows(questions.questions, gold_of(questions, held), given, held)
    cost = cost_of([row.took_ms for row in rows], 0.0, None)
    system = SystemResult(name, "Câu trả lời có sẵn trong tệp", measured(rows, bench.seed), cost, rows)
    return Result(questions.name, _provenance(questions, bench, held), (system,))


def gold_of(questions: QuestionSet, held: Held) -> dict[str, Gold]:
    """Where the labels lie, by question id. Raises QuestionFileError with the first that fit nowhere."""
    gold, problems = {}, []
    for question in questions.questions:
        try:
            gold[question.id] = held.gold(question)
        except GoldError as error:
            problems.append(f"câu {question.id}: {error}")
    if problems:
        shown = "\n  ".join(problems[:_SHOWN_PROBLEMS])
        more = len(problems) - _SHOWN_PROBLEMS
        rest = f"\n  … và {more} câu khác" if more > 0 else ""
        raise QuestionFileError(
            f"{questions.name}: {len(problems)} câu có nhãn không khớp văn bản đang có:\n  {shown}{rest}\n"
            "Sửa nhãn, thêm trường document, hoặc chọn thư mục văn bản bằng --documents"
        )
    return gold


def judged_rows(
    questions: Sequence[LabelledQuestion],
    gold: Mapping[str, Gold],
    given: Mapping[str, GivenAnswer],
    held: Held,
) -> tuple[Row, ...]:
    """Every question with its parts of the measures, in the order of the file."""
    alike = consistencies(questions, given)
    rows = []
    for question in questions:
        answer, places = given[question.id], gold[question.id]
        parts = judge(question, places, answer, held)
        if question.id in alike:
            parts["consistency"] = alike[question.id]
        row = _row(question, places, answer, held)
        rows.append(replace(row, parts=parts))
    return tuple(rows)


def cost_of(took_ms: Sequence[float], memory_mb: float, index_mb: float | None) -> Cost:
    """Milliseconds by nearest rank, memory and disk."""
    p50, p95, p99 = (quantile(took_ms, share) if took_ms else 0.0 for share in (0.5, 0.95, 0.99))
    return Cost(p50, p95, p99, round(memory_mb), None if index_mb is None else round(index_mb, 1))


def _row(question: LabelledQuestion, gold: Gold, given: GivenAnswer, held: Held) -> Row:
    cited = [Span(one.document_id, one.start, one.end) for one in given.citations]
    wanted = [*gold.quotes, *(place for place in gold.places if not any(map(place.overlap, gold.quotes)))]
    return Row(
        id=question.id,
        question=question.question,
        slices=slices_of(question, gold, held),
        parts={},
        took_ms=given.took_ms,
        answer=given.text,
        refused=given.refused,
        answerable=question.answerable,
        understood_as=given.understood_as,
        reference=question.reference,
        cited=tuple(held.source(span) for span in cited if span.document_id in held.documents),
        gold=tuple(held.source(span) for span in wanted),
        contexts=given.contexts,
    )


def job_for(bench: Bench, system: str, asked: Sequence[Asked], what: str) -> Job:
    """Questions for a system. `what` is asked for: "answers", or rankings of "documents" or "passages"."""
    generation = current(bench.location.folder)
    index = generation.folder.name if generation else ""
    parts = [program_hash(), what, system, repr(bench.tuning), index, repr(tuple(asked))]
    key = digest(part.encode("utf-8", "surrogatepass") for part in parts)
    journal = bench.work / f"{key[:16]}.jsonl"
    passages = what == "passages"
    return Job(system, bench.location, bench.encoder, tuple(asked), journal, key, bench.tuning, passages)


def _provenance(questions: QuestionSet, bench: Bench, held: Held) -> Provenance:
    asked = digest(repr(question).encode("utf-8", "surrogatepass") for question in questions.questions)
    documents = digest(document.sha256.encode() for document in held.documents.values())
    hashes = {"questions": asked, "documents": documents}
    return provenance(bench.seed, bench.settings, hashes)
