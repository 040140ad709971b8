"""The pure rendering: nothing untrusted becomes markup, and highlights are exactly the quoted words."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Note, RankedPassage, Turn
from chat.escaping import shortened, shown
from chat.exchange import Conversation, Exchange, history
from chat.render import render_answer, render_conversation
from chat.shell import amended
from chat.sources import highlighted, render_sources
from corpus.citation import Citation
from corpus.document import Document
from corpus.passage import Heading, Level, Passage, Zone

HOSTILE = "<img src=x onerror=\"alert(1)\"> javascript:alert(1) **đậm** & 'nháy' ${x} {{y}}"


class _Parsed(HTMLParser):
    """Tags and attributes in order, the text content, and the text of elements by their tag and attribute."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.pieces: list[tuple[tuple[tuple[str, dict[str, str | None]], ...], str]] = []
        self._open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        self.pieces.append((tuple(self._open), data))

    def highlighted_by(self, number: int) -> str:
        return "".join(
            data
            for path, data in self.pieces
            if any(tag == "mark" and str(number) in (a["data-cites"] or "").split() for tag, a in path)
        )

    def bold(self) -> list[str]:
        return [data for path, data in self.pieces if ("strong", {"class": "decisive"}) in path]

    def inside(self, css_class: str) -> list[str]:
        found: dict[int, str] = {}
        for path, data in self.pieces:
            for element in path:
                if css_class in (element[1].get("class") or "").split():
                    found[id(element)] = found.get(id(element), "") + data
        return list(found.values())


def _document(*paragraphs: str, title: str = "Về thử nghiệm") -> tuple[Document, list[Passage]]:
    text = "\n".join(paragraphs)
    document = Document("d", "nghị quyết", "1/NQ", None, None, None, title, "d.txt", "0", text)
    passages = []
    start = 0
    for number, paragraph in enumerate(paragraphs, 1):
        headings = (Heading(Level.ARTICLE, str(number)),)
        end = start + len(paragraph)
        location = f"Điều {number}"
        passages.append(Passage(f"d#{number}", "d", start, end, Zone.BODY, headings, 1, location, paragraph))
        start = end + 1
    return document, passages


def _cite(
    document: Document, passage: Passage, quote: str, nth: int = 0, decisive: tuple[tuple[int, int], ...] = ()
) -> Citation:
    """`decisive` counts from the quotation's first character."""
    at = -1
    for _ in range(nth + 1):
        at = passage.text.index(quote, at + 1)
    start = passage.start + at
    spans = tuple((start + first, start + last) for first, last in decisive)
    return Citation(document, passage, start, start + len(quote), spans)


def _answer(text: str, *citations: Citation, **other: object) -> Answer:
    values = {
        "question": "Hỏi?",
        "understood_as": None,
        "language": "vi",
        "text": text,
        "citations": citations,
        "passages": (),
        "refused": False,
        "reason": None,
        "mode": "extractive",
        "took_ms": 1,
    }
    return Answer(**(values | other))  # type: ignore[arg-type]


def test_hostile_text_is_shown_and_never_markup() -> None:
    document, (passage,) = _document(HOSTILE, title=HOSTILE)
    citation = _cite(document, passage, passage.text)
    answer = _answer(f"{HOSTILE} [1]", citation, understood_as=HOSTILE)
    exchanges = [Exchange(HOSTILE, answer), Exchange(HOSTILE, problem=HOSTILE), Exchange(HOSTILE)]
    for markup in (render_conversation(Conversation("c", tuple(exchanges))), render_sources(exchanges)):
        parsed = _Parsed(markup)
        assert HOSTILE in parsed.text
        assert {"img", "script", "strong", "em"}.isdisjoint(tag for tag, _ in parsed.tags)
        addresses = [attributes["href"] or "" for tag, attributes in parsed.tags if tag == "a"]
        assert all(address.startswith("documents/d?start=") for address in addresses)
        assert not any(name.startswith("on") for _, attributes in parsed.tags for name in attributes)


