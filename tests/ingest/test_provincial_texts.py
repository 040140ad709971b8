"""Kind, number and date on real texts beside the repository, against what others have recorded of them."""

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.document import Document
from ingest import load
from ingest.errors import UnsupportedFormatError

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("ASSISTANT_TEST_EVALDATA") or ROOT.parent / "shared" / "evaldata")
RECORDS = FOLDER / "provincial_docs" / "docs.jsonl"
NUMBERED = re.compile(r"\b(?:Số|SỐ)(?: hiệu)?\s*:|^Số \d", re.MULTILINE)
DATED = re.compile(r"ngày\s*\d+\s*tháng\s*\d+\s*năm|^Ngày ban hành", re.MULTILINE)
BASIS = re.compile(r"Căn cứ|Kính gửi")


@dataclass(frozen=True)
class Text:
    """A text, what was recorded of it, and what the product reads in it."""

    text: str
    recorded: dict[str, str]
    read: Document

    @property
    def head(self) -> str:
        basis = BASIS.search(self.text)
        return self.text[: basis.start()] if basis else self.text[:2_000]

    @property
    def right(self) -> dict[str, bool]:
        return {
            "kind": self.read.kind == self.recorded["loai"].lower(),
            "number": plain(self.read.number) == plain(self.recorded["so_hieu"]),
            "date": (self.read.issued_on or "") == self.recorded["ngay"],
        }


def plain(number: str | None) -> str:
    """A number as it is compared: without leading zeros, case, blanks and kinds of dashes."""
    return re.sub("[‐-―_]", "-", re.sub(r"\s", "", number or "").lower()).lstrip("0")


@pytest.fixture(scope="module")
def texts() -> list[Text]:
    if not RECORDS.is_file():
        pytest.skip(f"no {RECORDS}; set ASSISTANT_TEST_EVALDATA to the folder of real texts")
    return [text_of(json.loads(line)) for line in RECORDS.read_text("utf-8").splitlines()]


def text_of(record: dict[str, str]) -> Text:
    # No name of a file says anything about its text.
    document = load(Path("van-ban.txt"), "van-ban.txt", record["text"].encode()).document
    return Text(record["text"], record, document)


def share(texts: list[Text], *fields: str) -> float:
    return sum(all(text.right[field] for field in fields) for text in texts) / len(texts)


def test_kind_is_right_in_all_but_three_of_a_hundred_texts(texts: list[Text]) -> None:
    assert len(texts) == 395
    assert share(texts, "kind") >= 0.97


def test_date_is_right_in_all_but_five_of_a_hundred_texts(texts: list[Text]) -> None:
    assert share(texts, "date") >= 0.95
    assert share([text for text in texts if DATED.search(text.head)], "date") >= 0.95


def test_kind_and_number_are_right_where_the_number_is_printed(texts: list[Text]) -> None:
    printed = [text for text in texts if NUMBERED.search(text.head)]
    assert len(printed) >= 300
    assert share(printed, "kind", "number") >= 0.97


def test_a_number_that_a_text_has_lost_is_not_made_up(texts: list[Text]) -> None:
    """Of 93 resolutions the letterhead is lost; they cite numbers of many other texts."""
    lost = [text for text in texts if not NUMBERED.search(text.head)]
    assert len(lost) == 93
    assert [text.read.number for text in lost if text.read.number is not None] == []
    assert [text.read.issued_on for text in lost if text.read.issued_on is not None] == []


def test_the_signer_is_the_one_of_the_portal_record(texts: list[Text]) -> None:
    signed = [(name[1], text) for text in texts if (name := re.search(r"^Người ký:\n(.+)", text.text, re.M))]
    assert len(signed) >= 130
    # The record is taken out, so that the signature itself is read.
    without = [
        (name, text_of(text.recorded | {"text": text.text.replace(f"Người ký:\n{name}", "", 1)}))
        for name, text in signed
    ]
    tones = str.maketrans({"à": "a", "á": "a", "ò": "o", "ó": "o"})  # Hoà and Hòa are one name
    right = [(text.read.signer or "").translate(tones) == name.translate(tones) for name, text in without]
    assert sum(right) >= 0.97 * len(right)


