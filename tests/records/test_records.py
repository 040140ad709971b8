"""Records: what is kept, for whom, how it is found again and how it is forgotten."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records import Records
from records.turns import title_of

AN, BINH = "user:an", "user:binh"


def answer(refused: bool = False) -> dict[str, object]:
    return {"id": None, "question": "…", "answer": "…", "refused": refused, "citations": []}


@pytest.fixture
def records(tmp_path: Path) -> Records:
    return Records.open(tmp_path / "data" / "records.sqlite", days=30)


def ask(records: Records, question: str, person: str = AN, conversation: str = "c1") -> str:
    return records.add_turn(person, conversation, question, [], answer())


def test_a_turn_comes_back_as_it_was_given(records: Records) -> None:
    history = [{"role": "user", "content": "Trước đó?"}, {"role": "assistant", "content": "Đây."}]
    turn_id = records.add_turn(AN, "c1", "Thu phí «rác»?", history, answer() | {"reason": None})
    (turn,) = records.turns(AN, "c1")
    assert (turn.id, turn.question, list(turn.history)) == (turn_id, "Thu phí «rác»?", history)
    assert turn.answer == answer() | {"reason": None}
    assert datetime.fromisoformat(turn.asked_at).utcoffset() == timedelta(0)


def test_nothing_of_one_person_is_handed_to_another(records: Records) -> None:
    mine = ask(records, "Chuyện riêng của An")
    ask(records, "Chuyện của Bình", BINH)
    assert [c.title for c in records.conversations(BINH)] == ["Chuyện của Bình"]
    assert records.conversations(BINH, "riêng") == []
    assert [t.question for t in records.turns(BINH, "c1")] == ["Chuyện của Bình"]
    assert not records.set_feedback(mine, BINH, "down", "không phải của tôi")
    assert records.delete_conversation(BINH, "c1")
    assert [t.question for t in records.turns(AN, "c1")] == ["Chuyện riêng của An"]
    assert records.turns(AN, "c1")[0].verdict is None


@pytest.mark.parametrize(
    "search", ["rac thai", "RÁC THẢI", "thải rác", "Rac  tha", "hoa binh", "hòa", "đong lo"]
)
def test_a_search_needs_no_diacritics_case_order_or_whole_words(records: Records, search: str) -> None:
    ask(records, "Rác thải ở Hoà Bình, xã Đông Lỗ xử lý thế nào?", conversation="rác")
    ask(records, "Chuyển đổi số?", conversation="số")
    assert [c.id for c in records.conversations(AN, search)] == ["rác"]


@pytest.mark.parametrize("search", ["%", "_", "rac' OR '1'='1", "\\", '"'])
def test_signs_in_a_search_mean_themselves(records: Records, search: str) -> None:
    ask(records, "Rác thải xử lý thế nào?")
    assert records.conversations(AN, search) == []
    ask(records, f"Câu có {search} bên trong", conversation="c2")
    assert [c.id for c in records.conversations(AN, search)] == ["c2"]


def test_conversations_come_newest_first_with_the_first_question_as_title(tmp_path: Path) -> None:
    days = iter(range(100))
    start = datetime(2026, 1, 1, tzinfo=UTC)
    records = Records.open(tmp_path / "r.sqlite", days=3000, clock=lambda: start + timedelta(days=next(days)))
    ask(records, "Câu đầu\n  của cuộc thứ nhất", conversation="một")
    ask(records, "Cuộc thứ hai", conversation="hai")
    ask(records, "Câu tiếp theo", conversation="một")
    shown = records.conversations(AN)
    assert [(c.id, c.title, c.turns) for c in shown] == [
        ("một", "Câu đầu của cuộc thứ nhất", 2),
        ("hai", "Cuộc thứ hai", 1),
    ]
    assert shown[0].started_at < shown[1].started_at < shown[0].updated_at
    assert [c.id for c in records.conversations(AN, limit=1)] == ["một"]


@given(st.text(max_size=300))
def test_a_title_is_one_short_line_of_the_question(question: str) -> None:
    title = title_of(question)
    assert len(title) <= 80 and "\n" not in title
    assert " ".join(question.split()).startswith(title.removesuffix("…"))


def test_feedback_is_kept_changed_and_taken_back(records: Records) -> None:
    turn_id = ask(records, "Câu hỏi")
    assert records.set_feedback(turn_id, AN, "wrong_source", "Sai điều")
    assert records.turns(AN, "c1")[0].comment == "Sai điều"
    assert records.set_feedback(turn_id, AN, None, None)
    assert records.turns(AN, "c1")[0].verdict is None
    with pytest.raises(ValueError, match="wrong_source"):
        records.set_feedback(turn_id, AN, "great", None)
    assert not records.set_feedback("không có", AN, "up", None)


def test_what_was_refused_or_disliked_is_to_be_reviewed(records: Records) -> None:
    records.add_turn(AN, "c1", "Không trả lời được", [], answer(refused=True))
    liked, disliked = ask(records, "Được khen"), ask(records, "Bị chê", BINH)
    records.set_feedback(liked, AN, "up", None)
    records.set_feedback(disliked, BINH, "down", "Thiếu")
    assert {t.question for t in records.to_review()} == {"Không trả lời được", "Bị chê"}
    assert records.counts() == {"turns": 3, "refused": 1, "up": 1, "down": 1, "wrong_source": 0}


def test_deleting_all_of_a_person_leaves_the_others(records: Records) -> None:
    ask(records, "Một", conversation="a"), ask(records, "Hai", conversation="b"), ask(records, "Ba", BINH)
    assert records.delete_all(AN) == 2
    assert records.conversations(AN) == []
    assert len(records.conversations(BINH)) == 1
    assert not records.delete_conversation(AN, "a")


def test_what_was_deleted_is_not_left_in_the_file(records: Records, tmp_path: Path) -> None:
    secret = "Câu hỏi rất riêng tư"
    ask(records, secret)
    records.delete_all(AN)
    with closing(sqlite3.connect(tmp_path / "data" / "records.sqlite")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    left = b"".join(file.read_bytes() for file in (tmp_path / "data").iterdir())
    assert secret.encode() not in left


def test_turns_are_forgotten_after_their_days_and_at_the_next_start(tmp_path: Path) -> None:
    path, today = tmp_path / "r.sqlite", [datetime(2026, 3, 1, tzinfo=UTC)]
    records = Records.open(path, days=10, clock=lambda: today[0])
    ask(records, "Cũ")
    today[0] += timedelta(days=9)
    ask(records, "Mới")
    assert records.purge() == 0
    today[0] += timedelta(days=2)
    again = Records.open(path, days=10, clock=lambda: today[0])
    assert [t.question for t in again.all_turns()] == ["Mới"]


def test_turns_are_forgotten_while_the_server_runs(tmp_path: Path) -> None:
    today, looked = [datetime(2026, 3, 1, tzinfo=UTC)], threading.Event()

    def clock() -> datetime:
        if threading.current_thread().name == "records-purge":
            looked.set()
        return today[0]

    records = Records.open(tmp_path / "r.sqlite", days=10, clock=clock)
    ask(records, "Cũ")
    today[0] += timedelta(days=11)
    records.purge_every(0.01)
    try:
        assert looked.wait(10)
        until = threading.Event()
        while records.all_turns() and not until.wait(0.01):
            pass
    finally:
        records.close()
    assert records.counts()["turns"] == 0


def test_many_threads_and_connections_write_at_once_without_losing_a_turn(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    stores = [Records.open(path, days=30) for _ in range(4)]

    def write(number: int) -> None:
        for i in range(25):
            turn_id = ask(stores[number % 4], f"Câu {i}", f"user:{number}", f"c{i % 3}")
            assert stores[(number + 1) % 4].set_feedback(turn_id, f"user:{number}", "up", None)

    failed = _in_threads(write, 8)
    assert failed == []
    assert stores[0].counts() == {"turns": 200, "refused": 0, "up": 200, "down": 0, "wrong_source": 0}
    assert all(sum(c.turns for c in stores[0].conversations(f"user:{n}")) == 25 for n in range(8))


def _in_threads(work: Callable[[int], None], count: int) -> list[BaseException]:
    failed: list[BaseException] = []

    def guarded(number: int) -> None:
        try:
            work(number)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=guarded, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def test_switched_off_nothing_is_kept_and_everything_still_answers(tmp_path: Path) -> None:
    records = Records.open(None, days=30)
    assert ask(records, "Câu hỏi")
    assert not records.kept and records.problem is None
    assert records.conversations(AN) == [] and records.all_turns() == [] and records.to_review() == []
    assert records.delete_all(AN) == 0 and not records.set_feedback("x", AN, "up", None)
    assert records.counts()["turns"] == 0
    assert list(tmp_path.iterdir()) == []
