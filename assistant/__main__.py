"""Command line: one question, or a file of questions, to answers."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from tqdm import tqdm

from assistant import Answer, Assistant, Turn
from assistant.answer import GENERATED, unanswered
from assistant.generation.model import LanguageModel
from assistant.question import QuestionError
from assistant.settings import load_settings
from corpus.errors import ProductError
from vectorstore.encoder import load_encoder


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 done, 2 bad usage or input."""
    parser = argparse.ArgumentParser(
        prog="python -m assistant",
        description="Hỏi các văn bản đã đưa vào chỉ mục; câu trả lời là nguyên văn kèm trích dẫn.",
    )
    parser.add_argument("question", nargs="?", metavar="CÂU_HỎI", help="câu hỏi, đặt trong dấu ngoặc kép")
    parser.add_argument("--batch", type=Path, metavar="TỆP", help='tệp JSONL: {"id", "question", "history"}')
    parser.add_argument("--json", action="store_true", help="in câu trả lời dạng JSON")
    parser.add_argument("--as-typed", action="store_true", help="tìm đúng những từ đã gõ, không sửa chính tả")
    options = parser.parse_args(arguments)
    if (options.question is None) == (options.batch is None):
        parser.error("cần một câu hỏi hoặc --batch TỆP")
    # An id or a path may hold what UTF-8 cannot: show it escaped rather than stop.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        if options.batch is not None:
            return _batch(options.batch)
        answer = _assistant().ask(options.question, as_typed=options.as_typed)
    except ProductError as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps(answer.to_json(), ensure_ascii=False, indent=1) if options.json else _readable(answer))
    return 0


def _assistant() -> Assistant:
    settings = load_settings()
    encoder = load_encoder(settings.embedding_model)
    model = LanguageModel(settings.language_model) if settings.language_model else None
    return Assistant.open(settings.index, encoder, model=model)


def _readable(answer: Answer) -> str:
    lines = [f"Tôi hiểu là: {answer.understood_as}", ""] if answer.understood_as else []
    if answer.mode == GENERATED:
        lines += [f"Do mô hình {answer.model} viết, máy đã đối chiếu từng câu; xin đọc câu gốc:", ""]
    lines += [answer.text, ""]
    if answer.refused:
        if answer.passages:
            nearest = answer.passages[0]
            lines += [
                f"Đoạn gần nhất ({nearest.passage.location_on_page} – {nearest.document.name}):",
                nearest.passage.text,
            ]
    else:
        lines.append("Nguồn:")
        lines += [
            f"[{n}] {c.passage.location_on_page} – {c.document.name}"
            for n, c in enumerate(answer.citations, 1)
        ]
    if answer.notes:
        lines += ["", "Ghi chú:", *(f"- {note.text}" for note in answer.notes)]
    return "\n".join(lines)


def _batch(path: Path) -> int:
    try:
        with path.open(encoding="utf-8") as file:
            rows = list(_rows(file))
    except (OSError, UnicodeDecodeError) as error:
        print(f"{path}: không đọc được ({error}). Cần tệp JSONL mã hoá UTF-8", file=sys.stderr)
        return 2
    assistant = _assistant()
    failures = 0
    for number, row in tqdm(rows, desc="Trả lời", unit=" câu", file=sys.stderr, disable=None):
        try:
            identifier, answer = _answer_row(assistant, row)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            failures += 1
            identifier, answer = None, unanswered("", f"{path.name}, dòng {number}: sai định dạng ({error}).")
            print(answer.reason, file=sys.stderr)
        print(json.dumps(answer.to_json(identifier), ensure_ascii=False), flush=True)
    return 2 if failures else 0


def _rows(file: TextIO) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(file, 1) if line.strip())


def _answer_row(assistant: Assistant, line: str) -> tuple[Any, Answer]:
    row = json.loads(line)
    question = row["question"]
    if not isinstance(question, str):
        raise TypeError('"question" phải là chuỗi ký tự')
    history = [Turn(str(turn["role"]), str(turn["content"])) for turn in row.get("history") or []]
    try:
        return row.get("id"), assistant.ask(question, history)
    except QuestionError as error:
        return row.get("id"), unanswered(question, str(error))


if __name__ == "__main__":
    sys.exit(main())
