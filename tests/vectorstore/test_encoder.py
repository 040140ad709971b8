"""The encoder: what it ranks first, prompts, order, precision, threads and errors."""

import re
import shutil
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from vectorstore.built_in import FOLDER, NAME
from vectorstore.encoder import Encoder, load_encoder
from vectorstore.errors import EncoderProblem

SENTENCES = [
    "Bắc Giang",
    "Điều 1.",
    "xin chào",
    "QUYẾT NGHỊ:",
    "Thu ngân sách nhà nước trên địa bàn là bao nhiêu?",
    "Tốc độ tăng trưởng GRDP 6 tháng đầu năm 2024 đạt 14,14%, đứng thứ nhất cả nước.",
    "Ai chịu trách nhiệm tổ chức thực hiện Nghị quyết này?",
    "Giao Ủy ban nhân dân tỉnh tổ chức triển khai thực hiện Nghị quyết.",
    "Nghị quyết có hiệu lực kể từ ngày Hội đồng nhân dân tỉnh thông qua.",
    "Giải ngân vốn đầu tư công đạt 45,6% kế hoạch, cao hơn bình quân chung cả nước.",
    "Đẩy nhanh tiến độ cấp giấy chứng nhận quyền sử dụng đất và xây dựng cơ sở dữ liệu đất đai.",
    "Phấn đấu hoàn thành 15/15 chỉ tiêu chủ yếu; 30% số xã đạt chuẩn nông thôn mới nâng cao.",
    "Tiếp tục cắt giảm thủ tục hành chính, rút ngắn thời gian giải quyết hồ sơ xuống còn 3 ngày.",
    "Nồng độ bụi PM2.5 trung bình 24 giờ không vượt quá 50 µg/m³ ở nhiệt độ 37 °C.",
    "Tổng mức đầu tư 1.234,5 tỷ đồng (bằng chữ: một nghìn hai trăm ba mươi tư tỷ năm trăm triệu).",
    "Số điện thoại đường dây nóng: 0204.3854.343; thư điện tử: ubnd@bacgiang.gov.vn.",
    "• Bảo đảm an sinh xã hội – “không để ai bị bỏ lại phía sau” …",
    "Who is responsible for carrying out this resolution?",
    "The Provincial People's Council adopted the resolution on 11 July 2024.",
    "Public investment disbursement reached 45.6% of the annual plan.",
    "GRDP growth",
    "Land-use right certificates shall be issued within 30 working days of a valid application.",
    "A passage that has nothing to do with budgets: the cat sat on the mat and looked at the moon.",
    "e-mail, URL https://example.gov.vn/van-ban?id=42&loai=nq, and code_like_tokens = True",
]
LONGER = [" ".join(SENTENCES[start : start + 4]) for start in range(0, 20, 3)]
LONGEST = [" ".join(SENTENCES[start : start + 12]) for start in (1, 8)]
TEXTS = SENTENCES + LONGER + LONGEST
SAME = 0.9999  # cosine of a text with itself in another batch: a processor may compute in bfloat16


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return load_encoder()


def test_tokens_are_counted_without_prompt_and_special_tokens(encoder: Encoder) -> None:
    assert encoder.count_tokens(["xin chào", "thu gom rác thải"]) == [2, 5]
    assert encoder.count_token("xin chào") == 2
    assert encoder.count_tokens([]) == []


def test_vectors_have_length_one_and_the_order_of_the_texts(encoder: Encoder) -> None:
    vectors = encoder.encode_passages(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dimension)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    alone = np.array([encoder.embed_documents([text])[0] for text in TEXTS])
    assert (vectors * alone).sum(axis=1).min() > SAME


def test_the_precision_of_this_processor_gives_the_vectors_of_the_exact_one(encoder: Encoder) -> None:
    from sentence_transformers import SentenceTransformer

    exact = SentenceTransformer(str(FOLDER), device="cpu", local_files_only=True)
    expected = np.asarray(exact.encode(TEXTS, prompt_name="passage"))
    assert (encoder.encode_passages(TEXTS) * expected).sum(axis=1).min() > 0.999


def test_no_texts_give_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode_passages([]).shape == (0, encoder.dimension)
    assert encoder.embed_documents([]) == []


@pytest.mark.parametrize("text", ["", " ", "\n\u200b", "漢字 кириллица", "</s> <pad> <mask>", "😀" * 20])
def test_strange_texts_still_have_a_vector(encoder: Encoder, text: str) -> None:
    assert np.linalg.norm(encoder.embed_query(text)) == pytest.approx(1, abs=1e-5)
    assert np.linalg.norm(encoder.embed_documents([text])[0]) == pytest.approx(1, abs=1e-5)


