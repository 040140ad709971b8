"""Real documents, where they are at hand: counts and places checked by eye against the official texts."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import Level, Passage, Zone
from ingest import LoadedDocument, load

Find = Callable[[str], Path]
ENVIRONMENT_LAW = "luat-bao-ve-moi-truong-2020/text.txt"
AMENDING_LAW = "luat-47-2019-qh14/text.txt"
RECORDS_DECREE = "nd-30-2020-nd-cp/30_2020_ND_CP.docx"
SCHOOL_PLAN = "docx-kh-thpt-dong-thap-2026/kh.docx"
ALL = [ENVIRONMENT_LAW, AMENDING_LAW, RECORDS_DECREE, SCHOOL_PLAN, "luat-146-2025-qh15/text.txt"]


@pytest.fixture(scope="module")
def read(shared_corpus: Find) -> Callable[[str], LoadedDocument]:
    held: dict[str, LoadedDocument] = {}

    def read_once(relative: str) -> LoadedDocument:
        if relative not in held:
            held[relative] = load(shared_corpus(relative), relative)
        return held[relative]

    return read_once


Read = Callable[[str], LoadedDocument]


def numbers(loaded: LoadedDocument, level: Level) -> list[str]:
    """Numbers of the headings of a level in order of appearance."""
    return list(dict.fromkeys(h.number for p in loaded.passages for h in p.headings if h.level is level))


def at(loaded: LoadedDocument, location: str) -> list[Passage]:
    return [p for p in loaded.passages if p.location == location and p.zone is not Zone.HEADING]


def count(loaded: LoadedDocument, path: tuple[tuple[str, str], ...]) -> int:
    """How many different headings stand directly under a path."""
    depth = len(path)
    inner = {p.heading_path[-1 - depth :] for p in loaded.passages if p.heading_path[-1 - depth : -1] == path}
    return len(inner)


@pytest.mark.parametrize("relative", ALL)
def test_offsets_are_right_in_real_documents(read: Read, relative: str) -> None:
    loaded = read(relative)
    for passage in loaded.passages:
        assert passage.text == loaded.document.text[passage.start : passage.end]
    assert "\n".join(passage.text for passage in loaded.passages) == loaded.document.text


@pytest.mark.parametrize("relative", ALL)
def test_no_two_paragraphs_of_a_real_document_are_cited_alike(read: Read, relative: str) -> None:
    quotable = [p.location for p in read(relative).passages if p.zone is not Zone.HEADING]
    assert len(set(quotable)) == len(quotable)


def test_the_environment_law_has_16_chapters_and_171_articles(read: Read) -> None:
    law = read(ENVIRONMENT_LAW)
    roman = [
        "I",
        "II",
        "III",
        "IV",
        "V",
        "VI",
        "VII",
        "VIII",
        "IX",
        "X",
        "XI",
        "XII",
        "XIII",
        "XIV",
        "XV",
        "XVI",
    ]
    assert numbers(law, Level.CHAPTER) == roman
    assert numbers(law, Level.ARTICLE) == [str(number) for number in range(1, 172)]
    assert law.warnings == ()


def test_the_environment_law_knows_its_name_number_and_date(read: Read) -> None:
    document = read(ENVIRONMENT_LAW).document
    assert (document.kind, document.number, document.issued_on) == ("luật", "72/2020/QH14", "2020-11-17")
    assert document.issuer == "QUỐC HỘI"
    assert document.name == "Luật Bảo vệ môi trường số 72/2020/QH14"


def test_article_75_of_the_environment_law_sorts_household_waste(read: Read) -> None:
    law = read(ENVIRONMENT_LAW)
    (lead,) = at(law, "Điều 75, khoản 1, lời dẫn")
    assert lead.text.startswith("1. Chất thải rắn sinh hoạt phát sinh từ hộ gia đình, cá nhân được phân loại")
    points = [at(law, f"Điều 75, khoản 1, điểm {letter}") for letter in "abc"]
    assert [len(found) for found in points] == [1, 1, 1]
    assert [found[0].text[:2] for found in points] == ["a)", "b)", "c)"]
    assert at(law, "Điều 75, khoản 1, điểm d") == []
    article = next(h for h in lead.headings if h.level is Level.ARTICLE)
    assert article.title == "Phân loại, lưu giữ, chuyển giao chất thải rắn sinh hoạt"


def test_the_definitions_of_the_environment_law_are_one_clause_each(read: Read) -> None:
    law = read(ENVIRONMENT_LAW)
    (definition,) = at(law, "Điều 3, khoản 29")
    assert definition.text == "29. Khí nhà kính là loại khí trong khí quyển gây hiệu ứng nhà kính."


def test_the_amending_law_has_4_articles_and_counts_no_quoted_clause(read: Read) -> None:
    law = read(AMENDING_LAW)
    assert numbers(law, Level.ARTICLE) == ["1", "2", "3", "4"]
    assert count(law, (("Điều", "1"),)) == 5
    assert count(law, (("Điều", "2"),)) == 33
    assert (law.document.number, law.document.issued_on) == ("47/2019/QH14", "2019-11-22")


def test_replacement_text_is_cited_at_the_clause_that_quotes_it(read: Read) -> None:
    law = read(AMENDING_LAW)
    (quoted,) = [p for p in law.passages if p.text.startswith("“1a. Có một quốc tịch")]
    assert quoted.location == "Điều 2, khoản 3, đoạn 2"


def test_the_records_decree_has_7_chapters_and_38_articles(read: Read) -> None:
    decree = read(RECORDS_DECREE)
    assert numbers(decree, Level.CHAPTER) == ["I", "II", "III", "IV", "V", "VI", "VII"]
    assert numbers(decree, Level.ARTICLE) == [str(number) for number in range(1, 39)]
    assert decree.warnings == ()


def test_the_letterhead_and_signature_tables_of_the_records_decree_are_read(read: Read) -> None:
    document = read(RECORDS_DECREE).document
    assert (document.kind, document.number, document.issued_on) == (
        "nghị định",
        "30/2020/NĐ-CP",
        "2020-03-05",
    )
    assert (document.issuer, document.signer) == ("CHÍNH PHỦ", "Nguyễn Xuân Phúc")
    assert document.name == "Nghị định số 30/2020/NĐ-CP về công tác văn thư"


def test_points_of_the_records_decree_go_on_from_d_to_đ(read: Read) -> None:
    decree = read(RECORDS_DECREE)
    texts = [at(decree, f"Điều 4, khoản 2, điểm {letter}")[0].text for letter in "abcdđeg"]
    assert [text[:2] for text in texts] == ["a)", "b)", "c)", "d)", "đ)", "e)", "g)"]


def test_recipients_are_not_part_of_the_last_article(read: Read) -> None:
    decree = read(RECORDS_DECREE)
    recipients = next(p for p in decree.passages if p.text.startswith("Nơi nhận"))
    assert recipients.zone is Zone.SIGNATURE
    assert all(not p.headings for p in decree.passages if p.start >= recipients.start)


def test_the_school_plan_has_a_signer_and_a_date_but_no_number(read: Read) -> None:
    document = read(SCHOOL_PLAN).document
    assert (document.kind, document.issued_on, document.number) == ("kế hoạch", "2026-08-17", None)
    assert document.signer == "Nguyễn Minh Trí"


def test_the_items_of_the_school_plan_are_cited_under_their_roman_number(read: Read) -> None:
    plan = read(SCHOOL_PLAN)
    assert [p.text for p in at(plan, "mục II.1")] == [
        "1. Thời gian tổ chức: 03 ngày: 24, 25 và 26 tháng 8 năm 2026."
    ]
    assert at(plan, "mục I.2.c")[0].text.startswith("c) Bảo đảm 100% học sinh")
    rows = [
        p for p in plan.passages if p.text.startswith("8h00 - 8h30 | Chuyên đề 4: Văn hóa ứng xử học đường.")
    ]
    assert [row.location for row in rows] == ["mục II.2, bảng 2, dòng 4"]


def test_a_scan_without_text_is_called_empty_or_holds_no_article(shared_corpus: Find) -> None:
    from ingest.errors import EmptyFileError

    path = shared_corpus("qd-46-qd-bcdcchc-2021-scan/pdftotext-layout.txt")
    with pytest.raises(EmptyFileError, match="OCR"):
        load(path, path.name)
