"""Windows: no word of a passage goes unread, and none is longer than the encoder reads."""

from hypothesis import given
from hypothesis import strategies as st

from corpus import Heading, Level, Passage, Zone
from ingest import LoadedDocument
from vectorstore.windows import Window, heading_context, windows

CONTEXT_ROOM = 96  # tokens that `max_tokens` keeps for the titles in front
LIMIT = 6


def count_words(text: str) -> int:
    return len(text.split())


def passage(text: str, *headings: Heading, zone: Zone = Zone.BODY) -> Passage:
    return Passage("vb:7", "vb", 7, 7 + len(text), zone, headings, 1, "Điều 1", text)


def cut(text: str, limit: int = 400) -> list[str]:
    made = windows(passage(text), count_words, CONTEXT_ROOM + limit)
    return [text[window.start : window.end].strip() for window in made]


texts = st.lists(
    st.sampled_from(
        ["Giao", "Sở Y tế", "4.", "Điều 2.", "TP.", "báo cáo;", "ngay.", "...", "…", "“", "”", "\n", "x" * 40]
    )
    | st.text(max_size=12),
    max_size=60,
).map(" ".join)


def check_cover(text: str, made: list[Window]) -> None:
    position = 0
    for window in made:
        assert position <= window.start < window.end <= len(text)
        assert not text[position : window.start].strip()
        assert text[window.start : window.end].strip()
        position = window.end
    assert not text[position:].strip()


@given(texts, st.integers(1, 40))
def test_every_word_of_a_passage_is_in_one_window(text: str, limit: int) -> None:
    check_cover(text, windows(passage(text), count_words, CONTEXT_ROOM + limit))


@given(texts)
def test_no_window_is_longer_than_the_encoder_reads(text: str) -> None:
    for window in windows(passage(text), count_words, CONTEXT_ROOM + LIMIT):
        assert count_words(window.encoded) <= LIMIT


@given(texts)
def test_a_counter_of_characters_is_kept_to_as_well(text: str) -> None:
    made = windows(passage(text), len, CONTEXT_ROOM + 10)
    check_cover(text, made)
    assert all(len(window.encoded) <= 10 for window in made)


@given(texts)
def test_windows_have_ids_of_their_own_that_name_the_passage(text: str) -> None:
    made = windows(passage(text), count_words, CONTEXT_ROOM + LIMIT)
    assert len({window.id for window in made}) == len(made)
    assert all(window.passage_id == "vb:7" and window.id.startswith("vb:7:") for window in made)


def test_a_window_is_a_sentence() -> None:
    assert cut("Sở Y tế chủ trì kiểm tra. Các xã phối hợp thực hiện.") == [
        "Sở Y tế chủ trì kiểm tra.",
        "Các xã phối hợp thực hiện.",
    ]


def test_a_sentence_too_short_to_say_anything_joins_the_next() -> None:
    assert cut("4. Yêu cầu. Các xã phối hợp thực hiện. Báo cáo quý.") == [
        "4. Yêu cầu. Các xã phối hợp thực hiện.",
        "Báo cáo quý.",
    ]


def test_a_passage_of_one_short_sentence_has_a_window() -> None:
    assert cut("Thi hành.") == ["Thi hành."]


def test_a_long_sentence_is_cut_at_semicolons_first() -> None:
    assert cut("Rà soát quy hoạch; cấp giấy chứng nhận; báo cáo hằng quý.", LIMIT) == [
        "Rà soát quy hoạch;",
        "cấp giấy chứng nhận;",
        "báo cáo hằng quý.",
    ]


def test_a_bare_heading_has_no_window() -> None:
    heading = passage(
        "Chương I\nQUY ĐỊNH CHUNG", Heading(Level.CHAPTER, "I", "QUY ĐỊNH CHUNG"), zone=Zone.HEADING
    )
    assert windows(heading, count_words, 512) == []


def test_titles_above_a_passage_are_read_before_its_words() -> None:
    below = passage(
        "1. Tiếp dân vào thứ năm.",
        Heading(Level.CHAPTER, "II", "TIẾP CÔNG DÂN"),
        Heading(Level.ARTICLE, "4", "Lịch tiếp"),
        Heading(Level.CLAUSE, "1"),
    )
    assert heading_context(below) == "TIẾP CÔNG DÂN. Lịch tiếp"
    (window,) = windows(below, count_words, 512)
    assert window.encoded == "TIẾP CÔNG DÂN. Lịch tiếp. 1. Tiếp dân vào thứ năm."
    assert below.text[window.start : window.end] == below.text


def test_a_passage_without_titles_above_is_read_as_it_is() -> None:
    plain = passage("1. Tiếp dân vào thứ năm.", Heading(Level.ARTICLE, "4"), Heading(Level.CLAUSE, "1"))
    assert [window.encoded for window in windows(plain, count_words, 512)] == [plain.text]


def test_every_word_of_the_resolution_is_in_one_window(resolution: LoadedDocument) -> None:
    for part in resolution.passages:
        made = windows(part, count_words, CONTEXT_ROOM + 30)
        check_cover(part.text, made)
        assert all(count_words(window.encoded) <= 30 for window in made)


LONG_TITLES = (
    Heading(Level.CHAPTER, "I", "chữ " * 45),
    Heading(Level.SECTION, "1", "chữ " * 45),
    Heading(Level.ARTICLE, "1", "chữ " * 59 + "cuối"),
)


def test_long_titles_do_not_push_words_out() -> None:
    below = passage("từ " * 400 + ".", *LONG_TITLES)
    made = windows(below, count_words, 512)
    assert all(count_words(window.encoded) <= 512 for window in made)
    assert all(window.encoded.endswith(below.text[window.start : window.end]) for window in made)
    assert "cuối. từ" in made[0].encoded, "the innermost words of the titles are kept"


@given(texts, st.integers(1, 130))
def test_an_encoder_of_any_size_reads_every_word(text: str, max_tokens: int) -> None:
    made = windows(passage(text, *LONG_TITLES), count_words, max_tokens)
    check_cover(text, made)
    assert all(count_words(window.encoded) <= max_tokens for window in made)


def test_a_counter_that_adds_marks_of_its_own_ends() -> None:
    check_cover("một hai", windows(passage("một hai"), lambda text: len(text) + 2, 2))
