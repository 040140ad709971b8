"""Pages that are not the chat, from templates that escape everything they are given.

Knows the frame they share; what is on them is the business of their module.
"""

from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from chat.escaping import shown

_TEMPLATES = Path(__file__).with_name("templates")


def render(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page. Templates also know `root` (put before every address of ours), `person` and `path`."""
    root = request.scope.get("root_path", "").rstrip("/")
    common = {"root": root, "person": request.state.person, "path": request.url.path.removeprefix(root)}
    return HTMLResponse(_environment().get_template(template).render(**common, **values), status)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Texts of documents: a lone surrogate cannot be sent, a direction mark must not turn the page around.
    environment.filters["shown"] = lambda text: Markup(shown(str(text)))
    environment.filters["clean"] = lambda text: str(text).encode("utf-8", "replace").decode("utf-8")
    environment.filters["capitalize_first"] = lambda text: text[:1].upper() + text[1:]
    return environment
