"""Nobody but the server that was set is contacted, whatever the environment says."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.assistant.generation.scripted_server import scripted

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
import json, sys
contacts, opened = [], []

def note(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        contacts.append(arguments[1][:2])
    elif event == "socket.getaddrinfo":
        contacts.append(arguments[:2])
    elif event == "import" and arguments[0].startswith("tiktoken_ext."):
        opened.append(arguments[0])  # imported when tiktoken fetches an encoding

sys.addaudithook(note)
from langchain_core.messages import HumanMessage
from assistant.generation import LanguageModel, ModelFailure, ModelSettings

model = LanguageModel(ModelSettings(sys.argv[1], "gpt-4o"))
print(model.write([HumanMessage("a")], lambda _: None, most_tokens=4).text, file=sys.stderr)
print(json.dumps([contacts, opened]))
"""


def test_only_the_server_that_was_set_is_contacted() -> None:
    with scripted("Một hai") as elsewhere, scripted("Ba bốn") as server:
        environment = os.environ | {
            "LANGSMITH_TRACING": "true",
            "LANGSMITH_API_KEY": "k",
            "LANGSMITH_ENDPOINT": elsewhere.root,
            "LANGCHAIN_TRACING_V2": "true",
            "OPENAI_BASE_URL": elsewhere.base_url,
            "OPENAI_API_KEY": "k",
            "OPENAI_PROXY": elsewhere.root,
            "OPENAI_CUSTOM_HEADERS": "X-Other: a",
            "LC_OUTPUT_VERSION": "responses/v1",
            "LANGSMITH_GATEWAY": elsewhere.root,
            "LANGSMITH_GATEWAY_API_KEY": "lsv2_k",
            "HTTP_PROXY": elsewhere.root,
            "ALL_PROXY": elsewhere.root,
            "NO_PROXY": "",
        }
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", PROGRAM, server.base_url],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        contacts, encodings = json.loads(done.stdout)
        assert len(server.requests) == 1
        assert elsewhere.requests == []
    assert {f"http://{host}:{port}" for host, port in contacts} == {server.root}
    assert encodings == []
