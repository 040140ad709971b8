"""What every request passes before it reaches its route, in one place because the order matters.

    security headers > log > figures > arrival > cross-origin > access > limits > routes

Headers and log see every response, refusals and failures included; arrival says who the client is before
anybody asks; the limits count by person, so access comes before them. Does not know the routes.
"""

from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from server.access.identify import Identification
from server.access.login import Door
from server.access.login import router as login_router
from server.access.middleware import Access
from server.access.sessions import Sessions, secret_in
from server.arrival import Arrival
from server.health import router as health_router
from server.limits import Limits
from server.logs import AnswerLog, RequestLog
from server.metrics import Measured, Metrics
from server.metrics import router as metrics_router
from server.security import SecurityHeaders
from server.services import Services
from server.settings import ServerSettings

SECRET_FILE = "session.secret"


def guard(app: FastAPI, services: Services) -> None:
    """Add the middleware, and the routes that belong to it. Raises AccessFileError."""
    settings = services.settings
    identification = Identification(settings, _sessions(settings))
    metrics = Metrics(services)
    services.asking.listen(AnswerLog(settings.log_questions))
    app.state.door = Door(identification)
    app.state.metrics = metrics
    for router in (login_router, health_router, metrics_router):
        app.include_router(router)
    # The last added is the outermost.
    app.add_middleware(Limits, settings=settings)
    app.add_middleware(Access, settings=settings, identification=identification)
    # Gradio looks for exactly this class; where it is missing, Gradio lets every origin in.
    app.add_middleware(
        CORSMiddleware,
        allow_origins=settings.embed_origins,
        allow_methods=["GET", "POST", "PUT", "DELETE"],
        allow_headers=["*"],
        allow_credentials=True,
    )
    app.add_middleware(Arrival, settings=settings)
    app.add_middleware(Measured, metrics=metrics)
    app.add_middleware(RequestLog)
    app.add_middleware(SecurityHeaders, settings=settings)


def _sessions(settings: ServerSettings) -> Sessions | None:
    if settings.users_file is None:
        return None
    kept = settings.records_path or Path(settings.users_file)
    return Sessions(secret_in(kept.parent / SECRET_FILE), settings.session_hours)
