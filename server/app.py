"""The application: routers, middleware, and the chat mounted at the root.

Knows which parts there are; each part is a module with a `router`. What every request passes before it gets
to one is in `server.stack`.
"""

import asyncio
import os
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from server.admin import router as admin_router
from server.api import add_api
from server.documents.routes import router as documents_router
from server.exports import router as exports_router
from server.mcp import McpEndpoint
from server.openapi import describe
from server.openapi import router as docs_router
from server.services import Services
from server.stack import guard
from server.unknown_addresses import UnknownAddresses
from server.widget import router as widget_router


def create_app(services: Services) -> FastAPI:
    """The whole application over the given services."""
    # Gradio leaves an event loop open behind every lock that it makes outside of a running one.
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(_in_a_loop(services))
    return _create(services)


async def _in_a_loop(services: Services) -> FastAPI:
    return _create(services)


def _create(services: Services) -> FastAPI:
    # After every event Gradio computes statistics over its last 10,000, on the core that answers questions.
    os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", "1000000000")
    os.environ.setdefault("GRADIO_ANALYTICS_MAX_EVENTS", "100")
    import gradio as gr

    from chat.page import build_page, mounting

    app = FastAPI(title="Trợ lý Nghị quyết", docs_url=None, redoc_url=None, openapi_url="/openapi.json")
    app.state.services = services
    app.mount("/static", StaticFiles(directory=Path(__file__).with_name("static")), name="static")
    add_api(app)
    app.include_router(docs_router)
    app.include_router(documents_router)
    app.include_router(exports_router)
    app.include_router(widget_router)
    app.include_router(admin_router)
    app.add_middleware(UnknownAddresses)
    guard(app, services)
    McpEndpoint(services).add_to(app)
    describe(app)
    page = build_page(services, services.notice)
    gr.mount_gradio_app(app, page, path="/", **mounting())
    return app
