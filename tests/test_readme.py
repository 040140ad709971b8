"""What the README promises exists: commands, options, settings, files."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.settings import Settings
from server.settings import ServerSettings

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
USED = re.search(r"## Use\n\n```\n(.*?)```", README, re.DOTALL)
COMMANDS = [line.split("  ")[0] for line in USED.group(1).splitlines()] if USED else []


def test_the_two_lines_that_everybody_types_are_there() -> None:
    assert "pip install -r requirements.txt && python ui.py" in README
    assert "pip install -r requirements-dev.txt && pytest" in README
    assert "pip install --quiet -r requirements-dev.txt && pytest" in (ROOT / ".ci" / "run").read_text()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_exists(command: str) -> None:
    words = command.split()
    program = ["-m", words[2]] if words[1] == "-m" else [words[1]]
    deep = {"evaluation": 1, "server": 2 if words[3:4] in (["users"], ["keys"], ["records"]) else 1}
    subcommand = words[3 : 3 + deep.get(words[2], 0)]
    shown = subprocess.run(
        [sys.executable, *program, *subcommand, "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for option in re.findall(r"--[a-z-]+", command):
        assert option in shown


def test_the_settings_table_lists_exactly_the_settings() -> None:
    listed = set(re.findall(r"^\| `(ASSISTANT_[A-Z_]+)`", README, re.MULTILINE))
    fields = {**Settings.model_fields, **ServerSettings.model_fields}
    assert listed == {f"ASSISTANT_{name.upper()}" for name in fields}


def test_every_linked_file_exists() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_every_room_is_in_the_layout() -> None:
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} | {
        "documents",
        "docs",
        "tests",
        "deploy",
    }
    layout = README.split("## Layout")[1]
    assert all(f"{room}/" in layout for room in rooms)
