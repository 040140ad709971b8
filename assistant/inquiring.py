"""From a question as it came in, with its conversation, to what is searched for.

Knows days ("tại thời điểm …"), places that lean on what was said before, and follow-ups. Does not search:
where an earlier question has to be answered for that, it is told the place of the answer.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assistant.answer import Turn
from assistant.as_of import as_of
from assistant.evidence import Inquiry, Understood
from assistant.followup import context_of, last_question
from assistant.places import names_a_relative_place, place_of, with_place_of_history
from assistant.question import MAX_LENGTH, parse_question
from assistant.understanding.reading import Reader, unread
from assistant.whereabouts import topic_whose_place_is_asked

PlaceAnswered = Callable[[Understood], Mapping[str, str]]


def understand(inquiry: Inquiry, reader: Reader, place_answered: PlaceAnswered) -> Understood:
    """How a question is understood. Raises QuestionError.

    `place_answered`: the outline address of the paragraph that answers a question.
    """
    asked = parse_question(inquiry.question).text
    day = as_of(asked)
    if day is None:
        return _of_words(inquiry, reader, place_answered)
    understood = _of_words(replace(inquiry, question=day.rest), reader, place_answered)
    return replace(understood, as_of=day, asked=asked)


def _of_words(inquiry: Inquiry, reader: Reader, place_answered: PlaceAnswered) -> Understood:
    started = time.perf_counter()
    read = unread if inquiry.as_typed else reader.read
    typed = parse_question(inquiry.question)
    reading = read(typed)
    if names_a_relative_place(reading.question.text) and inquiry.history:
        placed = _with_place(reading.question.text, inquiry.history, reader, place_answered)
        reading = read(parse_question(placed))
    topic = topic_whose_place_is_asked(reading.question.text)
    if topic is not None:
        about = read(parse_question(topic))
        return Understood(typed, reading, about, None, started, everywhere=True)
    context = context_of(typed.text if typed.language == "en" else reading.question.text, inquiry.history)
    if context is None:
        return Understood(typed, reading, reading, None, started)
    day = as_of(context.question)
    earlier = read(parse_question((day.rest if day else context.question)[:MAX_LENGTH]))
    searched = reading if context.changes_topic else reading.joined_to(earlier)
    return Understood(typed, reading, searched, earlier, started, as_of=day)


def _with_place(question: str, history: Sequence[Turn], reader: Reader, place_answered: PlaceAnswered) -> str:
    """The question with "khoản trước đó" resolved against the question before, or against its answer."""
    previous = last_question(history)
    if previous is None:
        return question
    earlier = understand(Inquiry(previous[:MAX_LENGTH]), reader, place_answered)
    return with_place_of_history(question, place_of(earlier.read.question.text) or place_answered(earlier))
