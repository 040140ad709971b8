"""Types Unicode text as old software did: the inverse of what is tested, and texts to type.

The tables are turned round from the product's; that they are right is shown by the real files and by the
samples copied by hand in the tests.
"""

import unicodedata

from ingest.encodings.tables import TCVN3, VNI

_TCVN3 = {letter: char for char, letter in reversed(list(TCVN3.items())) if char not in "\u2212\u2219\u03bc"}
_VNI = {letter: pair for pair, letter in VNI.items() if len(pair) < 3}
_VIQR_MARKS = {"\u0302": "^", "\u0306": "(", "\u031b": "+"}
_VIQR_TONES = {"\u0301": "'", "\u0300": "`", "\u0309": "?", "\u0303": "~", "\u0323": "."}
_TONES = "\u0300\u0301\u0303\u0309\u0323"

VIETNAMESE = (
    "Uỷ ban nhân dân huyện chịu trách nhiệm tổ chức thực hiện Quyết định này trước ngày 15 tháng 9.",
    "Sở Tài chính phối hợp với các cơ quan liên quan thẩm định dự toán, trình cấp có thẩm quyền phê duyệt.",
    "Những hộ gia đình ở vùng ngập lũ được hỗ trợ gạo, muối, thuốc chữa bệnh và giống cây trồng.",
    "Kỹ sư trưởng kiểm tra chất lượng mặt cầu, ghi rõ ý kiến vào sổ nhật ký rồi ký tên, đóng dấu.",
    "Trường hợp đơn vị đã được cấp giấy phép nhưng chưa khởi công thì phải báo cáo bằng văn bản.",
    "Thủ trưởng các đơn vị, trưởng thôn, tổ trưởng tổ dân phố vận động nhân dân giữ vệ sinh đường làng.",
)
WESTERN = {
    "French": (
        "Le présent arrêté entre en vigueur à compter du jour où il a été publié au Journal officiel.",
        "Les élèves français étudient dès la rentrée l’histoire du théâtre, naïveté comprise.",
        "Où est né le maître d’œuvre ? Il a dû quitter le château avant Noël, à cause de la grève.",
        "Le préfet a reçu les délégués des communes « rurales » ; il leur a répondu très brièvement.",
        "né à Orléans",
        "Côte d’Ivoire : thé, café, pêche",
    ),
    "German": (
        "Für die Durchführung dieser Verordnung sind die zuständigen Behörden der Länder verantwortlich.",
        "Die Größe der Flächen wird jährlich überprüft; Änderungen müssen schriftlich gemeldet werden.",
        "Straße, Häuser und Brücken gehören zum Vermögen der Gemeinde gemäß § 12 Absatz 3.",
        "Müßige Bürger hören gern schöne Lieder",
        "Der Antrag heißt »neu«, »alt« oder »nicht gestellt«.",
    ),
    "English": (
        "The contractor shall submit a progress report within 30 days; it's due on the first of May.",
        "Particles under 10 µm and dust of 50 µg/m³ were measured at 25 °C (± 2 °C), i.e. ½ of the limit.",
        "Microsoft® Word and Adobe™ are trademarks; © 2004 the authors. See § 5 and ¶ 7.",
        "A naïve café owner's résumé – don't you like it? (No.)",
    ),
}


def tcvn3(text: str) -> str:
    """As a reader gives text typed with .VnTime; toned capitals come out small."""
    return "".join(_TCVN3.get(char) or _TCVN3.get(char.lower(), char) for char in text)


def vni(text: str) -> str:
    """As a reader gives text typed with a VNI font."""
    typed = []
    for char in text:
        pair = _VNI.get(char.lower(), char)
        typed.append(pair.upper() if char.isupper() else pair)
    return "".join(typed)


def viqr(text: str) -> str:
    """Text in VIQR, with a backslash in front of punctuation that could be taken for a tone."""
    typed = ""
    for char in text:
        if char in ".?":
            typed += "\\"
        base, *marks = unicodedata.normalize("NFD", char)
        letter = {"đ": "dd", "Đ": "DD"}.get(base, base)
        # The mark comes first, then the tone, in whatever order Unicode has them.
        ordered = sorted(marks, key=lambda mark: mark in _TONES)
        typed += letter + "".join(_VIQR_MARKS.get(mark) or _VIQR_TONES[mark] for mark in ordered)
    return typed


def windows_1258(text: str) -> bytes:
    """Bytes of code page 1258: letters with their marks, tones behind them."""
    return "".join(_with_detached_tone(char) for char in text).encode("cp1258", "replace")


def _with_detached_tone(char: str) -> str:
    parts = unicodedata.normalize("NFD", char)
    tone = "".join(part for part in parts if part in _TONES)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES)) + tone
