"""Greetings and thanks: no question, so there is nothing to search for. Knows whole utterances only."""

import re

from corpus.text import folded_terms

_WHOM = (
    r"(?: (?:ban|anh|chi|em|minh|bac|tro ly|ad|admin|moi nguoi|nhieu|rat nhieu|nhe|nha|a|oi|ca nha|"
    r"you|there|so much|very much))*"
)
_COURTESY = re.compile(
    r"(?:da |vang |xin |rat |alo )*"
    r"(?:chao|cam on|tam biet|hen gap lai|ok|oke|okay|duoc roi|hieu roi|tot lam|hello|hi|hey|thanks|"
    r"thank|bye|good morning|"
    rf"good afternoon|goodbye|alo){_WHOM}"
)


def is_courtesy(typed: str) -> bool:
    """Whether somebody only greets, thanks or takes leave."""
    return _COURTESY.fullmatch(" ".join(folded_terms(typed))) is not None
