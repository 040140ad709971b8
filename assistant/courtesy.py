"""Greetings and thanks: no question, so there is nothing to search for. Knows whole utterances only."""

import re

from corpus.text import folded_terms

_WHO = r"(?:em|anh|chi|chau|con|toi|minh|ban|bac|ca nha|moi nguoi|tro ly|ad|admin|you|there|all)"
_PADDING = rf"(?:{_WHO}|da|vang|xin|rat|alo|nhe|nha|a|oi|nhieu|lam|so much|very much|u|uh)"
_COURTESY = (
    r"(?:chao(?: buoi (?:sang|trua|chieu|toi))?|cam on|tam biet|hen gap lai|ok|oke|okay|duoc roi|"
    r"hieu roi|tot lam|"
    r"hello|hi|hey|thanks|thank|bye|goodbye|good (?:morning|afternoon|evening)|alo)"
)
_UTTERANCE = re.compile(rf"(?:{_PADDING} )*{_COURTESY}(?: (?:{_COURTESY}|{_PADDING}))*")


def is_courtesy(typed: str) -> bool:
    """Whether somebody only greets, thanks or takes leave."""
    return _UTTERANCE.fullmatch(" ".join(folded_terms(typed))) is not None
