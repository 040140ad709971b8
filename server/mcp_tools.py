"""The tools of the MCP server: their schemas, what they do, and how their errors are told.

Input and output are the models of /api; nothing here knows HTTP but the request that the person came with.
"""

import json
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from fastapi import HTTPException, Request
from pydantic import BaseModel, Field, ValidationError
from starlette.concurrency import run_in_threadpool

from server.access.person import Person
from server.api.ask_models import (
    MAX_HISTORY,
    AskResponse,
    Given,
    Message,
    Question,
    SearchResponse,
)
from server.api.complaints import complaint
from server.api.document_models import PassageModel
from server.api.documents import passage_json
from server.api.errors import Problem, problem_of
from server.api.links import Permalinks, links_of
from server.api.search import MOST, found_json
from server.api.sendable import sendable
from server.api.turns import Asked, answer_json, told, turns_of
from server.services import Services

if TYPE_CHECKING:
    from mcp.server.lowlevel import Server
    from mcp.types import CallToolResult, Tool

_AROUND = 10


class AskInput(Given):
    """Một câu hỏi."""

    question: Question
    history: list[Message] = Field(
        default=[], max_length=MAX_HISTORY, description="Các lượt trước khi câu hỏi dựa vào chúng."
    )
    as_typed: bool = Field(default=False, description="true: tìm đúng chữ đã gõ, không sửa chính tả.")
    quoting: bool = Field(
        default=False, description="true: chỉ trích nguyên văn, không dùng mô hình ngôn ngữ."
    )


class SearchInput(Given):
    """Câu tìm."""

    query: Question
    k: int = Field(default=10, ge=1, le=MOST, description="Số đoạn nhiều nhất.")
    document_id: str | None = Field(default=None, max_length=1000, description="Chỉ tìm trong văn bản này.")


class PassageInput(Given):
    """Một đoạn."""

    passage_id: str = Field(min_length=1, max_length=1000, description="Mã do ask hoặc search trả về.")
    around: int = Field(default=0, ge=0, le=_AROUND, description="Số đoạn liền trước và liền sau.")


class PassageOutput(BaseModel):
    """Đoạn được hỏi và các đoạn quanh nó, theo thứ tự trong văn bản."""

    document_id: str
    title: str
    number: str | None
    passage: PassageModel
    before: list[PassageModel]
    after: list[PassageModel]


