"""The references of an index: kept with it, read back as they were, listed held or missing."""

import json
from pathlib import Path

import pytest

from ingest import LoadedDocument, load
from tests.fakes import BagOfWordsEncoder
from vectorstore.errors import IndexProblem
from vectorstore.generation import IndexLocation, current
from vectorstore.reference_records import ReferenceRecords, citing_document, write_references
from vectorstore.reference_web import passage_at
from vectorstore.references_report import ReferencesReport
from vectorstore.sync import sync

LAW = """QUỐC HỘI
Luật số: 5/2015/QH13
Hà Nội, ngày 20 tháng 6 năm 2015

LUẬT
CÂY XANH

Điều 4. Trồng cây
1. Mỗi hộ trồng ba cây.
2. Trường học trồng hai mươi cây.
Điều 5. Quy định kèm theo
Quy định này có hiệu lực từ ngày 01 tháng 01 năm 2016.
"""
PLAN = """ỦY BAN NHÂN DÂN
TỈNH HOA SEN
Số: 7/QĐ-UBND
Hoa Sen, ngày 03 tháng 4 năm 2021

QUYẾT ĐỊNH
Về trồng cây năm 2021

Điều 1. Thực hiện khoản 2 Điều 4 Luật Cây xanh, Chỉ thị số 17-CT/TU ngày 01/02/2021 của Ban Thường vụ Tỉnh ủy.
Điều 2. Chỉ thị số 17-CT/TU được phổ biến rộng rãi. Bãi bỏ khoản 1 Điều 4 Luật Cây xanh.
"""


@pytest.fixture
def location(tmp_path: Path) -> IndexLocation:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "luat.txt").write_text(LAW, encoding="utf-8")
    (folder / "quyet-dinh.txt").write_text(PLAN, encoding="utf-8")
    where = IndexLocation(tmp_path / "index", None, folder / "related.yaml")
    sync([folder], folder, where, BagOfWordsEncoder())
    return where


def test_what_was_written_is_read_back(tmp_path: Path, resolution: LoadedDocument) -> None:
    plan = tmp_path / "quyet-dinh.txt"
    plan.write_text(PLAN, encoding="utf-8")
    items = [resolution, load(plan, plan.name)]
    write_references(items, tmp_path / "references.jsonl")
    records = ReferenceRecords(tmp_path / "references.jsonl")
    for item, read in zip(items, records, strict=True):
        written = citing_document(item)
        assert [r.identity for r in read.references] == [r.identity for r in written.references]
        assert [(r.start, r.end, r.places) for r in read.references] == [
            (r.start, r.end, r.places) for r in written.references
        ]
        assert read.citer == written.citer
        assert [(r.verb, r.place, r.target.name) for r in read.relations] == [
            (r.verb, r.place, r.target.name) for r in written.relations
        ]
    assert [one.citer.id for one in records.citing(17)] == [item.document.id for item in items]
    assert {one.number for citing in records.citing(17) for one in citing.references} == {17}
    assert list(records.citing(18)) == []


def test_the_report_says_what_is_held_and_what_is_missing(location: IndexLocation) -> None:
    report = ReferencesReport(location).as_json()
    assert report["totals"] == {"held": 1, "missing": 1, "ambiguous": 0}
    law, decision = report["documents"]
    assert law["cited"] == []
    held, missing = decision["cited"]
    assert held["state"] == "held" and held["document_ids"] == [law["document_id"]]
    (clause,) = [one for one in held["inside"] if one["place"] == "khoản 2 Điều 4"]
    start = int(clause["passage_id"].rsplit(":", 1)[1])
    assert law_text(location)[start:].startswith("2. Trường học")
    assert missing["state"] == "missing" and len(missing["citations"]) == 2
    assert missing["reason"] == "được viện dẫn, chưa có toàn văn"
    (relation,) = decision["relations"]
    assert relation["verb"] == "bãi bỏ" and relation["target_document_id"] == law["document_id"]
    assert json.loads(json.dumps(report)) == report


def law_text(location: IndexLocation) -> str:
    generation = current(location.folder)
    assert generation is not None
    rows = map(json.loads, generation.documents.read_text(encoding="utf-8").splitlines())
    text: str = next(row["text"] for row in rows if row["source"] == "luat.txt")
    return text


def test_the_lines_name_each_document_and_the_totals(location: IndexLocation) -> None:
    lines = list(ReferencesReport(location).lines())
    assert any(line.endswith("(quyet-dinh.txt)") for line in lines)
    assert any("Chỉ thị số 17-CT/TU" in line and "chưa có toàn văn, 2 lần" in line for line in lines)
    assert any(line.startswith("  > bãi bỏ khoản 1 Điều 4 Luật Cây xanh") for line in lines)
    assert lines[-1].startswith("2 văn bản viện dẫn 2 văn bản: 1 có toàn văn, 1 được viện dẫn")


def test_facts_are_used_without_indexing_anew(location: IndexLocation) -> None:
    assert location.related is not None
    location.related.write_text(
        "documents:\n  - kind: chỉ thị\n    number: 17-CT/TU\n    issued_on: 2021-02-01\n"
        "    source: Báo Hoa Sen\n",
        encoding="utf-8",
    )
    (known,) = [
        cited["known"]
        for document in ReferencesReport(location).as_json()["documents"]
        for cited in document["cited"]
        if cited["known"]
    ]
    assert known["source"] == "Báo Hoa Sen"


@pytest.mark.parametrize("damage", ["{", "{}\n", "[]\n"])
def test_a_damaged_file_names_the_mend(location: IndexLocation, damage: str) -> None:
    generation = current(location.folder)
    assert generation is not None
    generation.references.write_text(damage, encoding="utf-8")
    with pytest.raises(IndexProblem, match="--rebuild"):
        ReferencesReport(location)


def test_without_an_index_the_command_to_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexProblem, match="python -m ingest"):
        ReferencesReport(IndexLocation(tmp_path / "khong-co"))


def test_a_place_is_that_of_the_text_itself_before_an_attached_one(tmp_path: Path) -> None:
    path = tmp_path / "quyet-dinh.txt"
    path.write_text(
        "QUYẾT ĐỊNH\nBan hành Quy định trồng cây\n\nĐiều 1. Ban hành kèm theo Quyết định này "
        "Quy định trồng cây.\n"
        "Điều 2. Các sở thực hiện.\n\nQUY ĐỊNH\nTrồng cây\n(Ban hành kèm theo Quyết định số 7/QĐ-UBND)\n\n"
        "Điều 1. Mỗi hộ trồng một cây.\nĐiều 2. Mỗi trường trồng hai cây.\nĐiều 3. Cây được tưới.\n",
        encoding="utf-8",
    )
    passages = load(path, path.name).passages
    own, attached = passage_at(passages, (("Điều", "2"),)), passage_at(passages, (("Điều", "3"),))
    assert own is not None and "Các sở thực hiện" in own.text
    assert attached is not None and "được tưới" in attached.text
    assert passage_at(passages, (("Điều", "9"),)) is None


def test_laws_named_by_title_alone_are_found_whatever_their_capitals(
    tmp_path: Path, resolution: LoadedDocument
) -> None:
    write_references([resolution], tmp_path / "references.jsonl")
    records = ReferenceRecords(tmp_path / "references.jsonl")
    (found,) = records.naming("luật", "BẢO VỆ MÔI TRƯỜNG")
    assert [one.name for one in found.references] == ["Luật Bảo vệ môi trường"]
    assert list(records.naming("luật", "Đất đai")) == []
