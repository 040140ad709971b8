"""What can be wrong with a backup or a restore."""

from corpus.errors import ProductError


class BackupProblem(ProductError):  # noqa: N818
    """A backup cannot be made or restored; what was there is as it was."""
