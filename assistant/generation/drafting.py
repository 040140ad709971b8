"""Sentences of a model, one after the other, from its words to what is shown: checked, renumbered, cited.

Holds back everything behind a sentence that failed, because what comes of that one is known only at the end,
and the order of sentences and the numbers of citations never change once told. Does not speak to a model.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from assistant.answer import CheckedSentence, Verdict
from assistant.composition import citation_of
from assistant.evidence import Evidence
from assistant.expectation import expectation_of
from assistant.generation.grounds import Ground
from assistant.progress import Checked, Listener
from assistant.verification import Fault, Finding, Rest, Source, examine, likely_sources
from assistant.verification.reading import parted
from corpus.citation import Citation
from corpus.passage import Passage
from corpus.sentences import Span, sentences
from corpus.text import has_diacritics, words
from prompts import say

_ON_QUESTION = 0.5  # of the question's words that the best quotation has: what a sentence has to have

_DETAIL = 40  # characters: a reason is not to repeat the sentence that is not shown
_VIETNAMESE = 0.4  # of a sentence's words have diacritics: more than names in English prose come to


@dataclass(frozen=True, slots=True)
class Held:
    """A sentence of the model with what the check found."""

    written: str
    finding: Finding
    text: str = ""  # without markers


@dataclass(slots=True)
class Draft:
    """What becomes of a model's sentences. `quoted`: the extractive answer, from which it is mended."""

    evidence: Evidence
    grounds: Sequence[Ground]
    quoted: Sequence[Citation]
    listener: Listener | None = None
    sentences: list[CheckedSentence] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    waiting: list[Held] = field(default_factory=list)
    refused: bool = False
    _said: set[tuple[str, ...]] = field(default_factory=set)
    _sources: list[Source] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._sources = [ground.source for ground in self.grounds]

    @property
    def language(self) -> str:
        """Of the answer: that of the question."""
        return self.evidence.language

    @property
    def failed(self) -> list[Held]:
        """Sentences that wait for repair."""
        return [held for held in self.waiting if not held.finding.supported]

    @property
    def supported(self) -> bool:
        """Whether any sentence so far is supported, told or waiting."""
        told = any(sentence.verdict is Verdict.SUPPORTED for sentence in self.sentences)
        return told or any(held.finding.supported for held in self.waiting)

    def add(self, written: str) -> None:
        """One more sentence; told at once when it is supported and nothing before it is in doubt."""
        text, _ = parted(written)
        key = tuple(words(text))
        if not key or key in self._said:
            return
        if key == tuple(words(say("refusal", self.language))):
            self.refused = True
            return
        self._said.add(key)
        held = self.judged(written)
        if held.finding.supported and not self.waiting:
            self._show(held)
        else:
            self.waiting.append(held)

    def judged(self, written: str) -> Held:
        """A sentence with its finding; where another paragraph bears it out, its marker is put right."""
        text, _ = parted(written)
        language = self._language_of(text)
        finding = examine(written, self._sources, language)
        if not finding.supported and finding.fault is not Fault.FOREIGN_MARKUP:
            for number in likely_sources(text, self._sources, language):
                other = examine(f"{text} [{number}]", self._sources, language)
                if other.supported:
                    finding = other
                    break
        if finding.supported and not self._is_on_question(text, finding):
            finding = Finding(Fault.OFF_QUESTION)
        return Held(written, finding, text)

    def finish(self, repaired: Callable[[Held], Held | None]) -> None:
        """Show what waits: repaired, else replaced by a quotation, else removed."""
        for held in self.waiting:
            if held.finding.supported:
                self._show(held)
                continue
            mended = repaired(held)
            if mended is not None and mended.finding.supported:
                self._show(replace(mended, written=held.written))
            else:
                self._replace(held)
        self.waiting = []

    def answers(self) -> bool:
        """Whether something is supported, and the number, date or name that is asked for is among it."""
        if not self.supported:
            return False
        expected = expectation_of(self.evidence.asked.text)
        if expected is None or not expected.is_value:
            return True
        return any(expected.met_by(citation.quote) for citation in self.citations)

    def _language_of(self, text: str) -> str:
        """Of one sentence: an English answer may hold one in the words of the document."""
        said = words(text)
        vietnamese = sum(has_diacritics(word) for word in said)
        return "vi" if self.language == "vi" or vietnamese > _VIETNAMESE * len(said) else "en"

    def _is_on_question(self, text: str, finding: Finding) -> bool:
        """Whether a true sentence is about what was asked: of a quoted paragraph, or as near as that one."""
        quoted = {citation.passage.id for citation in self.quoted}
        if any(self.grounds[rest.number - 1].passage.id in quoted for rest in finding.rests):
            return True
        question, ranked = self.evidence.words, self.evidence.ranked
        rests = " ".join(self._text_of(rest) for rest in finding.rests)
        return question.share_in(f"{text} {rests}") >= _ON_QUESTION * question.coverage(ranked[0].terms)

    def _show(self, held: Held) -> None:
        numbers = tuple(dict.fromkeys(self._cite(self._citation(rest)) for rest in held.finding.rests))
        self._tell(CheckedSentence(held.text, Verdict.SUPPORTED, numbers, held.written))

    def _replace(self, held: Held) -> None:
        reason = reason_of(held.finding, self.language)
        quotation = self._quotation_for(held)
        if quotation is None:
            self._tell(CheckedSentence("", Verdict.REMOVED, (), held.written, reason))
            return
        number = self._cite(quotation)
        self._tell(CheckedSentence(f"“{quotation.quote}”", Verdict.REPLACED, (number,), held.written, reason))

    def _quotation_for(self, held: Held) -> Citation | None:
        """A quotation of a paragraph that the sentence cites, else the next one, that is not shown yet."""
        each = [part for one in self.quoted for part in self._sentences_of(one)]
        unused = [one for one in each if not any(_overlap(one, shown) for shown in self.citations)]
        _, numbers = parted(held.written)
        cited = [self.grounds[n - 1].passage.id for n in numbers if 1 <= n <= len(self.grounds)]
        same = [one for one in unused if one.passage.id in cited]
        return next(iter([*same, *unused]), None)

    def _sentences_of(self, quotation: Citation) -> list[Citation]:
        """A quotation of several sentences as one of each."""
        first, last = quotation.span_in_passage
        parts = (
            Span(max(part.start, first), min(part.end, last)) for part in sentences(quotation.passage.text)
        )
        return [self._cited(quotation.passage, part) for part in parts if part.start < part.end]

    def _citation(self, rest: Rest) -> Citation:
        ground = self.grounds[rest.number - 1]
        shift = ground.span.start
        span = Span(rest.span.start + shift, rest.span.end + shift)
        return self._cited(ground.passage, span)

    def _cited(self, passage: Passage, span: Span) -> Citation:
        return citation_of(passage, span, self.evidence.index, expectation_of(self.evidence.asked.text))

    def _text_of(self, rest: Rest) -> str:
        return rest.span.of(self._sources[rest.number - 1].text)

    def _cite(self, citation: Citation) -> int:
        """The number of a citation, a new one at its first mention."""
        if citation not in self.citations:
            self.citations.append(citation)
        return self.citations.index(citation) + 1

    def _tell(self, sentence: CheckedSentence) -> None:
        self.sentences.append(sentence)
        if self.listener is not None:
            self.listener(Checked(sentence, tuple(self.citations)))


def reason_of(finding: Finding, language: str) -> str:
    """Why a sentence is not shown, for people."""
    detail = _shortened(finding.detail, _DETAIL)
    name = f"faults/{finding.fault.value if finding.fault else 'not_covered'}"
    return say(name, language, words=detail)


def _shortened(text: str, length: int) -> str:
    """`text` on one line, cut at a word where it is longer."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0] + " …"


def _overlap(one: Citation, other: Citation) -> bool:
    return one.passage.id == other.passage.id and one.start < other.end and other.start < one.end
