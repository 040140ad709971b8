"""How questions ask for a date, issuer, signer, number, effect or content of a named document: patterns.

Knows wordings only; what answers them is for `assistant.cited`.
"""

import re

# What asks about a document as such and names no matter.
ASKING = re.compile(
    r"\b(?:nói|quy định|nêu|yêu cầu|đề cập|bàn|liên quan|về|việc|vấn đề|nội dung|chuyện|gì|nào|là|của|"
    r"cơ quan|đơn vị|ai|hiệu lực|thi hành|số hiệu|ký hiệu|mang|từ|"
    r"tổ chức nào|ban hành|ra đời|ra|ký|được|đã|do|bởi|ngày|tháng|năm|hôm|khi|bao giờ|lúc|mấy|cho|biết|"
    r"tôi|em|hỏi|"
    r"ở đâu|thế nào|như thế nào|ra sao|làm|sao|tỉnh|này|đó|ấy|văn bản|số|bao nhiêu|và|có|những|các|không|"
    r"xin|dạ|ạ|"
    r"nó|họ|thì|trong|nhắc|đến|tới|tóm tắt|chi tiết|cụ thể|hiện|hãy|theo|tài liệu|nghị quyết|chỉ thị|"
    r"kết luận)\b",
    re.IGNORECASE,
)
# What only the document itself can say.
ASKS_CONTENT = re.compile(
    r"\b(?:yêu cầu|đề ra|đặt ra|giao|quy định|cấm|cho phép|đưa ra|chỉ đạo)\b"
    r"(?! về (?:việc |vấn đề |chuyện |nội dung )?(?:gì|nào))"
    r"[^?]*\b(?:gì|nào|ai|mấy|bao nhiêu|thế nào|ra sao)\b"
    r"|\bnội dung (?:chính|cụ thể|chi tiết|chủ yếu)\b|\bgồm (?:mấy|những|các)\b|\bcó (?:mấy|bao nhiêu)\b"
    r"|\b(?:những|các|mấy) (?:yêu cầu|nhiệm vụ|giải pháp|chỉ tiêu|mục tiêu)\b"
)
ASKS_ISSUED = re.compile(
    r"\b(?:ban hành|ra đời|ký|thông qua|ra (?:vào |từ )?(?:ngày|khi|lúc|năm|hôm|bao giờ))\b"
)
ASKS_FACT = (
    (re.compile(r"\bhiệu lực\b"), "effective_on"),
    (re.compile(r"\b(?:số hiệu|ký hiệu|số mấy|số bao nhiêu|mang số)\b"), "number"),
)
ASKS_DATE = ("ngày tháng", "thời gian", "năm", "tháng")
ASKS_ISSUER = re.compile(
    r"\b(?:(?:của|do) (?:cơ quan|đơn vị|tổ chức) nào|(?:ai|cơ quan nào|đơn vị nào) (?:đã )?(?:ban hành|"
    r"ra đời))"
)
ASKS_SIGNER = re.compile(r"\b(?:ai|người nào|đồng chí nào|lãnh đạo nào) (?:đã |là người )?ký\b|\bngười ký\b")
