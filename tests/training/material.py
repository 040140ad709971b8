"""A material folder of the real form, small and invented, and evaluation sets that hold one question out."""

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

TOPICS = ("rác thải", "đầu tư công", "du lịch", "giáo dục", "y tế", "lúa chiêm", "hộ tịch", "cháy rừng")
HELD_OUT = "Cơ quan nào chịu trách nhiệm chính về việc số 3 trong lĩnh vực du lịch của tỉnh?"


def write_material(folder: Path, articles: int = 24) -> Path:
    """Articles with a question and a heading each; the first article belongs to an evaluation set."""
    folder.mkdir(parents=True)
    rows, pairs = [], []
    for at in range(articles):
        topic, name = TOPICS[at % len(TOPICS)], f"{at}/2024/TT-BTN::{at}"
        heading = f"Trách nhiệm về {topic} {at}"
        body = f"1. Sở số {at} chủ trì việc {topic} trên địa bàn. 2. Hằng quý, sở báo cáo kết quả {topic}."
        rows.append(
            {"id": name, "law": "Thông tư", "number": "", "heading": heading, "text": body, "source": "x"}
        )
        rows[-1] |= {"heldout_passage": True} if at == 0 else {}
        common = {"positive_id": name, "source": "made"}
        question = f"Ai phải lo việc {topic} theo thông tư {at} này vậy?"
        pairs.append({"query": question, "kind": "question", **common})
        pairs.append({"query": f"{heading} – Thông tư", "kind": "heading", "heading_freq": 1, **common})
        pairs.append({"query": "Phạm vi điều chỉnh", "kind": "heading", "heading_freq": 900, **common})
    near = HELD_OUT.replace(" của tỉnh", "")
    pairs.append({"query": near, "kind": "question", "positive_id": rows[2]["id"], "source": "made"})
    wrong = {
        "query": "Câu hỏi của kỳ thi?",
        "kind": "question",
        "positive_id": rows[2]["id"],
        "source": "alqac2022",
    }
    spans = [
        {
            "question": "Tháp cao bao nhiêu mét?",
            "context": "Tháp cao 324 mét. Tháp đón bảy triệu khách mỗi năm.",
        },
        {
            "question": "Ai xây cầu này trước đây?",
            "context": "Cầu dài 2 km. Không ai biết tên người xây cầu.",
        },
    ]
    spans = [{**row, "answerable": at == 0, "source": "wiki"} for at, row in enumerate(spans)]
    for file, lines in (("articles", rows), ("pairs", [*pairs, wrong]), ("spans", spans)):
        _write(folder / f"{file}.jsonl.gz", lines)
    return folder


def write_sets(folder: Path) -> Path:
    """An evaluation set of two documents whose one question is held out."""
    (folder / "exam").mkdir(parents=True)
    row = {"id": "q1", "text": HELD_OUT}
    (folder / "exam" / "queries.jsonl").write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    texts = (
        "Sở Văn hóa, Thể thao và Du lịch chịu trách nhiệm chính về việc số 3.",
        "Mùa mưa bắt đầu từ tháng 5.",
    )
    corpus = [{"id": f"d{at}", "title": "", "text": text} for at, text in enumerate(texts)]
    lines = "\n".join(json.dumps(one, ensure_ascii=False) for one in corpus)
    (folder / "exam" / "corpus.jsonl").write_text(lines, encoding="utf-8")
    (folder / "exam" / "qrels.tsv").write_text("q1\td0\t1\n", encoding="utf-8")
    return folder


def _write(file: Path, rows: Iterable[dict[str, Any]]) -> None:
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    file.write_bytes(gzip.compress(text.encode(), mtime=0))