def test_direction_marks_stay_in_place_but_keep_their_effect_inside() -> None:
    parsed = _Parsed(shown("a\u202eb"))
    assert parsed.text == "a\u202eb"
    assert parsed.pieces[1] == ((("bdi", {"class": "direction-mark", "data-code": "U+202E"}),), "\u202e")


def test_what_cannot_be_sent_as_utf8_is_replaced() -> None:
    assert shown("a\ud800b").encode("utf-8") == b"a?b"


@pytest.mark.parametrize(
    "spans",
    [
        {1: (0, 5)},
        {1: (3, 9), 2: (12, 20)},
        {1: (0, 8), 2: (8, 16)},
        {1: (0, 12), 2: (6, 18)},
        {1: (0, 20), 2: (4, 8)},
        {1: (4, 8), 2: (4, 8)},
        {2: (10, 20), 1: (0, 10)},
    ],
    ids=["one", "apart", "adjacent", "overlapping", "nested", "same", "in reverse order"],
)
def test_highlight_is_exactly_the_span(spans: dict[int, tuple[int, int]]) -> None:
    text = "Thu gom & xử lý <rác> thải."
    parsed = _Parsed(highlighted(text, spans))
    assert parsed.text == text
    for number, (start, end) in spans.items():
        assert parsed.highlighted_by(number) == text[start:end]
    labels = "".join(attributes.get("data-label") or "" for _, attributes in parsed.tags)
    assert sorted(labels.replace("][", "] [").split()) == sorted(f"[{n}]" for n in spans)


def test_repeated_sentence_is_highlighted_where_it_was_cited() -> None:
    document, (passage,) = _document("Xử lý rác. Khác. Xử lý rác.")
    citation = _cite(document, passage, "Xử lý rác.", nth=1)
    markup = render_sources([Exchange("?", _answer("Xử lý rác. [1]", citation))])
    assert 'passage">Xử lý rác. Khác. <mark data-cites="1" data-label="[1]">Xử lý rác.</mark></p>' in markup


def test_citations_of_one_paragraph_share_a_card() -> None:
    document, (first, second) = _document("Câu một. Câu hai.", "Câu ba.")
    citations = [
        _cite(document, first, "Câu một."),
        _cite(document, second, "Câu ba."),
        _cite(document, first, "Câu hai."),
    ]
    parsed = _Parsed(render_sources([Exchange("?", _answer("…", *citations))]))
    cards = [a for tag, a in parsed.tags if tag == "article"]
    assert [card["data-cites"] for card in cards] == ["1 3", "2"]
    assert parsed.inside("passage") == [first.text, second.text]
    for number, citation in enumerate(citations, 1):
        assert parsed.highlighted_by(number) == citation.quote


@st.composite
def _texts_with_spans(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]], list[tuple[int, int]]]:
    text = draw(st.text(st.sampled_from("aă<&>\"' \n\u202e7"), min_size=1, max_size=40))
    pair = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    spans = st.lists(pair.filter(lambda span: span[0] < span[1]), max_size=5)
    return text, draw(spans), draw(spans)


@given(_texts_with_spans())
def test_whatever_is_bold_the_passage_reads_the_same(
    drawn: tuple[str, list[tuple[int, int]], list[tuple[int, int]]],
) -> None:
    text, quoted, decisive = drawn
    parsed = _Parsed(highlighted(text, dict(enumerate(quoted, 1)), decisive))
    assert parsed.text == text
    for number, (start, end) in enumerate(quoted, 1):
        assert parsed.highlighted_by(number) == text[start:end]
    inside = {at for start, end in decisive for at in range(start, end)}
    assert "".join(parsed.bold()) == "".join(text[at] for at in sorted(inside))
    assert {tag for tag, _ in parsed.tags} <= {"mark", "strong", "bdi"}


