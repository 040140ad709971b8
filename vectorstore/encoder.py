"""Turns texts into vectors with a sentence-transformers model, by default the one of ``built_in``.

Knows: which prompts the model wants in front of questions and passages, how texts are batched for two
cores, how several threads share one model, and how the model is identified in an index.

Does not know: passages, windows or indexes; where models come from (``built_in``, ``loading``).  A text
longer than ``max_tokens`` is cut by the model without a word: whoever splits documents has to count.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from langchain_core.embeddings import Embeddings

from vectorstore import built_in
from vectorstore.loading import load_model
from vectorstore.precision import fastest_type

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]

# On two cores 8 to 16 sentences per batch encode 3,400 to 4,000 tokens a second, 64 of them 2,800 and with
# 300 MB more memory.  The bound on characters (about 1,100 tokens) does the same for long texts, and keeps
# the time a question may have to wait for a batch at 0.3 s.
_BATCH_TEXTS = 16
_BATCH_CHARACTERS = 4_000
# The E5 family was trained with these prompts, but the published models do not carry them.
_E5 = re.compile(r"(?:^|[-_/])e5-(?!mistral)(?!.*instruct)")
_E5_PROMPTS = {"query": "query: ", "passage": "passage: "}


def load_encoder(name_or_path: str | None = None) -> "Encoder":
    """Return the encoder of a folder or a model name; the built-in one for ``None`` or an empty name.

    Raises ``EncoderProblem`` with the mend when the model cannot be had.
    """
    if name_or_path:
        return Encoder(name_or_path)
    return Encoder(str(built_in.built_in_encoder()), name=built_in.NAME)


class Encoder(Embeddings):
    """A sentence-transformers model as LangChain embeddings; vectors are float32 of length 1.

    Threads may share one instance: they take turns, batch by batch, so a question asked while documents are
    being encoded waits for one batch (0.3 s) and not for all of them.  A question is encoded on one core:
    two are 3 ms faster when both are free, but wait for each other, 10 to 45 times slower, when one is not.
    """

    def __init__(self, name_or_path: str, name: str | None = None) -> None:
        """Load the model; ``name`` is what ``identity`` calls it instead of the folder or model name."""
        import torch  # here and below: 4 s that a command which encodes nothing should not pay

        self._folder = Path(name_or_path) if Path(name_or_path).is_dir() else None
        self._name = name or (self._folder.resolve().name if self._folder else name_or_path)
        self._model = load_model(name_or_path, is_folder=self._folder is not None)
        self._query_prompt, self._passage_prompt = _prompts(self._model.prompts, self._name)
        self._content = _content(self._model, self._folder)  # of the weights as they are stored
        self._model.to(fastest_type())
        self._queue, self._turn = Lock(), Lock()
        self._threads = torch.get_num_threads()

    @cached_property
    def identity(self) -> str:
        """Name and content of the model, e.g. ``vi-official-small@1f0c…``; changes with any vector."""
        content = self._content, self._query_prompt, self._passage_prompt
        return f"{self._name}@{hashlib.sha256(json.dumps(content).encode()).hexdigest()[:12]}"

    @cached_property
    def dimension(self) -> int:
        """Number of components of a vector."""
        return int(self._model.get_embedding_dimension())

    @cached_property
    def max_tokens(self) -> int:
        """Longest text, in tokens, that is encoded whole: what prompt and special tokens leave over."""
        limit = self._model.max_seq_length or 512
        special = self._model.tokenizer.num_special_tokens_to_add()
        return int(limit - special - self.count_token(self._passage_prompt))

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the tokens of each text alone, without prompt and special tokens."""
        if not texts:
            return []
        with self._my_turn():
            ids = self._model.tokenizer(list(texts), add_special_tokens=False, verbose=False)["input_ids"]
        return [len(row) for row in ids]

    def count_token(self, text: str) -> int:
        """Return the tokens of one text alone."""
        return self.count_tokens([text])[0]

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages, float32 ``[len(texts), dimension]``, in the order given."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for batch in _batches(texts):
            vectors[batch] = self._encode([texts[i] for i in batch], self._passage_prompt, self._threads)
        return vectors

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector per passage, in the order given."""
        rows: list[list[float]] = self.encode_passages(texts).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of one question."""
        row: list[float] = self._encode([text], self._query_prompt, threads=1)[0].tolist()
        return row

    def _encode(self, texts: list[str], prompt: str, threads: int) -> Vectors:
        import torch

        with self._my_turn():
            torch.set_num_threads(threads)
            encoded = self._model.encode(
                texts,
                prompt=prompt,
                batch_size=len(texts),
                show_progress_bar=False,
                convert_to_tensor=True,
            )
        # After the widening: a length of one in bfloat16 is off by up to a thousandth.
        vectors: Vectors = torch.nn.functional.normalize(encoded.float(), dim=1).numpy()
        return vectors

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        # A tokenizer must not be used by two threads at once.  One lock alone would let the thread that
        # encodes documents take it again before a waiting thread wakes up; holding `_queue` while waiting
        # makes that thread come after those that already wait.
        with self._queue:
            self._turn.acquire()
        try:
            yield
        finally:
            self._turn.release()


def _content(model: "SentenceTransformer", folder: Path | None) -> str:
    manifest = folder / built_in.MANIFEST if folder else None
    if manifest and manifest.is_file():
        return manifest.read_text(encoding="utf-8")
    if commit := getattr(model[0].auto_model.config, "_commit_hash", None):
        return str(commit)
    weights = hashlib.sha256()  # 0.3 s for 100 million parameters; only a folder without manifest
    for name, values in sorted(model.state_dict().items()):
        weights.update(name.encode())
        weights.update(values.cpu().float().contiguous().numpy())
    return weights.hexdigest()


def _prompts(given: dict[str, str], name: str) -> tuple[str, str]:
    query = given.get("query", "")
    passage = given.get("passage") or given.get("document", "")
    if not query and not passage and _E5.search(name.lower()):
        return _E5_PROMPTS["query"], _E5_PROMPTS["passage"]
    return query, passage


def _batches(texts: Sequence[str]) -> Iterator[list[int]]:
    # Longest first: texts of like length share a batch, and memory reaches its peak at once, not late.
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]), reverse=True)
    while order:
        longest = max(1, len(texts[order[0]]))
        size = max(1, min(_BATCH_TEXTS, _BATCH_CHARACTERS // longest))
        yield order[:size]
        order = order[size:]
