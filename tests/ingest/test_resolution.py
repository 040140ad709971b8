"""The resolution the product is delivered with: every place in it, as an official would cite it."""

import re
import unicodedata
from pathlib import Path

import pytest

from corpus import Citation, Passage, Zone
from corpus.sentences import sentences
from ingest import LoadedDocument, load

FILE = (
    Path(__file__).resolve().parents[2] / "documents" / "nghi-quyet-ktxh-6-thang-cuoi-nam-2024-bac-giang.txt"
)


def passage_with(resolution: LoadedDocument, words: str) -> Passage:
    found = [passage for passage in resolution.passages if words in passage.text]
    assert len(found) == 1, f"{words!r} is in {len(found)} passages"
    return found[0]


def test_it_has_three_articles(resolution: LoadedDocument) -> None:
    numbers = [path[0][1] for p in resolution.passages if (path := p.heading_path)]
    assert list(dict.fromkeys(numbers)) == ["1", "2", "3"]
    assert resolution.warnings == ()


def test_article_2_has_clauses_1_to_11_and_no_other_article_has_any(resolution: LoadedDocument) -> None:
    paths = [p.heading_path for p in resolution.passages if len(p.heading_path) > 1]
    assert list(dict.fromkeys(paths)) == [(("Điều", "2"), ("khoản", str(n))) for n in range(1, 12)]


def test_seven_paragraphs_continue_a_clause(resolution: LoadedDocument) -> None:
    continued = [p.location for p in resolution.passages if len(p.headings) == 2 and p.ordinal > 1]
    assert continued == [
        "Điều 2, khoản 1, đoạn 2",
        "Điều 2, khoản 2, đoạn 2",
        "Điều 2, khoản 2, đoạn 3",
        "Điều 2, khoản 3, đoạn 2",
        "Điều 2, khoản 4, đoạn 2",
        "Điều 2, khoản 9, đoạn 2",
        "Điều 2, khoản 10, đoạn 2",
    ]


@pytest.mark.parametrize(
    ("words", "location"),
    [
        ("Về nhiệm vụ phát triển kinh tế - xã hội 6 tháng cuối năm 2024 tỉnh Bắc Giang", "Tên văn bản"),
        ("KỲ HỌP THỨ 18", "Cơ quan ban hành"),
        ("Căn cứ Luật Tổ chức chính quyền địa phương", "Phần căn cứ, đoạn 1"),
        ("Trên cơ sở xem xét báo cáo", "Phần căn cứ, đoạn 2"),
        ("QUYẾT NGHỊ:", "Phần căn cứ, đoạn 3"),
        ("Tốc độ tăng trưởng GRDP tiếp tục dẫn đầu cả nước", "Điều 1, đoạn 1"),
        ("Lĩnh vực văn hóa, xã hội tiếp tục phát triển", "Điều 1, đoạn 2"),
        ("đơn hàng sụt giảm", "Điều 1, đoạn 3"),
        ("Tâm lý đùn đẩy, né tránh", "Điều 1, đoạn 4"),
        ("Để tiếp tục phát huy những thành tích", "Điều 2, lời dẫn"),
        ("Căn cứ các mục tiêu, nhiệm vụ kế hoạch 5 năm", "Điều 2, khoản 1, đoạn 2"),
        ("Nghị quyết số 24/NQ-HĐND", "Điều 2, khoản 2, đoạn 1"),
        ("vụ Mùa và vụ Đông", "Điều 2, khoản 2, đoạn 3"),
        ("Chỉ thị số 30-CT/TU", "Điều 2, khoản 4, đoạn 1"),
        ("Kết luận số 99-KL/TU", "Điều 2, khoản 4, đoạn 2"),
        ("an toàn vệ sinh thực phẩm", "Điều 2, khoản 5"),
        ("Chỉ thị số 26-CT/TU", "Điều 2, khoản 9, đoạn 1"),
        ("Nghị quyết số 233-NQ/TU", "Điều 2, khoản 9, đoạn 2"),
        ("Chỉ thị số 17-CT/TU ngày 14/10/2022", "Điều 2, khoản 10, đoạn 2"),
        ("quy chế phối hợp với Ủy ban Mặt trận Tổ quốc", "Điều 2, khoản 11"),
        ("Giao Uỷ ban nhân dân tỉnh tổ chức thực hiện", "Điều 3"),
        ("đã được Hội đồng nhân dân tỉnh Khoá XIX", "Phần kết"),
    ],
)
def test_words_are_cited_at_their_place(resolution: LoadedDocument, words: str, location: str) -> None:
    assert passage_with(resolution, words).location == location


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Căn cứ Luật Tổ chức", Zone.PREAMBLE),
        ("Trên cơ sở xem xét", Zone.PREAMBLE),
        ("QUYẾT NGHỊ:", Zone.PREAMBLE),
        ("thông qua./.", Zone.CLOSING),
    ],
)
def test_what_frames_the_articles_is_in_none_of_them(
    resolution: LoadedDocument, words: str, zone: Zone
) -> None:
    passage = passage_with(resolution, words)
    assert passage.zone is zone
    assert passage.headings == ()


