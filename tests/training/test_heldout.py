"""What must not be trained on is recognised in the wordings people give it, and nothing else is."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import strip_diacritics
from training.encoder.heldout import Heldout, heldout_of
from training.errors import TrainingError

QUESTION = "Người nghiện ma túy từ đủ 18 tuổi trở lên bị áp dụng biện pháp xử lý hành chính nào?"
OTHER = "Thời hạn nộp hồ sơ đề nghị cấp giấy phép xây dựng là bao nhiêu ngày?"


@pytest.mark.parametrize(
    "asked",
    [
        QUESTION,
        QUESTION.upper(),
        strip_diacritics(QUESTION),
        QUESTION.rstrip("?") + " ạ?",
        QUESTION.replace("ma túy", "ma tuý").replace("hành chính ", ""),
    ],
)
def test_a_question_of_an_evaluation_set_is_recognised_however_it_is_typed(asked: str) -> None:
    assert Heldout([OTHER, QUESTION], 0.8).holds(asked)


@pytest.mark.parametrize("asked", ["Người nghiện ma túy là ai?", "Giấy phép xây dựng là gì?", ""])
def test_another_question_about_the_same_matter_may_be_trained_on(asked: str) -> None:
    assert not Heldout([OTHER, QUESTION], 0.8).holds(asked)


@given(
    st.lists(st.lists(st.sampled_from("abcdefghij"), min_size=1, max_size=9).map(" ".join), max_size=6),
    st.lists(st.sampled_from("abcdefghij"), max_size=9).map(" ".join),
    st.sampled_from([0.5, 0.8, 1.0]),
)
def test_the_short_cut_finds_what_comparing_with_every_question_finds(
    held: list[str], asked: str, least: float
) -> None:
    sets = [set(re.findall(r"\w+", text)) for text in held]
    mine = set(re.findall(r"\w+", asked))
    expected = any(len(mine & one) / len(mine | one) >= least for one in sets)
    assert Heldout(held, least).holds(asked) == expected


def test_every_set_below_a_folder_is_held_out(tmp_path: Path) -> None:
    for name, text in (("one", QUESTION), ("deep/two", OTHER)):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "queries.jsonl").write_text(
            json.dumps({"id": "1", "text": text}), encoding="utf-8"
        )
    heldout = heldout_of(tmp_path, 0.8)
    assert len(heldout) == 2 and heldout.holds(QUESTION) and heldout.holds(OTHER)


def test_training_without_evaluation_sets_is_refused_with_the_mend(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="--sets"):
        heldout_of(tmp_path, 0.8)
