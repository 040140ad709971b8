"""Answers in a model's words: what is shown, replaced or left out, and when the quotations are shown."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from assistant import Answer, Assistant, Turn
from assistant.__main__ import main
from assistant.answer import GENERATED, QUOTED, Verdict
from assistant.evidence import Inquiry
from assistant.generation.grounds import fitted
from assistant.progress import Checked, Draft, Step, Withdrawn
from prompts import say
from tests.assistant.generation.conftest import Written
from tests.assistant.generation.scripted_models import paragraphs_in, prompt_of
from tests.assistant.generation.scripted_server import CUT, Gate, Reply, error, scripted, words
from vectorstore.generation import IndexLocation

QUESTION = "Xử lý rác thải phải làm gì?"
TRUE = "Về xử lý rác thải, phải đẩy mạnh thực hiện Chỉ thị số 17-CT/TU và Kết luận số 99-KL/TU. [1]"
ALSO_TRUE = "Cần hướng dẫn bà con thu gom, phân loại và đổ rác đúng nơi quy định. [1]"
FALSE = "Tỉnh bố trí 25 tỷ đồng để xử lý rác thải. [1]"


def answering(text: str, repaired: str = "1. BỎ") -> Any:
    """A script: `text` for the answer, `repaired` for the repair of its sentences."""

    def script(body: Mapping[str, Any]) -> str:
        return repaired if "BỎ" in prompt_of(body) else text

    return script


def test_supported_sentences_are_the_answer_with_their_sources(written_by: Written) -> None:
    assistant, server = written_by(f"{TRUE}\n{ALSO_TRUE}")
    answer = assistant.ask(QUESTION)
    assert (answer.mode, answer.model) == (GENERATED, "kich-ban")
    assert [one.verdict for one in answer.sentences] == [Verdict.SUPPORTED] * 2
    assert answer.text.splitlines() == [one.line for one in answer.sentences]
    assert "17-CT/TU" in answer.citations[0].quote
    assert "đổ rác đúng nơi quy định" in answer.citations[answer.sentences[1].markers[0] - 1].quote
    assert re.fullmatch(r"vi/model/answer@[0-9a-f]{8}", answer.prompt_version or "")
    assert len(server.requests) == 1


def test_markers_count_the_citations_in_the_order_of_their_mention(written_by: Written) -> None:
    assistant, _ = written_by(f"{ALSO_TRUE}\n{TRUE}\n{ALSO_TRUE.replace('Cần', 'Phải')}")
    answer = assistant.ask(QUESTION)
    markers = [int(number) for number in re.findall(r"\[(\d+)\]", answer.text)]
    assert markers == [1, 2, 1]
    assert len(answer.citations) == 2


def test_a_false_sentence_is_never_shown(written_by: Written) -> None:
    assistant, server = written_by(answering(f"{TRUE}\n{FALSE}"))
    answer = assistant.ask(QUESTION)
    assert answer.mode == GENERATED
    assert "25" not in answer.text
    false = answer.sentences[1]
    assert false.verdict in (Verdict.REPLACED, Verdict.REMOVED)
    assert false.written == FALSE and "25 tỷ đồng" in (false.reason or "")
    assert len(server.requests) == 2  # it was asked once for a better one


def test_a_false_sentence_is_replaced_by_a_quotation_that_is_not_shown_yet(written_by: Written) -> None:
    assistant, _ = written_by(answering("Quan tâm đẩy mạnh bảo đảm vệ sinh môi trường. [1]\n" + FALSE))
    answer = assistant.ask(QUESTION)
    quoted = assistant.ask(QUESTION, quoting=True)
    assert [one.verdict for one in answer.sentences] == [Verdict.SUPPORTED, Verdict.REPLACED]
    replaced = answer.sentences[1]
    citation = answer.citations[replaced.markers[0] - 1]
    assert replaced.text == f"“{citation.quote}”"
    assert citation.quote in quoted.text


def test_a_sentence_that_the_model_corrects_is_shown_corrected(written_by: Written) -> None:
    assistant, _ = written_by(answering(f"{FALSE}\n{TRUE}", repaired=f"1. {ALSO_TRUE}"))
    answer = assistant.ask(QUESTION)
    assert [one.verdict for one in answer.sentences] == [Verdict.SUPPORTED] * 2
    assert answer.sentences[0].text in ALSO_TRUE and answer.sentences[0].written == FALSE


def test_a_wrong_marker_is_put_right(written_by: Written) -> None:
    for marker in ("[2]", "[9]", ""):
        assistant, server = written_by(TRUE.replace("[1]", marker))
        answer = assistant.ask(QUESTION)
        assert answer.mode == GENERATED
        assert "17-CT/TU" in answer.citations[0].quote
        assert len(server.requests) == 1


@pytest.mark.parametrize("reply", [FALSE, say("refusal", "vi"), "Xin chào! Tôi có thể giúp gì?", "[1] [2]"])
def test_where_nothing_is_supported_the_quotations_are_the_answer(written_by: Written, reply: str) -> None:
    assistant, _ = written_by(reply)
    answer, quoted = assistant.ask(QUESTION), assistant.ask(QUESTION, quoting=True)
    assert (answer.mode, answer.text, answer.citations) == (QUOTED, quoted.text, quoted.citations)
    assert all(one.verdict is Verdict.REMOVED and not one.text for one in answer.sentences)
    assert len(answer.notes) == len(quoted.notes) + 1
    assert "trích nguyên văn" in answer.notes[0].text


FAILURES = [
    (error(500, "boom"), "server"),
    (error(429, "later"), "busy"),
    (error(401, "key"), "rejected"),
    (error(400, "maximum context length is 4096 tokens"), "too_long"),
    (Reply(body=b"<html>"), "garbage"),
    (Reply([*words(TRUE), "\n", *words("Cần hướng dẫn"), CUT]), "cut"),
    (Reply([]), "empty"),
    (Reply(["và nhiều việc khác, "] * 400), "repeating"),
    ("The waste must be collected.\nIt must be sorted.", "wrong_language"),
    ("垃圾处理需要加强。[1]", "wrong_language"),
]


@pytest.mark.parametrize(("script", "kind"), FAILURES)
def test_whatever_goes_wrong_the_quotations_come_with_one_plain_line(
    written_by: Written, script: Any, kind: str
) -> None:
    assistant, _ = written_by(script)
    answer, quoted = assistant.ask(QUESTION), assistant.ask(QUESTION, quoting=True)
    assert (answer.mode, answer.text, answer.citations) == (QUOTED, quoted.text, quoted.citations)
    assert [note.text for note in answer.notes] == [
        say(f"failures/{kind}", "vi"),
        *(note.text for note in quoted.notes),
    ]


def test_a_silent_server_is_given_up_within_its_time(written_by: Written) -> None:
    assistant, _ = written_by(Reply([Gate()]), first_token_s=0.2, timeout_s=0.5)
    answer = assistant.ask(QUESTION)
    assert answer.notes[0].text == say("failures/slow", "vi")
    assert answer.citations


def test_refusals_and_courtesies_never_reach_the_model(written_by: Written) -> None:
    assistant, server = written_by(TRUE)
    for question in ("Giá vé máy bay đi Paris?", "Xin chào", "Mức thu phí bảo vệ môi trường là bao nhiêu?"):
        assert assistant.ask(question).refused
    assert assistant.ask(QUESTION, quoting=True).mode == QUOTED
    assert assistant.examples()
    assert not server.requests


def test_a_question_about_one_place_is_written_from_that_place_alone(written_by: Written) -> None:
    assistant, server = written_by("?")
    assistant.ask("Khoản 6 Điều 2 nêu gì?")
    texts = paragraphs_in(server.requests[0].body)
    assert len(texts) == 1 and texts[1].startswith("6. Tập trung nâng cao chất lượng các hoạt động giáo dục")


def test_a_number_that_is_asked_for_has_to_be_in_the_answer(written_by: Written) -> None:
    question = "Phấn đấu chỉ số PCI nằm trong nhóm bao nhiêu tỉnh, thành phố dẫn đầu?"
    vague = "Cần cải thiện môi trường đầu tư, kinh doanh, nâng cao năng lực cạnh tranh cấp tỉnh. [1]"
    exact = "Phấn đấu duy trì thứ hạng PCI trong nhóm 10 tỉnh, thành phố dẫn đầu cả nước. [1]"
    assert written_by(vague)[0].ask(question).mode == QUOTED
    told = written_by(exact)[0].ask(question)
    assert told.mode == GENERATED and "10" in told.text


def test_progress_is_told_in_order_and_taken_back_when_the_model_fails(written_by: Written) -> None:
    steps: list[Step] = []
    assistant, _ = written_by(Reply([*words(TRUE), "\n", *words("Cần hướng dẫn"), CUT]))
    assistant.ask(QUESTION, listener=steps.append)
    kinds = [type(step) for step in steps]
    assert kinds[0] is Draft and kinds[-1] is Withdrawn and Checked in kinds
    assert "".join(step.text for step in steps if isinstance(step, Draft)).startswith(TRUE)


def test_what_is_told_of_a_sentence_is_what_the_answer_has(written_by: Written) -> None:
    steps: list[Step] = []
    assistant, _ = written_by(answering(f"{TRUE}\n{FALSE}\n{ALSO_TRUE}"))
    answer = assistant.ask(QUESTION, listener=steps.append)
    checked = [step for step in steps if isinstance(step, Checked)]
    assert [step.sentence for step in checked] == list(answer.sentences)
    assert checked[-1].citations == answer.citations


def english(body: Mapping[str, Any]) -> str:
    if "Write one line: the question in Vietnamese" in prompt_of(body):
        return QUESTION
    return "The province must step up Directive 17-CT/TU on waste collection and treatment. [1]"


def test_an_english_question_is_answered_in_english_from_the_vietnamese_text(written_by: Written) -> None:
    assistant, server = written_by(english)
    answer = assistant.ask("What must be done about waste?")
    assert answer.mode == GENERATED and answer.language == "en"
    assert "17-CT/TU" in answer.text and "17-CT/TU" in answer.citations[0].quote
    assert QUESTION in (answer.understood_as or "")
    assert len(server.requests) == 2


def test_a_translation_that_asks_something_else_is_not_used(written_by: Written) -> None:
    def script(body: Mapping[str, Any]) -> str:
        lying = "Ngân sách năm 2030 là bao nhiêu?"
        return lying if "Write one line" in prompt_of(body) else english(body)

    answer = written_by(script)[0].ask("What must be done about waste?")
    assert "Ngân sách" not in (answer.understood_as or "")
    assert "rác" in answer.citations[0].quote


HISTORY = (Turn("user", QUESTION), Turn("assistant", "Đẩy mạnh thực hiện Chỉ thị số 17-CT/TU … [1]"))


@pytest.mark.parametrize(
    ("reworded", "used"),
    [
        ("Xử lý rác thải do ai chịu trách nhiệm?", True),
        ("Ai chịu trách nhiệm về ngân sách và đất đai?", False),
        ("Do ai chịu trách nhiệm xử lý rác thải năm 2031?", False),
        ("Xin chào!\nXử lý rác thải do ai chịu trách nhiệm?", False),
    ],
)
def test_a_follow_up_is_reworded_only_in_the_words_of_the_conversation(
    written_by: Written, reworded: str, used: bool
) -> None:
    def script(body: Mapping[str, Any]) -> str:
        return reworded if "viết lại câu hỏi" in prompt_of(body) else "?"

    assistant, server = written_by(script)
    answer = assistant.ask("do ai chịu trách nhiệm?", HISTORY)
    by_rule = Assistant.ask(assistant, "do ai chịu trách nhiệm?", HISTORY, quoting=True)
    assert "user: Xử lý rác thải phải làm gì?" in server.requests[0].prompt
    assert (answer.understood_as == reworded) is used
    if not used:
        assert answer.citations == by_rule.citations


def test_documents_stand_between_delimiters_nobody_can_guess(written_by: Written) -> None:
    assistant, server = written_by(TRUE)
    for _ in range(2):
        assistant.ask(QUESTION)
    fences = [re.findall(r"=== [0-9a-f]{16} ===", request.prompt) for request in server.requests]
    assert all(len(set(found)) == 1 and len(found) == 3 for found in fences)
    assert fences[0][0] != fences[1][0]


def test_paragraphs_are_fitted_to_the_window_whole_ones_first(written_by: Written) -> None:
    wide, narrow = (written_by("?", context_tokens=size) for size in (8192, 2048))
    given = []
    for assistant, server in (wide, narrow):
        assistant.ask(QUESTION)
        given.append(paragraphs_in(server.requests[0].body))
    assert len(given[0]) > len(given[1]) >= 1
    assert given[1][1] == given[0][1]  # the best one, whole


def test_a_paragraph_too_long_for_the_window_is_cut_at_sentences(written_by: Written) -> None:
    assistant, server = written_by("?", context_tokens=1300)
    answer: Answer = assistant.ask("Sáu tháng đầu năm 2024 kinh tế - xã hội được đánh giá thế nào?")
    (text,) = paragraphs_in(server.requests[0].body).values()
    whole = next(one.passage.text for one in answer.citations if text in one.passage.text)
    assert 0 < len(text) < len(whole)
    assert text[-1] in ".…;"


def test_the_command_line_says_who_wrote_the_answer(
    location: IndexLocation, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with scripted(TRUE) as server:
        monkeypatch.setenv("ASSISTANT_INDEX_DIR", str(location.folder))
        monkeypatch.setenv("ASSISTANT_LLM_BASE_URL", server.base_url)
        monkeypatch.setenv("ASSISTANT_LLM_MODEL", "kich-ban")
        assert main([QUESTION]) == 0
    told = capsys.readouterr().out
    assert told.startswith("Do mô hình kich-ban viết")
    assert "17-CT/TU" in told and "[1] Điều 2, khoản 4, đoạn 2" in told


def test_a_long_paragraph_that_was_asked_for_by_its_place_is_cut_from_its_beginning(
    assistant: Assistant,
) -> None:
    evidence = assistant.evidence(Inquiry("Điều 1 nêu gì?"))
    passage = max((one.passage for one in evidence.ranked), key=lambda one: len(one.text))
    (ground,) = fitted([passage], replace(evidence, ranked=()), 200, lambda text: len(text.split()))
    assert ground.span.start == 0
    assert 0 < ground.span.end < len(passage.text)
