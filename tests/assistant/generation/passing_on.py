"""How long a piece of text takes from the server to whoever reads it.

    python -m tests.assistant.generation.passing_on

Server and reader share one process, so what is measured is an upper bound. Also tells how long a whole
request of two words takes. Not a test: times are not asserted.
"""

import statistics
import time

from langchain_core.messages import HumanMessage

from assistant.generation import LanguageModel, ModelSettings
from tests.assistant.generation.scripted_server import Gate, Reply, scripted

ROUNDS = 50


def passing_on_ms(rounds: int = ROUNDS) -> tuple[list[float], list[float]]:
    """Milliseconds from sending the first piece of a reply to its being taken, and of the whole request."""
    delays, wholes = [], []
    gate = Gate()
    with scripted(Reply(["Một", gate, " hai"])) as server:
        model = LanguageModel(ModelSettings(server.base_url, "m"))
        for _ in range(rounds):
            gate.clear()
            taken: list[float] = []

            def take(_: str, taken: list[float] = taken) -> None:
                taken.append(time.perf_counter())
                gate.set()

            started = time.perf_counter()
            model.write([HumanMessage("a")], take, most_tokens=4)
            wholes.append((time.perf_counter() - started) * 1000)
            delays.append((taken[0] - server.sent_at[-2]) * 1000)
    return delays, wholes


def main() -> None:
    """Print medians and the longest."""
    for name, values in zip(("first piece passed on", "whole request"), passing_on_ms(), strict=True):
        print(f"{name}: median {statistics.median(values):.1f} ms, longest {max(values):.1f} ms")  # noqa: T201


if __name__ == "__main__":
    main()
