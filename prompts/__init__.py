"""The wording of the product's own sentences, as files, one a sentence and language.

Knows languages and placeholders; does not know when a sentence is said.
"""

from prompts.loader import MissingVariableError, say

__all__ = ["MissingVariableError", "say"]
