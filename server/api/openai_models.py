"""GET /v1/models: the one model there is."""

from typing import Annotated, Any

from fastapi import APIRouter, Path

from server.api.errors import OpenAIRoute, Problem
from server.api.openai_bodies import MODEL, Model, ModelList, openai_errors

router = APIRouter(prefix="/v1", route_class=OpenAIRoute, tags=["Kiểu OpenAI"])
_ONLY = {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}


@router.get("/models", response_model=ModelList, responses=openai_errors(), summary="Các mô hình")
async def models() -> dict[str, Any]:
    """Chỉ một: trợ lý này."""
    return {"object": "list", "data": [_ONLY]}


@router.get(
    "/models/{model:path}", response_model=Model, responses=openai_errors(400, 404), summary="Một mô hình"
)
async def model(model: Annotated[str, Path(max_length=200)]) -> Any:
    """Mô hình mang tên này."""
    return _ONLY if model == MODEL else no_such_model().openai_response()


def no_such_model() -> Problem:
    """What a program made for another model is told."""
    message = "Không có mô hình này"
    return Problem(404, "model_not_found", message, f'Dùng model="{MODEL}"', param="model")