def test_max_tokens_is_the_longest_text_that_is_read_whole(encoder: Encoder) -> None:
    word = " năm"
    fits = (word * encoder.max_tokens).strip()
    assert encoder.count_token(fits) == encoder.max_tokens
    base, more, cut = encoder.encode_passages([fits, f"{fits[:-4]} hai", f"{fits} ba bốn"])
    assert not np.allclose(base, more, atol=1e-3)  # the last word that fits counts
    assert encoder.max_tokens < 512
    assert np.allclose(cut, encoder.encode_passages([f"{fits} ba sáu"])[0], atol=1e-3)


def test_the_right_passage_is_nearest(encoder: Encoder) -> None:
    scores = encoder.encode_passages(SENTENCES) @ np.array(encoder.embed_query("Đất đai, sổ đỏ"))
    assert "quyền sử dụng đất" in SENTENCES[int(scores.argmax())]


def test_threads_share_one_encoder(encoder: Encoder) -> None:
    expected = [encoder.embed_query(text) for text in SENTENCES]
    with ThreadPoolExecutor(8) as pool:
        documents = pool.submit(encoder.encode_passages, TEXTS * 2)
        counts = pool.submit(encoder.count_tokens, TEXTS)
        answers = list(pool.map(encoder.embed_query, SENTENCES))
    assert np.allclose(answers, expected, atol=1e-5)
    assert documents.result().shape == (2 * len(TEXTS), encoder.dimension)
    assert len(counts.result()) == len(TEXTS)


def test_identity_names_the_content_and_not_the_place(encoder: Encoder, tmp_path: Path) -> None:
    folder = encoder._folder
    assert folder is not None
    assert encoder.identity.startswith(f"{NAME}@")
    copy = shutil.copytree(folder, tmp_path / "elsewhere")
    assert Encoder(str(copy), name=NAME).identity == encoder.identity
    (copy / "manifest.json").unlink()
    bare = Encoder(str(copy))
    assert bare.identity.startswith("elsewhere@")
    assert bare.identity == Encoder(str(copy)).identity
    prompts = copy / "config_sentence_transformers.json"
    prompts.write_text(prompts.read_text(encoding="utf-8").replace("query: ", "question: "), encoding="utf-8")
    assert Encoder(str(copy)).identity != bare.identity


@pytest.mark.parametrize(
    ("name", "same_as_default"),
    [("my-e5-small", True), ("e5-mistral-7b", False), ("some-model", False)],
)
def test_models_of_the_e5_family_without_prompts_get_theirs(
    encoder: Encoder, tmp_path: Path, name: str, same_as_default: bool
) -> None:
    assert encoder._folder is not None
    copy = shutil.copytree(encoder._folder, tmp_path / name)
    (copy / "config_sentence_transformers.json").write_text('{"prompts": {}}', encoding="utf-8")
    other = Encoder(str(copy))
    question = SENTENCES[4]
    assert np.allclose(other.embed_query(question), encoder.embed_query(question)) is same_as_default
    assert (
        np.allclose(other.embed_documents([question]), encoder.embed_documents([question])) is same_as_default
    )


def test_a_folder_is_loaded_and_used_without_the_network(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    local = load_encoder(str(encoder._folder))
    assert local.embed_query("xin chào") == pytest.approx(encoder.embed_query("xin chào"))


def test_a_folder_without_a_model_is_an_error_with_the_mend(tmp_path: Path) -> None:
    with pytest.raises(EncoderProblem, match=rf"ASSISTANT_EMBEDDING_MODEL={re.escape(str(tmp_path))}: "):
        load_encoder(str(tmp_path))


@pytest.mark.parametrize("name", ["/no/such/folder", "./models/e5", "a/b/c"])
def test_a_folder_that_does_not_exist_is_not_looked_for_elsewhere(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", None)
    with pytest.raises(EncoderProblem, match=rf"ASSISTANT_EMBEDDING_MODEL={re.escape(name)}: "):
        load_encoder(name)


def test_a_model_that_cannot_be_fetched_is_an_error_without_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    attempts: list[object] = []

    def unreachable(*address: object, **_options: object) -> None:
        attempts.append(address)
        raise OSError("Network is unreachable")

    monkeypatch.setattr(socket.socket, "connect", unreachable)
    monkeypatch.setattr(socket, "getaddrinfo", unreachable)
    with pytest.raises(EncoderProblem, match=r"ASSISTANT_EMBEDDING_MODEL=no-such-owner/no-such-model: "):
        load_encoder("no-such-owner/no-such-model")
    assert len(attempts) < 5  # the hub's client alone makes seven for every file
