"""The chat with more people than places: an answer or one plain line for each, and then all is well."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx

from chat.texts import texts_of
from server.services import Services
from tests.server.conftest import Served

QUESTION = "Phải làm gì để xử lý rác thải?"
PEOPLE = 200


async def ask(client: httpx.AsyncClient, config: dict[str, Any], session: str) -> str:
    """What the conversation shows in the end, as the page's own script gets it."""
    box = next(c["id"] for c in config["components"] if c["props"].get("elem_id") == "question")
    asking = next(d for d in config["dependencies"] if [box, "submit"] in d["targets"])
    body = {
        "data": [QUESTION if id == box else None for id in asking["inputs"]],
        "fn_index": asking["id"],
        "trigger_id": box,
        "event_data": None,
        "session_hash": session,
    }
    joined = await client.post("/gradio_api/queue/join", json=body)
    assert joined.status_code == 200, joined.text
    shown = ""
    async with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as stream:
        async for line in stream.aiter_lines():
            if not line.startswith("data:"):
                continue
            message = json.loads(line.removeprefix("data:"))
            if message["msg"] in ("process_generating", "process_completed"):
                shown += json.dumps(message["output"], ensure_ascii=False)
            if message["msg"] in ("process_completed", "close_stream"):
                return shown
    return shown


def test_two_hundred_people_in_the_chat_get_an_answer_or_one_line_that_says_to_come_back(
    serve: Callable[[Services], Served], services_with: Callable[..., Services]
) -> None:
    address = serve(services_with(queue=8, timeout_s=120)).address

    async def crowd() -> tuple[list[str], str]:
        # No connection is used twice: the server may close one that has waited for a busy machine.
        limits = httpx.Limits(max_connections=2 * PEOPLE, max_keepalive_connections=0)
        async with httpx.AsyncClient(base_url=address, timeout=300, limits=limits, trust_env=False) as client:
            config = (await client.get("/config")).json()
            shown = await asyncio.gather(*(ask(client, config, f"s{n}") for n in range(PEOPLE)))
            return list(shown), await ask(client, config, "afterwards")

    shown, after = asyncio.run(crowd())
    answered = [text for text in shown if "Hiệp Hoà" in text]
    busy = [text for text in shown if texts_of("vi").busy in text]
    assert answered
    assert busy
    assert len(answered) + len(busy) == PEOPLE
    assert not [text for text in shown if "Traceback" in text]
    assert "Hiệp Hoà" in after
