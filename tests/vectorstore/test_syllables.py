"""Counts of syllables and of neighbours: the same as counted by hand, kept, joined and thinned out."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.syllable import conventional, is_syllable
from corpus.text import words
from ingest import LoadedDocument
from vectorstore.syllables import SyllableCounts

SENTENCES = [
    "Phát triển kinh tế",
    "Kinh tế số",
    "Uỷ ban, ủy ban",
    "đạt 14,14% so với",
    "họp Zalo online tại xã",
    "",
]

texts = st.lists(st.sampled_from(SENTENCES) | st.text("aábcđế 1,z", max_size=20), max_size=6)


def naive(lines: list[str]) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    single: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for line in lines:
        found = [conventional(word) for word in words(line)]
        single.update(word for word in found if is_syllable(word))
        pairs.update((a, b) for a, b in pairwise(found) if is_syllable(a) and is_syllable(b))
    return single, pairs


def content(counts: SyllableCounts) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
    names = counts.syllables
    pairs = {(a, b): counts.pair_count(a, b) for a in names for b in names}
    return {name: counts.count(name) for name in names}, {pair: n for pair, n in pairs.items() if n}


@given(texts)
def test_counts_are_those_of_a_naive_count(lines: list[str]) -> None:
    single, pairs = naive(lines)
    assert content(SyllableCounts.of(lines)) == (dict(single), dict(pairs))


def test_counts_of_the_resolution_are_those_of_a_naive_count(resolution: LoadedDocument) -> None:
    lines = [passage.text for passage in resolution.passages]
    counts = SyllableCounts.of(lines)
    single, pairs = naive(lines)
    assert counts.size == len(counts.syllables) == len(single) > 500
    assert counts.total == sum(single.values())
    assert {name: counts.count(name) for name in counts.syllables} == dict(single)
    assert {pair: counts.pair_count(*pair) for pair in pairs} == dict(pairs)
    absent = [(b, a) for a, b in pairs if (b, a) not in pairs]
    assert absent and not any(counts.pair_count(*pair) for pair in absent)


def test_old_and_new_tone_placement_and_capitals_are_counted_together() -> None:
    counts = SyllableCounts.of(["Uỷ ban hoà giải", "ỦY BAN hòa giải"])
    assert counts.syllables == ["ban", "giải", "hòa", "ủy"]
    assert [counts.count(name) for name in counts.syllables] == [2, 2, 2, 2]
    assert counts.pair_count("ủy", "ban") == 2


@pytest.mark.parametrize("between", ["2024", "17-CT/QĐ", "website"])
def test_what_is_no_syllable_parts_its_neighbours(between: str) -> None:
    counts = SyllableCounts.of([f"kinh {between} tế"])
    assert counts.pair_count("kinh", "tế") == 0
    assert counts.syllables == ["kinh", "tế"]


def test_lines_are_not_neighbours() -> None:
    assert SyllableCounts.of(["kinh", "tế"]).pair_count("kinh", "tế") == 0


def test_unknown_words_count_nothing() -> None:
    counts = SyllableCounts.of(["kinh tế"])
    assert counts.count("rác") == counts.pair_count("rác", "tế") == counts.pair_count("kinh", "rác") == 0
    assert counts.pair_count("tế", "kinh") == 0


@pytest.mark.parametrize("lines", [[], [""], ["17-CT/QĐ 2024"], ["website"]])
def test_a_collection_without_syllables_can_be_kept_and_joined(lines: list[str], tmp_path: Path) -> None:
    empty = SyllableCounts.of(lines)
    assert (empty.size, empty.total, empty.syllables) == (0, 0, [])
    empty.save(tmp_path / "none.npz")
    loaded = SyllableCounts.load(tmp_path / "none.npz")
    assert (loaded.size, loaded.total, loaded.syllables) == (0, 0, [])
    assert loaded.count("kinh") == loaded.pair_count("kinh", "tế") == 0
    some = SyllableCounts.of(["kinh tế"])
    assert content(loaded.plus(some, 1)) == content(some.plus(loaded, 3)) == content(some)
    assert content(loaded.pruned(1, 1)) == ({}, {})


def test_counts_survive_saving(resolution: LoadedDocument, tmp_path: Path) -> None:
    lines = [passage.text for passage in resolution.passages]
    counts = SyllableCounts.of(lines)
    counts.save(tmp_path / "counts.npz")
    loaded = SyllableCounts.load(tmp_path / "counts.npz")
    _, pairs = naive(lines)
    assert loaded.syllables == counts.syllables
    assert loaded.counts.tolist() == counts.counts.tolist()
    assert loaded.total == counts.total
    assert {pair: loaded.pair_count(*pair) for pair in pairs} == dict(pairs)


@pytest.mark.parametrize("content", [b"", b"not an archive", b"PK\x03\x04 cut off"])
def test_a_damaged_file_is_an_error_that_can_be_handled(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "counts.npz"
    path.write_bytes(content)
    with pytest.raises((OSError, ValueError)):
        SyllableCounts.load(path)


@given(texts, texts, st.integers(1, 4))
def test_joined_counts_are_counts_of_the_joined_texts(one: list[str], other: list[str], weight: int) -> None:
    joined = SyllableCounts.of(one).plus(SyllableCounts.of(other), weight)
    assert content(joined) == content(SyllableCounts.of(one + other * weight))
    assert joined.total == sum(joined.counts)
    assert joined.syllables == sorted(joined.syllables)


@given(texts, st.integers(0, 4), st.integers(0, 4))
def test_pruning_drops_what_is_rare_and_nothing_else(lines: list[str], syllable: int, pair: int) -> None:
    single, pairs = naive(lines)
    kept = {name: n for name, n in single.items() if n >= syllable}
    near = {(a, b): n for (a, b), n in pairs.items() if a in kept and b in kept and n >= pair}
    assert content(SyllableCounts.of(lines).pruned(syllable, pair)) == (kept, near)
