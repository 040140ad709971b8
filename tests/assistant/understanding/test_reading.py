"""A question as it is understood: spelt, written out, with official terms, and stable."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question import MAX_LENGTH, QuestionError, parse_question
from assistant.understanding.reading import Reader, Reading, unread
from corpus.text import strip_diacritics, words


def read(reader: Reader, text: str) -> Reading:
    return reader.read(parse_question(text))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ubnd tinh lam gi ve rac thai", "Ủy ban nhân dân tỉnh làm gì về rác thải"),
        ("chi thi so 17-CT/TU noi gi", "chỉ thị số 17-CT/TU nói gì"),
        ("chi thi so 17-ct/tu noi gi", "chỉ thị số 17-ct/tu nói gì"),
        ("Tỉnh sử lý rác thải k?", "Tỉnh xử lý rác thải không?"),
        ("xuwr lys racs thair sinh hoatj", "xử lý rác thải sinh hoạt"),
        ("phats trieern kinh tees", "phát triển kinh tế"),
        ("xu73 ly1 ra1c tha3i", "xử lý rác thải"),
        ("kt-xh 6 tháng cuối năm", "kinh tế - xã hội 6 tháng cuối năm"),
        ("TANG CUONG QUAN LY DAT DAI", "tăng cường quản lý đất đai"),
        ("UBND TINH LAM GI", "Ủy ban nhân dân tỉnh làm gì"),
        ("Làm sổ đỏ ở đâu?", "Làm sổ đỏ ở đâu?"),
        ("Tụi nhỏ nhà tui có được lo chỗ ở hông?", "Tụi nhỏ nhà tôi có được lo chỗ ở không?"),
    ],
)
def test_a_question_is_read_as_it_was_meant(typed: str, meant: str, reader: Reader) -> None:
    found = read(reader, typed)
    assert found.question.text == meant
    assert found.encoded == meant
    assert found.question.language == "vi"
    assert found.differs_from(parse_question(typed)) == (typed != meant)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("text", ["Uỷ ban hoà giải ở đâu?", "ủy ban hòa giải ở đâu?", "Xã Đông Lỗ có gì?"])
def test_tone_placement_normal_form_and_capitals_are_no_difference(
    form: str, text: str, reader: Reader
) -> None:
    found = read(reader, unicodedata.normalize(form, text))
    assert found.question.text == text
    assert not found.differs_from(parse_question(text.upper().lower()))


def test_everyday_words_lead_to_official_terms_of_the_read_question(reader: Reader) -> None:
    found = read(reader, "ubnd oi, lam so do o dau")
    (item,) = found.related
    assert item.terms[0] == "giấy chứng nhận quyền sử dụng đất"
    assert " ".join(words(found.question.text)[item.start : item.end]) == item.phrase == "sổ đỏ"


def test_an_english_question_keeps_its_words_for_the_vector(reader: Reader) -> None:
    asked = "What does Article 2, clause 4 require about waste and unobtainium?"
    found = read(reader, asked)
    assert found.question.text.startswith("Điều 2 khoản 4")
    assert found.question.language == "vi"
    assert found.encoded == asked
    assert found.unknown == ("unobtainium",)


def test_an_english_question_without_known_words_stays(reader: Reader) -> None:
    found = read(reader, "Which blockchain unobtainium?")
    assert "unobtainium" in found.unknown
    assert found.encoded == "Which blockchain unobtainium?"


def test_unread_is_as_typed() -> None:
    typed = parse_question("sử lý rác thải k")
    found = unread(typed)
    assert (found.question, found.encoded, found.related, found.unknown) == (typed, typed.text, (), ())
    assert not found.differs_from(typed)


def test_a_question_joined_to_an_earlier_one_keeps_its_official_terms(reader: Reader) -> None:
    later, earlier = read(reader, "Thế còn sổ đỏ?"), read(reader, "Kẹt xe thì xử lý thế nào?")
    both = later.joined_to(earlier)
    assert both.question.text == "Thế còn sổ đỏ Kẹt xe thì xử lý thế nào?"
    spoken = words(both.question.text)
    assert [item.phrase for item in both.related] == ["sổ đỏ", "kẹt xe"]
    assert [" ".join(spoken[item.start : item.end]) for item in both.related] == ["sổ đỏ", "kẹt xe"]


@pytest.mark.parametrize("unit", ["UBND ", "tthc ", "nhiem vu ", "sổ đỏ ", "people's council "])
def test_the_longest_question_is_read_and_not_too_long(unit: str, reader: Reader) -> None:
    found = read(reader, (unit * MAX_LENGTH)[:MAX_LENGTH])
    assert 0 < len(found.question.text) <= MAX_LENGTH
    assert len(found.joined_to(found).question.text) <= MAX_LENGTH
    spoken = words(found.question.text)
    assert all(item.end <= len(spoken) for item in found.related)


@pytest.fixture(scope="session")
def sentence(said: list[str]) -> Callable[[int], str]:
    return lambda number: said[number % len(said)]


def damaged(text: str, how: list[int]) -> str:
    parts = text.split(" ")
    for at, part in enumerate(parts):
        match how[at % len(how)]:
            case 1:
                parts[at] = strip_diacritics(part)
            case 2:
                parts[at] = part + part[-1:]
            case 3:
                parts[at] = part.replace("ch", "tr").replace("s", "x").replace("l", "n")
            case 4:
                parts[at] = part[:-1] or part
    return " ".join(parts)


@given(st.integers(0, 200), st.lists(st.sampled_from([0, 0, 0, 1, 1, 2, 3, 4]), min_size=1, max_size=9))
def test_reading_what_was_read_changes_nothing_more(
    reader: Reader, sentence: Callable[[int], str], number: int, how: list[int]
) -> None:
    once = read(reader, damaged(sentence(number).capitalize(), how)[:500]).question
    assert reader.read(once).question.text == once.text


@pytest.mark.parametrize("typed", ["UBND DA LAM GI", "TTHC O XA K PHAI SUA", "HĐND TU SỬA NHÀ CA TRỰC"])
def test_capitals_that_are_words_stay_words_when_read_again(typed: str, reader: Reader) -> None:
    once = read(reader, typed).question
    assert reader.read(once).question.text == once.text


@given(st.text(max_size=60))
def test_any_question_can_be_read(reader: Reader, text: str) -> None:
    try:
        typed = parse_question(text)
    except QuestionError:
        return
    found = reader.read(typed)
    spoken = words(found.question.text)
    assert spoken
    assert all(0 <= item.start < item.end <= len(spoken) for item in found.related)
