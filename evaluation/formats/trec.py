"""TREC runs and qrels.

Columns are separated by tabs where a line has any, else by blanks: ids of law articles contain blanks. Does
not know the texts behind the ids.
"""

import math
from collections.abc import Iterable
from pathlib import Path

import ir_measures

from evaluation.errors import DatasetError

_RUN_NAME = "tro-ly"


def read_qrels(path: Path) -> list[ir_measures.Qrel]:
    """Judgements in four columns (TREC) or three (BEIR). Raises DatasetError naming the line."""
    rows = list(_rows(path))
    if rows and not rows[0][1].split()[-1].lstrip("-").isdigit():
        rows = rows[1:]  # BEIR's header
    qrels = [parsed_qrel(path, number, line) for number, line in rows]
    if not qrels:
        raise DatasetError(f"{path}: không có dòng qrels nào")
    return qrels


def parsed_qrel(path: Path, number: int, line: str) -> ir_measures.Qrel:
    """One judgement: query, (iteration,) document, relevance. Raises DatasetError."""
    fields = _fields(line)
    if len(fields) not in (3, 4) or not fields[-1].lstrip("-").isdigit():
        raise DatasetError(
            f"{path}, dòng {number}: cần ba cột (id câu hỏi, id văn bản, mức liên quan) hoặc bốn cột TREC"
        )
    return ir_measures.Qrel(fields[0], fields[-2], int(fields[-1]))


def read_run(path: Path) -> list[ir_measures.ScoredDoc]:
    """A run in six columns, in the order of its scores. Raises DatasetError naming the line."""
    run, seen = [], set()
    for number, line in _rows(path):
        fields = _fields(line)
        if len(fields) != 6:
            raise DatasetError(
                f"{path}, dòng {number}: cần sáu cột TREC: id câu hỏi, Q0, id văn bản, hạng, điểm, tên"
            )
        try:
            score = float(fields[4])
        except ValueError:
            score = math.nan
        if not math.isfinite(score):
            raise DatasetError(f"{path}, dòng {number}: điểm {fields[4]!r} không phải số")
        if (fields[0], fields[2]) in seen:
            raise DatasetError(
                f"{path}, dòng {number}: văn bản {fields[2]!r} có hai lần cho câu {fields[0]!r}"
            )
        seen.add((fields[0], fields[2]))
        run.append(ir_measures.ScoredDoc(fields[0], fields[2], score))
    return run


def write_run(path: Path, run: Iterable[ir_measures.ScoredDoc]) -> None:
    """Write a run, best first for every query, columns separated by tabs. Raises DatasetError."""
    ranks: dict[str, int] = {}
    try:
        with path.open("w", encoding="utf-8") as file:
            for query, document, score in run:
                ranks[query] = ranks.get(query, 0) + 1
                file.write(f"{query}\tQ0\t{document}\t{ranks[query]}\t{score:.6f}\t{_RUN_NAME}\n")
    except OSError as error:
        raise DatasetError(f"{path}: không ghi được ({error}). Chọn tệp khác cho --run") from error


def _rows(path: Path) -> list[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path}: không đọc được ({error}). Cần tệp TREC mã hoá UTF-8") from error
    return [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def _fields(line: str) -> list[str]:
    return [field.strip() for field in line.split("\t")] if "\t" in line else line.split()
