"""What can be wrong with a file or folder that somebody wants indexed."""

from pathlib import Path

from corpus.errors import ProductError


class IngestError(ProductError):
    """A file or folder that cannot be taken in. `path` is the culprit, the text says what to do."""

    def __init__(self, path: Path, problem: str, mend: str) -> None:
        super().__init__(f"{path}: {problem}. {mend}")
        self.path = path


class UnsupportedFormatError(IngestError):
    """The file's format has no reader."""


class UnreadableFileError(IngestError):
    """The file cannot be opened, decoded or parsed."""


class EmptyFileError(IngestError):
    """The file holds no text."""


def not_a_file(path: Path) -> UnreadableFileError:
    """A pipe, socket or device with the name of a document."""
    return UnreadableFileError(path, "không phải tệp thường (ống dẫn hoặc thiết bị)", "Xoá hoặc đổi đuôi tên")
