"""What a result comes to, in a few plain Vietnamese sentences written from its numbers.

Knows how a number is read aloud; does not know the rest of the page.
"""

from evaluation.measures import Measure, measure_of
from evaluation.report.tables import is_retrieval, main_measure
from evaluation.report.text import amount, interval, milliseconds, number
from evaluation.result import Result, SystemResult
from evaluation.statistics import Estimate


def verdict(result: Result) -> list[str]:
    """Sentences on the first system, and on how it compares with the best of the others."""
    if not any(system.rows for system in result.systems):
        return ["Kết quả này không có câu hỏi nào, nên không có gì để kết luận."]
    system, main = result.systems[0], main_measure(result)
    sentences = [_asked(system, is_retrieval(result))]
    if main is not None:
        sentences += [_main(main, system), *_refusals(system), *_quotes(system), *_compared(main, result)]
    return [sentence for sentence in sentences if sentence]


def _asked(system: SystemResult, ranked: bool) -> str:
    total = len(system.rows)
    if ranked:
        return f"Hệ thống {system.name} đã xếp hạng văn bản cho {number(total)} câu hỏi."
    without = sum(not row.answerable for row in system.rows)
    split = f": {number(total - without)} câu văn bản trả lời được, {number(without)} câu văn bản không nêu"
    return f"Hệ thống {system.name} đã được hỏi {number(total)} câu{split}."


def _estimate(system: SystemResult, name: str) -> Estimate | None:
    return system.measures.get("all", {}).get(name)


def _main(main: Measure, system: SystemResult) -> str:
    found = _estimate(system, main.name)
    if found is None:
        return ""
    return (
        f"{main.label}: {amount(main, found.value)} "
        f"(khoảng tin cậy 95 %: {interval(main, found)}, trên {number(found.n)} câu)."
    )


def _refusals(system: SystemResult) -> list[str]:
    wrongly, rightly = _estimate(system, "wrongly_refused"), _estimate(system, "refusal_recall")
    sentences = []
    if wrongly is not None:
        share = amount(measure_of("wrongly_refused"), wrongly.value)
        sentences.append(f"Trong các câu trả lời được, {share} bị từ chối oan.")
    if rightly is not None:
        share = amount(measure_of("refusal_recall"), rightly.value)
        sentences.append(f"Trong các câu văn bản không nêu, {share} được từ chối đúng.")
    return sentences


def _quotes(system: SystemResult) -> list[str]:
    scores = [row.score("quotes_exact") for row in system.rows]
    judged = [score for score in scores if score is not None]
    if not judged:
        return []
    altered = sum(score < 1 for score in judged)
    if altered:
        return [
            f"CẢNH BÁO: {number(altered)} câu trả lời có trích dẫn không đúng nguyên văn hoặc sai vị trí."
        ]
    return [f"Mọi trích dẫn trong {number(len(judged))} câu trả lời đều đúng nguyên văn, đúng vị trí."]


def _compared(main: Measure, result: Result) -> list[str]:
    """The first system beside the best of the others: the gain, and what it costs."""
    first, *others = result.systems
    mine = _estimate(first, main.name)
    rivals = [(found, other) for other in others if (found := _estimate(other, main.name)) is not None]
    if mine is None or not rivals or not main.better:
        return []
    theirs, rival = max(rivals, key=lambda pair: main.better * pair[0].value)
    gain = main.better * (mine.value - theirs.value)
    apart = mine.low > theirs.high or theirs.low > mine.high
    doubt = "" if apart else "; hai khoảng tin cậy chồng lên nhau, cần so từng cặp câu mới kết luận được"
    words = "bằng" if gain == 0 else f"{'hơn' if gain > 0 else 'kém'} {_difference(main, abs(gain))} so với"
    return [
        f"Kết quả này {words} hệ thống mạnh nhất còn lại, {rival.name} "
        f"({amount(main, theirs.value)}){doubt}.",
        f"Chi phí: {_cost(first)}; {rival.name}: {_cost(rival)}.",
    ]


def _difference(measure: Measure, value: float) -> str:
    if measure.unit == "share":
        return f"{number(100 * value, 1)} điểm phần trăm"
    return amount(measure, value)


def _cost(system: SystemResult) -> str:
    return (
        f"{milliseconds(system.cost.p50_ms)} ms một câu (trung vị), {number(system.cost.memory_mb)} MB bộ nhớ"
    )
