"""Abbreviations are written out where they are abbreviations, by the sense that the question speaks of."""

from pathlib import Path

import pytest

from assistant.question import parse_question
from assistant.understanding.abbreviations import Abbreviations
from assistant.understanding.reading import Reader
from assistant.understanding.tokens import protected_spans
from corpus.passage import Passage, Zone

LEXICON = Path(__file__).resolve().parents[3] / "assistant" / "data" / "abbreviations.tsv"
COMMON = Abbreviations()


@pytest.fixture(scope="module")
def rows() -> list[tuple[str, ...]]:
    lines = LEXICON.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if not line.startswith("#")]


def written(text: str, *passages: Passage) -> str:
    lexicon = Abbreviations(passages) if passages else COMMON
    return lexicon.written_out(text, protected_spans(text)).text


def passage(text: str) -> Passage:
    return Passage("p1", "d1", 0, len(text), Zone.BODY, (), 1, "Điều 1", text)


def test_the_lexicon_has_three_filled_columns(rows: list[tuple[str, ...]]) -> None:
    assert len({row[0] for row in rows}) >= 200
    assert {len(row) for row in rows} == {3}
    assert len({row[:2] for row in rows}) == len(rows)
    for short, full, context in rows:
        assert short == short.strip() != "" and full == full.strip() != "" and short != full
        assert context == "" or all(word == word.strip().lower() != "" for word in context.split("|"))


def test_every_abbreviation_has_one_default_sense_and_it_comes_first(rows: list[tuple[str, ...]]) -> None:
    senses: dict[str, list[str]] = {}
    for short, _, context in rows:
        senses.setdefault(short, []).append(context)
    assert [
        s for s, found in senses.items() if [c == "" for c in found] != [True] + [False] * (len(found) - 1)
    ] == []


def test_every_default_sense_is_reached(rows: list[tuple[str, ...]]) -> None:
    default = {short: full for short, full, context in rows if not context}
    found = {short: written(f"hỏi về {short} ạ") for short in default}
    assert {s: found[s] for s, full in default.items() if found[s] != f"hỏi về {full} ạ"} == {}


def test_every_other_sense_is_reached_by_its_context(rows: list[tuple[str, ...]]) -> None:
    asked = {(s, full): f"hỏi về {s} {context.replace('|', ' ')}" for s, full, context in rows if context}
    assert [
        sense for sense, text in asked.items() if not written(text).startswith(f"hỏi về {sense[1]} ")
    ] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh"),
        ("ubnd tỉnh", "Ủy ban nhân dân tỉnh"),
        ("Ubnd tỉnh làm gì", "Ủy ban nhân dân tỉnh làm gì"),
        ("HDND huyện", "Hội đồng nhân dân huyện"),
        ("tthc ở xã", "thủ tục hành chính ở xã"),
        ("KT-XH và ktxh", "kinh tế - xã hội và kinh tế - xã hội"),
        ("KH&CN, KHCN, kh-cn", "khoa học và công nghệ, khoa học và công nghệ, khoa học và công nghệ"),
        ("6T đầu năm, 6 tháng cuối năm", "6 tháng đầu năm, 6 tháng cuối năm"),
        ("BT huyện ủy", "bí thư huyện ủy"),
        ("hợp đồng BT", "hợp đồng xây dựng - chuyển giao"),
        ("hop dong BT", "hop dong xây dựng - chuyển giao"),
        ("BCT ban hành thông tư", "Bộ Công Thương ban hành thông tư"),
        ("nghị quyết của BCT", "nghị quyết của Bộ Chính trị"),
        ("trường MN công lập", "trường mầm non công lập"),
        ("DN/HTX ko làm v/v này", "doanh nghiệp/hợp tác xã không làm về việc này"),
    ],
)
def test_abbreviations_are_written_out(text: str, expected: str) -> None:
    assert written(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "số 17-CT/TU",
        "Chỉ thị 17-CT/TU ngày 01/02/2024",
        "chi thi 17-ct/tu",
        "nghị quyết 233-nq/tu",
        "24/NQ-HĐND",
        "Luật số 72/2020/QH14",
        "công văn 12/ubnd-kt",
        "ca sĩ đi tu, da ai con ca",
        "Ai ký? Tu sửa",
        "mục “UBND tỉnh”",
        "gửi ubnd@bacgiang.gov.vn",
        "",
    ],
)
def test_codes_words_quotations_and_addresses_are_left_alone(text: str) -> None:
    assert written(text) == text


def test_a_number_is_kept_apart_from_what_is_written_out() -> None:
    assert "quyết233" not in written("NQ233 nói gì")


@pytest.mark.parametrize(
    "defined",
    ["sau đây gọi tắt là QLX", "sau đây viết tắt là QLX", "gọi tắt là QLX", "viết tắt: QLX", "QLX", "“QLX”"],
)
def test_a_document_defines_its_own(defined: str) -> None:
    text = f"Thành lập Quỹ lúa xanh ({defined}) của tỉnh."
    assert (
        written("QLX dùng làm gì, qlx ở đâu", passage(text)) == "Quỹ lúa xanh dùng làm gì, Quỹ lúa xanh ở đâu"
    )
    assert written("QLX dùng làm gì") == "QLX dùng làm gì"


def test_what_a_document_defines_comes_before_the_lexicon() -> None:
    own = passage("Thành lập Tổ tự hành chính (sau đây gọi tắt là TTHC).")
    assert written("TTHC", own) == "Tổ tự hành chính"


def test_a_bracket_without_the_full_form_before_it_defines_nothing() -> None:
    assert written("QLX ở đâu", passage("Theo số liệu của tỉnh (QLX).")) == "QLX ở đâu"


@pytest.mark.parametrize("text", ["UBND, HĐND, TTHC ở xã", "không có gì", "KT-XH", "6T đầu năm của UBND"])
def test_the_spans_are_what_was_written_out(text: str) -> None:
    found = Abbreviations().written_out(text)
    rest, done = "", 0
    for start, end in found.spans:
        assert done <= start < end <= len(found.text)
        rest, done = rest + found.text[done:start], end
    assert "UBND" not in rest and (bool(found.spans) == (found.text != text))


@pytest.mark.parametrize("text", ["kt-xh 6 thang", "ubnd, hdnd lam gi", "tthc, pccc o xa"])
def test_unaccented_questions_with_abbreviations_are_not_taken_for_english(text: str, reader: Reader) -> None:
    assert reader.read(parse_question(text)).question.text.endswith(("tháng", "làm gì", "ở xã"))
