"""How fast: percentiles with their intervals, drawn vectors, answers mixed up between threads, growth."""

import argparse
import json
import math
import sys
import threading
from collections.abc import Sequence
from dataclasses import fields, replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Turn, unanswered
from corpus.errors import ProductError
from evaluation.answer_speed import Alone, Question, ask_alone, ask_at_once
from evaluation.commands import ingest, speed
from evaluation.commands.speed_tables import growth_shown
from evaluation.errors import EvaluationProblem
from evaluation.generated import documents_generated, passages_generated
from evaluation.growth import DrawnEncoder, GrowthRow, measure_growth
from evaluation.memory import peak_mb
from evaluation.percentiles import Percentile, latency, percentile
from evaluation.speed import spread_over
from evaluation.start_speed import measure_starts
from tests.conftest import RESOLUTION
from tests.fakes import BagOfWordsEncoder

QUESTIONS = tuple(Question(f"câu hỏi thứ {number}") for number in range(24))


# Percentiles. Ranks worked out by hand from binomial sums: of 10 values, P(at most 1 below the median) is
# 11/1024 = .011 and P(at most 2) is 56/1024 = .055, so the median lies between the 2nd and the 9th.
def test_the_median_of_ten_lies_between_the_second_and_the_ninth() -> None:
    assert percentile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 0.5) == Percentile(5, 2, 9)


# Of 100 values the 95th percentile: P(at most 89 below) = .0115 and P(at most 90) = .0282; P(at most 98) =
# .9629 and P(at most 99) = .9941 (cumulative binomial table, n = 100, p = .95).
def test_the_95th_percentile_of_a_hundred_lies_between_the_90th_and_the_highest() -> None:
    assert percentile(range(1, 101), 0.95) == Percentile(95, 90, 100)


def test_a_hundred_times_cannot_bound_the_99th_percentile_from_above() -> None:
    # All 100 are below it with probability .99 ** 100 = .37.
    found = latency([float(number) for number in range(1, 101)])
    assert (found.p99.value, found.p99.high) == (99.0, None)
    assert found.n == 100


def test_five_values_bound_no_median() -> None:
    # All five lie on one side with probability 1/32 > .025.
    assert percentile([1, 2, 3, 4, 5], 0.5) == Percentile(3, None, None)


def test_percentiles_of_nothing_are_an_error() -> None:
    with pytest.raises(ValueError):
        percentile([], 0.5)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=3000), st.sampled_from([0.5, 0.95, 0.99]))
def test_an_interval_holds_its_percentile(values: list[float], share: float) -> None:
    found = percentile(values, share)
    assert found.low is None or found.low <= found.value
    assert found.high is None or found.value <= found.high


def test_intervals_hold_the_true_percentile_as_often_as_they_claim() -> None:
    # All samples of 8 throws of a coin that shows 0 or 1: the median lies between the two.
    inside = 0
    for sample in product([0.0, 1.0], repeat=8):
        found = percentile(sample, 0.5)
        assert found.low is not None and found.high is not None
        inside += found.low <= 0.5 <= found.high
    assert inside / 2**8 >= 0.95


# Drawn vectors.
@pytest.fixture
def drawn() -> DrawnEncoder:
    return drawn_encoder()


def drawn_encoder() -> DrawnEncoder:
    sample = ["thu gom rác thải", "phân loại rác thải", "xử lý rác thải"]
    return DrawnEncoder(BagOfWordsEncoder(), sample)  # type: ignore[arg-type]


def test_a_drawn_vector_has_length_one_and_is_the_same_in_any_batch(drawn: DrawnEncoder) -> None:
    texts = [f"đoạn {number}" for number in range(20)]
    together = drawn.embed_documents(texts)
    assert all(math.isclose(math.hypot(*vector), 1.0, abs_tol=1e-9) for vector in together)
    assert together[7:9] == drawn.embed_documents(texts[7:9])
    assert together[3] == drawn_encoder().embed_documents([texts[3]])[0]
    assert len({tuple(vector) for vector in together}) == 20


def test_drawn_vectors_lie_as_near_to_each_other_as_real_ones(drawn: DrawnEncoder) -> None:
    def cosine(left: Sequence[float], right: Sequence[float]) -> float:
        return sum(a * b for a, b in zip(left, right, strict=True))

    question = drawn.embed_query("rác thải")
    assert question == BagOfWordsEncoder().embed_query("rác thải")
    assert all(cosine(question, one) > 0.5 for one in drawn.embed_documents(["một", "hai", "ba"]))


def test_an_index_of_drawn_vectors_is_never_taken_for_a_real_one(drawn: DrawnEncoder) -> None:
    assert drawn.identity != BagOfWordsEncoder().identity


# Generated documents.
def test_generated_passages_are_as_many_as_asked_and_hardly_any_two_alike() -> None:
    items = list(passages_generated(100, RESOLUTION))
    texts = [passage.text for item in items for passage in item.passages]
    assert len(texts) == 100
    assert len(set(texts)) > 90


def test_generated_documents_are_the_same_at_every_call() -> None:
    first, second = (list(documents_generated(3, RESOLUTION)) for _ in range(2))
    assert [item.document.text for item in first] == [item.document.text for item in second]
    assert len({item.document.id for item in first}) == 3


# Several at once.
class Echo:
    """Answers with the question it was asked."""

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        return replace(unanswered(question, f"về {question}"), took_ms=threading.get_ident() % 1000)


class MixesUp:
    """Keeps the question in a place that all threads share; waits there until another one has come, too."""

    def __init__(self) -> None:
        self._asked = ""
        self._together = threading.Barrier(2)

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        self._asked = question
        self._together.wait(timeout=10)
        return unanswered(question, f"về {self._asked}")


