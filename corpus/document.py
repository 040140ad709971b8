"""A whole official text and what its own pages say about it.

Does not know where passages begin, nor how the file was read. Metadata that the text does not state is
`None`: a number, date or signer is never guessed.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """One official text.

    `text` is NFC with export artefacts removed; every offset in the product counts characters of it.
    `issued_on` and `effective_on` are ISO 8601 (`2024-07-11`). `place` is where it was issued. `source`
    is the path below the documents folder, with `/`.
    `sha256` is of the file's bytes, hexadecimal.
    """

    id: str
    kind: str | None
    number: str | None
    issuer: str | None
    issued_on: str | None
    signer: str | None
    title: str | None
    source: str
    sha256: str
    text: str
    place: str | None = None
    effective_on: str | None = None

    @property
    def key(self) -> tuple[str | None, str | None, str | None, str | None]:
        """Issuer, kind, number and date: what tells texts apart, since numbers start again each year."""
        return self.issuer, self.kind, self.number, self.issued_on

    @property
    def name(self) -> str:
        """How a reader would call the document: "Nghị quyết số 24/NQ-HĐND về …", or its file name."""
        if self.kind is None and self.title is None:
            return self.source
        number = f"số {self.number}" if self.number else ""
        title = self.title or ""
        if self.kind in ("luật", "bộ luật"):
            # Printed in capitals, cited as "Luật Bảo vệ môi trường số 72/2020/QH14".
            parts = (self.kind, title.capitalize() if title.isupper() else title, number)
        else:
            # A title in capitals stays as printed: only the writer knows which of its words are names.
            follows = title[:3].lower() in ("về ", "v/v") and not title.isupper()
            parts = (self.kind or "", number, title[0].lower() + title[1:] if follows else title)
        name = " ".join(part for part in parts if part)
        return name[0].upper() + name[1:]


def short_name(kind: str | None, number: str | None, name: str) -> str:
    """Kind and number, "Chỉ thị số 17-CT/TU"; the whole `name` of a document that lacks one of them."""
    return f"{kind[0].upper()}{kind[1:]} số {number}" if kind and number else name