@pytest.mark.parametrize(
    ("path", "kind", "number", "issued_on"),
    [
        ("cd-217-cd-ttg-2025/raw.md", "công điện", "217/CĐ-TTg", "2025-11-16"),
        ("ct-012-ct-ubnd-dak-lak-2025/raw.md", "chỉ thị", "012/CT-UBND", "2025-11-26"),
        ("ct-06-ct-ubnd-quang-tri-2025/raw.md", "chỉ thị", "06/CT-UBND", "2025-11-25"),
        ("ct-30-ct-tu-2024-bac-giang/kh-24-kh-ubnd-excerpt.txt", "kế hoạch", "24/KH-UBND", "2024-04-01"),
        ("cv-1539-vlo-qldn3-2025/raw.md", "công văn", "1539/VLO-QLDN3", "2025-12-02"),
        ("docx-kh-thpt-dong-thap-2026/kh.docx", "kế hoạch", None, "2026-08-17"),
        ("kh-144-kh-ubnd-bac-ninh-2025/raw.md", "kế hoạch", "144/KH-UBND", "2025-11-24"),
        ("luat-146-2025-qh15/text.txt", "luật", "146/2025/QH15", "2025-12-11"),
        ("luat-146-2025-qh15/body.html", "luật", "146/2025/QH15", "2025-12-11"),
        ("luat-47-2019-qh14/text.txt", "luật", "47/2019/QH14", "2019-11-22"),
        ("luat-bao-ve-moi-truong-2020/text.txt", "luật", "72/2020/QH14", "2020-11-17"),
        ("nd-30-2020-nd-cp/30_2020_ND_CP.docx", "nghị định", "30/2020/NĐ-CP", "2020-03-05"),
        ("nd-30-2020-nd-cp/Phuluc1.docx", None, None, None),
        ("nq-103-2025-ubtvqh15/text.txt", "nghị quyết", "103/2025/UBTVQH15", "2025-09-26"),
        ("nq-33-2025-nq-hdnd-hue/raw.md", "nghị quyết", "33/2025/NQ-HĐND", "2025-11-18"),
        ("nq-83-2025-nq-hdnd-ha-noi/raw.md", "nghị quyết", "83/2025/NQ-HĐND", "2025-11-27"),
        ("party-07-kl-vptw-2025/raw.md", "kết luận", "07-KL/VPTW", "2025-12-01"),
        ("party-1147-qd-btgdvtw-2025/raw.md", "quyết định", "1147-QĐ/BTGDVTW", "2025-12-01"),
        ("party-37-hd-btgdvtw-2025/raw.md", "hướng dẫn", "37-HD/BTGDVTW", "2025-11-19"),
        ("party-383-qd-tw-2025/raw.md", "quy định", "383-QĐ/TW", "2025-11-19"),
        ("party-draft-qd-tu-thanh-hoa-2026/New.pdf", "quy định", None, None),
        ("party-draft-qd-tu-thanh-hoa-2026/pdftotext-layout.txt", "quy định", None, None),
        ("qd-163-2025-qd-ctubnd-ninh-binh/raw.md", "quyết định", "163/2025/QĐ-CTUBND", "2025-11-25"),
        ("qd-72-2025-qd-ubnd-bac-ninh/raw.md", "quyết định", "72/2025/QĐ-UBND", "2025-11-19"),
        ("qd-draft-tt-hdnd-thanh-hoa-2026/New1.pdf", "quyết định", None, None),
        ("qd-draft-tt-hdnd-thanh-hoa-2026/pdftotext-layout.txt", "quyết định", None, None),
        ("tb-623-tb-vpcp-2025/raw.md", "thông báo", "623/TB-VPCP", "2025-11-15"),
    ],
)
def test_real_documents_are_named_as_their_record_says(
    shared_corpus: Callable[[str], Path],
    path: str,
    kind: str | None,
    number: str | None,
    issued_on: str | None,
) -> None:
    file = shared_corpus(path)
    try:
        document = load(file, "van-ban" + file.suffix).document
    except UnsupportedFormatError:
        pytest.skip(f"no reader of {file.suffix} here")
    assert (document.kind, document.number, document.issued_on) == (kind, number, issued_on)
