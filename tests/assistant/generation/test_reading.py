"""Text, thoughts and circles, without a server."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.messages import AIMessageChunk

from assistant.generation.failures import FailureKind, ModelFailure
from assistant.generation.reading import THOUGHT, Reading
from assistant.generation.repetition import RepetitionWatch, goes_round
from assistant.generation.thinking import ThoughtFilter
from tests.conftest import RESOLUTION

SENTENCE = "Đẩy mạnh cải cách hành chính, chuyển đổi số trên địa bàn tỉnh. "


def cut(text: str, seed: int) -> list[str]:
    places = sorted(random.Random(seed).sample(range(len(text) + 1), min(len(text), 40)))
    return [text[start:end] for start, end in zip([0, *places], [*places, len(text)], strict=True)]


def stopped_after(text: str, seed: int = 0) -> int | None:
    """How many characters were taken before the watch stopped the text; None: all of them."""
    watch, taken = RepetitionWatch(), 0
    for piece in cut(text, seed):
        taken += len(piece)
        if watch.repeats(piece):
            return taken
    return None


@pytest.mark.parametrize(
    ("circle", "within"),
    [
        (SENTENCE, 300),
        (SENTENCE + "Tăng cường quản lý đất đai, khoáng sản và bảo vệ môi trường [2]. ", 500),
        ("và ", 250),
        ("....", 250),
        ("\n", 250),
        ("xâydựngnôngthônmới", 250),
        ("rất quan trọng, ", 250),
    ],
)
def test_circles_are_noticed_within_a_few_hundred_characters(circle: str, within: int) -> None:
    found = stopped_after((circle * 200)[:4000])
    assert found is not None
    assert goes_round(circle * (within // len(circle)))


def test_sentences_that_differ_in_their_number_only_go_round() -> None:
    text = "".join(f"{n}. Đẩy mạnh cải cách hành chính trên địa bàn tỉnh.\n" for n in range(1, 30))
    assert goes_round(text)


def test_the_same_phrases_in_ever_new_order_go_round() -> None:
    phrases, chosen = ["xử lý rác thải", "khởi công nhà máy", "bảo vệ môi trường"], random.Random(1)
    assert goes_round(" ".join(chosen.choice(phrases) for _ in range(60)))


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE * 2,
        ", ".join(f"Điều {n}" for n in range(1, 13)),
        "; ".join(f"Nghị quyết số {n:02}/2021/NQ-HĐND ngày {n}/3/2021" for n in range(1, 6)),
        " ".join(
            f"Nghị quyết số {n:02}/NQ-HĐND ngày {n + 3} tháng {n % 12 + 1} năm 20{n} của Hội đồng nhân dân"
            f" tỉnh Bắc Giang về {about};"
            for n, about in enumerate(
                ["đất đai", "thu ngân sách", "y tế cơ sở", "chuyển đổi số", "an toàn giao thông"], 11
            )
        ),
        "| " + " | ".join(["---"] * 8) + " |\n" + "| 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 |\n" * 2,
    ],
)
def test_forms_that_official_texts_repeat_are_let_through(text: str) -> None:
    assert stopped_after(text) is None


def test_a_real_resolution_never_goes_round() -> None:
    text = RESOLUTION.read_text(encoding="utf-8")
    assert all(not goes_round(text[max(0, end - 1200) : end].casefold()) for end in range(200, len(text), 97))


@given(st.text(alphabet="<>/think\n áb", max_size=40), st.integers(0, 5))
def test_pieces_change_nothing_about_what_is_thought(text: str, seed: int) -> None:
    def passed(pieces: list[str]) -> str:
        thoughts = ThoughtFilter()
        return "".join(map(thoughts.visible, pieces)) + thoughts.rest()

    assert passed(cut(text, seed)) == passed([text])


@given(st.text(min_size=1, max_size=60), st.text(max_size=60))
def test_a_marked_thought_leaves_no_trace(text: str, thought: str) -> None:
    thoughts = ThoughtFilter()
    shown = thoughts.visible(f"<think>{thought.replace('</', '')}</think>{text}") + thoughts.rest()
    assert shown == text.lstrip() or text.lstrip().lower().startswith("<th")


def chunk(text: str = "", thought: str = "", finish: str | None = None) -> AIMessageChunk:
    return AIMessageChunk(
        content=text,
        additional_kwargs={THOUGHT: thought} if thought else {},
        response_metadata={"finish_reason": finish} if finish else {},
    )


def test_text_and_thought_are_signs_of_life_and_nothing_else_is() -> None:
    reading = Reading(lambda _: None)
    assert reading.read(chunk("Một"))
    assert reading.read(chunk(thought="Hmm"))
    assert reading.read(chunk("<think>x"))
    assert not reading.read(chunk())
    assert not reading.read(chunk(" \n"))
    assert not reading.read(chunk(finish="stop"))


def test_half_a_surrogate_pair_is_shown_as_unknown_and_can_be_sent_on() -> None:
    reading = Reading(lambda _: None)
    reading.read(chunk("Một \ud83d hai \ud83d\ude00", finish="stop"))
    assert reading.end().text.encode() == "Một \ufffd hai 😀".encode()


def test_a_finish_reason_of_another_server_is_an_end_but_no_good_one() -> None:
    reading = Reading(lambda _: None)
    reading.read(chunk("Một", finish="content_filter"))
    assert not reading.end().complete


def test_only_thoughts_are_told_from_nothing_in_the_log() -> None:
    reading = Reading(lambda _: None)
    reading.read(chunk(thought="Hmm", finish="length"))
    with pytest.raises(ModelFailure, match="only thoughts") as caught:
        reading.end()
    assert caught.value.kind is FailureKind.EMPTY
