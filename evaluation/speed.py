"""How fast and how large: start, answers, memory of this process, on the machine at hand.

Measures one question at a time; says nothing about many people at once.
"""

import resource
import time
from pathlib import Path

from assistant import Assistant
from assistant.settings import load_settings
from evaluation.questions import read_questions
from vectorstore.encoder import load_encoder

_WARM_UP = 3


def measure_speed(questions: Path) -> dict[str, float]:
    """Seconds to load encoder and index, milliseconds an answer (p50, p95), peak resident megabytes."""
    settings = load_settings()
    began = time.perf_counter()
    encoder = load_encoder(settings.embedding_model)
    loaded = time.perf_counter()
    assistant = Assistant.open(settings.index, encoder)
    opened = time.perf_counter()
    asked = read_questions(questions)
    for item in asked[:_WARM_UP]:
        assistant.ask(item.question, item.history)
    times = sorted(assistant.ask(item.question, item.history).took_ms for item in asked)
    return {
        "encoder_load_s": round(loaded - began, 2),
        "index_open_s": round(opened - loaded, 2),
        "answer_p50_ms": times[len(times) // 2],
        "answer_p95_ms": times[int(len(times) * 0.95)],
        "answers": len(times),
        "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
