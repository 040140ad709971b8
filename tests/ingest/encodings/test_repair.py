import unicodedata
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.encodings import repair_lines, repair_text
from tests.ingest.encodings import old_fonts

ROOT = Path(__file__).resolve().parents[3]
_RESOLUTION = next((ROOT / "documents").glob("nghi-quyet-*.txt")).read_text(encoding="utf-8")
_WORDS = unicodedata.normalize("NFC", _RESOLUTION.split("Điều 1", 1)[1]).replace("–", "-").split()
_FOREIGN = tuple(chain.from_iterable(old_fonts.WESTERN.values()))

# Lines of an official text from 8 words on, cut anywhere: no line is a sentence of its own.
lines_of_vietnamese = st.lists(
    st.tuples(st.integers(0, len(_WORDS) - 40), st.integers(8, 40)).map(
        lambda cut: " ".join(_WORDS[cut[0] : cut[0] + cut[1]])
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.parametrize(
    ("typed", "meant", "encoding"),
    [
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam", "TCVN3"),
        ("®\u00ad\u00eec c\u00b8c c¬ quan nhµ n\u00ad\u00edc", "được các cơ quan nhà nước", "TCVN3"),
        ("cña Thñ t\u2212íng; b¶o l\u2219nh", "của Thủ tướng; bảo lãnh", "TCVN3"),
        ("Sè: 12/2004/Q§-UB", "Số: 12/2004/QĐ-UB", "TCVN3"),
        ("COÄNG HOAØ XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "VNI"),
        ("Caên cöù Luaät Toå chöùc", "Căn cứ Luật Tổ chức", "VNI"),
        ("Quyeát ñònh soá 5/QÑ-UBND", "Quyết định số 5/QĐ-UBND", "VNI"),
        ("VEÂØ VIEÄC LAÄP QUYÕ", "VỀ VIỆC LẬP QUỸ", "VNI"),
        ("Co^ng ho`a xa~ ho^.i chu? nghi~a Vie^.t Nam", "Công hòa xã hội chủ nghĩa Việt Nam", "VIQR"),
        ("Ddo^.c la^.p, tu+. do, ha.nh phu'c", "Độc lập, tự do, hạnh phúc", "VIQR"),
        ("Điê\u0300u khoa\u0309n thi ha\u0300nh", "Điều khoản thi hành", "Windows-1258"),
        (unicodedata.normalize("NFD", "Điều khoản thi hành"), "Điều khoản thi hành", "NFD"),
        ("Chƣơng II. QUẢN LÝ NHÀ NƢỚC", "Chương II. QUẢN LÝ NHÀ NƯỚC", "ký tự giống"),
        ("Ðiều 4. Quyết định số 7/QÐ-TTg", "Điều 4. Quyết định số 7/QĐ-TTg", "ký tự giống"),
        ("Luật số 13⁄2012⁄QH13", "Luật số 13/2012/QH13", "ký tự giống"),
    ],
)
def test_one_line_in_any_old_writing_becomes_unicode(typed: str, meant: str, encoding: str) -> None:
    repaired = repair_text(typed)
    assert repaired.text == meant
    assert repaired.encodings == (encoding,)
    assert repaired.confidence >= 0.8


@given(lines_of_vietnamese)
def test_tcvn3_comes_back_up_to_case(lines: list[str]) -> None:
    repaired, repairs = repair_lines([old_fonts.tcvn3(line) for line in lines])
    assert [line.lower() for line in repaired] == [line.lower() for line in lines]
    assert repairs.encodings == ("TCVN3",)


@given(lines_of_vietnamese)
def test_vni_comes_back_with_its_capitals(lines: list[str]) -> None:
    repaired, repairs = repair_lines([old_fonts.vni(line) for line in lines])
    assert repaired == lines
    assert repairs.encodings == ("VNI",)


@given(lines_of_vietnamese)
def test_viqr_comes_back(lines: list[str]) -> None:
    lines = [*lines, "Quyết định này có hiệu lực từ ngày ký. Các cơ quan thi hành."]
    repaired, repairs = repair_lines([old_fonts.viqr(line) for line in lines])
    assert repaired == lines
    assert repairs.encodings == ("VIQR",)


@given(lines_of_vietnamese)
def test_windows_1258_comes_back_even_when_it_was_read_as_1252(lines: list[str]) -> None:
    misread = [old_fonts.windows_1258(line).decode("cp1252") for line in lines]
    assert repair_lines(misread)[0] == lines


@given(lines_of_vietnamese)
def test_decomposed_text_comes_back(lines: list[str]) -> None:
    repaired, repairs = repair_lines([unicodedata.normalize("NFD", line) for line in lines])
    assert repaired == lines
    assert repairs.encodings == ("NFD",)


@given(lines_of_vietnamese)
def test_unicode_vietnamese_is_left_alone(lines: list[str]) -> None:
    repaired, repairs = repair_lines(lines)
    assert repaired == lines
    assert repairs.encodings == () and repairs.confidence == 1.0


@pytest.mark.parametrize("language", sorted(old_fonts.WESTERN))
@given(data=st.data())
def test_western_text_is_left_alone(language: str, data: st.DataObject) -> None:
    words = " ".join(old_fonts.WESTERN[language]).split()
    start = data.draw(st.integers(0, len(words) - 1))
    line = " ".join(words[start : start + data.draw(st.integers(1, 30))])
    lines = data.draw(st.permutations([*old_fonts.WESTERN[language], line]))
    repaired, repairs = repair_lines(lines)
    assert repaired == list(lines)
    assert repairs.encodings == ()


@pytest.mark.parametrize("line", _FOREIGN)
def test_a_single_western_line_is_left_alone(line: str) -> None:
    assert repair_text(line).text == line


@given(st.lists(st.sampled_from(old_fonts.VIETNAMESE + _FOREIGN), max_size=8))
def test_western_lines_among_unicode_vietnamese_are_left_alone(lines: list[str]) -> None:
    assert repair_lines(lines) == (lines, repair_lines([])[1])


@given(
    st.lists(st.tuples(st.sampled_from(("tcvn3", "vni", "unicode")), st.sampled_from(old_fonts.VIETNAMESE)))
)
def test_one_document_may_mix_tcvn3_vni_and_unicode(mixed: list[tuple[str, str]]) -> None:
    typists = {"tcvn3": old_fonts.tcvn3, "vni": old_fonts.vni, "unicode": str}
    repaired, repairs = repair_lines([typists[how](text) for how, text in mixed])
    assert [line.lower() for line in repaired] == [text.lower() for _, text in mixed]
    assert set(repairs.encodings) == {name.upper() for name, _ in mixed} - {"UNICODE"}


def test_a_full_french_line_inside_a_tcvn3_document_is_left_alone() -> None:
    french = old_fonts.WESTERN["French"][0]
    lines = [old_fonts.tcvn3(old_fonts.VIETNAMESE[0]), french, old_fonts.tcvn3(old_fonts.VIETNAMESE[1])]
    assert repair_lines(lines)[0][1] == french


def test_ambiguous_lines_follow_their_neighbours() -> None:
    # "Sè", "vÒ" and "bé" are syllables as they stand; only the document tells that they are Số, về and bộ.
    typed = ["Uû ban nh©n d©n tØnh", "Sè", "vÒ", "bé", "Tr\u00adëng ban"]
    assert repair_lines(typed)[0] == ["Uỷ ban nhân dân tỉnh", "Số", "về", "bộ", "Trưởng ban"]
    assert repair_lines(["Sè", "vÒ", "bé"])[0] == ["Sè", "vÒ", "bé"]


def test_cells_of_one_row_may_differ() -> None:
    row = f"{old_fonts.tcvn3('Sản lượng lương thực')}\t{old_fonts.vni('Nghìn tấn được thu hoạch')}\t12,5"
    assert repair_text(row).text == "Sản lượng lương thực\tNghìn tấn được thu hoạch\t12,5"


def test_viqr_without_escapes_keeps_the_full_stops_of_sentences() -> None:
    typed = "Dda~ du+.ng xong nha`. Tu+` nay ba` con kho^ng lo. Co^ng trinh cu?a xa~ va^~n cho+` vo^'n."
    meant = "Đã dựng xong nhà. Từ nay bà con không lo. Công trinh của xã vẫn chờ vốn."
    assert repair_text(typed).text == meant


def test_a_horned_u_that_a_pdf_reader_took_for_a_hyphen_is_mended() -> None:
    assert repair_text("b - nguån vèn ®Çu t-\nnh- ®· nªu").text == "b - nguồn vốn đầu tư\nnhư đã nêu"
    assert repair_text("Hµ Néi - thñ ®« cña n\u00ad\u00edc ta").text == "Hà Nội - thủ đô của nước ta"


def test_markup_does_not_hide_an_old_font() -> None:
    source = (
        '<td style="text-align: justify; margin-top: 6pt"><font face=".VnTime">Tæ chøc thùc hiÖn</font></td>'
    )
    assert repair_text(source).text == source.replace("Tæ chøc thùc hiÖn", "Tổ chức thực hiện")


def test_units_and_products_are_no_old_font() -> None:
    for sound in ("Bụi PM10 dưới 50 µg/m³", "lọc 5 µm", "1,2×1013", "Chữ ký số ViettelCA®", "khổ a×b"):
        assert repair_text(sound).text == sound


def test_soft_hyphens_of_sound_text_stay_for_whoever_cleans_it() -> None:
    sound = "Hội đồng nhân dân đã thông\u00adqua"
    assert repair_text(sound).text == sound


def test_icelandic_and_fractions_of_one_character_are_left_alone() -> None:
    assert repair_text("Það er ½ orð við aðra").text == "Það er ½ orð við aðra"


@given(st.lists(st.text(), max_size=8))
def test_any_lines_give_as_many_lines_in_nfc(lines: list[str]) -> None:
    repaired, repairs = repair_lines(lines)
    assert len(repaired) == len(lines)
    assert all(unicodedata.is_normalized("NFC", line) for line in repaired)
    assert 0 <= repairs.confidence <= 1


@given(lines_of_vietnamese, st.sampled_from((old_fonts.tcvn3, old_fonts.vni)))
def test_repairing_twice_changes_nothing_more(lines: list[str], typist: object) -> None:
    assert callable(typist)
    once = repair_lines([typist(line) for line in lines])[0]
    assert repair_lines(once)[0] == once
