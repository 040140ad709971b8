"""A conversation as it leaves the page: questions, quotations and numbered sources, in plain text.

What is written to a file is made harmless here: control characters go, and marks of reading direction become
visible. Does not know file formats.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from assistant.answer import GENERATED, Answer
from chat import links
from chat.backing import HeldTexts
from chat.exchange import Exchange
from chat.generated import left_out_told
from chat.restoring import restored
from chat.texts import VI
from corpus.citation import cited_as
from corpus.text import DIRECTION_MARKS
from records.clock import VIETNAM
from records.turns import StoredTurn

TITLE = "Trợ lý Nghị quyết"
SUBTITLE = "Bản ghi cuộc trò chuyện"
EXPORTED = "Xuất ngày"
VERBATIM = (
    "Các câu trong ngoặc kép được trích nguyên văn từ văn bản; số trong ngoặc vuông chỉ nguồn trích dẫn ghi "
    "ngay bên dưới."
)
QUESTION, UNDERSTOOD, SOURCES, NOTES = "Câu hỏi", "Tôi hiểu là", "Nguồn trích dẫn", "Cần biết thêm"
NEAREST = "Đoạn gần nhất, chỉ để tham khảo, không phải câu trả lời"
GENERATED_BY = (
    "Do mô hình ngôn ngữ viết, đã đối chiếu từng câu với văn bản; xin đọc lại nguồn trước khi dùng."
)
CHANGED = "văn bản đã thay đổi sau câu trả lời này"

# What XML cannot hold, and a lone half of a character pair.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DIRECTION_MARKS = re.compile(f"[{DIRECTION_MARKS}]")


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered source: how it is cited, and its permanent address; `changed`: the text is another now."""

    number: int
    cited: str
    address: str
    changed: bool


@dataclass(frozen=True, slots=True)
class ExportedTurn:
    """One question with its answer, line by line; `asked` is its day and time in Vietnam.

    `manner`: how it was asked and how its answer came about, where not in the usual way; "" else.
    """

    asked: str
    question: str
    understood: str | None
    lines: tuple[str, ...]
    sources: tuple[Source, ...]
    notes: tuple[str, ...]
    nearest: tuple[str, str] | None  # place and text
    manner: str = ""


def exported(
    conversation_id: str, turns: Sequence[StoredTurn], held: HeldTexts, base: str
) -> list[ExportedTurn]:
    """The turns of a conversation; addresses begin with `base`, e.g. "https://tro-ly.example.vn/tro-ly/"."""
    exchanges = restored(conversation_id, turns, held).exchanges
    return [
        _turn(turn.asked_at, exchange, exchange.answer, base)
        for turn, exchange in zip(turns, exchanges, strict=True)
        if exchange.answer is not None
    ]


def harmless(text: str) -> str:
    """`text` without control characters, and with what turns the reading direction spelt out."""
    return _DIRECTION_MARKS.sub(lambda mark: f"[U+{ord(mark.group()):04X}]", _CONTROLS.sub("", text))


def day_and_time(moment: datetime) -> str:
    """ "11/7/2024, 14:05" in Vietnam's time."""
    local = moment.astimezone(VIETNAM)
    return f"{local.day}/{local.month}/{local.year}, {local:%H:%M}"


def _turn(asked_at: str, exchange: Exchange, answer: Answer, base: str) -> ExportedTurn:
    moment = datetime.fromisoformat(asked_at)
    nearest = answer.passages[0] if answer.refused and answer.passages else None
    return ExportedTurn(
        asked=day_and_time(moment if moment.tzinfo else moment.replace(tzinfo=UTC)),
        question=_line(exchange.question),
        understood=_line(answer.understood_as) if answer.understood_as else None,
        lines=_lines(answer.text),
        sources=tuple(_sources(exchange, answer, base)),
        notes=tuple(_line(note.text) for note in answer.notes),
        nearest=(
            (
                _line(f"{nearest.passage.location_on_page} – {nearest.document.name}"),
                harmless(nearest.passage.text),
            )
            if nearest
            else None
        ),
        manner=_manner(exchange, answer),
    )


def _manner(exchange: Exchange, answer: Answer) -> str:
    told = [exchange.manner_told(VI)]
    if answer.mode == GENERATED:
        told += [GENERATED_BY, left_out_told(answer.sentences, VI)]
    return " ".join(filter(None, told))


def _sources(exchange: Exchange, answer: Answer, base: str) -> list[Source]:
    found = []
    for number, citation in enumerate(answer.citations, 1):
        changed = number in exchange.changed
        address = links.document(citation) if changed else links.place_in_document(citation)
        found.append(Source(number, _line(cited_as(citation)), f"{base.rstrip('/')}/{address}", changed))
    return found


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in map(str.rstrip, harmless(text).split("\n")) if line)


def _line(text: str) -> str:
    return " ".join(harmless(text).split())
