"""Load a wording file and fill in its placeholders with LangChain's prompt templates.

A sentence of the product's own is one file, `refusal.txt`; what a language model is told is a pair,
`model/answer.system.txt` and `model/answer.human.txt`.
"""

import hashlib
import secrets
from functools import cache
from pathlib import Path

from langchain_core.messages import BaseMessage
from langchain_core.prompts import ChatPromptTemplate, PromptTemplate

_FOLDER = Path(__file__).parent
_ROLES = ("system", "human")


class MissingVariableError(KeyError):
    """A placeholder was not given a value; the text names file and placeholder."""


def say(name: str, language: str, **values: str) -> str:
    """The wording `name` in "vi" or "en" with its placeholders filled. Raises MissingVariableError."""
    template = _template(name, language)
    _check(name, language, template.input_variables, values)
    return template.format(**values)


def tell_model(name: str, language: str, **values: str) -> list[BaseMessage]:
    """The messages of the prompt `name`, e.g. "model/answer", in "vi" or "en". Raises MissingVariableError.

    Values are put in as they are: braces in a document are no placeholders.
    """
    template = _chat_template(name, language)
    _check(f"{name}.*", language, template.input_variables, values)
    return template.format_messages(**values)


def new_fence() -> str:
    """A line that nobody who wrote a document or a question can have guessed, to put around their words."""
    return f"=== {secrets.token_hex(8)} ==="


def version_of(name: str, language: str) -> str:
    """Which wording of a prompt is in use, e.g. "vi/model/answer@3f9ac01b": it changes with every letter."""
    texts = "\0".join(_text(f"{name}.{role}", language) for role in _ROLES)
    return f"{language}/{name}@{hashlib.sha256(texts.encode()).hexdigest()[:8]}"


def _check(name: str, language: str, wanted: list[str], values: dict[str, str]) -> None:
    missing = sorted(set(wanted) - set(values))
    if missing:
        raise MissingVariableError(f"prompts/{language}/{name}.txt: thiếu giá trị cho {', '.join(missing)}")


@cache
def _template(name: str, language: str) -> PromptTemplate:
    return PromptTemplate.from_template(_text(name, language))


@cache
def _chat_template(name: str, language: str) -> ChatPromptTemplate:
    return ChatPromptTemplate.from_messages([(role, _text(f"{name}.{role}", language)) for role in _ROLES])


def _text(name: str, language: str) -> str:
    return (_FOLDER / language / f"{name}.txt").read_text(encoding="utf-8").strip()