def test_decisive_words_are_bold_in_the_answer_and_in_its_source() -> None:
    quote = "Thu 7 tỷ & <b>8 tỷ</b>, riêng quý I 7 tỷ."
    second = quote.index("7 tỷ", 10)
    document, (passage,) = _document(f"7 tỷ. {quote} 7 tỷ.")
    citation = _cite(document, passage, quote, decisive=((11, 22), (second, second + 4)))
    answer = _answer(f"“{quote}” [1]", citation)
    for markup in (render_answer(answer, 1), render_sources([Exchange("?", answer)])):
        parsed = _Parsed(markup)
        assert parsed.bold() == ["<b>8 tỷ</b>", "7 tỷ"]
        assert "b" not in {tag for tag, _ in parsed.tags}
    assert parsed.inside("passage") == [passage.text]
    assert _Parsed(render_answer(answer, 1)).inside("reply-text") == [answer.text]


def test_the_same_words_are_bold_only_where_they_decide() -> None:
    document, (first, second) = _document("Năm 2024.", "Năm 2024.")
    citations = [_cite(document, first, first.text), _cite(document, second, second.text, decisive=((4, 8),))]
    markup = render_answer(_answer("“Năm 2024.” [1]\n“Năm 2024.” [2]", *citations), 1)
    assert "“Năm 2024.”" in markup
    assert '“Năm <strong class="decisive">2024</strong>.”' in markup
    assert _Parsed(markup).bold() == ["2024"]


def test_touching_decisive_spans_and_one_over_a_line_end_and_a_footnote() -> None:
    quote = "Ngày 12/7, tại\nBắc Giang.[1] Hết."
    document, (passage,) = _document(quote)
    place = (quote.index("tại"), quote.index(" Hết"))
    citation = _cite(document, passage, quote, decisive=((5, 7), (7, 9), place))
    parsed = _Parsed(render_answer(_answer(f"“{quote}” [1]", citation), 1))
    assert parsed.bold() == ["12", "/7", "tại", "Bắc Giang.[1]"]
    assert parsed.inside("reply-text") == [f"“{quote}” [1]".replace("\n", "")]
    assert parsed.inside("marker") == ["[1]"]


def test_only_the_newest_sources_are_visible() -> None:
    document, (passage,) = _document("Câu một.")
    exchange = Exchange("?", _answer("Câu một. [1]", _cite(document, passage, "Câu một.")))
    sections = [a for tag, a in _Parsed(render_sources([exchange, exchange])).tags if tag == "section"]
    assert ["hidden" in section for section in sections] == [True, False]


def test_markers_are_buttons_and_numbers_without_citation_stay_text() -> None:
    document, (passage,) = _document("Câu một.")
    parsed = _Parsed(render_answer(_answer("Câu một. [1] [2] [0]", _cite(document, passage, "Câu một.")), 7))
    buttons = [a for tag, a in parsed.tags if tag == "button" and a["class"] == "marker"]
    assert buttons == [
        {
            "type": "button",
            "class": "marker",
            "data-turn": "7",
            "data-cite": "1",
            "aria-label": "Xem nguồn 1",
        }
    ]
    assert parsed.inside("reply-text") == ["Câu một. [1] [2] [0]"]


def test_footnote_inside_a_quote_is_not_a_marker() -> None:
    document, (passage,) = _document("Sửa đổi theo Luật số 5.[1] Hết.")
    answer = _answer(f"“{passage.text}” [1]", _cite(document, passage, passage.text))
    parsed = _Parsed(render_answer(answer, 1))
    assert [data for path, data in parsed.pieces if path[-1][1].get("class") == "marker"] == ["[1]"]
    assert parsed.inside("reply-text") == [f"“{passage.text}” [1]"]


def test_each_citation_has_a_line_with_its_place() -> None:
    document, (passage,) = _document("Câu một.")
    parsed = _Parsed(render_answer(_answer("Câu một. [1]", _cite(document, passage, "Câu một.")), 1))
    assert parsed.inside("place") == [f"[1] Điều 1 – {document.name}"]


def test_refusal_shows_the_nearest_passage_as_no_answer() -> None:
    document, (passage,) = _document("Chữ " * 200 + "cuối.")
    found = RankedPassage(document, passage, 0.4)
    answer = _answer("Không có trong văn bản.", passages=(found, found), refused=True, reason="x")
    parsed = _Parsed(render_answer(answer, 1))
    assert parsed.inside("reply-text") == ["Không có trong văn bản."]
    assert not [tag for tag, _ in parsed.tags if tag in ("button", "mark")]
    (nearest,) = parsed.inside("nearest-text")
    assert nearest.endswith("…") and len(nearest) <= 301
    assert "không phải câu trả lời" in parsed.text
    assert parsed.inside("passage") == [passage.text]


