"""Sentences of a language model on the page: what their check came to, and that drafts are never shown."""

import asyncio
import re
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path
from typing import Unpack

import pytest

from assistant.answer import Answer, CheckedSentence, Turn, Verdict
from assistant.evidence import Manner
from assistant.progress import Checked, Draft, Step, Withdrawn
from chat.asking import Asker, ask, ask_again
from chat.exchange import Conversation, Exchange
from chat.render import render_conversation
from chat.restoring import restored
from chat.sources import render_sources
from chat.texts import EN, VI, Texts
from chat.visitor import Visitor
from ingest import LoadedDocument
from records import Records
from tests.chat.test_asking import NOTHING_KEPT, _Queue, _steps
from tests.chat.test_render import _answer, _cite, _document, _Parsed
from tests.chat.test_restoring import _answer as quoted_answer
from tests.chat.test_restoring import _held, _stored
from tests.generating import HOSTILE, REASON, generated, sentences_on


def _quoted() -> Answer:
    document, (first, second) = _document("Xây nhà máy [1] ở Bắc Giang.", "Thu gom rác.")
    return _answer("…", _cite(document, first, first.text), _cite(document, second, second.text))


def _shown(*exchanges: Exchange, texts: Texts = VI, modes: bool = True) -> str:
    return render_conversation(Conversation("c", exchanges), texts, modes=modes)


def test_every_sentence_that_is_shown_has_a_line_with_its_verdict_and_markers() -> None:
    parsed = _Parsed(_shown(Exchange("?", generated(_quoted()))))
    lines = parsed.inside("sentence")
    assert [line[0] for line in lines] == ["✓", "”", "✓"]
    assert lines[0].endswith(f"[1] ({VI.supported})")
    assert lines[1] == f"”“Thu gom rác.” [2]{VI.replaced}"
    assert lines[2] == f"✓Vì vậy cần khẩn trương [1] [2] ({VI.supported})"


def test_words_that_were_left_out_are_not_shown_but_how_many_and_why() -> None:
    markup = _shown(Exchange("?", generated(_quoted())))
    assert "ba nhà máy" not in markup
    (left_out,) = _Parsed(markup).inside("left-out")
    assert left_out == f"Đã bỏ 2 câu của mô hình vì không khớp văn bản{REASON}Sai {HOSTILE}"
    assert 'class="left-out"' not in _shown(Exchange("?", _quoted()))


def test_one_sentence_that_was_left_out_is_told_as_one() -> None:
    answer = generated(_quoted())
    kept = (answer.sentences[0], answer.sentences[1])
    exchange = Exchange("?", _answer(kept[0].line, *answer.citations, mode="generative", sentences=kept))
    assert VI.left_out_one in _shown(exchange)
    assert EN.left_out_one in _shown(exchange, texts=EN)


@pytest.mark.parametrize("texts", [VI, EN])
def test_every_answer_says_how_it_came_about_when_a_model_is_on(texts: Texts) -> None:
    quoted, written = Exchange("?", _quoted()), Exchange("?", generated(_quoted()))
    refused = Exchange("?", _answer("Không có.", refused=True, reason="x"))
    modes = _Parsed(_shown(quoted, written, refused, texts=texts)).inside("mode")
    assert [
        mode.startswith(label) for mode, label in zip(modes, (texts.quoted, texts.generated), strict=True)
    ]
    off = _Parsed(_shown(quoted, written, texts=texts, modes=False)).inside("mode")
    assert len(off) == 1 and off[0].startswith(texts.generated), "an old answer of a model stays one"


def test_hostile_words_of_a_model_are_shown_and_never_markup() -> None:
    answer = generated(_quoted())
    writing = Exchange("?")
    for sentence in answer.sentences:
        writing = writing.after(Checked(sentence, answer.citations))
    for exchange in (Exchange("?", answer), writing):
        parsed = _Parsed(_shown(exchange))
        assert HOSTILE in parsed.text
        assert {"img", "script", "strong", "em", "a"}.isdisjoint(tag for tag, _ in parsed.tags)


def test_markers_inside_a_models_words_are_buttons_and_those_of_a_quotation_are_not() -> None:
    quoted = _quoted()
    said = CheckedSentence("Theo [2] và [7]", Verdict.SUPPORTED, (1,), "…")
    copied = CheckedSentence("“Xây nhà máy [1] ở Bắc Giang.”", Verdict.REPLACED, (1,), "…", "x")
    answer = _answer("…", *quoted.citations, mode="generative", sentences=(said, copied))
    assert _Parsed(_shown(Exchange("?", answer))).inside("marker") == ["[2]", "[1]", "[1]"]


def _told(*steps: Step) -> list[Exchange]:
    return [step[-1] for step in _steps(ask(Asker(_Queue(told=steps), NOTHING_KEPT), "b", Conversation("c")))]


