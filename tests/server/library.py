"""A documents folder of many kinds with its index, encoder that counts words, behind the real application.

`made` writes and indexes it; `browser_of` asks the document pages and the widget alone, in this process.
"""

import zipfile
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.chain import Assistant
from corpus.document import Document
from records import Records
from server.access.person import ADMIN, Person
from server.asking import Asking
from server.documents.routes import router as documents_router
from server.services import Services
from server.settings import ServerSettings
from server.widget import router as widget_router
from tests.fakes import BagOfWordsEncoder
from tests.ingest.pdf.written import paragraphs, pdf
from vectorstore.generation import IndexLocation
from vectorstore.sync import sync

ROOT = Path(__file__).resolve().parents[2]
RESOLUTION = "nghi-quyet-ktxh-6-thang-cuoi-nam-2024-bac-giang.txt"
LAW = (
    "QUỐC HỘI\nLuật số: 12/2020/QH14\nHà Nội, ngày 17 tháng 6 năm 2020\nLUẬT\nPHÒNG NGỪA THỬ NGHIỆM\n"
    "Chương I\nQUY ĐỊNH CHUNG\n"
    "Điều 1. Phạm vi điều chỉnh\n1. Luật này quy định về thử nghiệm.\n"
    "2. Luật này không quy định về việc khác.\n"
    "a) Việc thứ nhất;\nd) Việc thứ hai;\nđ) Việc thứ ba.\n"
    "Điều 2. Hiệu lực\nLuật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2021.\n"
)
AMENDING = (
    "QUỐC HỘI\nLuật số: 34/2024/QH15\nHà Nội, ngày 20 tháng 6 năm 2024\nLUẬT\n"
    "SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT PHÒNG NGỪA THỬ NGHIỆM\n"
    "Điều 1. Sửa đổi, bổ sung một số điều của Luật Phòng ngừa thử nghiệm số 12/2020/QH14\n"
    "1. Sửa đổi, bổ sung khoản 2 Điều 1 như sau:\n“2. Luật này quy định cả việc khác.”.\n"
    "Điều 2. Hiệu lực thi hành\nLuật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2025.\n"
)
HOSTILE = (
    "ỦY BAN NHÂN DÂN\nTỈNH THỬ NGHIỆM\nSố: 12/QĐ-UBND\nQUYẾT ĐỊNH\n"
    "Về <script>window.hacked = 1</script> thử\n"
    'Điều 1. Nội dung <img src=x onerror="window.hacked = 1">\n'
    "1. Đoạn \u202eđảo chiều\u202c và [liên kết](javascript:window.hacked=1) "
    "\"'><svg onload=window.hacked=1>.\n"
)
PLAN = ("KẾ HOẠCH", "Điều 1. Kiểm tra công tác văn thư", "1. Thời gian kiểm tra: tháng 6.")
ARTICLES = 40


@dataclass(frozen=True, slots=True)
class Library:
    """The services over the folder, and a document by the name of its file."""

    services: Services

    def document(self, source: str) -> Document:
        held = self.services.assistant.index.documents.values()
        return next(one for one in held if one.source == source)

    def address(self, source: str) -> str:
        return f"/documents/{self.document(source).id}"


def made(folder: Path) -> Library:
    """Write the documents below `folder`, index them, open everything over them."""
    documents = folder / "documents"
    documents.mkdir(parents=True)
    (documents / RESOLUTION).write_bytes((ROOT / "documents" / RESOLUTION).read_bytes())
    (documents / "related.yaml").write_bytes((ROOT / "documents" / "related.yaml").read_bytes())
    for name, text in (("luat.txt", LAW), ("luat-sua-doi.txt", AMENDING), ("la.txt", HOSTILE)):
        (documents / name).write_text(text, encoding="utf-8")
    (documents / "kế hoạch.pdf").write_bytes(pdf(paragraphs(PLAN), paragraphs(["2. Nơi kiểm tra: các xã."])))
    with zipfile.ZipFile(documents / "nén.zip", "w") as archive:
        archive.writestr("năm 2024/quyết định.txt", "QUYẾT ĐỊNH\nVề việc nén\nĐiều 1. Nén tệp.\n")
    return over(documents, folder)


def over(documents: Path, folder: Path) -> Library:
    """Index a folder of documents; index and records are kept in `folder`."""
    location = IndexLocation(folder / "index", None, documents / "related.yaml")
    encoder = BagOfWordsEncoder()
    sync([documents], documents, location, encoder)
    settings = ServerSettings(records_file=str(folder / "records.sqlite"), rate_per_minute=100_000)
    assistant = Assistant.open(location, encoder)
    return Library(
        Services(
            settings=settings,
            assistant=assistant,
            asking=Asking(assistant, settings.workers, settings.queue, settings.timeout_s),
            records=Records.open(settings.records_path, settings.records_days),
            encoder=encoder,
            location=location,
            documents_dir=documents,
        )
    )


def browser_of(library: Library, role: str = ADMIN, root_path: str = "") -> TestClient:
    """A client of the document pages and the widget; `role` as the access middleware would have it."""
    app = FastAPI()
    app.state.services = library.services
    app.include_router(documents_router)
    app.include_router(widget_router)
    app.add_middleware(_Named, role=role)
    return TestClient(app, root_path=root_path, raise_server_exceptions=False)


class _Named:
    def __init__(self, app: ASGIApp, role: str) -> None:
        self._app, self._role = app, role

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("state", {})["person"] = Person("browser:test", self._role)
        await self._app(scope, receive, send)
