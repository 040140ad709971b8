"""Every Vietnamese text of the page, in one place. Knows nothing about markup."""

TITLE = "Trợ lý Nghị quyết"
TAGLINE = (
    "Hỏi đáp trên văn bản chính thức. Câu trả lời chỉ gồm những câu trích nguyên văn, "
    "ghi rõ điều, khoản, đoạn; không có trong văn bản thì trả lời là không có."
)

QUESTION_LABEL = "Câu hỏi"
QUESTION_PLACEHOLDER = "Nhập câu hỏi…"
QUESTION_HINT = "Nhấn Enter để gửi, Shift + Enter để xuống dòng."
SEND = "Gửi"
NEW_CONVERSATION = "Cuộc trò chuyện mới"
EXAMPLES = "Câu hỏi gợi ý"

WELCOME = "Xin mời đặt câu hỏi."
WELCOME_MORE = "Bấm vào số [1], [2]… trong câu trả lời để xem câu được trích ngay trong đoạn văn bản gốc."
PENDING = "Đang tìm trong văn bản…"
UNDERSTOOD_AS = "Tôi hiểu là:"
ASK_AS_TYPED = "Tìm đúng như đã gõ"
ASKED_AS_TYPED = "(tìm đúng như đã gõ)"
NEAREST = "Đoạn gần nhất"
NEAREST_WARNING = "chỉ để tham khảo, không phải câu trả lời"
NOTES = "Cần biết thêm"
WHOLE_PASSAGE = "Xem cả đoạn"
UNEXPECTED = (
    "Chương trình gặp lỗi khi tìm câu trả lời. Xin gửi lại câu hỏi; "
    "nếu vẫn lỗi, báo cho người quản trị kèm theo giờ hỏi."
)

SOURCES = "Nguồn trích dẫn"
SOURCES_OF = "Cho câu hỏi:"
NO_SOURCES_YET = (
    "Khi có câu trả lời, đoạn văn bản chứa câu được trích sẽ hiện ở đây, phần được trích được tô sáng."
)
NO_SOURCES = "Câu hỏi này không có trích dẫn."
BACK_TO_ANSWER = "Về câu trả lời"

LOADING = "Đang mở trang…"
CONNECTION_LOST = "Mất kết nối với chương trình. Trang sẽ tự tải lại khi kết nối trở lại."
NO_SCRIPT = "Trang này cần bật JavaScript trong trình duyệt."


def see_source(number: int) -> str:
    """What a marker does, for screen readers."""
    return f"Xem nguồn {number}"
