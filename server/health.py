"""Whether the server lives, for anybody; whether it can answer and over what, for whoever may come in."""

from importlib.metadata import PackageNotFoundError, version
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from server.access.middleware import NOBODY
from server.access.person import Person, person_of
from server.asking import Asking
from server.services import Services, services_of
from vectorstore.errors import IndexProblem
from vectorstore.generation import Manifest, current

router = APIRouter(include_in_schema=False)


@router.get("/health")
def health(
    response: Response,
    services: Annotated[Services, Depends(services_of)],
    person: Annotated[Person, Depends(person_of)],
) -> dict[str, Any]:
    """200, or 503 while no question can be answered."""
    index = index_in_use(services)
    if index is None:
        response.status_code = 503
    if person == NOBODY:
        return {"live": True}
    return {
        "live": True,
        "ready": index is not None,
        "versions": {"app": _version(), "index": index.schema if index else None},
        "documents": index.documents if index else 0,
        "passages": index.passages if index else 0,
        "built_at": index.built_at if index else None,
        "encoder": services.encoder.identity,
        "language_model": services.model,
        "queue": _queue(services.asking),
    }


def index_in_use(services: Services) -> Manifest | None:
    """What is known of the index in use; None when there is none that can be read."""
    try:
        generation = current(services.location.folder)
        return generation.manifest() if generation else None
    except (IndexProblem, OSError):
        return None


def _queue(asking: Asking) -> dict[str, int]:
    return {"taken": asking.taken, "places": asking.places}


def _version() -> str:
    try:
        return version("tro-ly-nghi-quyet")
    except PackageNotFoundError:  # run from its folder, not installed
        return "0.1.0"