def test_the_nearest_passage_is_shown_from_its_nearest_sentence() -> None:
    document, (passage,) = _document("Câu đầu dài dòng. " * 30 + "Tiến độ chậm. Câu cuối.")
    found = RankedPassage(document, passage, 0.4, passage.text.index("Tiến độ"))
    answer = _answer("Không có trong văn bản.", passages=(found,), refused=True, reason="x")
    parsed = _Parsed(render_answer(answer, 1))
    assert parsed.inside("nearest-text") == ["… Tiến độ chậm. Câu cuối."]
    assert parsed.inside("passage") == [passage.text]


def test_refusal_without_any_passage() -> None:
    assert "nearest" not in render_answer(_answer("Không có.", refused=True, reason="x"), 1)


@pytest.mark.parametrize("text", ["", "ngắn", "x" * 20, "một hai ba bốn năm sáu bảy"])
def test_shortened_is_never_longer_than_asked(text: str) -> None:
    short = shortened(text, 20)
    assert len(short) <= 21 and (short == text or short.endswith("…"))


def test_a_reworded_question_can_be_asked_again_as_typed() -> None:
    reworded = Exchange("thu hut", _answer("…", understood_as="thu hút"))
    again = Exchange("thu hut", _answer("…", understood_as="thu hut (tiếp câu: “a”)"), as_typed=True)
    first, second, third = _turns([reworded, again, Exchange("thu hút", _answer("…"))])
    assert 'data-as-typed="1">Tìm đúng như đã gõ</button>' in first
    assert "(tìm đúng như đã gõ)" not in first
    assert 'thu hut <span class="note">(tìm đúng như đã gõ)</span>' in second
    assert "Tôi hiểu là: thu hut (tiếp câu" in second
    assert "<button" not in second
    assert "as-typed" not in third and "Tôi hiểu là" not in third
    assert "(tìm đúng như đã gõ)" in render_sources([reworded, again])


def test_a_refusal_to_a_reworded_question_offers_the_same() -> None:
    answer = _answer("Không có.", refused=True, reason="x", understood_as="thu hút")
    assert 'data-as-typed="1"' in render_conversation(Conversation("c", (Exchange("thu hut", answer),)))


def _turns(exchanges: list[Exchange]) -> list[str]:
    return render_conversation(Conversation("c", tuple(exchanges))).split('<li class="turn"')[1:]


def test_history_leaves_out_what_had_no_answer() -> None:
    exchanges = [Exchange("a", _answer("A")), Exchange("b", problem="lỗi"), Exchange("c")]
    assert history(exchanges) == [Turn("user", "a"), Turn("assistant", "A")]


def test_shell_is_vietnamese_and_names_no_outside_address() -> None:
    page = amended(
        '<!doctype html>\n<html\n\tlang="en" style="x"><head>'
        '<meta property="og:url" content="https://gradio.app/" />'
        "</head><body></body></html>"
    )
    assert '<html\n\tlang="vi"' in page
    assert "gradio.app" not in page
    assert "<title>Trợ lý Nghị quyết</title><style>" in page


def test_notes_stand_below_the_places_as_text() -> None:
    document, passages = _document("Mức thu là 5.000 đồng.")
    answer = _answer(
        f"“{passages[0].text}” [1]",
        _cite(document, passages[0], passages[0].text),
        notes=(Note("[1] khoản này đã được <b>sửa đổi</b>."), Note("Chỉ thị số 5-CT/TU", "Báo")),
    )
    shown_answer = render_answer(answer, 1)
    assert "[1] khoản này đã được &lt;b&gt;sửa đổi&lt;/b&gt;." in shown_answer
    assert shown_answer.index('class="places"') < shown_answer.index('class="notes"')
    assert 'class="notes"' not in render_answer(_answer("“x” [1]"), 1)
