"""Questions that were typed in a hurry are spelt as they were meant."""

import re
import unicodedata
from collections.abc import Callable

import pytest

from assistant.understanding.spelling import respelled
from assistant.understanding.syllable_model import SyllableModel
from assistant.understanding.tokens import tokens_of
from corpus.syllable import conventional
from corpus.text import strip_diacritics

TONES = "\u0300\u0301\u0309\u0303\u0323"


def spelt(question: str, model: SyllableModel) -> str:
    tokens = tokens_of(unicodedata.normalize("NFC", question))
    return " ".join(conventional(word) for word in respelled(tokens, model))


def without_tones(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(char for char in decomposed if char not in TONES))


def every_second_bare(text: str) -> str:
    parts = re.split(r"(\s+)", text)
    return "".join(strip_diacritics(part) if at % 4 == 0 else part for at, part in enumerate(parts))


PHRASES = """
nghị quyết về phát triển kinh tế xã hội
nhiệm vụ trọng tâm 6 tháng cuối năm 2024
xử lý rác thải sinh hoạt thế nào
tăng cường quản lý đất đai, tài nguyên khoáng sản
tốc độ tăng trưởng kinh tế là bao nhiêu
đẩy nhanh tiến độ giải phóng mặt bằng
cải cách thủ tục hành chính
giải ngân vốn đầu tư công đạt bao nhiêu phần trăm
phòng chống tham nhũng tiêu cực
thu ngân sách nhà nước trên địa bàn
diễn tập phòng thủ huyện Tân Yên và huyện Lạng Giang
tình hình thiên tai bão lụt
chuyển đổi số trong cơ quan nhà nước
""".strip().splitlines()


@pytest.mark.parametrize("phrase", PHRASES)
@pytest.mark.parametrize("damage", [strip_diacritics, without_tones, every_second_bare, str.upper, str])
def test_left_out_diacritics_are_restored(
    phrase: str, damage: Callable[[str], str], model: SyllableModel
) -> None:
    assert (
        spelt(damage(phrase), model) == spelt(phrase, model) == " ".join(re.findall(r"\w+", phrase.lower()))
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Tỉnh xuwr lys racs thair thế nào", "tỉnh xử lý rác thải thế nào"),
        ("xuwr lys racs thair sinh hoatj", "xử lý rác thải sinh hoạt"),
        ("xu73 ly1 ra1c tha3i", "xử lý rác thải"),
        ("tỉnh có nhiệm vuj gì về moi6 trường", "tỉnh có nhiệm vụ gì về môi trường"),
        ("phats trieern kinh tees", "phát triển kinh tế"),
        ("sử lý rác thải", "xử lý rác thải"),
        ("rác thải xinh hoạt", "rác thải sinh hoạt"),
        ("cải cách thủ tục hành trính", "cải cách thủ tục hành chính"),
        ("tập chung nguồn lực", "tập trung nguồn lực"),
        ("phát triển lông nghiệp", "phát triển nông nghiệp"),
        ("lâng cao chất lượng", "nâng cao chất lượng"),
        ("tỉnh dải ngân vốn đầu tư công", "tỉnh giải ngân vốn đầu tư công"),
        ("rải phóng mặt bằng", "giải phóng mặt bằng"),
        ("giữ dìn an ninh trật tự", "giữ gìn an ninh trật tự"),
        ("nhiệm vụ cũa tỉnh", "nhiệm vụ của tỉnh"),
        ("cũng cố quốc phòng", "củng cố quốc phòng"),
        ("bảo vệ môi trườn", "bảo vệ môi trường"),
        ("tăng cườn quản lý", "tăng cường quản lý"),
        ("phát triển kin tế", "phát triển kinh tế"),
        ("phát triiển kinh tế", "phát triển kinh tế"),
        ("xử lý tồnn tại hạn chế", "xử lý tồn tại hạn chế"),
        ("tỉ lệ thất nghệp", "tỉ lệ thất nghiệp"),
        ("trẻ em nghèo đựoc hỗ trợ gì", "trẻ em nghèo được hỗ trợ gì"),
        ("ngừơi dân dược hưởng gì", "người dân được hưởng gì"),
        ("nghi quyết cuả tỉnh", "nghị quyết của tỉnh"),
        ("qúa trình thực hiện", "quá trình thực hiện"),
        ("đòan thể chính trị", "đoàn thể chính trị"),
    ],
)
def test_misspelt_questions_are_understood(typed: str, meant: str, model: SyllableModel) -> None:
    assert spelt(typed, model) == meant


@pytest.mark.parametrize(
    "question",
    [
        "uỷ ban hoà giải về thuỷ lợi",
        "ủy ban hòa giải về thủy lợi",
        "quy hoạch và qui hoạch, kỹ thuật và kĩ thuật",
        "Xã Đông Lỗ, huyện Lạng Giang, Hiệp Hòa có gì",
        "Ông Dương Văn Thái ký ngày nào",
        "UBND, HĐND và TTHC là gì",
        "đăng ký qua Zalo, website hay online",
        "học online qua app, wifi và internet banking có được không",
        "Đội nào vô địch World Cup 2022",
        "Facebook, TikTok, Foxconn ở tỉnh",
        "số 17-CT/TU ngày 28/6/2024 đạt 14,14%",
        "gửi tới vanthu@bacgiang.gov.vn hay www.bacgiang.gov.vn",
        "mục “quan ly rac thai” nói gì",
        "điểm a khoản 2 Điều 3 quy định gì",
        "bổ sung điểm a1 vào sau điểm a khoản 1",
        "khoản mấy, đoạn mấy, điểm nào",
        "vật tư, phương tiện đê hộ đê",
        "đường giao thông dài mấy km",
        "COVID-19 thế nào",
    ],
)
def test_what_is_right_stays(question: str, model: SyllableModel) -> None:
    words = [conventional(token.text) for token in tokens_of(question)]
    assert spelt(question, model).split() == words
    assert spelt(unicodedata.normalize("NFD", question), model).split() == words


def test_capitals_of_the_typed_word_are_kept(model: SyllableModel) -> None:
    assert respelled(tokens_of("Nhiem vu PHAT trien"), model) == ["Nhiệm", "vụ", "PHAT", "triển"]


@pytest.mark.parametrize("question", ["", "???", "2024", "x", "zzz qqq", "17-CT/TU"])
def test_questions_without_words_come_back_as_they_are(question: str, model: SyllableModel) -> None:
    tokens = tokens_of(question)
    assert respelled(tokens, model) == [token.text for token in tokens]
