"""The product's wording as files: its own sentences, and what a language model is told.

Knows languages and placeholders; does not know when a sentence is said.
"""

from prompts.loader import MissingVariableError, new_fence, say, tell_model, version_of

__all__ = ["MissingVariableError", "new_fence", "say", "tell_model", "version_of"]
