"""What is known of cited documents whose text is not held: the file `related.yaml` in the documents folder.

Facts about documents, never their content. The file is written by hand, so every mistake in it is answered
with its line. Values are read as they are written; nothing of YAML beyond lists, keys and plain values is
taken.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from corpus.document import Document
from corpus.law_names import LAW_KINDS, law_key
from corpus.references import KINDS, Reference, named_by, reference_of
from ingest.errors import IngestError

FILE_NAME = "related.yaml"
_MOST_BYTES = 1_000_000
_KEYS = (
    "kind", "number", "title", "issuer", "issued_on", "effective_on", "articles", "chapters",
    "source", "sources",
)  # fmt: skip
_DATES = frozenset({"issued_on", "effective_on"})
_COUNTS = frozenset({"articles", "chapters"})
_MEND = "Sửa dòng đó theo hướng dẫn ở đầu tệp, hoặc xoá mục đó đi"


class RelatedFileError(IngestError):
    """`related.yaml` cannot be used; the text names line and key."""


@dataclass(frozen=True, slots=True)
class RelatedDocument:
    """Facts about one document. `sources` maps a field to its own source; `source` holds for the others."""

    kind: str
    source: str
    number: str | None = None
    title: str | None = None
    issuer: str | None = None
    issued_on: str | None = None
    effective_on: str | None = None
    articles: int | None = None
    chapters: int | None = None
    sources: tuple[tuple[str, str], ...] = ()

    @property
    def reference(self) -> Reference | None:
        """How it is named by number."""
        return named_by(self.kind, self.number, self.issued_on)

    @property
    def name(self) -> str:
        """How a reader would call it: "Chỉ thị số 17-CT/TU", "Luật Bảo vệ môi trường số 72/2020/QH14"."""
        number = f" số {self.number}" if self.number else ""
        title = f" {self.title}" if self.title and (self.kind in LAW_KINDS or not self.number) else ""
        name = f"{title}{number}" if self.kind in LAW_KINDS else f"{number}{title}"
        return self.kind[0].upper() + self.kind[1:] + name

    def source_of(self, key: str) -> str:
        """Where a fact comes from."""
        return dict(self.sources).get(key, self.source)


@dataclass(frozen=True, slots=True)
class RelatedFacts:
    """All facts of the file; empty when there is none."""

    documents: tuple[RelatedDocument, ...] = ()
    _by_number: dict[tuple[int, str], list[RelatedDocument]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for document in self.documents:
            if reference := document.reference:
                self._by_number.setdefault((reference.number, reference.letter), []).append(document)

    def named(self, wanted: Reference) -> list[RelatedDocument]:
        """Those that may be meant by a number."""
        known = self._by_number.get((wanted.number, wanted.letter), [])
        return [one for one in known if (own := one.reference) and own.may_be(wanted)]

    def articles_expected(self, document: Document) -> int | None:
        """How many Điều the whole text of a document has; None where nothing is known.

        Only a law's or decree's full number says so, or its title together with its date.
        """
        own = reference_of(document)
        if own is not None and own.suffix:
            return next((one.articles for one in self.named(own) if one.articles), None)
        same_law = (
            one
            for one in self.documents
            if one.kind == document.kind
            and document.title
            and document.issued_on
            and document.issued_on == one.issued_on
            and law_key(one.title or "") == law_key(document.title)
        )
        return next((one.articles for one in same_law if one.articles), None)


def load_related(path: Path) -> RelatedFacts:
    """Read the file; no file, no facts. Raises RelatedFileError with the line of the first mistake."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise RelatedFileError(
                path, f"lớn hơn {_MOST_BYTES // 1_000_000} MB", "Chia bớt hoặc xoá mục thừa"
            )
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return RelatedFacts()
    except UnicodeDecodeError as error:
        raise RelatedFileError(path, "không phải UTF-8", "Lưu lại tệp với bảng mã UTF-8") from error
    except OSError as error:
        raise RelatedFileError(path, f"không đọc được ({error.strerror})", "Cấp quyền đọc tệp") from error
    return RelatedFacts(tuple(_Parser(path).documents(text)))


