"""Documents of every layout, where they are at hand: the outline and metadata a person finds in them."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import Level, Zone
from ingest import LoadedDocument, load

Find = Callable[[str], Path]
Read = Callable[[str], LoadedDocument]


@pytest.fixture(scope="module")
def read(shared_corpus: Find) -> Read:
    held: dict[str, LoadedDocument] = {}

    def read_once(relative: str) -> LoadedDocument:
        if relative not in held:
            held[relative] = load(shared_corpus(relative), relative)
        return held[relative]

    return read_once


def numbers(loaded: LoadedDocument, level: Level, attached: bool | None = None) -> list[str]:
    """Numbers of the headings of a level in order; of attached texts, of the text itself, or of both."""
    return list(
        dict.fromkeys(
            f"{passage.headings[0].label}/{heading.number}"
            if _is_attached(passage.headings)
            else heading.number
            for passage in loaded.passages
            if attached is None or _is_attached(passage.headings) is attached
            for heading in passage.headings
            if heading.level is level
        )
    )


def _is_attached(headings: tuple[object, ...]) -> bool:
    return bool(headings) and getattr(headings[0], "level", None) in (Level.ATTACHED, Level.ANNEX)


PAGES = {
    # (Chương, Điều of the text itself, Điều of attached texts)
    "qd-72-2025-qd-ubnd-bac-ninh/raw.md": (4, 3, 32),
    "nq-83-2025-nq-hdnd-ha-noi/raw.md": (0, 12, 0),
    "qd-163-2025-qd-ctubnd-ninh-binh/raw.md": (3, 3, 31),
    "nq-33-2025-nq-hdnd-hue/raw.md": (0, 4, 0),
    "nqlt-70180aec-nghi-quyet-lien-tich/raw.md": (7, 58, 0),
    "party-383-qd-tw-2025/raw.md": (0, 23, 0),
    "luat-bao-ve-moi-truong-2020/text.txt": (16, 171, 0),
    "luat-47-2019-qh14/text.txt": (0, 4, 0),
    "nd-30-2020-nd-cp/30_2020_ND_CP.docx": (7, 38, 0),
    "nd-47-2020-nd-cp-broken-glyphs/pdftotext-layout.txt": (5, 57, 0),
    "party-draft-qd-tu-thanh-hoa-2026/pdftotext-layout.txt": (6, 21, 12),
}


@pytest.mark.parametrize("relative", PAGES)
def test_chapters_and_articles_are_all_found(read: Read, relative: str) -> None:
    loaded = read(relative)
    chapters, own, attached = PAGES[relative]
    assert len(numbers(loaded, Level.CHAPTER)) == chapters
    assert len(numbers(loaded, Level.ARTICLE, attached=False)) == own
    assert len(numbers(loaded, Level.ARTICLE, attached=True)) == attached


METADATA = {
    "qd-72-2025-qd-ubnd-bac-ninh/raw.md": ("quyết định", "72/2025/QĐ-UBND", "2025-11-19", "Mai Sơn"),
    "nq-83-2025-nq-hdnd-ha-noi/raw.md": ("nghị quyết", "83/2025/NQ-HĐND", "2025-11-27", "Phùng Thị Hồng Hà"),
    "nq-33-2025-nq-hdnd-hue/raw.md": ("nghị quyết", "33/2025/NQ-HĐND", "2025-11-18", "Lê Trường Lưu"),
    "qd-163-2025-qd-ctubnd-ninh-binh/raw.md": (
        "quyết định",
        "163/2025/QĐ-CTUBND",
        "2025-11-25",
        "Hà Lan Anh",
    ),
    "ct-06-ct-ubnd-quang-tri-2025/raw.md": ("chỉ thị", "06/CT-UBND", "2025-11-25", "Hoàng Nam"),
    "ct-012-ct-ubnd-dak-lak-2025/raw.md": ("chỉ thị", "012/CT-UBND", "2025-11-26", "Trương Công Thái"),
    "kh-144-kh-ubnd-bac-ninh-2025/raw.md": ("kế hoạch", "144/KH-UBND", "2025-11-24", "Mai Sơn"),
    "cd-217-cd-ttg-2025/raw.md": ("công điện", "217/CĐ-TTg", "2025-11-16", "Trần Hồng Hà"),
    "cv-1539-vlo-qldn3-2025/raw.md": ("công văn", "1539/VLO-QLDN3", "2025-12-02", "Huỳnh Minh Giám"),
    "tb-623-tb-vpcp-2025/raw.md": ("thông báo", "623/TB-VPCP", "2025-11-15", "Trịnh Mạnh Linh"),
    "party-383-qd-tw-2025/raw.md": ("quy định", "383-QĐ/TW", "2025-11-19", "Trần Cẩm Tú"),
    "party-07-kl-vptw-2025/raw.md": ("kết luận", "07-KL/VPTW", "2025-12-01", "Lê Khánh Toàn"),
    "party-37-hd-btgdvtw-2025/raw.md": ("hướng dẫn", "37-HD/BTGDVTW", "2025-11-19", "Phạm Tất Thắng"),
    "party-1147-qd-btgdvtw-2025/raw.md": ("quyết định", "1147-QĐ/BTGDVTW", "2025-12-01", "Ngô Đông Hải"),
    "party-draft-qd-tu-thanh-hoa-2026/pdftotext-layout.txt": ("quy định", None, None, None),
    "qd-draft-tt-hdnd-thanh-hoa-2026/pdftotext-layout.txt": ("quyết định", None, None, "Nguyễn Hồng Phong"),
    "nqlt-70180aec-nghi-quyet-lien-tich/raw.md": ("nghị quyết liên tịch", None, None, None),
    "nq-103-2025-ubtvqh15/text.txt": ("nghị quyết", "103/2025/UBTVQH15", "2025-09-26", "Trần Thanh Mẫn"),
}


@pytest.mark.parametrize("relative", METADATA)
def test_what_the_document_prints_about_itself_is_known_and_nothing_else(read: Read, relative: str) -> None:
    document = read(relative).document
    found = (document.kind, document.number, document.issued_on, document.signer)
    assert found == METADATA[relative]


@pytest.mark.parametrize("relative", sorted({*PAGES, *METADATA}))
def test_every_quotable_passage_has_a_place_of_its_own(read: Read, relative: str) -> None:
    loaded = read(relative)
    quotable = [passage.location for passage in loaded.passages if passage.zone is not Zone.HEADING]
    assert len(set(quotable)) == len(quotable)
    for passage in loaded.passages:
        assert passage.text == loaded.document.text[passage.start : passage.end]


@pytest.mark.parametrize(
    ("relative", "locations"),
    [
        ("kh-144-kh-ubnd-bac-ninh-2025/raw.md", {"mục I.1", "mục IV.1.1.a", "mục IV.3.2.a"}),
        ("party-37-hd-btgdvtw-2025/raw.md", {"mục II.3", "mục III.1, đoạn 2"}),
        ("ct-06-ct-ubnd-quang-tri-2025/raw.md", {"mục 1, đoạn 2"}),
        ("qd-72-2025-qd-ubnd-bac-ninh/raw.md", {"Điều 3", "Quy định kèm theo, Điều 3, khoản 1"}),
        ("party-383-qd-tw-2025/raw.md", {"Điều 1, đoạn 1"}),
    ],
)
def test_places_are_as_officials_write_them(read: Read, relative: str, locations: set[str]) -> None:
    assert locations <= {passage.location for passage in read(relative).passages}


def test_recipients_and_signature_are_no_content(read: Read) -> None:
    for relative in METADATA:
        loaded = read(relative)
        for passage in loaded.passages:
            if passage.text.startswith(("Nơi nhận", "- Lưu:", "- Lưu VP")):
                assert passage.zone is Zone.SIGNATURE, relative


def test_lines_of_a_page_are_in_no_passage(read: Read) -> None:
    loaded = read("party-draft-qd-tu-thanh-hoa-2026/pdftotext-layout.txt")
    assert not [passage.text for passage in loaded.passages if re.fullmatch(r"\d{1,2}", passage.text)]
    lead = next(p for p in loaded.passages if p.text.startswith("Ban Thường vụ Tỉnh ủy Thanh Hóa quy định"))
    assert lead.text.endswith("trong hệ thống chính trị tỉnh Thanh Hóa như sau:")
