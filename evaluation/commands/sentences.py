"""`sentences [FILE]`: how well the check of a language model's sentences tells right from wrong."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from evaluation.commands.common import SEED, table
from evaluation.sentence_cases import SHIPPED, read_cases
from evaluation.sentence_checks import ALL, CAUGHT, KEPT, Figures, Judged, figures, judge
from evaluation.statistics import Estimate

_HELD_OUT = "held-out"
_LABELS = {CAUGHT: "bắt được câu sai", KEPT: "giữ được câu đúng"}


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "sentences", help="the check of a language model's sentences: wrong ones caught, right ones kept"
    )
    parser.add_argument(
        "file",
        type=Path,
        nargs="?",
        metavar="FILE",
        help=f"sentences with verdicts (default: the shipped files, {', '.join(SHIPPED)})",
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument(
        "--list",
        action="store_true",
        help="also print what was misjudged; of the held-out file only when it is named",
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    files = _files(options.file)
    if options.list and options.file is not None and _HELD_OUT in files:
        print(
            f"CẢNH BÁO: {options.file}: đã xem câu bị phán sai thì tệp này không còn là phần giữ riêng; "
            "số liệu của nó sau khi sửa phép kiểm tra theo đó không còn nói lên điều gì",
            file=sys.stderr,
        )
    listed = {name for name in files if options.list and (options.file is not None or name != _HELD_OUT)}
    results = {name: judge(read_cases(path)) for name, path in files.items()}
    if options.json:
        print(json.dumps(_as_json(results, listed), ensure_ascii=False, indent=1))
        return 0
    for name, judged in results.items():
        print(_shown(name, figures(judged, SEED)))
        if name in listed:
            print(_misjudged_shown(judged))
    return 0


def _files(file: Path | None) -> dict[str, Path]:
    """By the name that the report gives it. A shipped file keeps its name however its path is written."""
    if file is None:
        return dict(SHIPPED)
    shipped = {path.resolve(): name for name, path in SHIPPED.items()}
    return {shipped.get(file.resolve(), file.name): file}


def _shown(name: str, found: Figures) -> str:
    lines = [f"\n{name}: {found.sentences} câu; mỗi câu p50 {found.p50_ms:.2f} ms, p95 {found.p95_ms:.2f} ms"]
    lines += [
        f"  {_LABELS[share]:<18} {_estimate_shown(value)}" for share, value in found.shares[ALL].items()
    ]
    groups = [group for group in found.shares if group != ALL]
    rows = [["nhóm", *_LABELS.values()]]
    for group in groups:
        of = found.shares[group]
        rows.append([group, *(f"{of[s].value:.3f} ({of[s].n})" if s in of else "–" for s in _LABELS)])
    return "\n".join([*lines, "", table(rows)])


def _estimate_shown(value: Estimate) -> str:
    return f"{value.value:.3f}  [{value.low:.3f} – {value.high:.3f}]  n = {value.n}"


def _misjudged_shown(judged: Sequence[Judged]) -> str:
    wrong = [one for one in judged if not one.as_labelled]
    if not wrong:
        return "\nKhông phán sai câu nào"
    lines = [f"\nPhán sai {len(wrong)} câu:"]
    for one in wrong:
        case = one.case
        told = f"đúng mà bị loại ({one.fault})" if case.supported else f"sai mà lọt: {case.why}"
        lines.append(f"{case.id} {case.kind}, {told}\n    {case.sentence}")
    return "\n".join(lines)


def _as_json(results: dict[str, list[Judged]], listed: set[str]) -> dict[str, Any]:
    rows = {}
    for name, judged in results.items():
        rows[name] = asdict(figures(judged, SEED))
        if name in listed:
            rows[name]["misjudged"] = [
                {"id": one.case.id, "kind": one.case.kind, "supported": one.case.supported}
                | {"fault": one.fault, "sentence": one.case.sentence, "why": one.case.why}
                for one in judged
                if not one.as_labelled
            ]
    return rows
