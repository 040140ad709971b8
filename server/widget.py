"""The widget: the script that any intranet page may load, the small page it shows in a frame, and a demo.

Who may frame the page is said by the security headers (ASSISTANT_EMBED_ORIGINS); the script itself holds
nothing secret and may be loaded from anywhere. Answers come from /api/ask.
"""

from functools import lru_cache
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import FileResponse, Response

from assistant.chain import Assistant
from server.error_pages import PageRoute
from server.pages import render
from server.services import Services, services_of

router = APIRouter(include_in_schema=False, route_class=PageRoute)
_SCRIPT = Path(__file__).with_name("static") / "widget.js"
_EXAMPLES = 3
_LANGUAGES = ("vi", "en")


@router.get("/widget.js")
def widget_script() -> Response:
    """The script. Short-lived in caches: a new version of the server brings a new one."""
    headers = {"cache-control": "public, max-age=300", "cross-origin-resource-policy": "cross-origin"}
    return FileResponse(_SCRIPT, media_type="text/javascript; charset=utf-8", headers=headers)


@router.get("/widget")
def widget_page(request: Request, services: Annotated[Services, Depends(services_of)]) -> Response:
    """The chat in a narrow frame; `lang` is vi or en."""
    language = request.query_params.get("lang", "")
    # Questions that the documents answer tell what is in them: nothing for those who may not come in.
    known = request.state.person.key != "browser:"
    assistant = services.assistant
    return render(
        request,
        "widget.html.j2",
        lang=language if language in _LANGUAGES else "vi",
        model=services.model is not None,
        examples=_examples(assistant, assistant.index.generation.name) if known else (),
        notice="" if assistant.index.documents else services.notice,
    )


@router.get("/widget/demo")
def widget_demo(request: Request) -> Response:
    """A sample page of an intranet with the widget on it."""
    return render(request, "widget_demo.html.j2")


@lru_cache(maxsize=2)
def _examples(assistant: Assistant, generation: str) -> tuple[str, ...]:
    """Questions that the documents answer: found by asking, so once for each generation of the index."""
    return tuple(assistant.examples()[:_EXAMPLES])
