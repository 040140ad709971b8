"""`python -m ingest --watch`: a file that is dropped in is indexed without anybody starting anything."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def next_report(process: "subprocess.Popen[str]") -> dict[str, object]:
    """The next JSON report; a report ends with a brace at the beginning of a line."""
    assert process.stdout
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith("}"):
            return dict(json.loads("".join(lines)))
    raise AssertionError(f"the program ended: {lines}")


def test_a_dropped_file_is_indexed_and_ctrl_c_ends_the_watch(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "cu.txt").write_text("KẾ HOẠCH\nVề cây\n1. Trồng cây.", encoding="utf-8")
    environment = {
        **os.environ,
        "ASSISTANT_DOCUMENTS_DIR": str(documents),
        "ASSISTANT_INDEX_DIR": str(tmp_path / "index"),
        "PYTHONIOENCODING": "utf-8",
    }
    command = [sys.executable, "-m", "ingest", "--watch", "--json"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert next_report(process)["added"] == ["cu.txt"]
            assert process.stderr
            assert any("theo dõi" in line for line in process.stderr)
            (documents / "moi.txt").write_text("CHỈ THỊ\nVề nước\n1. Tiết kiệm nước.", encoding="utf-8")
            assert next_report(process)["added"] == ["moi.txt"]
            process.send_signal(signal.SIGINT)
            assert process.wait(60) == 0
        finally:
            process.kill()
