"""GET /api/search, /api/documents and /api/documents/{id}: places, addresses, references, odd ids."""

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from assistant.chain import Assistant
from corpus.addresses import document_address
from server.api.sendable import sendable
from server.asking import Asking
from server.services import Services
from tests.fakes import BagOfWordsEncoder
from tests.server.conftest import RESOLUTION
from tests.server.programs import HOSTILE, programs_only
from vectorstore.generation import IndexLocation
from vectorstore.sync import sync

CITED = """ỦY BAN NHÂN DÂN TỈNH BẮC GIANG
Số: 12/2020/QĐ-UBND
Bắc Giang, ngày 05 tháng 3 năm 2020
QUYẾT ĐỊNH
Về việc thu gom rác thải <script>alert(1)</script>
Điều 1. Phạm vi
Quyết định này quy định việc thu gom rác thải.
Điều 2. Hiệu lực
Quyết định này có hiệu lực từ ngày 01 tháng 4 năm 2020.
"""
CITING = """ỦY BAN NHÂN DÂN TỈNH BẮC GIANG
Số: 31/2022/QĐ-UBND
Bắc Giang, ngày 07 tháng 9 năm 2022
QUYẾT ĐỊNH
Sửa đổi, bổ sung một số điều của Quyết định số 12/2020/QĐ-UBND ngày 05 tháng 3 năm 2020
Điều 1. Sửa đổi Điều 1 Quyết định số 12/2020/QĐ-UBND ngày 05 tháng 3 năm 2020 về thu gom rác thải
Thực hiện theo Nghị định số 45/2022/NĐ-CP ngày 07 tháng 7 năm 2022 của Chính phủ.
"""


@pytest.fixture(scope="module")
def three(services: Services, tmp_path_factory: pytest.TempPathFactory) -> Services:
    """Three documents, one of which amends another; names of files that are hard to write in an address."""
    folder = tmp_path_factory.mktemp("three")
    documents = folder / "documents"
    (documents / "năm 2020").mkdir(parents=True)
    (documents / "năm 2020" / "Quyết định 12 & <b>.txt").write_text(CITED, encoding="utf-8")
    (documents / "qd-31.txt").write_text(CITING, encoding="utf-8")
    (documents / RESOLUTION.name).write_bytes(RESOLUTION.read_bytes())
    location, encoder = IndexLocation(folder / "index"), BagOfWordsEncoder()
    sync([documents], documents, location, encoder)  # type: ignore[arg-type]
    assistant = Assistant.open(location, encoder)  # type: ignore[arg-type]
    asking = Asking(assistant, 2, 8, 30)
    return replace(services, assistant=assistant, asking=asking, location=location, documents_dir=documents)


@pytest.fixture(scope="module")
def api(three: Services) -> Iterator[TestClient]:
    with TestClient(programs_only(three), base_url="http://localhost") as client:
        yield client


def by_number(api: TestClient, number: str) -> dict[str, object]:
    rows = api.get("/api/documents", params={"number": number}).json()["documents"]
    assert len(rows) == 1
    return api.get(f"/api/documents/{quote(rows[0]['id'], safe='')}").json()  # type: ignore[no-any-return]


def test_search_ranks_passages_with_places_and_addresses(client: httpx.Client) -> None:
    found = client.get("/api/search", params={"q": "thu gom rac thai", "k": 3}).json()
    assert found["understood_as"] == "thu gom rác thải"
    hits = found["results"]
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)
    assert hits[0]["location"] == "Điều 2, khoản 4, đoạn 2"
    assert httpx.URL(hits[0]["url"]).fragment == "dieu-2-khoan-4-doan-2"


def test_search_inside_one_document_finds_only_its_passages(api: TestClient) -> None:
    document = str(by_number(api, "12/2020")["id"])
    everywhere = api.get("/api/search", params={"q": "thu gom rác thải", "k": 50}).json()["results"]
    inside = api.get("/api/search", params={"q": "thu gom rác thải", "k": 50, "document": document}).json()
    assert len({hit["document_id"] for hit in everywhere}) == 3
    assert {hit["document_id"] for hit in inside["results"]} == {document}
    assert "thu gom rác thải" in inside["results"][0]["text"]


