"""The rooms of the product and which may know which: imports go down only."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# From top to bottom; a module may import its own room and those below it.
ROOMS = [
    "ui",
    "server",
    "chat",
    "training",
    "evaluation",
    "records",
    "assistant",
    "prompts",
    "vectorstore",
    "ingest",
    "corpus",
]


def product_modules() -> list[Path]:
    below = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    return sorted([ROOT / "ui.py", *below])


def room_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports_of(path: Path) -> list[tuple[int, str]]:
    """Line and full name of every import of a module, also inside functions."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.extend((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            found.append((node.lineno, room_of(path)))
        elif isinstance(node, ast.ImportFrom):
            found.append((node.lineno, node.module or ""))
    return found


def wrong_imports(path: Path) -> list[str]:
    room, where = room_of(path), path.relative_to(ROOT).as_posix()
    wrong = []
    for line, name in imports_of(path):
        target = name.split(".")[0]
        if target in ROOMS and ROOMS.index(target) < ROOMS.index(room):
            wrong.append(f"{where}:{line} imports {name}: {room} may not know {target}")
        if room == "corpus" and target != "corpus" and target not in sys.stdlib_module_names:
            wrong.append(f"{where}:{line} imports {name}: corpus uses the standard library only")
    return wrong


def ids(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_rooms_are_there() -> None:
    present = {room_of(path) for path in product_modules()}
    assert present >= {"ui", "chat", "assistant", "vectorstore", "ingest", "corpus"}


def test_every_package_is_a_known_room() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages - {"tests"} <= set(ROOMS), "put the new room at its height in ROOMS"


@pytest.mark.parametrize("path", product_modules(), ids=ids)
def test_imports_go_down_only(path: Path) -> None:
    if path.name != "__main__.py":  # command lines wire the rooms together
        assert wrong_imports(path) == []


@pytest.mark.parametrize("path", product_modules(), ids=ids)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), f"{ids(path)} has no docstring"
