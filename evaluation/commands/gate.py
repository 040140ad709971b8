"""`gate [FILE]`: whether quality fell; `--self-test`: whether the gate would notice."""

import argparse
from pathlib import Path

from assistant.settings import load_settings
from evaluation.commands.common import add_seed, bench_at, table, work_folder
from evaluation.gate import (
    Ground,
    Rule,
    Suite,
    Verdict,
    as_measured,
    measured_suite,
    plants_for,
    read_suites,
    verdicts,
)
from evaluation.measures import measure_of
from vectorstore.encoder import load_encoder

_DEFAULT = Path(__file__).resolve().parent.parent / "thresholds.toml"
_ALLOWANCE = 2  # questions: less than that is the choice of words in one place or other


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "gate", help="exit 1, naming the measure, when quality fell below thresholds.toml"
    )
    parser.add_argument("file", type=Path, nargs="?", default=_DEFAULT, metavar="FILE")
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--self-test",
        action="store_true",
        help="plant regressions one by one; exit 1 when one is not noticed",
    )
    what.add_argument("--record", action="store_true", help="print the rules with bounds from this version")
    add_seed(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    suites = read_suites(options.file)
    settings = load_settings()
    ground = Ground(
        bench_at(settings.index, options.seed), load_encoder(settings.embedding_model), work_folder()
    )
    if options.self_test:
        return _self_test(suites, ground)
    if options.record:
        return _record(suites, ground)
    found = [verdict for suite in suites for verdict in verdicts(suite, ground)]
    print(_shown(found))
    fallen = [verdict for verdict in found if not verdict.holds]
    for verdict in fallen:
        print(f"TỤT: {_line(verdict)}")
    print("Cổng chất lượng: KHÔNG ĐẠT" if fallen else "Cổng chất lượng: đạt")
    return 1 if fallen else 0


def _self_test(suites: list[Suite], ground: Ground) -> int:
    unnoticed = 0
    for plant, watching in plants_for(suites):
        found = [v for suite in watching for v in verdicts(suite, ground, plant)]
        fallen = [verdict for verdict in found if not verdict.holds]
        print(f"{plant.name}: {'phát hiện' if fallen else 'KHÔNG PHÁT HIỆN'}", flush=True)
        for verdict in fallen[:3]:
            print(f"  {_line(verdict)}")
        unnoticed += not fallen
    return 1 if unnoticed else 0


def _record(suites: list[Suite], ground: Ground) -> int:
    for suite in suites:
        system = measured_suite(suite, ground)
        print(f"# {suite.name}: {len(system.rows)} câu")
        for rule in as_measured(system, suite.rules, _ALLOWANCE):
            print(f"  {_as_toml(rule)},")
    return 0


def _as_toml(rule: Rule) -> str:
    bound = "at_least" if rule.at_least else "at_most"
    return f'{{ slice = "{rule.slice}", measure = "{rule.measure}", {bound} = {rule.bound:.4f} }}'


def _shown(found: list[Verdict]) -> str:
    rows = [["bộ câu hỏi", "nhóm", "độ đo", "đo được", "ngưỡng", ""]]
    for verdict in found:
        rule = verdict.rule
        value = "–" if verdict.value is None else f"{verdict.value:.4f}"
        bound = f"{'≥' if rule.at_least else '≤'} {rule.bound:.4f}"
        state = "đạt" if verdict.holds else "TỤT"
        rows.append([verdict.suite, rule.slice, measure_of(rule.measure).label, value, bound, state])
    return table(rows)


def _line(verdict: Verdict) -> str:
    rule = verdict.rule
    value = "không đo được" if verdict.value is None else f"{verdict.value:.4f}"
    sign = "≥" if rule.at_least else "≤"
    measured = f"{measure_of(rule.measure).label} {value}"
    return f"{verdict.suite}, {rule.slice}: {measured}, cần {sign} {rule.bound:.4f}"
