"""Every text of the page, in Vietnamese and in English, in one place. Knows nothing about markup."""

from dataclasses import dataclass

VIETNAMESE, ENGLISH = "vi", "en"
TITLE = "Trợ lý Nghị quyết"


@dataclass(frozen=True, slots=True)
class Texts:
    """What the page says; the defaults are Vietnamese."""

    language: str = VIETNAMESE
    tagline: str = (
        "Hỏi đáp trên văn bản chính thức. Câu trả lời chỉ gồm những câu trích nguyên văn, "
        "ghi rõ điều, khoản, đoạn; không có trong văn bản thì trả lời là không có."
    )
    tagline_with_model: str = (
        "Hỏi đáp trên văn bản chính thức. Câu trả lời trích nguyên văn, hoặc do mô hình ngôn ngữ viết và "
        "được đối chiếu từng câu, ghi rõ điều, khoản, đoạn; không có trong văn bản thì trả lời là không có."
    )
    documents: str = "Văn bản"
    administration: str = "Quản trị"
    sign_out: str = "Đăng xuất"
    pages: str = "Các trang"
    other_language: str = "English"
    to_question: str = "Đến ô câu hỏi"

    question_label: str = "Câu hỏi"
    question_placeholder: str = "Nhập câu hỏi…"
    question_hint: str = "Nhấn Enter để gửi, Shift + Enter để xuống dòng."
    send: str = "Gửi"
    new_conversation: str = "Cuộc trò chuyện mới"
    examples: str = "Câu hỏi gợi ý"
    suggestions: str = "Có thể hỏi tiếp"

    welcome: str = "Xin mời đặt câu hỏi."
    welcome_more: str = (
        "Bấm vào số [1], [2]… trong câu trả lời để xem câu được trích ngay trong đoạn văn bản gốc."
    )
    pending: str = "Đang tìm trong văn bản…"
    understood_as: str = "Tôi hiểu là:"
    ask_as_typed: str = "Tìm đúng như đã gõ"
    asked_as_typed: str = "(tìm đúng như đã gõ)"
    ask_quoting: str = "Chỉ trích nguyên văn"
    asked_quoting: str = "(chỉ trích nguyên văn)"
    quoted: str = "Trích nguyên văn"
    quoted_about: str = "Mọi câu trong ngoặc kép được chép đúng từng chữ từ văn bản."
    generated: str = "Do mô hình ngôn ngữ viết, đã đối chiếu từng câu"
    generated_about: str = (
        "Mô hình ngôn ngữ viết các câu này từ những đoạn văn bản đã tìm được. Từng câu đã được chương trình "
        "đối chiếu với đoạn dẫn ở số [1], [2]…; câu nào không khớp thì bỏ hoặc thay bằng câu trích nguyên "
        "văn. Trước khi dùng, xin đọc lại đoạn gốc."
    )
    supported: str = "đã đối chiếu, khớp văn bản"
    replaced: str = "trích nguyên văn thay câu không khớp"
    left_out_one: str = "Đã bỏ 1 câu của mô hình vì không khớp văn bản"
    left_out_many: str = "Đã bỏ {count} câu của mô hình vì không khớp văn bản"
    writing: str = "Đang viết và đối chiếu từng câu với văn bản…"
    nearest: str = "Đoạn gần nhất"
    nearest_warning: str = "chỉ để tham khảo, không phải câu trả lời"
    notes: str = "Cần biết thêm"
    whole_passage: str = "Xem cả đoạn"
    see_source: str = "Xem nguồn"
    full: str = "Cuộc trò chuyện đã có {most} câu hỏi. Xin mở cuộc trò chuyện mới để hỏi tiếp."

    unexpected: str = (
        "Chương trình gặp lỗi khi tìm câu trả lời. Xin gửi lại câu hỏi; "
        "nếu vẫn lỗi, báo cho người quản trị kèm theo giờ hỏi."
    )
    busy: str = "Đang có quá nhiều người hỏi cùng lúc. Xin gửi lại câu hỏi sau vài giây."
    timeout: str = "Câu hỏi này mất quá nhiều thời gian. Xin hỏi ngắn gọn hơn, hoặc gửi lại sau ít phút."
    not_taken: str = ""  # the assistant says in Vietnamese what is wrong with a question

    sources: str = "Nguồn trích dẫn"
    sources_of: str = "Cho câu hỏi:"
    no_sources_yet: str = (
        "Khi có câu trả lời, đoạn văn bản chứa câu được trích sẽ hiện ở đây, phần được trích được tô sáng."
    )
    no_sources: str = "Câu hỏi này không có trích dẫn."
    back_to_answer: str = "Về câu trả lời"
    copy: str = "Sao chép kèm trích dẫn"
    copied: str = "Đã chép"
    not_copied: str = "Không chép được"
    open_in_document: str = "Mở trong văn bản"
    in_new_tab: str = "(thẻ mới)"
    changed: str = "Văn bản đã thay đổi sau câu trả lời này; đây là lời văn khi trả lời."

    rate: str = "Đánh giá câu trả lời"
    good: str = "Hữu ích"
    bad: str = "Chưa đúng"
    wrong_source: str = "Sai nguồn"
    comment: str = "Góp ý thêm (không bắt buộc)"
    send_comment: str = "Gửi góp ý"
    thanks: str = "Cảm ơn anh/chị đã đánh giá."
    thanks_comment: str = "Đã ghi nhận góp ý. Cảm ơn anh/chị."
    not_rated: str = "Chưa ghi được đánh giá. Xin thử lại."

    conversations: str = "Các cuộc trò chuyện"
    search: str = "Tìm trong câu hỏi đã hỏi"
    close: str = "Đóng"
    no_conversations: str = "Chưa có cuộc trò chuyện nào."
    none_found: str = "Không có cuộc trò chuyện nào khớp."
    questions_many: str = "{count} câu hỏi"
    questions_one: str = "1 câu hỏi"
    today: str = "Hôm nay"
    yesterday: str = "Hôm qua"
    delete: str = "Xoá"
    delete_all: str = "Xoá tất cả"
    delete_sure: str = "Xoá cuộc trò chuyện này?"
    delete_all_sure: str = "Xoá tất cả cuộc trò chuyện? Không khôi phục được."
    keep: str = "Giữ lại"
    not_deleted: str = "Chưa xoá được. Xin thử lại."
    not_found: str = "Không còn cuộc trò chuyện này."
    download: str = "Tải cuộc trò chuyện:"
    download_word: str = "Word (.docx)"
    download_markdown: str = "Markdown (.md)"


