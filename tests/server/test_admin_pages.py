"""The other pages of the administration: overview, the job, questions to be reviewed, who may see them."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.feedback import read_turns, to_label
from records import Records
from server.access.person import READER
from server.indexing import Indexing, Work
from tests.fakes import BagOfWordsEncoder
from tests.generating import MODEL, REASON, generated_on
from tests.server.admin_site import Site, decision, site_in, text_of
from vectorstore.errors import IndexProblem
from vectorstore.generation import IndexLocation, writing


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = site_in(tmp_path)
    with made.client:
        yield made


class SlowEncoder(BagOfWordsEncoder):
    """Encodes documents only when it may, so that a test can look at a job that runs."""

    def __init__(self) -> None:
        super().__init__()
        self.reached, self.go_on = threading.Event(), threading.Event()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.reached.set()
        assert self.go_on.wait(60)
        return super().embed_documents(texts)


def ask(site: Site, question: str, person: str = "user:an", refused: bool = False) -> str:
    cited = {
        "marker": 1,
        "document_id": "rung-d",
        "title": "Quyết định <b>1</b>",
        "location": "Điều 1",
        "quote": "…",
        "start": 5,
        "end": 9,
    }
    answer = {
        "question": question,
        "understood_as": None,
        "answer": "Không nêu." if refused else "“…” [1]",
        "refused": refused,
        "citations": [] if refused else [cited],
        "passages": [],
    }
    return site.services.records.add_turn(person, "c", question, [], answer)


def test_the_overview_tells_what_there_is(site: Site) -> None:
    ask(site, "Không có?", refused=True)
    page = text_of(site.client.get("/admin"))
    assert "1 văn bản" in page and "bag-of-words@1" in page
    assert "1 lượt hỏi trong 180 ngày" in page and "1 không trả lời được" in page
    assert "còn trống" in page and "Cập nhật chỉ mục" in page


def test_before_anything_is_indexed_the_pages_say_so(site: Site) -> None:
    (site.services.location.folder / "CURRENT").unlink()
    assert "Chưa có chỉ mục" in text_of(site.client.get("/admin"))
    assert "Chưa có văn bản nào" in text_of(site.client.get("/admin/documents"))


def test_a_damaged_index_is_named_and_can_be_made_anew_from_the_page(site: Site) -> None:
    (site.services.location.folder / "CURRENT").write_text("khong-co")
    for address in ("/admin", "/admin/documents"):
        assert "chỉ mục hỏng" in text_of(site.client.get(address))
    site.post("/admin/index", rebuild="1")
    assert set(site.indexed()) == {"rung.txt"}


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("GET", "/admin"),
        ("GET", "/admin/documents"),
        ("GET", "/admin/questions"),
        ("GET", "/admin/questions/export.jsonl"),
        ("GET", "/admin/questions/x"),
        ("GET", "/admin/job"),
        ("POST", "/admin/documents"),
        ("POST", "/admin/documents/remove"),
        ("POST", "/admin/documents/accept"),
        ("POST", "/admin/documents/take-back"),
        ("POST", "/admin/index"),
    ],
)
def test_a_reader_is_kept_out_of_everything(tmp_path: Path, method: str, address: str) -> None:
    site = site_in(tmp_path, READER)
    assert site.client.request(method, address, data={"id": "x"}).status_code == 403
    assert site.names() == ["rung.txt"] and site.indexing.state().number == 0


@pytest.mark.parametrize("address", ["remove", "accept", "take-back"])
def test_an_action_is_never_a_link(site: Site, address: str) -> None:
    assert site.client.get(f"/admin/documents/{address}?id=x").status_code == 405
    assert site.client.get("/admin/index?rebuild=1").status_code == 405


def test_others_see_a_job_while_it_runs_and_its_report_afterwards(site: Site) -> None:
    encoder = SlowEncoder()
    job = Indexing(site.documents, site.services.location, encoder)  # type: ignore[arg-type]
    site.client.app.state.indexing = site.indexing = job  # type: ignore[attr-defined]
    (site.documents / "cau.txt").write_text(decision("xây cầu"), encoding="utf-8")
    site.client.post("/admin/index")
    assert encoder.reached.wait(60)
    state = site.client.get("/admin/job").json()
    assert state["running"] and state["step"] == "encoding" and state["report"] is None
    assert state["windows"]["total"] > 0 and state["percent"] == 0
    page = text_of(site.client.get("/admin/documents"))
    assert "Đang cập nhật chỉ mục" in page and "trả lời theo chỉ mục cũ" in page
    told = text_of(site.client.post("/admin/index"))
    assert "sẽ làm ngay sau đó" in told and "Còn 1 việc chờ" in told
    site.client.post("/admin/index")  # the same once more is the same work
    encoder.go_on.set()
    assert job.wait(60)
    done = site.client.get("/admin/job").json()
    assert not done["running"] and done["number"] == 2 and done["report"]["documents"] == 2
    assert "Đã cập nhật chỉ mục xong" in text_of(site.client.get("/admin"))


def test_when_somebody_else_indexes_the_page_says_so_and_the_next_try_works(site: Site) -> None:
    with writing(site.services.location.folder):
        page = text_of(site.post("/admin/index"))
        page = text_of(site.client.get("/admin"))
    assert "một tiến trình khác đang lập chỉ mục" in page
    site.post("/admin/index")
    assert site.indexing.state().problem is None


def test_a_job_is_in_the_way_of_a_command_line_run_which_is_told_so(site: Site) -> None:
    encoder = SlowEncoder()
    job = Indexing(site.documents, site.services.location, encoder)  # type: ignore[arg-type]
    job.start(Work(rebuild=True))
    assert encoder.reached.wait(60)
    try:
        with pytest.raises(IndexProblem, match="đang lập chỉ mục"), writing(site.services.location.folder):
            pass
    finally:
        encoder.go_on.set()
    assert job.wait(60)


def test_an_unexpected_failure_ends_the_job_and_not_the_server(tmp_path: Path, site: Site) -> None:
    class Broken(BagOfWordsEncoder):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            raise RuntimeError("out of order")

    job = Indexing(site.documents, IndexLocation(tmp_path / "other"), Broken())  # type: ignore[arg-type]
    job.start(Work())
    assert job.wait(60)
    problem = job.state().problem
    assert problem and "RuntimeError" in problem and "out of order" not in problem
    assert set(site.indexed()) == {"rung.txt"}


def test_alike_questions_are_one_line_with_their_counts(site: Site) -> None:
    for question in ("Rác thải ở đâu?", "rac thai o dau", "RÁC THẢI Ở ĐÂU"):
        ask(site, question, refused=True)
    disliked = ask(site, "Ai ký?")
    site.services.records.set_feedback(disliked, "user:an", "wrong_source", "Sai <i>nguồn</i>")
    ask(site, "Câu tốt")
    page = text_of(site.client.get("/admin/questions"))
    assert "2 câu hỏi" in page and "không trả lời được × 3" in page and "sai nguồn" in page
    assert "“Sai &lt;i&gt;nguồn&lt;/i&gt;”" in page and "Câu tốt" not in page and "user:an" not in page
    assert "1 câu hỏi" in text_of(site.client.get("/admin/questions?loc=disliked"))


def test_a_question_leads_to_its_answer_and_on_to_the_document(site: Site) -> None:
    turn_id = ask(site, "Ai <script>ký</script>?")
    site.services.records.set_feedback(turn_id, "user:an", "down", None)
    assert f"/admin/questions/{turn_id}" in site.client.get("/admin/questions").text
    page = site.client.get(f"/admin/questions/{turn_id}").text
    assert "/documents/rung-d?start=5&amp;end=9" in page
    assert "<script>ký" not in page and "&lt;script&gt;ký" in page and "<b>1</b>" not in page
    assert site.client.get("/admin/questions/khong-co").status_code == 404


def test_the_export_is_the_question_file_of_the_evaluation(site: Site, tmp_path: Path) -> None:
    ask(site, "Rác thải ở đâu? 0912345678", refused=True)
    site.services.records.set_feedback(ask(site, "Ai ký?"), "user:an", "down", "Sai")
    answer = site.client.get("/admin/questions/export.jsonl")
    rows = [json.loads(line) for line in answer.text.splitlines()]
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "no-store"
    turns = read_turns(tmp_path / "records.sqlite")
    assert {r["question"] for r in rows} == {r["question"] for r in to_label(turns)}
    assert "0912345678" not in answer.text and all(row["answerable"] is None for row in rows)


def test_without_records_the_pages_still_answer(tmp_path: Path) -> None:

    site = site_in(tmp_path)
    damaged = tmp_path / "hong.sqlite"
    damaged.write_bytes(b"not a database" * 999)
    for records, told in (
        (Records.open(None, 1), "đang tắt"),
        (Records.open_or_without(damaged, 1, lambda line: None), "tệp ghi nhớ hỏng"),
    ):
        site.client.app.state.services = replace(site.services, records=records)  # type: ignore[attr-defined]
        assert told in text_of(site.client.get("/admin"))
        assert site.client.get("/admin/questions").status_code == 200


def test_the_sentences_of_a_model_are_shown_as_text_with_what_became_of_them(site: Site) -> None:
    answer = generated_on("Trồng rừng <b>ở</b> Bắc Giang.").to_json()
    turn = site.services.records.add_turn("user:an", "c", "Trồng rừng?", [], answer)
    site.services.records.set_feedback(turn, "user:an", "down", "Sai")
    page = site.client.get(f"/admin/questions/{turn}")
    told = text_of(page)
    assert MODEL in told and "Các câu của mô hình ngôn ngữ" in told and REASON in told
    assert "ba nhà máy" in told, "whoever looks after the office sees what the model got wrong"
    assert "<img src=x" not in page.text and "&lt;img src=x" in page.text
    assert site.client.get("/admin/questions").status_code == 200