def test_checked_sentences_appear_one_by_one_and_drafts_never() -> None:
    quoted = _quoted()
    sentences = sentences_on(quoted.citations)
    steps = [
        step
        for sentence in sentences
        for step in (Draft("NHÁP"), Draft("NHÁP"), Checked(sentence, quoted.citations))
    ]
    asked, begun, *writing, answered = _told(*steps)
    assert VI.pending in _shown(asked) and VI.writing in _shown(begun)
    shown = [_shown(exchange) for exchange in writing]
    assert [len(_Parsed(markup).inside("sentence")) for markup in shown] == [1, 1, 1, 2, 3]
    for markup in shown:
        assert VI.writing in markup and 'data-state="pending"' in markup
        assert "NHÁP" not in markup and "ba nhà máy" not in markup
        assert len(_Parsed(markup).inside("marker")) >= 1
    assert 'data-cites="1"' in render_sources(writing[:1]), "a marker finds its source at once"
    assert answered.answer is not None and answered.writing is None


def test_what_is_withdrawn_goes() -> None:
    quoted = _quoted()
    *_, shown, withdrawn, answered = _told(
        Draft("NHÁP"), Checked(sentences_on(quoted.citations)[0], quoted.citations), Withdrawn()
    )
    assert "Văn bản nêu" in _shown(shown)
    assert "Văn bản nêu" not in _shown(withdrawn) and VI.pending in _shown(withdrawn)
    assert "<mark" not in render_sources([withdrawn])
    assert answered.answer is not None and answered.answer.text == "B"


def test_the_answer_of_a_model_can_be_asked_for_again_by_quotations_alone() -> None:
    queue = _Queue()
    earlier = Conversation(
        "c", (Exchange("a", _quoted()), Exchange("b", generated(_quoted()), as_typed=True))
    )
    assert 'data-quoting="2">Chỉ trích nguyên văn</button>' in _shown(*earlier.exchanges)
    assert 'data-quoting="1"' not in _shown(*earlier.exchanges)
    *_, exchanges = _steps(ask_again(Asker(queue, NOTHING_KEPT), 2, earlier, quoting=True))
    ((question, history, manner),) = queue.asked
    assert (question, len(history), manner) == ("b", 2, {"as_typed": True, "quoting": True})
    assert "(tìm đúng như đã gõ) (chỉ trích nguyên văn)</span>" in _shown(*exchanges)


@pytest.mark.parametrize("turn", [0, 1, 3, "2", None, 1.5])
def test_only_the_answer_of_a_model_is_asked_for_again_by_quotations(turn: object) -> None:
    queue = _Queue()
    earlier = Conversation("c", (Exchange("a", _quoted()), Exchange("b", generated(_quoted()))))
    assert _steps(ask_again(Asker(queue, NOTHING_KEPT), turn, earlier, quoting=True)) == []
    assert queue.asked == []


def test_a_reader_who_leaves_ends_the_steps() -> None:
    ended = []

    class _Endless(_Queue):
        async def steps(
            self, question: str, history: Sequence[Turn] = (), **manner: Unpack[Manner]
        ) -> AsyncGenerator[Step | Answer, None]:
            try:
                yield Draft("x")
                await asyncio.sleep(60)
            finally:
                ended.append(question)

    async def leave() -> None:
        steps = ask(Asker(_Endless(), NOTHING_KEPT), "b", Conversation("c"))
        await anext(steps)
        await anext(steps)
        await steps.aclose()

    asyncio.run(leave())
    assert ended == ["b"]


def test_a_models_answer_comes_back_from_the_records_as_it_was(resolution: LoadedDocument) -> None:
    answer = generated(quoted_answer(resolution))
    (exchange,) = restored("c", [_stored(answer, quoting=True)], _held(resolution)).exchanges
    assert exchange.answer == answer and exchange.quoting
    assert _Parsed(_shown(exchange)).inside("sentence") == _Parsed(
        _shown(Exchange("?", answer, turn_id="t"))
    ).inside("sentence")


def test_how_it_was_asked_is_kept(tmp_path: Path) -> None:
    records = Records.open(tmp_path / "r.sqlite", 1)
    asker = Asker(_Queue(), records, Visitor("browser:x"))
    earlier = Conversation("c", (Exchange("b", generated(_quoted())),))
    _steps(ask_again(asker, 1, earlier, quoting=True))
    (kept,) = records.turns("browser:x", "c")
    assert kept.answer["quoting"] is True and "as_typed" not in kept.answer


def test_no_script_of_the_page_reads_markup_from_a_sentence() -> None:
    markup = _shown(Exchange("?", generated(_quoted())))
    assert not re.search(r"\son\w+=", re.sub(r">[^<]*<", "><", markup))
