"""The measures by name: what each is called, what it means, and which way is better.

Formulas are in `judging` (answers) and in ir-measures (rankings); this is their dictionary for tables and
reports.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """`unit`: "share" lies in 0..1, "ratio" and "characters" do not. `better`: +1 more, -1 less, 0 none."""

    name: str
    label: str
    meaning: str
    better: int = 1
    unit: str = "share"


_ALL = (
    Measure(
        "first_citation",
        "Trích dẫn đầu đúng",
        "Trích dẫn thứ nhất nằm trong một chỗ được chấp nhận; từ chối là sai",
    ),
    Measure("facts", "Đủ dữ kiện", "Mọi dữ kiện phải nêu đều hiện trong lời trích; từ chối là sai"),
    Measure("fact_recall", "Tỷ lệ dữ kiện", "Phần các dữ kiện phải nêu hiện trong lời trích"),
    Measure(
        "citation_precision",
        "Độ đúng trích dẫn",
        "Phần các trích dẫn có ít nhất nửa số ký tự trong chỗ được chấp nhận",
    ),
    Measure(
        "citation_recall",
        "Độ phủ trích dẫn",
        "Phần của câu (hoặc các đoạn) phải trích được trích, tính theo ký tự",
    ),
    Measure("all_places", "Đủ các chỗ", "Với câu hỏi phải dẫn nhiều chỗ: dẫn đủ mọi chỗ"),
    Measure("over_quotation", "Trích thừa", "Phần ký tự hiển thị nằm ngoài chỗ được chấp nhận", better=-1),
    Measure(
        "quotes_exact",
        "Trích nguyên văn",
        "Mọi trích dẫn đúng từng ký tự tại vị trí ghi, đúng đoạn, đủ dấu [n]",
    ),
    Measure("wrongly_refused", "Từ chối oan", "Câu trả lời được mà bị từ chối", better=-1),
    Measure("refusal_recall", "Từ chối đúng", "Phần các câu văn bản không trả lời được bị từ chối"),
    Measure(
        "refusal_precision", "Từ chối chính xác", "Phần các lần từ chối mà văn bản quả thật không trả lời"
    ),
    Measure("refusal_f1", "F1 từ chối", "Trung bình điều hoà của hai độ đo từ chối"),
    Measure("token_f1", "F1 theo âm tiết", "Trùng âm tiết giữa lời trích và câu trả lời mẫu"),
    Measure(
        "length_ratio", "Tỷ lệ độ dài", "Số âm tiết trả lời chia cho số âm tiết mẫu", better=0, unit="ratio"
    ),
    Measure("consistency", "Nhất quán", "Phần các cách hỏi khác của cùng câu hỏi cho cùng trích dẫn đầu"),
    Measure(
        "supported_sentences",
        "Câu có căn cứ",
        "Với câu do mô hình viết: phần các câu có căn cứ trong chỗ được dẫn",
    ),
    Measure("characters", "Độ dài", "Số ký tự của một câu trả lời", better=0, unit="characters"),
    Measure("nDCG@10", "nDCG@10", "Thứ hạng của văn bản liên quan trong 10 kết quả đầu, có chiết khấu"),
    Measure("R@10", "R@10", "Phần văn bản liên quan có trong 10 kết quả đầu"),
    Measure("R@100", "R@100", "Phần văn bản liên quan có trong 100 kết quả đầu"),
    Measure("RR", "MRR", "Nghịch đảo hạng của văn bản liên quan đầu tiên"),
    Measure("Success@1", "Success@1", "Kết quả đầu tiên là văn bản liên quan"),
)
BY_NAME = {measure.name: measure for measure in _ALL}


def measure_of(name: str) -> Measure:
    """The measure of a name; one that is not known here is called by its name."""
    return BY_NAME.get(name) or Measure(name, name, "")


def in_order(names: set[str]) -> list[str]:
    """`names` in the order of this module, unknown ones last."""
    known = [measure.name for measure in _ALL if measure.name in names]
    return known + sorted(names - set(known))
