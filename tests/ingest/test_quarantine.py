"""What makes a text suspicious, and what must not."""

from pathlib import Path

import pytest

from corpus.document import Document
from ingest import load
from ingest.errors import QuarantinedError
from ingest.load import LoadOptions

_LAW = "LUẬT\nCÂY CẢNH\n" + "\n".join(
    f"Điều {n}. Nội dung thứ {n}\nCây số {n} được chăm sóc." for n in range(1, 11)
)


def read(text: str, options: LoadOptions | None = None) -> Document:
    data = text.encode()
    loaded = (
        load(Path("luat.txt"), "luat.txt", data, options)
        if options
        else load(Path("luat.txt"), "luat.txt", data)
    )
    return loaded.document


def knowing(articles: int) -> LoadOptions:
    return LoadOptions(known_articles=lambda document: articles if document.kind == "luật" else None)


def test_a_law_with_a_third_of_its_known_articles_is_set_aside() -> None:
    with pytest.raises(QuarantinedError, match=r"chỉ có 10 điều, trong khi .* có 30 điều"):
        read(_LAW, knowing(30))


def test_a_whole_law_is_not() -> None:
    assert read(_LAW, knowing(10)).kind == "luật"
    assert read(_LAW, knowing(12)).kind == "luật", "a lost heading or two are for the warnings"


def test_a_law_that_cites_articles_it_does_not_have_is_set_aside() -> None:
    beyond = "\n".join(f"{n}. Việc này theo Điều {n + 40} của Luật này." for n in range(1, 5))
    with pytest.raises(QuarantinedError, match="Điều 41, 42, 43, 44 của chính mình"):
        read(f"{_LAW}\nĐiều 11. Dẫn chiếu\n{beyond}")


def test_one_slip_in_a_reference_is_no_reason() -> None:
    assert read(f"{_LAW}\nĐiều 11. Dẫn chiếu\n1. Theo Điều 99 của Luật này.").kind == "luật"


def test_an_amending_law_speaks_of_the_articles_of_the_other_law() -> None:
    text = "LUẬT\nSỬA ĐỔI, BỔ SUNG LUẬT CÂY CẢNH\nĐiều 1. Sửa đổi\n" + "\n".join(
        f"{n}. Sửa đổi như sau: “Theo Điều {n + 40} của Luật này.”" for n in range(1, 6)
    )
    assert read(text).kind == "luật"


def test_a_table_of_contents_that_the_text_keeps_is_no_reason() -> None:
    contents = "MỤC LỤC\nChương I. Chung\nChương II. Riêng"
    body = "Chương I\nCHUNG\nĐiều 1. Một\nCây.\nChương II\nRIÊNG\nĐiều 2. Hai\nHoa."
    assert read(f"LUẬT\nCÂY CẢNH\n{contents}\n{body}").kind == "luật"


def test_bytes_read_as_another_script_are_set_aside() -> None:
    with pytest.raises(QuarantinedError, match="không phải chữ Latinh"):
        read("LUẬT\n" + "\u4e86\u7684\u4e00 " * 200)


def test_lost_letters_and_an_uncertain_encoding_are_told() -> None:
    loaded = load(Path("a.txt"), "a.txt", "KẾ HOẠCH\nVề cây\n1. Trồng c�y ở xã.".encode())
    assert any("1 ký tự bị mất" in warning for warning in loaded.warnings)
    western = load(Path("a.txt"), "a.txt", "Le président a signé le décret à Paris.\n".encode("cp1252"))
    assert any("không chắc về bảng mã" in warning for warning in western.warnings)
    assert not load(Path("a.txt"), "a.txt", _LAW.encode()).warnings
