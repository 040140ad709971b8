"""What programs call: /api and /v1; /mcp is in `server.mcp`, the OpenAPI document in `server.openapi`."""

from fastapi import APIRouter

from server.api import ask, documents, openai_chat, openai_models, search
from server.api.unknown import router_beside


def api_router() -> APIRouter:
    """Every route of the API, those for addresses that do not exist last."""
    parts = [part.router for part in (ask, search, documents, openai_chat, openai_models)]
    whole = APIRouter()
    for part in parts:
        whole.include_router(part)
    whole.include_router(router_beside([route for part in parts for route in part.routes]))
    return whole
