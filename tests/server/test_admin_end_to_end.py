"""The whole application with the real encoder: a file is sent, then a question is answered from it."""

import io
from pathlib import Path

from fastapi.testclient import TestClient

from assistant.chain import Assistant
from server.app import create_app
from server.asking import Asking
from server.backup.installation import Installation, below
from server.backup.making import back_up
from server.backup.restoring import restore
from server.services import Services
from vectorstore.encoder import load_encoder
from vectorstore.generation import IndexLocation
from vectorstore.sync import sync

# Made up: no such directive exists.
DIRECTIVE = """ỦY BAN NHÂN DÂN
TỈNH BẮC GIANG
Số: 77/CT-UBND
Bắc Giang, ngày 05 tháng 8 năm 2024
CHỈ THỊ
Về việc nuôi tôm càng xanh trong hồ thủy lợi
Điều 1. Nuôi tôm càng xanh
1. Mật độ thả nuôi tôm càng xanh trong hồ thủy lợi không quá 7 con trên một mét vuông.
2. Sở Nông nghiệp và Phát triển nông thôn kiểm tra chất lượng nước hồ trước khi thả tôm giống.
Điều 2. Thời hạn
Các huyện báo cáo kết quả nuôi tôm càng xanh trước ngày 15 tháng 12 hằng năm.
"""
QUESTION = "Mật độ thả nuôi tôm càng xanh trong hồ thủy lợi là bao nhiêu?"
RESOLUTION = "nghi-quyet-ktxh-6-thang-cuoi-nam-2024-bac-giang.txt"


def test_a_question_is_answered_from_a_file_that_was_just_sent(tmp_path: Path) -> None:
    services = _services(tmp_path / "goc")
    with TestClient(create_app(services), base_url="http://127.0.0.1") as client:
        assert client.post("/api/ask", json={"question": QUESTION}).json()["refused"]
        sent = client.post("/admin/documents", files=[("files", ("tom.txt", io.BytesIO(DIRECTIVE.encode())))])
        assert sent.status_code == 200 and "tom.txt: đã nhận" in sent.text
        assert client.app.state.indexing.wait(120)  # type: ignore[attr-defined]
        answer = client.post("/api/ask", json={"question": QUESTION}).json()
        first = answer["citations"][0]
        assert "7 con trên một mét vuông" in answer["answer"] and first["number"] == "77/CT-UBND"
        assert "Chỉ thị số 77/CT-UBND" in client.get("/admin/documents").text
        _is_the_same_after_restoring(tmp_path, services)
        removed = client.post("/admin/documents/remove", data={"id": first["document_id"]})
        assert "Đã gỡ tom.txt" in removed.text
        assert client.app.state.indexing.wait(120)  # type: ignore[attr-defined]
        assert client.post("/api/ask", json={"question": QUESTION}).json()["refused"]


def _is_the_same_after_restoring(tmp_path: Path, services: Services) -> None:
    places = below(tmp_path / "goc")
    back_up(places, tmp_path / "b.tar.gz", secrets=False, tell=lambda line: None)
    there = below(tmp_path / "moi")
    restore(tmp_path / "b.tar.gz", there)
    found = []
    for location in (places, there):
        answer = Assistant.open(_location(location), services.encoder).ask(QUESTION).to_json()
        found.append({key: value for key, value in answer.items() if key != "took_ms"})
    assert found[0] == found[1]


def _location(places: Installation) -> IndexLocation:
    return IndexLocation(places.index, None, places.documents / "related.yaml")


def _services(folder: Path) -> Services:
    from records import Records
    from server.settings import ServerSettings

    places = below(folder)
    places.documents.mkdir(parents=True)
    shipped = Path(__file__).resolve().parents[2] / "documents" / RESOLUTION
    (places.documents / RESOLUTION).write_bytes(shipped.read_bytes())
    encoder = load_encoder()
    sync([places.documents], places.documents, _location(places), encoder)
    settings = ServerSettings(records_file=str(places.records), rate_per_minute=100_000)
    assistant = Assistant.open(_location(places), encoder)
    return Services(
        settings=settings,
        assistant=assistant,
        asking=Asking(assistant, settings.workers, settings.queue, settings.timeout_s),
        records=Records.open(settings.records_path, settings.records_days),
        encoder=encoder,
        location=_location(places),
        documents_dir=places.documents,
    )