def alone(questions: Sequence[Question]) -> Alone:
    return ask_alone(Echo(), questions)


@pytest.mark.parametrize("threads", [1, 2, 7, 40])
def test_every_question_is_asked_once_and_right_answers_are_not_called_mixed_up(threads: int) -> None:
    found = ask_at_once(Echo(), QUESTIONS, threads, alone(QUESTIONS))
    assert found.mixed_up == ()
    assert found.latency.n == len(QUESTIONS)
    assert found.answers_per_s > 0


def test_an_answer_to_another_threads_question_is_reported() -> None:
    found = ask_at_once(MixesUp(), QUESTIONS, 2, alone(QUESTIONS))
    assert found.mixed_up
    assert set(found.mixed_up) <= {question.text for question in QUESTIONS}


def test_a_failure_in_one_thread_is_not_swallowed() -> None:
    class Fails(Echo):
        def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
            if question == QUESTIONS[5].text:
                raise RuntimeError("hỏng")
            return super().ask(question, history)

    with pytest.raises(RuntimeError, match="hỏng"):
        ask_at_once(Fails(), QUESTIONS, 3, alone(QUESTIONS))


def test_questions_are_spread_evenly() -> None:
    assert [question.text[-2:].strip() for question in spread_over(QUESTIONS, 4)] == ["0", "6", "12", "18"]
    assert spread_over(QUESTIONS, 60) == QUESTIONS


# Growth.
def test_growth_gives_a_whole_row_for_each_size() -> None:
    questions = [Question("Xử lý rác thải thế nào?"), Question("Thu hút đầu tư ra sao?")]
    (row,) = measure_growth([50], RESOLUTION, BagOfWordsEncoder, questions)  # type: ignore[arg-type]
    assert row.passages == 50
    assert 0 < row.built.windows <= 100
    assert row.built.documents == 2
    assert min(row.built.size.records, row.built.size.lexical, row.built.size.chroma) > 0
    assert row.resident_mb > row.opened_mb > 0 and row.built.peak_mb > 0
    assert min(row.built.text_s, row.built.vectors_s, row.open_s, row.p50.value, row.p95.value) > 0
    assert {field.name for field in fields(GrowthRow)} >= {"p50", "p95", "open_s", "built"}
    shown = growth_shown([row])
    assert "vô nghĩa" in shown and "50" in shown


def test_a_size_of_nothing_is_refused_before_anything_is_built() -> None:
    with pytest.raises(EvaluationProblem, match="--growth 0"):
        next(iter(measure_growth([10, 0], RESOLUTION, BagOfWordsEncoder, QUESTIONS)))  # type: ignore[arg-type]


# The commands.
def run(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(required=True)
    for command in (speed, ingest):
        command.add_parser(commands)
    options = parser.parse_args(arguments)
    status: int = options.run(options)
    return status


@pytest.fixture
def no_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSISTANT_INDEX_DIR", str(tmp_path / "index"))
    return tmp_path / "index"


def test_without_an_index_the_command_says_how_to_make_one(no_index: Path) -> None:
    with pytest.raises(ProductError, match=r"index: chưa có chỉ mục\. Chạy: python -m ingest"):
        run(["speed"])
    assert not no_index.exists()


@pytest.mark.usefixtures("no_index")
@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--at-once", "0"], "--at-once 0"),
        (["--starts", "-1"], "--starts -1"),
        (["--growth", "nhiều"], "--growth nhiều"),
        (["--growth", "1000,0"], "--growth 0"),
        (["--json", "/khong/co/out.json"], "/khong/co"),
    ],
)
def test_a_wrong_option_is_named_before_anything_is_measured(options: list[str], named: str) -> None:
    with pytest.raises(ProductError, match=named):
        run(["speed", *options])


# A stand-in for the program: half a second of "encoder", nothing else, and memory as told.
PROGRAM = """
import json, time
now = time.perf_counter()
steps = {"import": now, "encoder": now + 0.5, "index": now + 0.5, "answer": now + 0.75}
print("a library that says hello")
print(json.dumps(steps | {"loaded_mb": 600, "answered_mb": 700}))
"""


def test_a_start_is_split_into_its_steps() -> None:
    starts = measure_starts(3, "câu hỏi", [sys.executable, "-c", PROGRAM])
    steps = {name: spread.median for name, spread in starts.steps.items()}
    assert (steps["encoder"], steps["index"], steps["answer"]) == (0.5, 0.0, 0.25)
    assert 0 < starts.steps["import"].least <= steps["import"] <= starts.steps["import"].most
    assert steps["ready"] == pytest.approx(steps["import"] + 0.5, abs=0.002)
    assert steps["total"] == pytest.approx(steps["ready"] + 0.25, abs=0.002)
    assert (starts.n, starts.loaded_mb, starts.answered_mb) == (3, 600, 700)


def test_a_start_that_fails_says_why() -> None:
    failing = 'import sys; sys.exit("chưa có chỉ mục. Chạy: python -m ingest")'
    with pytest.raises(ProductError, match="chưa có chỉ mục"):
        measure_starts(1, "câu hỏi", [sys.executable, "-c", failing])


def test_ingest_measures_files_and_a_generated_collection(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ingest", str(RESOLUTION), "--documents", "5"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [row["files"] for row in told["files"].values()] == [1]
    assert told["plain_text_pages_per_min"] > 0
    assert told["memory"]["documents"] == 5


def test_the_peak_of_memory_is_this_process_own() -> None:
    before = peak_mb()
    block = bytearray(64 * 2**20)
    block[::4096] = b"x" * len(block[::4096])
    assert peak_mb() >= before
    assert peak_mb() >= 64
