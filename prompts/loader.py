"""Load a wording file and fill in its placeholders with LangChain's prompt templates."""

from functools import cache
from pathlib import Path

from langchain_core.prompts import PromptTemplate

_FOLDER = Path(__file__).parent


class MissingVariableError(KeyError):
    """A placeholder was not given a value; the text names file and placeholder."""


def say(name: str, language: str, **values: str) -> str:
    """The wording `name` in "vi" or "en" with its placeholders filled. Raises MissingVariableError."""
    template = _template(name, language)
    missing = sorted(set(template.input_variables) - set(values))
    if missing:
        raise MissingVariableError(f"prompts/{language}/{name}.txt: thiếu giá trị cho {', '.join(missing)}")
    return template.format(**values)


@cache
def _template(name: str, language: str) -> PromptTemplate:
    text = (_FOLDER / language / f"{name}.txt").read_text(encoding="utf-8").strip()
    return PromptTemplate.from_template(text)
