"""The file that a document was read from, also where it lies inside a .zip.

Only files below the documents folder are handed out, whatever the index says their path is: links that lead
out of it are refused. Does not know HTTP.
"""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpus.errors import ProductError
from ingest.archive import Member, members
from ingest.contents import ARCHIVE, read_bytes
from ingest.errors import IngestError


class NoOriginalError(ProductError):
    """The file cannot be given; the text says why, for the reader."""


@dataclass(frozen=True, slots=True)
class Original:
    """A file on disk, or with `inside` the member of that archive."""

    path: Path
    inside: str = ""

    @property
    def name(self) -> str:
        """The name of the file itself."""
        return PurePosixPath(self.inside).name if self.inside else self.path.name

    @property
    def suffix(self) -> str:
        """The end of the name, in small letters, with the dot."""
        return PurePosixPath(self.name).suffix.lower()

    def read(self) -> bytes:
        """The bytes. Raises NoOriginalError when they are no longer there or cannot be read."""
        try:
            data = read_bytes(self.path)
            if not self.inside:
                return data
            for member in members(self.path, data):
                if isinstance(member, Member) and member.name == self.inside:
                    return member.data
        except IngestError as problem:
            # The problem's own text names folders of this machine.
            raise NoOriginalError(f"Không đọc được tệp gốc {self.path.name}") from problem
        raise NoOriginalError(f"Trong {self.path.name} không còn tệp {self.inside}")


def original_of(source: str, documents_dir: Path) -> Original:
    """Where a document's file is. Raises NoOriginalError when it is gone or outside the folder."""
    folder = documents_dir.resolve()
    parts = PurePosixPath(source).parts
    for length in range(1, len(parts) + 1):
        path = documents_dir.joinpath(*parts[:length])
        is_last = length == len(parts)
        if not is_last and path.suffix.lower() != ARCHIVE:
            continue
        if not path.resolve().is_relative_to(folder):
            raise NoOriginalError("Tệp gốc không nằm trong thư mục tài liệu nên không tải về được")
        if path.is_file():
            return Original(path, "/".join(parts[length:]))
    raise NoOriginalError("Tệp gốc không còn trong thư mục tài liệu. Chạy lại: python -m ingest")
