"""Writing with a language model of the office's own: the client and how it fails, prompts, checked drafts."""

from assistant.generation.failures import FailureKind, ModelFailure
from assistant.generation.model import LanguageModel, ModelSettings, Written

__all__ = ["FailureKind", "LanguageModel", "ModelFailure", "ModelSettings", "Written"]
