"""A conversation as a file, for the person who had it and nobody else.

Knows HTTP and whose conversation it is; how the files are written is the business of `chat`.
"""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import Response

from chat.export_docx import docx_of
from chat.export_markdown import markdown_of
from chat.exported import day_and_time, exported
from server.access.person import Person, person_of
from server.services import Services, services_of

router = APIRouter()


class Format(StrEnum):
    """What a conversation can be had as."""

    DOCX = "docx"
    MARKDOWN = "md"


_MEDIA = {
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.MARKDOWN: "text/markdown; charset=utf-8",
}


@router.get("/conversations/{conversation_id}/export.{form}", include_in_schema=False)
def export(
    conversation_id: str,
    form: Format,
    request: Request,
    person: Annotated[Person, Depends(person_of)],
    services: Annotated[Services, Depends(services_of)],
) -> Response:
    """The file; 404 for a conversation that this person did not have."""
    turns = services.records.turns(person.key, conversation_id)
    if not turns:
        raise HTTPException(404, "Không có cuộc trò chuyện này")
    now = datetime.now(UTC)
    told = exported(conversation_id, turns, services.assistant.index, str(request.base_url))
    body = docx_of(told, now) if form is Format.DOCX else markdown_of(told, now).encode("utf-8")
    day, month, year = day_and_time(now).split(",")[0].split("/")
    name = f"tro-ly-nghi-quyet-{year}-{month:0>2}-{day:0>2}.{form.value}"
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(body, media_type=_MEDIA[form], headers=headers)
