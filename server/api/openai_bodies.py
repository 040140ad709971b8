"""Bodies of the OpenAI-style API: what is taken of OpenAI's request, and its responses.

Parameters that mean nothing here (temperature, tools …) are taken and left alone: programs made for OpenAI
send them without being asked.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from server.api.ask_models import MAX_MESSAGE
from server.api.complaints import PARTS, WORDS
from server.api.sendable import Cleaned

MODEL = "tro-ly-nghi-quyet"
MAX_MESSAGES = 1000
MAX_PARTS = 100


class Taken(Cleaned):
    """Part of a request; fields that are not named are ignored."""

    model_config = ConfigDict(extra="ignore", strict=True)


class TextPart(Taken):
    """Một phần chữ của tin nhắn."""

    type: Literal["text"] = Field(description="Chỉ nhận chữ.")
    text: Annotated[str, Field(max_length=MAX_MESSAGE)]


def _form(content: Any) -> str:
    """Which of its two forms a content has: words unless it is a list."""
    return PARTS if isinstance(content, list) else WORDS


class ChatMessage(Taken):
    """Một tin nhắn. Chỉ dùng của "user" và "assistant"; các vai khác được nhận và bỏ qua."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: (
        Annotated[
            Annotated[str, Field(max_length=MAX_MESSAGE), Tag(WORDS)]
            | Annotated[list[TextPart], Field(max_length=MAX_PARTS), Tag(PARTS)],
            Discriminator(_form),
        ]
        | None
    ) = None

    @property
    def text(self) -> str:
        """The words of all parts."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content)
        return self.content or ""


class StreamOptions(Taken):
    """Tuỳ chọn khi phát dòng."""

    include_usage: bool | None = None


class Metadata(Taken):
    """Nhãn của chương trình gọi; chỉ dùng conversation_id."""

    conversation_id: Annotated[str, Field(pattern="^[A-Za-z0-9_-]{1,64}$")] | None = None


class ChatRequest(Taken):
    """Tin nhắn "user" cuối cùng là câu hỏi, các tin trước là hội thoại. Tham số khác được bỏ qua."""

    model: str = Field(max_length=200, examples=[MODEL])
    messages: list[ChatMessage] = Field(
        min_length=1,
        max_length=MAX_MESSAGES,
        examples=[[{"role": "user", "content": "Xử lý rác thải phải làm gì?"}]],
    )
    stream: bool | None = Field(default=None, description="true: phát dòng sự kiện như OpenAI.")
    stream_options: StreamOptions | None = None
    n: int | None = Field(default=None, description="Chỉ nhận 1: mỗi câu hỏi có một câu trả lời.")
    metadata: Metadata | None = None


class UrlCitation(BaseModel):
    """Đoạn trích và đường dẫn cố định tới nó."""

    start_index: int = Field(description="Vị trí ký tự đầu của dấu [n] trong content.")
    end_index: int
    title: str
    url: str


class Annotation(BaseModel):
    """Chú thích nguồn."""

    type: Literal["url_citation"]
    url_citation: UrlCitation


class AssistantMessage(BaseModel):
    """Câu trả lời."""

    role: Literal["assistant"]
    content: str
    refusal: None = Field(description="Luôn null: khi văn bản không nêu, content nói như vậy.")
    annotations: list[Annotation]


class Choice(BaseModel):
    """Câu trả lời duy nhất."""

    index: Literal[0]
    message: AssistantMessage
    finish_reason: Literal["stop"]
    logprobs: None


class Usage(BaseModel):
    """Số token theo bộ mã hoá của máy chủ này."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class ChatCompletion(BaseModel):
    """Trả lời kiểu OpenAI. Bốn trường cuối là của máy chủ này."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: list[Choice]
    usage: Usage
    refused: bool = Field(description="true: các văn bản không nêu.")
    mode: Literal["extractive", "generative"] = Field(
        description='"extractive": chỉ trích nguyên văn; "generative": mô hình ngôn ngữ viết, từng câu đã '
        "đối chiếu với văn bản."
    )
    turn_id: str | None = Field(description="Dùng cho /api/feedback.")
    conversation_id: str


class Model(BaseModel):
    """Một mô hình."""

    id: str = Field(examples=[MODEL])
    object: Literal["model"]
    created: int
    owned_by: str


class ModelList(BaseModel):
    """Các mô hình: chỉ một."""

    object: Literal["list"]
    data: list[Model]


class OpenAIErrorAbout(BaseModel):
    """Một lỗi, như OpenAI trả về."""

    message: str
    type: str = Field(examples=["invalid_request_error"])
    param: str | None
    code: str | None


class OpenAIError(BaseModel):
    """Nội dung của mọi trả lời lỗi dưới /v1."""

    error: OpenAIErrorAbout


def openai_errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The error responses of a route, for the OpenAPI document."""
    says = {
        400: "Yêu cầu không hợp lệ; message cho biết trường nào.",
        401: "Thiếu khoá API hoặc khoá sai.",
        403: "Không có quyền.",
        404: "Không có mô hình này.",
        413: "Nội dung gửi lên quá lớn.",
        429: "Quá nhiều yêu cầu; chờ theo Retry-After.",
        500: "Máy chủ gặp lỗi.",
        503: "Máy chủ đang bận; chờ theo Retry-After.",
        504: "Quá thời gian.",
    }
    chosen = sorted({401, 403, 413, 429, 500, *statuses})
    return {status: {"model": OpenAIError, "description": says[status]} for status in chosen}
