"""A follow-up as a full question, and an English question in Vietnamese, by a language model.

What the model says is taken only when it asks the same: every name and figure of the question is in it and no
other, and a rewritten follow-up has no words but those of the conversation. The question as typed is searched
in any case, so a wrong rewording can add a search and never replace one.
"""

import logging
from collections.abc import Sequence

from assistant.answer import Turn
from assistant.evidence import Understood
from assistant.generation.failures import ModelFailure
from assistant.generation.grounds import gives_orders
from assistant.generation.model import LanguageModel
from assistant.question import MAX_LENGTH, QuestionError, language_of, parse_question
from assistant.verification.english_words import english_units
from assistant.verification.figures import figures_in
from assistant.verification.words import coverage, terms_of, units_of, written_out
from corpus.text import folded_terms, has_diacritics
from prompts import new_fence, tell_model

_log = logging.getLogger(__name__)
_TOKENS = 120
_LIMIT_S = 6.0  # a rewording is worth no more of the time that there is for an answer
_TURNS, _TURN_LENGTH = 6, 400  # of the conversation, newest last
_KEPT = 0.8  # of the question's words that a rewritten one keeps
_FOUND = 0.9  # of a rewritten question's words that the conversation has
_TRANSLATED = 0.4  # of an English question's words that the glossary knows and the translation has
_LONGEST = 300


class Rewording:
    """Rewords questions with one model."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model

    def of(self, understood: Understood, history: Sequence[Turn]) -> str | None:
        """A question in the words to search for; None where it needs none or the model gives none."""
        question, language = understood.typed.text, understood.typed.language
        if understood.everywhere or understood.as_of is not None or gives_orders(question):
            return None
        told: str | None = question
        if understood.context is not None:
            told = self._standalone(question, history, language)
        if told is not None and language == "en":
            told = self._in_vietnamese(told)
        return None if told == question else told

    def _standalone(self, question: str, history: Sequence[Turn], language: str) -> str | None:
        """A follow-up as a question that stands alone; None where the model gives none that may be used."""
        conversation = "\n".join(f"{turn.role}: {turn.content[:_TURN_LENGTH]}" for turn in history[-_TURNS:])
        told = self._asked("model/rewrite", language, conversation=conversation, question=question)
        if told is None or not _asks_the_same(told, question, f"{conversation}\n{question}"):
            return None
        return told

    def _in_vietnamese(self, question: str) -> str | None:
        """An English question in Vietnamese; None where the model gives none that may be used."""
        told = self._asked("model/translate", "en", question=question)
        if told is None or not has_diacritics(told) or language_of(told) != "vi":
            return None
        known = coverage(english_units(question), terms_of(written_out(told)))
        return told if known >= _TRANSLATED and _same_figures(told, question) else None

    def _asked(self, prompt: str, language: str, **values: str) -> str | None:
        fence = new_fence()
        messages = tell_model(prompt, language, fence=fence, **values)
        try:
            reply = self._model.complete(messages, most_tokens=_TOKENS, limit_s=_LIMIT_S)
        except ModelFailure as failure:
            _log.info("question not reworded: %s", failure)
            return None
        lines = [line.strip(" \t\"“”'*-") for line in reply.splitlines() if line.strip()]
        if len(lines) != 1 or len(lines[0]) > min(_LONGEST, MAX_LENGTH):
            return None
        try:
            return parse_question(lines[0]).text
        except QuestionError:
            return None


def _asks_the_same(told: str, question: str, conversation: str) -> bool:
    """Whether a rewritten follow-up keeps the question's words and figures and adds none of its own."""
    kept = coverage(units_of(written_out(question)), terms_of(written_out(told)))
    found = coverage(units_of(written_out(told)), terms_of(written_out(conversation)))
    said = {figure.text for figure in figures_in(told)}
    held = {figure.text for figure in figures_in(conversation)}
    asked = {figure.text for figure in figures_in(question)}
    return kept >= _KEPT and found >= _FOUND and asked <= said <= held


def _same_figures(told: str, question: str) -> bool:
    mine, theirs = figures_in(told), figures_in(question, "en")
    digits = {term for term in folded_terms(question) if term.isdigit()}
    return all(any(one.stands_for(other) for one in mine) for other in theirs) and all(
        set(folded_terms(one.text)) & digits or any(one.stands_for(other) for other in theirs) for one in mine
    )