@dataclass(frozen=True, slots=True)
class _Parser:
    path: Path

    def documents(self, text: str) -> list[RelatedDocument]:
        from yaml import MappingNode, SafeLoader, SequenceNode, YAMLError, compose  # only needed here

        try:
            root = compose(text, Loader=SafeLoader)
        except (YAMLError, RecursionError, ValueError) as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else text.count("\n", 0, getattr(error, "position", 0)) + 1
            raise self._wrong(line, "sai cú pháp YAML") from error
        if root is None:
            return []
        if not isinstance(root, MappingNode):
            raise self._wrong(root.start_mark.line + 1, "phải bắt đầu bằng khoá “documents:”")
        found = []
        for key, value in root.value:
            if key.value != "documents":
                raise self._wrong(key.start_mark.line + 1, f"khoá “{key.value}” không dùng được")
            if not isinstance(value, SequenceNode):
                raise self._wrong(
                    value.start_mark.line + 1, "“documents” phải là danh sách, mỗi mục một dấu “-”"
                )
            found += [self._document(item) for item in value.value]
        return found

    def _document(self, node: object) -> RelatedDocument:
        values, line = self._mapping(node), _line(node)
        fields: dict[str, object] = {}
        for key, (at, value) in values.items():
            fields[key] = self._sources(value) if key == "sources" else self._value(key, at, value)
        for key in ("kind", "source"):
            if key not in fields:
                raise self._wrong(line, f"thiếu khoá “{key}”")
        if "number" not in fields and "title" not in fields:
            raise self._wrong(line, "cần khoá “number” hoặc “title”")
        if "number" in fields and not named_by(str(fields["kind"]), str(fields["number"]), None):
            raise self._wrong(
                values["number"][0], f"“number: {fields['number']}” không phải số, ký hiệu văn bản"
            )
        return RelatedDocument(**fields)  # type: ignore[arg-type]  # checked key by key above

    def _mapping(self, node: object, keys: tuple[str, ...] = _KEYS) -> dict[str, tuple[int, object]]:
        from yaml import MappingNode

        if not isinstance(node, MappingNode):
            raise self._wrong(_line(node), "mỗi mục phải gồm các dòng “khoá: giá trị”")
        found: dict[str, tuple[int, object]] = {}
        for key, value in node.value:
            name, line = str(key.value), key.start_mark.line + 1
            if name not in keys:
                raise self._wrong(line, f"khoá “{name}” không dùng được; được dùng: {', '.join(keys)}")
            if name in found:
                raise self._wrong(line, f"khoá “{name}” viết hai lần trong một mục")
            found[name] = (line, value)
        return found

    def _value(self, key: str, line: int, node: object) -> str | int:
        from yaml import ScalarNode

        if not isinstance(node, ScalarNode) or not str(node.value).strip():
            raise self._wrong(line, f"“{key}” phải có một giá trị trên cùng dòng")
        value = " ".join(str(node.value).split())
        if key == "kind" and value.lower() not in (*KINDS, "hiến pháp"):
            raise self._wrong(line, f"“kind: {value}” không phải loại văn bản đã biết")
        if key in _DATES:
            return self._date(key, line, value)
        if key in _COUNTS:
            if not re.fullmatch(r"[1-9]\d{0,3}", value):
                raise self._wrong(line, f"“{key}: {value}” phải là một số từ 1 đến 9999")
            return int(value)
        return value.lower() if key == "kind" else value

    def _date(self, key: str, line: int, value: str) -> str:
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError as error:
            raise self._wrong(line, f"“{key}: {value}” phải là ngày có thật, viết năm-tháng-ngày") from error

    def _sources(self, node: object) -> tuple[tuple[str, str], ...]:
        keys = tuple(key for key in _KEYS if key not in ("source", "sources"))
        values = self._mapping(node, keys)
        return tuple((key, str(self._value("source", line, value))) for key, (line, value) in values.items())

    def _wrong(self, line: int, problem: str) -> RelatedFileError:
        return RelatedFileError(self.path, f"dòng {line}: {problem}", _MEND)


def _line(node: object) -> int:
    mark = getattr(node, "start_mark", None)
    return mark.line + 1 if mark else 1
