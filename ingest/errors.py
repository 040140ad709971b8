"""What can be wrong with a file or folder that somebody wants indexed."""

from collections.abc import Sequence
from pathlib import Path

from corpus.errors import ProductError


class IngestError(ProductError):
    """A file or folder that cannot be taken in. `path` is the culprit, the text says what to do.

    `problem` and `mend` are the two halves of the text.
    """

    def __init__(self, path: Path, problem: str, mend: str) -> None:
        super().__init__(f"{path}: {problem}. {mend}")
        self.path, self.problem, self.mend = path, problem, mend


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
        super().__init__(path, f"đáng ngờ nên chưa đưa vào chỉ mục: {doubt}", mend)


class LowQualityError(QuarantinedError):
    """Most pages of a scan cannot be read, and accepting it does not make them readable.

    `pages`: page number and confidence (0..1) of those.
    """

    def __init__(self, path: Path, pages: Sequence[tuple[int, float]]) -> None:
        shown = ", ".join(f"trang {number} ({confidence:.0%})" for number, confidence in pages[:10])
        more = f" và {len(pages) - 10} trang khác" if len(pages) > 10 else ""
        problem = f"bản quét quá mờ, độ tin cậy nhận dạng thấp: {shown}{more}"
        IngestError.__init__(
            self, path, problem, "Quét lại ở 300 dpi, đặt trang ngay ngắn, rồi lập chỉ mục lại"
        )
        self.pages = tuple(pages)


def not_a_file(path: Path) -> UnreadableFileError:
    """A pipe, socket or device with the name of a document."""
    return UnreadableFileError(path, "không phải tệp thường (ống dẫn hoặc thiết bị)", "Xoá hoặc đổi đuôi tên")
