"""What a document and its places are called on the screen."""

import pytest

from corpus import Document, Heading, Level, Passage, Zone


def named(kind: str | None, number: str | None, title: str | None) -> str:
    return Document(
        id="x", kind=kind, number=number, issuer=None, issued_on=None, signer=None, title=title,
        source="thu-muc/van-ban.txt", sha256="", text="x",
    ).name  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "number", "title", "name"),
    [
        ("nghị quyết", "24/NQ-HĐND", "Về phân bổ vốn", "Nghị quyết số 24/NQ-HĐND về phân bổ vốn"),
        ("nghị quyết", None, "Về phân bổ vốn", "Nghị quyết về phân bổ vốn"),
        ("nghị quyết", "24/NQ-HĐND", None, "Nghị quyết số 24/NQ-HĐND"),
        ("chỉ thị", None, None, "Chỉ thị"),
        ("công văn", "5/SYT-NV", "V/v báo cáo quý", "Công văn số 5/SYT-NV v/v báo cáo quý"),
        ("kế hoạch", None, "Tổ chức hội thi", "Kế hoạch Tổ chức hội thi"),
        ("quyết định", None, "VỀ VIỆC GIAO CHỈ TIÊU", "Quyết định VỀ VIỆC GIAO CHỈ TIÊU"),
        ("luật", "72/2020/QH14", "BẢO VỆ MÔI TRƯỜNG", "Luật Bảo vệ môi trường số 72/2020/QH14"),
        ("luật", "72/2020/QH14", "Bảo vệ môi trường", "Luật Bảo vệ môi trường số 72/2020/QH14"),
        ("bộ luật", "45/2019/QH14", "LAO ĐỘNG", "Bộ luật Lao động số 45/2019/QH14"),
        (None, None, None, "thu-muc/van-ban.txt"),
        (None, "5/QĐ", None, "thu-muc/van-ban.txt"),
    ],
)
def test_a_document_is_called_as_officials_call_it(
    kind: str | None, number: str | None, title: str | None, name: str
) -> None:
    assert named(kind, number, title) == name


@pytest.mark.parametrize(
    ("level", "number", "label"),
    [
        (Level.ARTICLE, "2", "Điều 2"),
        (Level.CLAUSE, "4", "khoản 4"),
        (Level.POINT, "đ", "điểm đ"),
        (Level.ITEM, "II", "mục II"),
        (Level.SECTION, "1", "Mục 1"),
        (Level.ANNEX, "I", "Phụ lục I"),
        (Level.ANNEX, "", "Phụ lục"),
        (Level.ATTACHED, "Quy định", "Quy định kèm theo"),
    ],
)
def test_a_heading_is_labelled_as_it_is_cited(level: Level, number: str, label: str) -> None:
    assert Heading(level, number, "Tiêu đề").label == label


def test_the_outline_address_leaves_titles_out() -> None:
    headings = (Heading(Level.ARTICLE, "2", "Phạm vi"), Heading(Level.CLAUSE, "4"))
    passage = Passage("x:0", "x", 0, 1, Zone.BODY, headings, 1, "Điều 2, khoản 4", "x")
    assert passage.heading_path == (("Điều", "2"), ("khoản", "4"))
