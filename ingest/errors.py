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


class QuarantinedError(IngestError):
    """The file can be read, but its text is not what it says it is."""

    def __init__(self, path: Path, doubt: str) -> None:
        file = next((parent for parent in path.parents if parent.suffix.lower() == ".zip"), path)
        mend = f"Đối chiếu với bản gốc; nếu vẫn muốn dùng: python -m ingest '{file}' --accept"
        super().__init__(path, f"tạm giữ, chưa đưa vào chỉ mục: {doubt}", mend)


def not_a_file(path: Path) -> UnreadableFileError:
    """A pipe, socket or device with the name of a document."""
    return UnreadableFileError(path, "không phải tệp thường (ống dẫn hoặc thiết bị)", "Xoá hoặc đổi đuôi tên")
