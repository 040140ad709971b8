"""From a question to an answer with its citations, or an honest refusal."""

from assistant.answer import Answer, RankedPassage, Turn
from assistant.chain import Assistant
from assistant.question import QuestionError
from assistant.retriever import HybridRetriever

__all__ = ["Answer", "Assistant", "HybridRetriever", "QuestionError", "RankedPassage", "Turn"]