def test_search_in_a_document_that_is_not_held_says_so(client: httpx.Client) -> None:
    response = client.get("/api/search", params={"q": "rác thải", "document": "../../etc/passwd"})
    assert response.status_code == 404
    assert response.json()["error"]["message"] == "Không có văn bản nào mang mã này"


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({}, "q: thiếu trường này"),
        ({"q": ""}, "Câu hỏi trống"),
        ({"q": "a" * 2001}, "Câu hỏi dài 2.001 ký tự, tối đa 2.000"),
        ({"q": "rác", "k": "0"}, "k: phải từ 1 trở lên"),
        ({"q": "rác", "k": "51"}, "k: không được quá 50"),
        ({"q": "rác", "k": "nhiều"}, "k: phải là số nguyên"),
        ({"q": "rác", "k": "9" * 5000}, "k: "),
    ],
)
def test_a_wrong_search_is_told_in_vietnamese(
    client: httpx.Client, params: dict[str, str], said: str
) -> None:
    response = client.get("/api/search", params=params)
    assert response.status_code == 422
    assert response.json()["error"]["message"].startswith(said)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_searched_as_text(client: httpx.Client, words: str) -> None:
    response = client.get("/api/search", params={"q": words, "k": 2})
    assert response.status_code == 200
    assert len(response.json()["results"]) == 2


@pytest.mark.parametrize(
    ("params", "numbers"),
    [
        ({}, [None, "12/2020/QĐ-UBND", "31/2022/QĐ-UBND"]),
        ({"kind": "quyet dinh"}, ["12/2020/QĐ-UBND", "31/2022/QĐ-UBND"]),
        ({"kind": "QUYẾT ĐỊNH", "number": "qd-ubnd", "text": "sua doi"}, ["31/2022/QĐ-UBND"]),
        ({"text": "kinh tế xã hội"}, [None]),
        ({"text": "%"}, []),
        ({"number": "12/2020' OR '1'='1"}, []),
    ],
)
def test_the_list_is_filtered_without_regard_to_diacritics(
    api: TestClient, params: dict[str, str], numbers: list[str | None]
) -> None:
    listed = api.get("/api/documents", params=params).json()
    assert listed["total"] == len(numbers)
    assert sorted(one["number"] or "" for one in listed["documents"]) == sorted(n or "" for n in numbers)


def test_the_list_comes_in_pages_that_miss_and_repeat_nothing(api: TestClient) -> None:
    pages = [api.get("/api/documents", params={"page": n, "size": 2}).json() for n in (1, 2, 3)]
    assert [len(page["documents"]) for page in pages] == [2, 1, 0]
    assert {page["total"] for page in pages} == {3}
    assert len({one["id"] for page in pages for one in page["documents"]}) == 3


def test_a_document_shows_its_attributes_outline_and_passages(api: TestClient) -> None:
    document = by_number(api, "12/2020")
    assert document["kind"] == "quyết định"
    assert document["issued_on"] == "2020-03-05"
    assert "<script>alert(1)</script>" in str(document["title"])
    outline: list[dict[str, object]] = document["outline"]  # type: ignore[assignment]
    assert [step["label"] for step in outline] == ["Điều 1", "Điều 2"]
    passages: list[dict[str, str]] = document["passages"]  # type: ignore[assignment]
    anchors = [one["anchor"] for one in passages]
    assert len(set(anchors)) == len(anchors)
    assert all(one["url"] == f"{document['url']}#{one['anchor']}" for one in passages)


def test_references_go_both_ways_and_missing_documents_are_marked(api: TestClient) -> None:
    amending, amended = by_number(api, "31/2022"), by_number(api, "12/2020")
    cites: list[dict[str, object]] = amending["references"]["cites"]  # type: ignore[index, call-overload]
    states = {str(one["name"]).split(" ngày")[0]: (one["state"], one["document_ids"]) for one in cites}
    assert states["Quyết định số 12/2020/QĐ-UBND"] == ("held", [amended["id"]])
    assert states["Nghị định số 45/2022/NĐ-CP"] == ("missing", [])
    back = amended["references"]["cited_by"]  # type: ignore[index, call-overload]
    assert [one["document_id"] for one in back] == [amending["id"]]
    assert back[0]["mentions"][0]["url"].startswith(str(amending["url"]) + "?start=")
    relations = amending["references"]["relations"]  # type: ignore[index, call-overload]
    assert {(one["target_document_id"], one["place"]) for one in relations} >= {(amended["id"], "Điều 1")}


