"""What the parts of the application share; put into `app.state.services` once."""

from dataclasses import dataclass
from pathlib import Path

from fastapi import Request

from assistant.chain import Assistant
from records import Records
from server.asking import Asking
from server.settings import ServerSettings
from vectorstore.encoder import Encoder
from vectorstore.generation import IndexLocation


@dataclass(frozen=True, slots=True)
class Services:
    """`notice`: shown above the chat, e.g. that no document is held yet. `model`: the name of the language
    model that writes answers; None where all are quoted.
    """

    settings: ServerSettings
    assistant: Assistant
    asking: Asking
    records: Records
    encoder: Encoder
    location: IndexLocation
    documents_dir: Path
    notice: str = ""
    model: str | None = None


def services_of(request: Request) -> Services:
    """FastAPI dependency."""
    services: Services = request.app.state.services
    return services