VI = Texts()
EN = Texts(
    language=ENGLISH,
    tagline=(
        "Questions and answers on official documents. Answers consist of verbatim quotations only, each with "
        "its place; what the documents do not say is not answered."
    ),
    tagline_with_model=(
        "Questions and answers on official documents. Answers are verbatim quotations, or written by a "
        "language model and checked sentence by sentence, each with its place; what the documents do not say "
        "is not answered."
    ),
    documents="Documents",
    administration="Administration",
    sign_out="Sign out",
    pages="Pages",
    other_language="Tiếng Việt",
    to_question="Skip to the question",
    question_label="Question",
    question_placeholder="Type a question…",
    question_hint="Enter sends, Shift + Enter starts a new line.",
    send="Send",
    new_conversation="New conversation",
    examples="Example questions",
    suggestions="You could ask next",
    welcome="What would you like to know?",
    welcome_more="Click [1], [2]… in an answer to see the quoted words in their paragraph.",
    pending="Searching the documents…",
    understood_as="Understood as:",
    ask_as_typed="Search exactly what I typed",
    asked_as_typed="(exactly as typed)",
    ask_quoting="Quotations only",
    asked_quoting="(quotations only)",
    quoted="Quoted word for word",
    quoted_about="Everything in quotation marks is copied from the documents, letter for letter.",
    generated="Written by a language model, every sentence checked",
    generated_about=(
        "A language model wrote these sentences from the paragraphs that were found. The program checked "
        "each of them against the paragraph at [1], [2]…; what did not agree was left out or replaced by a "
        "quotation. Please read the original paragraph before you rely on it."
    ),
    supported="checked, agrees with the document",
    replaced="quotation in place of a sentence that did not agree",
    left_out_one="1 sentence of the model was left out because it does not agree with the documents",
    left_out_many="{count} sentences of the model were left out because they do not agree with the documents",
    writing="Writing, and checking every sentence against the documents…",
    nearest="Nearest paragraph",
    nearest_warning="for orientation only, not an answer",
    notes="Also note",
    whole_passage="Whole paragraph",
    see_source="See source",
    full="This conversation has {most} questions. Please start a new one to go on.",
    unexpected=(
        "Something went wrong while looking for the answer. Please send the question again; "
        "if it fails again, tell the administrator the time of your question."
    ),
    busy="Too many people are asking at the moment. Please send the question again in a few seconds.",
    timeout="This question takes too long. Please ask more briefly, or try again in a few minutes.",
    not_taken="This question cannot be taken: it is blank or too long. Please ask one matter at a time.",
    sources="Sources",
    sources_of="For the question:",
    no_sources_yet="The paragraphs that an answer quotes appear here, with the quoted words highlighted.",
    no_sources="This question has no quotations.",
    back_to_answer="Back to the answer",
    copy="Copy with citation",
    copied="Copied",
    not_copied="Could not copy",
    open_in_document="Open in document",
    in_new_tab="(new tab)",
    changed="The document has changed since this answer; these are the words as they were.",
    rate="Rate the answer",
    good="Helpful",
    bad="Not right",
    wrong_source="Wrong source",
    comment="Comment (optional)",
    send_comment="Send comment",
    thanks="Thank you for your rating.",
    thanks_comment="Your comment was kept. Thank you.",
    not_rated="The rating could not be kept. Please try again.",
    conversations="Conversations",
    search="Search your questions",
    close="Close",
    no_conversations="No conversations yet.",
    none_found="No conversation matches.",
    questions_many="{count} questions",
    questions_one="1 question",
    today="Today",
    yesterday="Yesterday",
    delete="Delete",
    delete_all="Delete all",
    delete_sure="Delete this conversation?",
    delete_all_sure="Delete all conversations? This cannot be undone.",
    keep="Keep",
    not_deleted="Could not delete. Please try again.",
    not_found="This conversation no longer exists.",
    download="Download conversation:",
)
# Shown by the page around the chat, before anybody's language is known.
LOADING = "Đang mở trang…"
CONNECTION_LOST = "Mất kết nối với chương trình. Trang sẽ tự tải lại khi kết nối trở lại."
NO_SCRIPT = "Trang này cần bật JavaScript trong trình duyệt."


def texts_of(language: object) -> Texts:
    """The texts of a language; Vietnamese for whatever is not English."""
    return EN if language == ENGLISH else VI
