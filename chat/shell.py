"""The page around the chat: language, style, script, and the order to load nothing from elsewhere.

Gradio adds styles only after its own scripts have run, and names its page English; so the page is amended on
its way out, and is right from the first byte. Knows nothing about questions and answers.
"""

import re
from functools import cache
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chat import texts
from chat.escaping import escaped

_HERE = Path(__file__).resolve().parent
_SCRIPTS = ("page.js", "opinion.js", "conversations.js")
# Gradio needs inline scripts and evaluates templates; everything has to come from this server all the same.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; object-src 'none'; form-action 'self'; base-uri 'self'"
)
_LANGUAGE = re.compile(r'(<html\b[^>]*?\blang=)"[^"]*"')
# Addresses for the previews of social networks; no browser loads them, but they name outside machines.
_PREVIEWS = re.compile(r'<meta\s+(?:property="og:|name="twitter:)[^>]*>\s*')
# Fits an embedded page's height to its frame; our widget has a height of its own, and /static is ours.
_RESIZER = re.compile(r"script\.async = true;\s*document\.head\.appendChild\(script\);")


class Shell:
    """ASGI middleware that amends every HTML page and leaves all other answers as they are."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and amend what comes back."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        start: Message | None = None
        body = b""

        async def amend(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and _is_html(message):
                start = message
            elif start is None:
                await send(message)
            else:
                body += message.get("body", b"")
                if not message.get("more_body", False):
                    page = amended(body.decode("utf-8")).encode("utf-8")
                    headers = MutableHeaders(scope=start)
                    headers["content-length"] = str(len(page))
                    headers["content-security-policy"] = _POLICY
                    await send(start)
                    await send({"type": "http.response.body", "body": page})

        await self._app(scope, receive, amend)


def amended(page: str) -> str:
    """Gradio's page in Vietnamese, with the chat's own style and script."""
    page = _LANGUAGE.sub(r'\1"vi"', page, count=1)
    page = _RESIZER.sub("", _PREVIEWS.sub("", page))
    page = page.replace("</head>", f"{_head()}</head>", 1)
    return page.replace("</body>", f"<noscript><p>{escaped(texts.NO_SCRIPT)}</p></noscript></body>", 1)


@cache
def _head() -> str:
    style = (_HERE / "style.css").read_text(encoding="utf-8")
    script = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in _SCRIPTS)
    words = f":root {{ --loading: '{texts.LOADING}'; --connection-lost: '{texts.CONNECTION_LOST}'; }}"
    return f"<title>{escaped(texts.TITLE)}</title><style>{words}\n{style}</style><script>{script}</script>"


def _is_html(message: Message) -> bool:
    return MutableHeaders(scope=message).get("content-type", "").startswith("text/html")
