"""What /api/documents gives, as the OpenAPI document shows it."""

from typing import Literal

from pydantic import BaseModel, Field

State = Literal["held", "missing", "ambiguous"]


class DocumentSummary(BaseModel):
    """Một văn bản. Điều mà văn bản không in thì là null, không phỏng đoán."""

    id: str = Field(description="Mã văn bản. Trong địa chỉ: mã hoá phần trăm, cả dấu / (%2F).")
    name: str = Field(description="Tên như thường gọi.")
    kind: str | None = Field(description="Loại văn bản.", examples=["nghị quyết"])
    number: str | None = Field(description="Số, ký hiệu.", examples=["24/NQ-HĐND"])
    title: str | None = Field(description="Trích yếu.")
    issuer: str | None = Field(description="Cơ quan ban hành.")
    issued_on: str | None = Field(description="Ngày ban hành, YYYY-MM-DD.", examples=["2024-07-11"])
    effective_on: str | None = Field(description="Ngày có hiệu lực, YYYY-MM-DD.")
    signer: str | None = Field(description="Người ký.")
    place: str | None = Field(description="Nơi ban hành.")
    source: str = Field(description="Tệp, tính từ thư mục tài liệu.")
    url: str = Field(description="Trang của văn bản.")


class DocumentPage(BaseModel):
    """Một trang của danh sách văn bản."""

    total: int = Field(description="Số văn bản khớp với điều kiện lọc.")
    page: int
    size: int
    documents: list[DocumentSummary]


class OutlineStep(BaseModel):
    """Một đề mục: Phần, Chương, Mục, Điều, khoản, điểm …"""

    depth: int = Field(description="Độ sâu, từ 0.")
    label: str = Field(examples=["Điều 2"])
    title: str = Field(description="Tên đề mục; rỗng khi không có.")
    passage_id: str = Field(description="Đoạn đầu tiên của đề mục.")
    anchor: str


class PassageModel(BaseModel):
    """Một đoạn: text là toàn văn[start:end]."""

    id: str
    location: str = Field(examples=["Điều 2, khoản 4, đoạn 2"])
    zone: str = Field(description="Phần của văn bản.", examples=["Nội dung"])
    page: int | None
    start: int
    end: int
    text: str
    anchor: str = Field(examples=["dieu-2-khoan-4-doan-2"])
    url: str


class Mention(BaseModel):
    """Một chỗ viện dẫn."""

    passage_id: str
    location: str
    start: int = Field(description="Vị trí ký tự trong toàn văn của văn bản viện dẫn.")
    end: int
    url: str


class KnownFacts(BaseModel):
    """Điều đã biết về một văn bản chưa có toàn văn."""

    number: str | None
    title: str | None
    issuer: str | None
    issued_on: str | None
    source: str = Field(description="Biết từ đâu.")


class CitedModel(BaseModel):
    """Một văn bản được văn bản này viện dẫn."""

    name: str = Field(description="Tên như được viện dẫn.", examples=["Chỉ thị số 17-CT/TU"])
    state: State = Field(description="held: có toàn văn; missing: chưa có; ambiguous: chưa rõ văn bản nào.")
    reason: str = Field(description="Vì sao hiểu như vậy.")
    document_ids: list[str] = Field(description="Các văn bản có toàn văn có thể được nói tới.")
    known: KnownFacts | None
    places: list[str] = Field(description="Các chỗ bên trong được viện dẫn.", examples=[["khoản 2 Điều 75"]])
    mentions: list[Mention]


class CitingModel(BaseModel):
    """Một văn bản viện dẫn văn bản này."""

    document_id: str
    name: str
    mentions: list[Mention]


class RelationModel(BaseModel):
    """Điều văn bản này làm với văn bản khác: sửa đổi, thay thế, bãi bỏ …"""

    verb: str = Field(examples=["sửa đổi"])
    target: str
    target_document_id: str | None = Field(description="null khi chưa có toàn văn.")
    place: str = Field(description="Chỗ bị tác động; rỗng là toàn văn bản.")
    partly: bool
    effective_on: str | None
    passage_id: str
    location: str


class References(BaseModel):
    """Viện dẫn theo hai chiều."""

    cites: list[CitedModel]
    cited_by: list[CitingModel]
    relations: list[RelationModel]


class DocumentDetail(DocumentSummary):
    """Một văn bản với đề mục, các đoạn và viện dẫn."""

    sha256: str = Field(description="Của tệp.")
    format: str = Field(description="Dạng tệp đã đọc.", examples=["văn bản"])
    pages: int | None
    outline: list[OutlineStep]
    passages: list[PassageModel]
    references: References
