"""Reads the pieces of one reply as they come: what is text, what is thought, when it is over.

Knows nothing of connections and time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.generation.failures import FailureKind, ModelFailure
from assistant.generation.repetition import RepetitionWatch
from assistant.generation.thinking import ThoughtFilter

if TYPE_CHECKING:
    from langchain_core.messages import AIMessageChunk

THOUGHT = "reasoning_content"
"""Under this name the client passes on thoughts that a server sends beside the text."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a model wrote, without thoughts and without blanks around it.

    `complete`: it ended by itself, not at the most tokens it was allowed.
    `prompt_tokens`: how long the server says the prompt was; None when it does not say.
    """

    text: str
    complete: bool
    prompt_tokens: int | None


class Reading:
    """One reply; `put` is called with each piece of text."""

    def __init__(self, put: Callable[[str], None]) -> None:
        self._put = put
        self._thoughts = ThoughtFilter()
        self._watch = RepetitionWatch()
        self._text: list[str] = []
        self._prompt_tokens: int | None = None
        self._thought = False
        self.finish: str | None = None  # the server's word for why the model stopped

    @property
    def begun(self) -> bool:
        """Whether there is text."""
        return bool(self._text)

    def read(self, chunk: "AIMessageChunk") -> bool:
        """Take in a chunk; whether the model is at work (text or thought, not a heartbeat).

        Raises ModelFailure: REPEATING, or GARBAGE for thoughts that were not marked as such.
        """
        if chunk.usage_metadata:
            self._prompt_tokens = chunk.usage_metadata["input_tokens"]
        self.finish = chunk.response_metadata.get("finish_reason") or self.finish
        piece = _encodable(str(chunk.text))
        self._pass_on(self._thoughts.visible(piece))
        thought = bool(chunk.additional_kwargs.get(THOUGHT))
        self._thought = self._thought or thought
        return bool(piece.strip()) or thought

    def end(self) -> Written:
        """The whole reply. Raises ModelFailure: CUT, EMPTY."""
        if self.finish is None:
            raise ModelFailure(FailureKind.CUT, f"no finish_reason after {self._length} characters")
        self._pass_on(self._thoughts.rest())
        text = "".join(self._text).rstrip()
        if not text:
            only = ", only thoughts" if self._thought else ""
            raise ModelFailure(FailureKind.EMPTY, f"finish_reason {self.finish}{only}")
        return Written(text, self.finish == "stop", self._prompt_tokens)

    @property
    def _length(self) -> int:
        return sum(map(len, self._text))

    def _pass_on(self, text: str) -> None:
        if not text:
            return
        self._text.append(text)
        self._put(text)
        if self._thoughts.unmarked(text):
            raise ModelFailure(
                FailureKind.GARBAGE,
                "thoughts without a beginning: have the server set them apart (llama-server "
                "--reasoning-format deepseek, vllm serve --reasoning-parser …) or not think at all",
            )
        if self._watch.repeats(text):
            raise ModelFailure(FailureKind.REPEATING, f"after {self._length} characters")


def _encodable(text: str) -> str:
    """Without halves of surrogate pairs, which JSON can carry and no page can show."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
