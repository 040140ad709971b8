"""What can be wrong with an index or an encoder."""

from corpus.errors import ProductError


class IndexProblem(ProductError):  # noqa: N818
    """The index is absent, made by something else, in use, or cannot be written."""


class EncoderProblem(ProductError):  # noqa: N818
    """The encoder cannot be prepared or loaded."""