def test_no_two_passages_are_cited_alike(resolution: LoadedDocument) -> None:
    locations = [passage.location for passage in resolution.passages]
    assert len(set(locations)) == len(locations) == 30


def test_what_the_text_does_not_print_is_not_invented(resolution: LoadedDocument) -> None:
    document = resolution.document
    assert (document.number, document.issued_on, document.signer) == (None, None, None)


def test_what_the_text_prints_is_known(resolution: LoadedDocument) -> None:
    document = resolution.document
    title = "Về nhiệm vụ phát triển kinh tế - xã hội 6 tháng cuối năm 2024 tỉnh Bắc Giang"
    assert (document.kind, document.title) == ("nghị quyết", title)
    assert document.issuer == "HỘI ĐỒNG NHÂN DÂN TỈNH BẮC GIANG"
    assert document.name == "Nghị quyết v" + title[1:]


def test_a_number_whose_word_is_decomposed_in_the_file_is_found(resolution: LoadedDocument) -> None:
    wanted = "Nghị quyết số 233-NQ/TU"
    raw = FILE.read_text(encoding="utf-8")
    assert wanted not in raw, "the file is no longer a test of decomposed letters"
    assert wanted in resolution.document.text
    assert unicodedata.is_normalized("NFC", resolution.document.text)


def test_all_eight_cited_numbers_are_there(resolution: LoadedDocument) -> None:
    numbers = re.findall(r"số (\d+[-/][A-ZĐ]+[-/][A-ZĐ]+)", resolution.document.text)
    assert numbers == [
        "24/NQ-HĐND", "30-CT/TU", "17-CT/TU", "99-KL/TU", "26-CT/TU", "233-NQ/TU", "17-CT/TU", "25-CT/TU",
    ]  # fmt: skip


def test_export_residue_is_gone(resolution: LoadedDocument) -> None:
    assert "[bookmark" in FILE.read_text(encoding="utf-8")
    assert "[bookmark" not in resolution.document.text
    assert "_Hlk" not in resolution.document.text


def test_nothing_else_is_lost_or_changed(resolution: LoadedDocument) -> None:
    raw = unicodedata.normalize("NFC", FILE.read_text(encoding="utf-8"))
    written = [re.sub(r"\[bookmark: \w+\]", "", line).strip() for line in raw.split("\n")]
    assert resolution.document.text.split("\n") == [line for line in written if line]


def test_offsets_are_the_words(resolution: LoadedDocument) -> None:
    text = resolution.document.text
    for passage in resolution.passages:
        assert passage.text == text[passage.start : passage.end]
    assert "\n".join(passage.text for passage in resolution.passages) == text


def test_every_sentence_can_be_cited(resolution: LoadedDocument) -> None:
    for passage in resolution.passages:
        for span in sentences(passage.text):
            citation = Citation(
                resolution.document, passage, passage.start + span.start, passage.start + span.end
            )
            assert citation.quote == span.of(passage.text)
            assert citation.span_in_passage == (span.start, span.end)


def test_ids_are_unique_and_the_same_every_time(resolution: LoadedDocument) -> None:
    again = load(FILE, FILE.name)
    assert again == resolution
    ids = [passage.id for passage in resolution.passages]
    assert len(set(ids)) == len(ids)
    assert {passage.document_id for passage in resolution.passages} == {resolution.document.id}
