"""The report of a result: what a reader sees, and what untrusted texts cannot do to it."""

import csv
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from evaluation.__main__ import main
from evaluation.errors import EvaluationProblem
from evaluation.measures import measure_of
from evaluation.report import write_report
from evaluation.report.page import page
from evaluation.report.text import interval, milliseconds, number, visible
from evaluation.result import Result, read_result, write_result
from evaluation.statistics import Estimate
from tests.evaluation import sample_result as sample


@pytest.fixture(scope="module")
def answers() -> Result:
    return sample.answers()


@pytest.fixture(scope="module")
def written(answers: Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(answers, tmp_path_factory.mktemp("report") / "new" / "folder")


def tree(path: Path) -> html.HtmlElement:
    return html.fromstring(path.read_bytes())


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_folder_holds_page_tables_and_the_result_itself(answers: Result, written: Path) -> None:
    names = {"report.html", "result.json", "measures.csv", "questions.csv"}
    assert {path.name for path in written.parent.iterdir()} == names
    assert read_result(written.parent / "result.json") == answers


def test_other_files_of_the_folder_are_left_alone(answers: Result, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("của tôi", encoding="utf-8")
    write_report(answers, tmp_path)
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "của tôi"


def test_a_folder_that_cannot_be_written_is_named_with_the_mend(answers: Result, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(EvaluationProblem, match=r"file.*không ghi được.*Chọn thư mục khác"):
        write_report(answers, tmp_path / "file" / "folder")


def test_hostile_markup_is_shown_and_never_becomes_an_element(written: Path) -> None:
    parsed = tree(written)
    assert parsed.xpath("//script | //img | //iframe | //object | //form | //link") == []
    assert not [name for element in parsed.iter() for name in element.attrib if name.startswith("on")]
    shown = words(parsed)
    assert sample.SCRIPT in shown and sample.IMAGE in shown


def test_a_system_or_title_with_markup_stays_text_in_tables_and_plots(answers: Result) -> None:
    systems = tuple(
        replace(system, name=f"$x_1$ 模型 😀 عربي {sample.SCRIPT} {system.name}", description=sample.IMAGE)
        for system in answers.systems
    )
    parsed = html.fromstring(page(replace(answers, title=sample.SCRIPT, systems=systems)).encode())
    assert parsed.xpath("//script | //img") == []
    assert any("$x_1$" in (element.text or "") for element in parsed.xpath("//svg//text"))


def test_the_page_refers_to_nothing_outside_itself(written: Path) -> None:
    parsed = tree(written)
    references = parsed.xpath("//@src | //@href | //@*[name() = 'xlink:href'] | //@action | //@data")
    assert references and all(value.startswith(("#", "data:")) for value in references)
    known = set(parsed.xpath("//@id"))
    assert {value[1:] for value in references if value.startswith("#")} <= known
    text = written.read_text(encoding="utf-8")
    styles = " ".join(parsed.xpath("//style/text() | //@style"))
    assert "@import" not in styles and set(re.findall(r"url\((.)", styles + text)) <= {"#"}
    assert "default-src 'none'" in parsed.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]


def test_ids_of_the_page_are_unique(written: Path) -> None:
    ids = tree(written).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_direction_marks_and_controls_are_spelled_out(written: Path) -> None:
    text = written.read_text(encoding="utf-8")
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert "[U+202E]txt.exe[U+202C]" in text


@given(
    st.text(
        st.one_of(st.characters(codec=None), st.sampled_from("\x00\r\x1b\u202e\u2066\ud800")), max_size=50
    )
)
def test_any_text_can_be_written_without_controls_and_plain_text_stays_as_it_is(text: str) -> None:
    shown = visible(text)
    shown.encode("utf-8")
    assert {unicodedata.category(char) for char in shown} & {"Cs"} == set()
    assert not set(shown) & set("\x00\r\x1b\u202e\u2066")
    if text.isprintable():
        assert shown == text


def test_every_number_of_the_main_table_is_the_results(answers: Result, written: Path) -> None:
    table = tree(written).xpath("//table[@id='main']")[0]
    assert [words(cell) for cell in table.xpath(".//thead//th")[1:]] == ["Trợ lý", "BM25"]
    rows = {words(row.xpath("./th//strong")[0]): row.xpath("./td") for row in table.xpath(".//tbody/tr")}
    for at, system in enumerate(answers.systems):
        for name, item in system.measures["all"].items():
            value, limits, n = (
                words(part)
                for part in rows[measure_of(name).label][at].xpath("./span[@class='value'] | ./small")
            )
            scale, digits = (100, 1) if measure_of(name).unit == "share" else (1, 0)
            assert value.replace(" %", "") == f"{scale * item.value:.{digits}f}".replace(".", ",")
            ends = [f"{scale * end:.{digits}f}".replace(".", ",") for end in (item.low, item.high)]
            assert limits.replace(" %", "") == "–".join(ends)
            assert n == f"n = {item.n}"
        costs = [words(rows[label][at].xpath("./span[@class='value']")[0]) for label in list(rows)[-5:]]
        cost = system.cost
        times = [milliseconds(value) for value in (cost.p50_ms, cost.p95_ms, cost.p99_ms)]
        assert costs == [*times, number(cost.memory_mb), number(cost.index_mb or 0, 1)]


def test_the_best_value_is_marked_by_the_direction_of_the_measure(written: Path) -> None:
    table = tree(written).xpath("//table[@id='main']")[0]
    best = {
        words(row.xpath("./th//strong")[0]): [
            "best" in (cell.get("class") or "") for cell in row.xpath("./td")
        ]
        for row in table.xpath(".//tbody/tr")
    }
    assert best["Trích dẫn đầu đúng"] == [True, False]
    assert best["Thời gian, trung vị (p50)"] == [False, True]
    assert best["Độ dài"] == [False, False]
    assert best["Trích thừa"] == [True, False]


def test_the_verdict_says_in_words_what_the_numbers_say(answers: Result, written: Path) -> None:
    said = words(tree(written).xpath("//section[@class='verdict']")[0])
    first = answers.systems[0].measures["all"]["first_citation"]
    assert "105 câu: 84 câu văn bản trả lời được, 21 câu văn bản không nêu" in said
    assert f"Trích dẫn đầu đúng: {number(100 * first.value, 1)} %" in said
    assert interval(measure_of("first_citation"), first).replace("\xa0", " ") in said
    assert "CẢNH BÁO: 1 câu trả lời có trích dẫn không đúng nguyên văn" in said
    assert "điểm phần trăm so với hệ thống mạnh nhất còn lại, BM25" in said


def test_the_verdict_says_so_when_all_quotes_are_exact(answers: Result) -> None:
    system = answers.systems[0]
    rows = tuple(row for row in system.rows if row.score("quotes_exact") != 0)
    exact = sample.system(system.name, "", rows, system.cost)
    said = page(replace(answers, systems=(exact,)))
    assert "Mọi trích dẫn trong 83 câu trả lời đều đúng nguyên văn" in said and "CẢNH BÁO" not in said


def test_refusals_are_counted_in_a_table_of_two_by_two(written: Path) -> None:
    cells = tree(written).xpath("//div[@class='refusals']//table[1]//td/text()")
    assert cells[:4] == ["83", "1", "1", "20"]


def test_groups_of_few_questions_are_said_to_be_uncertain(answers: Result) -> None:
    few = {"kind=task": {"first_citation": Estimate(0.5, 0.1, 0.9, 4)}}
    system = answers.systems[0]
    result = replace(answers, systems=(replace(system, measures=system.measures | few),))
    cell = html.fromstring(page(result).encode()).xpath("//td[contains(@class, 'few')]")[0]
    assert words(cell) == "50,0 % 10,0–90,0 % n = 4 (ít)"


def test_a_dimension_in_which_all_are_alike_has_no_table(written: Path) -> None:
    captions = [words(caption) for caption in tree(written).xpath("//caption")]
    assert any(caption.startswith("Loại câu hỏi") for caption in captions)
    assert not any(caption.startswith("Ngôn ngữ") for caption in captions)


def test_plots_are_told_in_words_to_those_who_do_not_see_them(written: Path) -> None:
    figures = tree(written).xpath("//figure")
    told = [figure.xpath(".//*[@role='img']/@aria-label")[0] for figure in figures]
    assert len(figures) == 3 and all(figure.xpath(".//svg") for figure in figures)
    assert "Tất cả 97,6" in told[0] and "BM25: 65,5" in told[1] and "p95" in told[2]


def test_plots_follow_the_colours_of_the_page(written: Path) -> None:
    drawn = re.findall(r"<svg.*?</svg>", written.read_text(encoding="utf-8"), re.DOTALL)
    assert all("var(--series-1)" in svg for svg in drawn)
    assert not any(re.search(r"(?:fill|stroke): #", svg) for svg in drawn)


def test_the_page_tells_how_to_run_it_again(answers: Result, written: Path) -> None:
    shown, origin = words(tree(written)), answers.provenance
    values = [*origin.versions.values(), *origin.settings.values(), *origin.hashes.values()]
    for value in [origin.command, origin.machine, "25/11/2026, 18:48", *values]:
        assert value in shown
    for name in answers.systems[0].measures["all"]:
        assert measure_of(name).meaning in shown


def test_the_same_result_gives_the_same_bytes(answers: Result, written: Path, tmp_path: Path) -> None:
    write_result(tmp_path / "result.json", answers)
    write_report(read_result(tmp_path / "result.json"), tmp_path / "again")
    for path in written.parent.iterdir():
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_result_without_questions_says_so(tmp_path: Path) -> None:
    said = words(tree(write_report(sample.empty(), tmp_path)))
    assert "không có câu hỏi nào" in said and "Chạy lại" in said
    assert rows_of(tmp_path / "questions.csv") == rows_of(tmp_path / "measures.csv") == []
    assert "không có câu hỏi nào" in page(replace(sample.empty(), systems=()))


def test_the_command_writes_the_report_of_a_stored_result(
    answers: Result, written: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", str(written.parent / "result.json"), str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "report.html").read_bytes() == written.read_bytes()
    assert str(tmp_path / "out" / "report.html") in capsys.readouterr().out


def test_the_command_names_a_file_that_is_no_result(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    assert main(["report", str(tmp_path / "x.json"), str(tmp_path / "out")]) == 2
    assert "x.json: không phải kết quả đánh giá" in capsys.readouterr().err
