"""What an administrator asked for and cannot have."""

from corpus.errors import ProductError


class UploadError(ProductError):
    """A file that is not taken, or not now; the text says why and what to do."""


class TooLargeError(UploadError):
    """More than may be sent at once."""
