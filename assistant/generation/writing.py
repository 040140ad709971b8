"""An answer in a model's words: asked for, checked sentence by sentence, repaired once, composed.

`Writer.write` raises ModelFailure where there is nothing to show; the quoted answer is then the answer. Knows
the order of the steps; the model, the check and the wording are modules of their own.
"""

import logging
import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from langchain_core.messages import BaseMessage

from assistant.answer import CheckedSentence
from assistant.evidence import Evidence
from assistant.generation.drafting import Draft, Held, reason_of
from assistant.generation.failures import FailureKind, ModelFailure
from assistant.generation.grounds import Ground, fitted, gives_orders, grounds_of
from assistant.generation.model import LanguageModel, Written
from assistant.generation.splitting import SentenceReader
from assistant.progress import Draft as DraftPiece
from assistant.progress import Listener
from assistant.question import language_of
from corpus.citation import Citation
from corpus.text import has_diacritics
from prompts import new_fence, say, tell_model, version_of

_log = logging.getLogger(__name__)
_PROMPT, _REPAIR = "model/answer", "model/repair"
_MOST_SENTENCES = 5
_ANSWER_TOKENS, _REPAIR_TOKENS = 700, 400
_LEAST_TOKENS = 64  # of a paragraph: less says nothing
_FIRST_SCALE = 1.4  # a model's tokens for one of our encoder's, until the server has counted some
_LEAST_REPAIR_S = 2.0
_NUMBERED = re.compile(r"^\s*(\d{1,2})\s*[.):]\s*(.+)$")


@dataclass(frozen=True, slots=True)
class Composed:
    """The sentences of an answer with all citations, and the wording of the prompt that they came from.

    `answers` is False where nothing of it may be shown: then the quotations are the answer. `refused`: the
    model found no answer in the paragraphs.
    """

    sentences: tuple[CheckedSentence, ...]
    citations: tuple[Citation, ...]
    prompt_version: str
    answers: bool
    refused: bool = False


class Writer:
    """Writes answers with one model; safe to share between threads."""

    def __init__(self, model: LanguageModel, count_tokens: Callable[[str], int]) -> None:
        self.model = model
        self._count = count_tokens
        self._scale = _FIRST_SCALE
        self._scaling = threading.Lock()

    def write(
        self, evidence: Evidence, quoted: Sequence[Citation], listener: Listener | None = None
    ) -> Composed | None:
        """The answer, or None where the model may not be asked. Raises ModelFailure."""
        passages = grounds_of(evidence, quoted)
        if not passages or gives_orders(evidence.understood.typed.text):
            return None
        started = time.monotonic()
        language = evidence.language
        fence = new_fence()
        room = (
            self.model.context_tokens - _ANSWER_TOKENS - self._tokens_of(self._messages(evidence, fence, []))
        )
        grounds = fitted(passages, evidence, max(room, _LEAST_TOKENS), self._tokens)
        draft = Draft(evidence, grounds, quoted, listener)
        messages = self._messages(evidence, fence, grounds)
        text = self._stream(messages, draft, listener)
        if not draft.supported and _is_foreign(text, language):
            raise ModelFailure(FailureKind.WRONG_LANGUAGE)
        self._repair(draft, fence, self.model.timeout_s - (time.monotonic() - started))
        return Composed(
            tuple(draft.sentences),
            tuple(draft.citations),
            version_of(_PROMPT, language),
            draft.answers(),
            draft.refused and not draft.sentences,
        )

    def _stream(self, messages: list[BaseMessage], draft: Draft, listener: Listener | None) -> str:
        reader = SentenceReader()

        def take(piece: str) -> None:
            if listener is not None:
                listener(DraftPiece(piece))
            for sentence in reader.feed(piece):
                draft.add(sentence)

        try:
            written = self.model.write(messages, take, most_tokens=_ANSWER_TOKENS)
        except ModelFailure as failure:
            if failure.kind is FailureKind.TOO_LONG:
                self._learn_scale(self._scale * 1.5)
            raise
        for sentence in reader.close(complete=written.complete):
            draft.add(sentence)
        self._learn(messages, written)
        return written.text

    def _repair(self, draft: Draft, fence: str, left_s: float) -> None:
        """One more call for all sentences that failed, where there is time; then the draft is finished."""
        failed = draft.failed
        mended: dict[int, Held] = {}
        if failed and left_s >= _LEAST_REPAIR_S:
            try:
                mended = self._mended(draft, failed, fence, left_s)
            except ModelFailure as failure:
                _log.info("no repair: %s", failure)
        draft.finish(lambda held: mended.get(id(held)))

    def _mended(self, draft: Draft, failed: list[Held], fence: str, left_s: float) -> dict[int, Held]:
        listed = "\n".join(
            f"{number}. {held.written} ({reason_of(held.finding, draft.language)})"
            for number, held in enumerate(failed, 1)
        )
        messages = tell_model(
            _REPAIR,
            draft.language,
            fence=fence,
            paragraphs=_paragraphs(draft.grounds),
            sentences=listed,
        )
        reply = self.model.complete(messages, most_tokens=_REPAIR_TOKENS, limit_s=left_s)
        found: dict[int, Held] = {}
        for line in reply.splitlines():
            numbered = _NUMBERED.match(line)
            if numbered and 1 <= int(numbered[1]) <= len(failed):
                found.setdefault(id(failed[int(numbered[1]) - 1]), draft.judged(numbered[2].strip()))
        return found

    def _messages(self, evidence: Evidence, fence: str, grounds: Sequence[Ground]) -> list[BaseMessage]:
        language = evidence.language
        return tell_model(
            _PROMPT,
            language,
            fence=fence,
            paragraphs=_paragraphs(grounds),
            question=evidence.understood.asked or evidence.understood.typed.text,
            most=str(_MOST_SENTENCES),
            refusal=say("refusal", language),
        )

    def _tokens(self, text: str) -> int:
        return round(self._count(text) * self._scale) + 4

    def _tokens_of(self, messages: Sequence[BaseMessage]) -> int:
        return sum(self._tokens(str(message.content)) for message in messages)

    def _learn(self, messages: Sequence[BaseMessage], written: Written) -> None:
        """Fit the next window by what the server counted."""
        counted = sum(self._count(str(message.content)) for message in messages)
        if written.prompt_tokens and counted:
            self._learn_scale(1.05 * written.prompt_tokens / counted)

    def _learn_scale(self, scale: float) -> None:
        with self._scaling:
            self._scale = min(6.0, max(0.8, scale))


def _paragraphs(grounds: Sequence[Ground]) -> str:
    return "\n\n".join(ground.shown(number) for number, ground in enumerate(grounds, 1))


def _is_foreign(text: str, language: str) -> bool:
    """Whether a reply is in another language than the answer should be."""
    if language == "vi":
        return not has_diacritics(text) or any(ord(char) > 0x2E80 for char in text)
    return has_diacritics(text) or language_of(text) != "en"
