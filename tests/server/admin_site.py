"""The administration over a documents folder of a test's own, with the encoder that counts words.

Only what the pages need is wired: the real router, folder and index. Who asks is what a test says; how the
server finds that out has tests of its own.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.chain import Assistant
from records import Records
from server.access.person import ADMIN, Person
from server.admin import router
from server.asking import Asking
from server.indexing import Indexing
from server.services import Services
from server.settings import ServerSettings
from tests.fakes import BagOfWordsEncoder
from vectorstore.generation import IndexLocation
from vectorstore.index import Index
from vectorstore.sync import sync

DECISION = (
    "UỶ BAN NHÂN DÂN TỈNH\nSố: {number}/QĐ-UBND\nQUYẾT ĐỊNH\nVề việc {topic}\n"
    "Điều 1. Phê duyệt {topic} trên địa bàn tỉnh.\nĐiều 2. Giao Sở Xây dựng thực hiện {topic}."
)
# Refers to articles that it does not have: set aside until a person accepts it.
SUSPICIOUS = (
    "LUẬT\nThử nghiệm\nĐiều 1. Phạm vi\nThực hiện theo Điều 41, Điều 52 của Luật này.\n"
    "Điều 2. Áp dụng\nÁp dụng Điều 63 của Luật này, Điều 64 của Luật này, Điều 65 của Luật này."
)


def decision(topic: str, number: int = 1) -> str:
    return DECISION.format(topic=topic, number=number)


@dataclass(slots=True)
class Site:
    """A folder, its index and a browser of an administrator."""

    documents: Path
    services: Services
    client: TestClient
    indexing: Indexing = field(init=False)

    def __post_init__(self) -> None:
        made = Indexing(self.documents, self.services.location, self.services.encoder)
        self.client.app.state.indexing = self.indexing = made  # type: ignore[attr-defined]

    def send(self, *files: tuple[str, str | bytes], **fields: str) -> Response:
        """Send files by the plain form; the page that the browser is led to, after indexing ended."""
        response = self.client.post("/admin/documents", files=form_files(files), data=fields)
        assert self.indexing.wait(60)
        return response

    def post(self, address: str, **fields: str) -> Response:
        """Press a button; the page after it, after indexing ended."""
        response = self.client.post(address, data=fields)
        assert self.indexing.wait(60)
        return response

    def names(self) -> list[str]:
        """The names in the documents folder, hidden ones too."""
        return sorted(path.name for path in self.documents.iterdir())

    def indexed(self) -> dict[str, str]:
        """Text by source of the index in use."""
        index = Index.open(self.services.location, self.services.encoder)
        try:
            return {one.source: one.text for one in index.documents.values()}
        finally:
            index.close()

    def id_of(self, source: str) -> str:
        """The id under which the page offers to remove a file."""
        from ingest.load import document_id

        return document_id(source)


def form_files(files: Sequence[tuple[str, str | bytes]]) -> list[tuple[str, tuple[str, io.BytesIO]]]:
    """As httpx takes several files of one field."""
    encoded = [(name, text.encode() if isinstance(text, str) else text) for name, text in files]
    return [("files", (name, io.BytesIO(data))) for name, data in encoded]


def text_of(response: Response) -> str:
    """The words of a page, without markup; entities as they are."""
    return " ".join(re.sub(r"<[^>]*>", " ", response.text).split())


class AskedBy:
    """Every request comes from one person."""

    def __init__(self, app: ASGIApp, person: Person) -> None:
        self._app, self._person = app, person

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("state", {})["person"] = self._person
        await self._app(scope, receive, send)


def site_in(folder: Path, role: str = ADMIN, **settings: object) -> Site:
    """A site below `folder` that holds one decision."""
    documents = folder / "documents"
    documents.mkdir()
    (documents / "rung.txt").write_text(decision("trồng rừng"), encoding="utf-8")
    location, encoder = IndexLocation(folder / "index"), BagOfWordsEncoder()
    sync([documents], documents, location, encoder)  # type: ignore[arg-type]
    about = ServerSettings(records_file=str(folder / "records.sqlite"), **settings)  # type: ignore[arg-type]
    assistant = Assistant.open(location, encoder)  # type: ignore[arg-type]
    services = Services(
        settings=about,
        assistant=assistant,
        asking=Asking(assistant, 1, 4, 30.0),
        records=Records.open(about.records_path, about.records_days),
        encoder=encoder,  # type: ignore[arg-type]
        location=location,
        documents_dir=documents,
    )
    app = FastAPI()
    app.state.services = services
    app.add_middleware(AskedBy, person=Person("user:an", role))
    app.include_router(router)
    return Site(documents, services, TestClient(app, base_url="http://127.0.0.1"))