def test_a_mention_is_found_at_its_characters(api: TestClient) -> None:
    amending = by_number(api, "31/2022")
    texts = {one["id"]: one for one in amending["passages"]}  # type: ignore[attr-defined]
    for cited in amending["references"]["cites"]:  # type: ignore[index, call-overload]
        for mention in cited["mentions"]:
            passage = texts[mention["passage_id"]]
            words = passage["text"][mention["start"] - passage["start"] : mention["end"] - passage["start"]]
            assert "2020" in words or "2022" in words


@pytest.mark.parametrize(
    "path",
    [
        "khong-co",
        "..%2f..%2fetc%2fpasswd",
        "a/b/c",
        "%00",
        "%ff%fe",
        "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "'%20OR%201=1--",
        "x" * 1001,
        "%E2%80%AEtxt",
    ],
)
def test_ids_that_are_not_held_are_told_in_one_shape(client: httpx.Client, path: str) -> None:
    response = client.get(f"/api/documents/{path}")
    assert response.status_code in (404, 422)
    assert set(response.json()["error"]) == {"code", "message", "mend"}
    assert "passwd" not in response.text


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(lambda t: t != "/"))
def test_any_id_comes_back_from_its_address(identifier: str) -> None:
    path = document_address(identifier)
    assert path.isascii() and path.count("/") == 2
    # As the server reads it: percent-decoding first, then the route "/documents/{id:path}".
    assert httpx.URL(f"http://localhost{path}").path == f"/documents/{identifier}"


def test_ids_with_slashes_and_blanks_are_reached_through_their_address(three: Services) -> None:
    async def get(path: str) -> httpx.Response:
        transport = httpx.ASGITransport(programs_only(three))  # TestClient would decode "%25" twice
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.get(path)

    index = three.assistant.index
    odd = "luật/2020 <b>&?#%25é"
    plain = next(one.id for one in index.documents.values() if one.number == "12/2020/QĐ-UBND")
    index.documents[odd] = replace(index.documents[plain], id=odd)
    index.provenance[odd] = index.provenance[plain]
    index.web.records._lines[odd] = index.web.records._lines[plain]
    try:
        told = asyncio.run(get(f"/api/documents/{quote(odd, safe='')}")).json()
        assert told["id"] == odd
        assert told["url"] == f"http://localhost{document_address(odd)}"
    finally:
        del index.documents[odd], index.provenance[odd], index.web.records._lines[odd]


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_whatever_a_text_holds_it_can_be_sent(value: object) -> None:
    sent = sendable({"a": value, "b": "\udcff\ud800x", "c": 1})
    assert json.loads(json.dumps(sent, ensure_ascii=False).encode())["b"] == "\ufffd\ufffdx"


def test_addresses_are_below_the_root_path(three: Services) -> None:
    with TestClient(
        programs_only(three), base_url="https://tro-ly.example.vn", root_path="/tro-ly"
    ) as client:
        listed = client.get("/api/documents").json()["documents"][0]
        assert listed["url"].startswith("https://tro-ly.example.vn/tro-ly/documents/")
        hit = client.get("/api/search", params={"q": "rác thải"}).json()["results"][0]
        assert hit["url"].startswith("https://tro-ly.example.vn/tro-ly/documents/")
        assert client.get("/openapi.json").json()["servers"][0]["url"] == "/tro-ly"


def test_new_documents_are_served_without_a_restart(
    services: Services, tmp_path: Path, services_with: Callable[..., Services]
) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "a.txt").write_text(CITED, encoding="utf-8")
    location, encoder = IndexLocation(tmp_path / "index"), BagOfWordsEncoder()
    sync([documents], documents, location, encoder)  # type: ignore[arg-type]
    assistant = Assistant.open(location, encoder)  # type: ignore[arg-type]
    with TestClient(programs_only(replace(services, assistant=assistant))) as client:
        assert client.get("/api/documents").json()["total"] == 1
        (documents / "b.txt").write_text(CITING, encoding="utf-8")
        sync([documents], documents, location, encoder)  # type: ignore[arg-type]
        assert client.get("/api/documents").json()["total"] == 2
