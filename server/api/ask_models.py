"""What /api/ask, /api/search and /api/feedback take and give, as the OpenAPI document shows it."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.question import MAX_LENGTH
from server.api.sendable import Cleaned

MAX_HISTORY = 200  # messages; only the last question before is used
MAX_MESSAGE = 20_000  # characters of an earlier message: an answer may quote whole paragraphs

Text = Annotated[str, Field(max_length=MAX_MESSAGE)]
# The schema says what is taken; the check itself is the assistant's own, which has better words for it.
QUESTION: dict[str, Any] = {"minLength": 1, "maxLength": MAX_LENGTH}
Question = Annotated[
    str,
    Field(
        description=f"Câu hỏi, có ít nhất một chữ cái hoặc chữ số, tối đa {MAX_LENGTH} ký tự.",
        examples=["Xử lý rác thải phải làm gì?"],
        json_schema_extra=QUESTION,
    ),
]
ConversationId = Annotated[
    str, Field(pattern="^[A-Za-z0-9_-]{1,64}$", description="Mã hội thoại, do chương trình gọi tự đặt.")
]


class Given(Cleaned):
    """What is sent to us: no other fields, no guessing of types."""

    model_config = ConfigDict(extra="forbid", strict=True)


class ErrorAbout(BaseModel):
    """Một lỗi."""

    code: str = Field(description="Mã lỗi, ổn định, dành cho chương trình.", examples=["invalid_question"])
    message: str = Field(description="Sai ở đâu, bằng tiếng Việt.", examples=["Câu hỏi trống"])
    mend: str | None = Field(description="Cách khắc phục; null khi không có.", examples=["Hãy nhập nội dung"])


class ErrorBody(BaseModel):
    """Nội dung của mọi trả lời lỗi."""

    error: ErrorAbout


class Message(Given):
    """Một lượt trước đó của hội thoại."""

    role: Literal["user", "assistant"] = Field(description="Ai nói.")
    content: Text = Field(description="Nội dung.", examples=["Xử lý rác thải phải làm gì?"])


class AskRequest(Given):
    """Một câu hỏi, kèm các lượt trước nếu câu hỏi dựa vào chúng."""

    question: Question
    history: list[Message] = Field(
        default=[], max_length=MAX_HISTORY, description="Các lượt trước, cũ nhất trước."
    )
    as_typed: bool = Field(default=False, description="true: tìm đúng chữ đã gõ, không sửa chính tả.")
    quoting: bool = Field(
        default=False, description="true: chỉ trích nguyên văn, không dùng mô hình ngôn ngữ."
    )
    conversation_id: ConversationId | None = Field(default=None, examples=["hoi-dap-17"])


class CitationModel(BaseModel):
    """Một đoạn được trích nguyên văn."""

    marker: int = Field(description="Số trong ngoặc vuông ở câu trả lời: 1 cho [1].")
    document_id: str
    title: str = Field(description="Tên văn bản như thường gọi.")
    number: str | None = Field(description="Số, ký hiệu; null khi văn bản không in.")
    location: str = Field(description="Vị trí.", examples=["Điều 2, khoản 4, đoạn 2"])
    page: int | None = Field(description="Trang của tệp, từ 1; null khi tệp không chia trang.")
    quote: str = Field(description="Nguyên văn, đúng từng ký tự.")
    start: int = Field(description="Vị trí ký tự đầu của quote trong toàn văn, từ 0.")
    end: int = Field(description="Vị trí sau ký tự cuối của quote.")
    decisive: list[list[int]] = Field(description="Các khoảng [start, end] chứa số liệu, ngày, tên được hỏi.")
    passage_id: str
    passage_text: str = Field(description="Cả đoạn chứa quote.")
    url: str = Field(description="Đường dẫn cố định tới đúng chỗ trích, mở được bằng trình duyệt.")


class RankedModel(BaseModel):
    """Một đoạn gần với câu hỏi."""

    rank: int
    score: float = Field(ge=0, le=1, description="0 đến 1, chỉ so sánh được trong cùng một câu hỏi.")
    passage_id: str
    location: str
    text: str
    url: str


class NoteModel(BaseModel):
    """Điều cần biết bên cạnh đoạn trích, ví dụ văn bản đã được sửa đổi."""

    text: str
    source: str | None
    passage_id: str | None


class SentenceModel(BaseModel):
    """Một câu do mô hình ngôn ngữ viết và kết quả đối chiếu câu đó với văn bản."""

    text: str = Field(description="Lời được hiện, không kèm [n]; rỗng khi câu bị bỏ.")
    verdict: Literal["supported", "replaced", "removed"] = Field(
        description='"supported": khớp văn bản, hiện như mô hình viết; "replaced": không khớp, hiện câu '
        'trích nguyên văn thay vào; "removed": không khớp, bỏ hẳn.'
    )
    markers: list[int] = Field(description="Các nguồn của câu: 1 cho [1].")
    written: str = Field(description="Lời của mô hình, chưa chắc đúng; đừng hiện như câu trả lời.")
    reason: str | None = Field(description="Vì sao không hiện lời của mô hình; null khi hiện.")


class AnswerModel(BaseModel):
    """Câu trả lời, hoặc lời từ chối kèm lý do khi các văn bản không nêu."""

    id: str | None = Field(description="Luôn null ở đây; dùng turn_id.")
    question: str
    understood_as: str | None = Field(description="Câu hỏi đã được hiểu thế nào; null khi đúng như đã gõ.")
    answer: str = Field(description="Câu trả lời, với [1], [2] … trỏ tới citations.")
    refused: bool = Field(description="true: các văn bản không nêu; reason cho biết vì sao.")
    reason: str | None
    citations: list[CitationModel]
    passages: list[RankedModel] = Field(description="Các đoạn gần nhất, kể cả khi từ chối.")
    mode: Literal["extractive", "generative"] = Field(
        description='"extractive": chỉ trích nguyên văn; "generative": mô hình ngôn ngữ viết, từng câu đã '
        "đối chiếu với văn bản (xem sentences)."
    )
    took_ms: int
    notes: list[NoteModel] = Field(
        description="Điều cần biết thêm, kể cả khi mô hình ngôn ngữ không dùng được."
    )
    sentences: list[SentenceModel] = Field(
        description="Các câu của mô hình ngôn ngữ, theo thứ tự; rỗng khi không dùng mô hình."
    )
    model: str | None = Field(description="Tên mô hình ngôn ngữ; null khi không dùng.")
    prompt_version: str | None = Field(description="Phiên bản lời dẫn cho mô hình; null khi không dùng.")


class AskResponse(AnswerModel):
    """Câu trả lời và mã của lượt hỏi."""

    turn_id: str | None = Field(description="Dùng cho /api/feedback; null khi máy chủ không lưu lượt hỏi.")
    conversation_id: str = Field(description="Gửi lại ở câu sau để cùng một hội thoại.")


class SearchHit(RankedModel):
    """Một đoạn tìm thấy."""

    document_id: str
    title: str
    number: str | None
    page: int | None


class SearchResponse(BaseModel):
    """Các đoạn gần nhất với câu tìm."""

    query: str
    understood_as: str | None
    results: list[SearchHit]


class FeedbackRequest(Given):
    """Ý kiến về một câu trả lời của chính mình."""

    turn_id: str = Field(min_length=1, max_length=64, description="Mã do /api/ask trả về.")
    verdict: Literal["up", "down", "wrong_source"] | None = Field(
        description="up: đúng; down: chưa đúng; wrong_source: trích sai nguồn; null: rút lại ý kiến."
    )
    comment: str | None = Field(default=None, max_length=2000, description="Nhận xét thêm.")


class FeedbackResponse(BaseModel):
    """Ý kiến đã được ghi."""

    turn_id: str
    verdict: Literal["up", "down", "wrong_source"] | None
    comment: str | None


def errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The error responses of a route, for the OpenAPI document."""
    usual = (401, 403, 413, 429, 500)
    return {
        status: {"model": ErrorBody, "description": _SAYS[status]} for status in sorted({*usual, *statuses})
    }


_SAYS = {
    401: "Chưa đăng nhập, hoặc khoá API sai.",
    403: "Không có quyền.",
    404: "Không có.",
    413: "Nội dung gửi lên quá lớn.",
    422: "Dữ liệu gửi lên không hợp lệ; message cho biết trường nào.",
    429: "Quá nhiều yêu cầu; chờ theo Retry-After.",
    500: "Máy chủ gặp lỗi.",
    503: "Máy chủ đang bận; chờ theo Retry-After.",
    504: "Quá thời gian.",
}