class Tools:
    """The three tools over the services."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def register(self, server: "Server[Any, Any]") -> None:
        """Offer them on a server."""

        @server.list_tools()  # type: ignore[no-untyped-call, untyped-decorator]
        async def listed() -> "list[Tool]":
            return _listed()

        @server.call_tool(validate_input=False)  # type: ignore[untyped-decorator]
        async def called(name: str, arguments: dict[str, Any]) -> "CallToolResult":
            request = cast(Request, server.request_context.request)
            return await self._called(name, arguments, request)

    async def _called(self, name: str, arguments: dict[str, Any], request: Request) -> "CallToolResult":
        work: dict[str, Callable[..., Awaitable[dict[str, Any]]]] = {
            "ask": self._ask,
            "search": self._search,
            "get_passage": self._get_passage,
        }
        if name not in work:
            return _failed(
                Problem(404, "not_found", "Không có công cụ này", "Dùng ask, search hoặc get_passage")
            )
        try:
            links = await run_in_threadpool(links_of, request, self._services)
            return _done(await work[name](arguments, request, links))
        except ValidationError as error:
            param, message, mend = complaint(error.errors(include_input=False))
            return _failed(Problem(422, "invalid_input", message, mend, param=param))
        except Exception as error:
            return _failed(problem_of(error))

    async def _ask(self, arguments: dict[str, Any], request: Request, links: Permalinks) -> dict[str, Any]:
        given = AskInput.model_validate(arguments)
        history = turns_of((one.role, one.content) for one in given.history)
        person: Person = request.state.person
        asked = Asked(given.question, history, given.as_typed, given.quoting)
        result = await told(self._services, person, asked)
        about = {"turn_id": result.turn_id, "conversation_id": result.conversation_id}
        return answer_json(result.answer, links) | about

    async def _search(self, arguments: dict[str, Any], request: Request, links: Permalinks) -> dict[str, Any]:
        given = SearchInput.model_validate(arguments)
        if given.document_id is not None and given.document_id not in links.index.documents:
            raise HTTPException(404, "Không có văn bản nào mang mã này")
        work = partial(self._services.assistant.search, given.query, given.k, given.document_id)
        return found_json(await self._services.asking.run_async(work), links)

    async def _get_passage(
        self, arguments: dict[str, Any], request: Request, links: Permalinks
    ) -> dict[str, Any]:
        given = PassageInput.model_validate(arguments)
        row = links.index.rows.get(given.passage_id)
        if row is None:
            raise HTTPException(404, "Không có đoạn nào mang mã này")
        passages = links.index.passages
        document = links.index.document_of(passages[row])
        first, last = max(0, row - given.around), row + given.around + 1
        shown = [
            [passage_json(one, links.anchor(one), links) for one in part if one.document_id == document.id]
            for part in (passages[first:row], passages[row : row + 1], passages[row + 1 : last])
        ]
        return {
            "document_id": document.id,
            "title": document.name,
            "number": document.number,
            "before": shown[0],
            "passage": shown[1][0],
            "after": shown[2],
        }


_TOLD: dict[str, tuple[type[BaseModel], type[BaseModel], str, str]] = {
    "ask": (
        AskInput,
        AskResponse,
        "Hỏi các văn bản",
        "Đặt một câu hỏi về nội dung các văn bản đang lưu (nhiệm vụ, chỉ tiêu, số liệu, cơ quan, ngày tháng, "
        "văn bản được viện dẫn …). Trả về câu trả lời với [1], [2] … trỏ tới trích dẫn nguyên văn kèm văn "
        "bản, vị trí, đường dẫn; refused=true kèm reason khi văn bản không nêu. mode cho biết câu trả lời "
        "chỉ gồm trích dẫn (extractive) hay do mô hình ngôn ngữ viết, từng câu đã đối chiếu (generative, xem "
        "sentences). Answers a question from the held Vietnamese official documents, every sentence resting "
        "on a verbatim, located quotation, or refuses.",
    ),
    "search": (
        SearchInput,
        SearchResponse,
        "Tìm đoạn",
        "Tìm các đoạn gần nhất với một câu, trong mọi văn bản hoặc một văn bản. Dùng khi cần đọc nhiều đoạn, "
        "không cần câu trả lời. Finds the passages nearest to some words.",
    ),
    "get_passage": (
        PassageInput,
        PassageOutput,
        "Đọc một đoạn",
        "Đọc nguyên văn một đoạn theo passage_id, kèm tối đa 10 đoạn liền trước và liền sau. Reads one "
        "passage with those around it.",
    ),
}


def _listed() -> "list[Tool]":
    from mcp.types import Tool, ToolAnnotations

    return [
        Tool(
            name=name,
            title=title,
            description=description,
            inputSchema=given.model_json_schema(),
            outputSchema=returned.model_json_schema(mode="serialization"),
            annotations=ToolAnnotations(readOnlyHint=True, openWorldHint=False),
        )
        for name, (given, returned, title, description) in _TOLD.items()
    ]


def _done(body: dict[str, Any]) -> "CallToolResult":
    """As typed output, and as text for clients that read no other."""
    from mcp.types import CallToolResult, TextContent

    body = sendable(body)
    text = TextContent(type="text", text=json.dumps(body, ensure_ascii=False))
    return CallToolResult(content=[text], structuredContent=body)


def _failed(problem: Problem) -> "CallToolResult":
    from mcp.types import CallToolResult, TextContent

    text = f"{problem.message}. {problem.mend}" if problem.mend else problem.message
    body = problem.body()
    return CallToolResult(content=[TextContent(type="text", text=text)], structuredContent=body, isError=True)
