"""What programs call: /api and /v1; /mcp is in `server.mcp`, the OpenAPI document in `server.openapi`."""

from fastapi import FastAPI

from server.api import ask, documents, openai_chat, openai_models, search
from server.api.unknown import routes_beside


def add_api(app: FastAPI) -> None:
    """Answer every address below /api and /v1, those that do not exist last."""
    parts = [part.router for part in (ask, search, documents, openai_chat, openai_models)]
    for part in parts:
        app.include_router(part)
    app.router.routes.extend(routes_beside([route for part in parts for route in part.routes]))
