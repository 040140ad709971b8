"""The export of a conversation over HTTP: for its owner, and for nobody else."""

from io import BytesIO

import docx
import httpx
import pytest

from assistant.answer import Answer
from tests.server.conftest import Served

COOKIE = "tro_ly_trinh_duyet"


@pytest.fixture
def conversation(served: Served, client: httpx.Client) -> str:
    """A conversation of the browser that `client` is."""
    client.get("/documents")
    person = f"browser:{client.cookies[COOKIE]}"
    answer: Answer = served.services.assistant.ask("Phải làm gì để xử lý rác thải?")
    served.services.records.add_turn(person, "cuoc-1", answer.question, [], answer.to_json())
    return "cuoc-1"


def test_the_owner_gets_a_file_that_opens_again(
    served: Served, client: httpx.Client, conversation: str
) -> None:
    word = client.get(f"/conversations/{conversation}/export.docx")
    assert word.status_code == 200
    assert word.headers["content-disposition"].startswith('attachment; filename="tro-ly-nghi-quyet-2')
    assert word.headers["content-disposition"].endswith('.docx"')
    text = "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(word.content)).paragraphs)
    citation = served.services.assistant.ask("Phải làm gì để xử lý rác thải?").citations[0]
    assert citation.quote in text
    assert "khoản 4 Điều 2 Nghị quyết của Hội đồng nhân dân tỉnh Bắc Giang" in text
    assert (
        f"{served.address}/documents/{citation.document.id}?start={citation.start}&end={citation.end}#"
        in text
    )

    markdown = client.get(f"/conversations/{conversation}/export.md")
    assert markdown.headers["content-type"] == "text/markdown; charset=utf-8"
    assert citation.quote in markdown.text


def test_the_permanent_address_in_the_file_leads_to_the_place(
    client: httpx.Client, conversation: str
) -> None:
    markdown = client.get(f"/conversations/{conversation}/export.md").text
    address = markdown.split("`http", 1)[1].split("`")[0]
    page = client.get(f"http{address.split('#')[0]}")
    assert page.status_code == 200
    assert f'id="{address.split("#")[1]}"' in page.text


@pytest.mark.parametrize("form", ["docx", "md"])
def test_nobody_else_gets_it(served: Served, conversation: str, form: str) -> None:
    with httpx.Client(base_url=served.address, trust_env=False) as other:
        assert other.get(f"/conversations/{conversation}/export.{form}").status_code == 404
        assert other.get(f"/conversations/khong-co/export.{form}").status_code == 404
        assert other.get(f"/conversations/{conversation}/export.exe").status_code in (404, 422)
