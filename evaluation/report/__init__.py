"""The report of an evaluation result: a page to read, tables to calculate with, the result itself.

Knows the names of the files; does not know how anything is measured.
"""

from collections.abc import Sequence
from pathlib import Path

from evaluation.errors import EvaluationProblem
from evaluation.result import Result, write_result

__all__ = ["write_report"]


def write_report(result: Result, folder: Path, worst_of: Sequence[str] = ()) -> Path:
    """Write `report.html`, `result.json`, `measures.csv` and `questions.csv`; gives the page's path.

    `folder` is made when absent; other files in it are left alone. `worst_of`: the systems whose worst cases
    the page shows, the first one by default. Raises EvaluationProblem when the folder cannot be written or a
    system is not there.
    """
    # Imported here: whoever only reads results needs no template engine and no plots.
    from evaluation.report.page import page
    from evaluation.report.spreadsheets import write_measures, write_questions

    html = page(result, worst_of)
    written = folder / "report.html"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_result(folder / "result.json", result)
        write_measures(folder / "measures.csv", result)
        write_questions(folder / "questions.csv", result)
        written.write_text(html, encoding="utf-8")
    except OSError as error:
        raise EvaluationProblem(
            f"{folder}: không ghi được báo cáo ({error.strerror or error}). "
            "Chọn thư mục khác, hoặc kiểm tra quyền ghi và dung lượng đĩa"
        ) from error
    except UnicodeEncodeError as error:
        raise EvaluationProblem(
            f"{result.title}: có ký tự không ghi được bằng UTF-8 ({error.reason}). "
            "Tìm và xoá nửa cặp thay thế (\\ud800–\\udfff) trong tệp câu hỏi"
        ) from error
    return written
