"""Question lists as an office keeps them: CSV or a workbook with a column each for question, expected answer,
source.

Columns are known by their heading, in Vietnamese or English, in any order. Sources are read as places ("khoản
4 Điều 2"), or as exact words of the text, or as the name of a document.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from assistant.places import place_of
from assistant.question import parse_question
from corpus.text import nfc, strip_diacritics
from evaluation.errors import QuestionFileError
from evaluation.questions import GUIDE, GoldLabel, LabelledQuestion
from ingest.errors import IngestError
from ingest.readers.sheets import shown_sheets

_COLUMNS = {
    "question": ("cau hoi", "noi dung cau hoi", "hoi", "question"),
    "expected": (
        "cau tra loi mong doi",
        "tra loi mong doi",
        "cau tra loi",
        "tra loi",
        "dap an",
        "expected answer",
        "expected",
        "answer",
        "ground truth",
        "ground_truth",
        "reference",
    ),
    "source": (
        "nguon",
        "nguon trich dan",
        "trich dan",
        "vi tri",
        "dieu khoan",
        "can cu",
        "source",
        "location",
    ),
    "document": ("van ban", "so ky hieu", "ten van ban", "document"),
    "id": ("id", "ma", "ma cau hoi", "stt", "tt", "so thu tu"),
    "kind": ("loai", "loai cau hoi", "nhom", "kind"),
    "answerable": ("tra loi duoc", "co cau tra loi", "answerable"),
    "facts": ("du kien", "du kien phai neu", "tu khoa", "facts", "key facts"),
}
_NO = frozenset(("khong", "no", "false", "0", "k"))
_YES = frozenset(("co", "yes", "true", "1", "x", "c"))
_NOTHING_SAID = re.compile(
    r"(?:van ban |tai lieu |nghi quyet )?(?:khong|chua) (?:co|neu|de cap|quy dinh)\b.{0,40}|n/?a"
)
_SEVERAL = re.compile(r"\s*[;\n]\s*")
_QUOTED = re.compile(r"[“\"](.{12,})[”\"]", re.DOTALL)


def read_sheet(path: Path) -> list[LabelledQuestion]:
    """The questions of a list. Raises QuestionFileError naming the row, as Excel counts it."""
    rows = iter(_csv_rows(path) if path.suffix.lower() in (".csv", ".tsv") else _workbook_rows(path))
    columns: dict[str, int] | None = None
    questions: list[LabelledQuestion] = []
    for number, cells in rows:
        if columns is None:
            columns = _columns(cells)  # what stands above the heading row is a title
        elif any(cell.strip() for cell in cells):
            row = {name: cells[at].strip() for name, at in columns.items() if at < len(cells)}
            questions.append(_question(path, number, row))
    if columns is None:
        raise QuestionFileError(f"{path}: không có hàng tiêu đề có cột “Câu hỏi”. Xem {GUIDE}")
    if not questions:
        raise QuestionFileError(f"{path}: không có câu hỏi nào dưới hàng tiêu đề")
    repeated = [q.id for n, q in enumerate(questions) if q.id in {other.id for other in questions[:n]}]
    if repeated:
        raise QuestionFileError(f"{path}: mã câu hỏi {repeated[0]!r} có hai lần; sửa cột mã hoặc bỏ cột ấy")
    return questions


def _question(path: Path, number: int, row: Mapping[str, str]) -> LabelledQuestion:
    text = row.get("question", "")
    if not text:
        raise _bad(path, number, "cột “Câu hỏi” trống")
    answerable = _is_answerable(path, number, row)
    expected, source = row.get("expected", ""), row.get("source", "")
    facts = tuple((nfc(fact),) for fact in _SEVERAL.split(row.get("facts", "")) if fact)
    if answerable and not (expected or source or facts):
        raise _bad(path, number, "cần câu trả lời mong đợi, nguồn, hoặc “Trả lời được” = không")
    labels = tuple(_label(one, row.get("document")) for one in _SEVERAL.split(source) if one)
    return LabelledQuestion(
        id=row.get("id") or f"dòng {number}",
        kind=row.get("kind") or "office",
        question=text,
        history=(),
        answerable=answerable,
        gold=labels if answerable else (),
        answer_contains=facts if answerable else (),
        language=parse_question(text).language,
        reference=nfc(expected) if answerable and expected else None,
    )


def _is_answerable(path: Path, number: int, row: Mapping[str, str]) -> bool:
    said = strip_diacritics(row.get("answerable", "")).lower()
    if said in _NO or said in _YES:
        return said in _YES
    if said:
        raise _bad(path, number, f"“Trả lời được” là {row['answerable']!r}, cần “có” hoặc “không”")
    return not _NOTHING_SAID.fullmatch(strip_diacritics(row.get("expected", "")).lower().strip(" ."))


def _label(cell: str, document: str | None) -> GoldLabel:
    quoted = _QUOTED.search(cell)
    if quoted:
        return GoldLabel(document or None, None, nfc(quoted.group(1)))
    if place_of(cell) or re.fullmatch(r"\d+\.\d+\.\d+|0|end", cell):
        return GoldLabel(document or None, nfc(cell))
    return GoldLabel(document or cell)


def _columns(cells: Sequence[str]) -> dict[str, int] | None:
    """Which column is which; None where this is no heading row."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        heading = " ".join(strip_diacritics(cell).lower().replace("(*)", "").split()).strip(" .:*")
        for name, known in _COLUMNS.items():
            if heading in known:
                found.setdefault(name, at)
    return found if "question" in found else None


def _csv_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionFileError(
            f"{path}: không đọc được ({error}). Trong Excel: Lưu thành, chọn “CSV UTF-8”"
        ) from error
    # Excel separates by semicolons where the comma is the decimal sign, as in Vietnam.
    head = text.split("\n", 1)[0]
    delimiter = max(";\t,", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise _bad(path, reader.line_num, f"không phải CSV ({error})") from error


def _workbook_rows(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    try:
        sheets = [sheet for sheet in shown_sheets(path, path.read_bytes()) if sheet.rows]
    except OSError as error:
        raise QuestionFileError(f"{path}: không đọc được ({error}). Kiểm tra đường dẫn") from error
    except IngestError as error:
        raise QuestionFileError(str(error)) from error
    for sheet in sheets[:1]:
        yield from enumerate(sheet.rows, sheet.top + 1)


def _bad(path: Path, number: int, reason: str) -> QuestionFileError:
    return QuestionFileError(f"{path}, dòng {number}: {reason}. Xem {GUIDE}")
