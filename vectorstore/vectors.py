"""Vectors in Chroma, through langchain-chroma: embedded by default, a Chroma server by URL.

Each generation of the index has a collection of its own, so a reader never meets a half-written one.
Knows ids, texts and vectors; knows nothing of passages or ranking.
"""

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from chromadb.errors import ChromaError
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

from vectorstore.errors import IndexProblem
from vectorstore.windows import Window

# What a full disk, a read-only folder or a damaged database raises. Chroma writes even to read.
STORAGE_ERRORS = (OSError, sqlite3.Error, ChromaError)
_BATCH = 256
_DATABASE = "chroma.sqlite3"


class VectorCollection:
    """The windows of one generation with their vectors (cosine distance)."""

    def __init__(self, name: str, folder: Path, encoder: Embeddings, url: str | None = None) -> None:
        try:
            self._client = _client(folder, url)
            self._collection = self._client.get_or_create_collection(
                name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
            )
        except STORAGE_ERRORS as error:
            raise _cannot_open(folder, error) from error
        self.store = Chroma(collection_name=name, embedding_function=encoder, client=self._client)

    def texts(self) -> dict[str, str]:
        """Window id to the text its vector was made from, of all windows held."""
        held: dict[str, str] = {}
        while page := self._page(len(held)):
            held.update(page)
        return held

    def add(self, batch: Sequence[Window], vectors: Sequence[Sequence[float]]) -> None:
        """Store windows with their vectors; one with the same id is replaced."""
        self._collection.upsert(
            ids=[window.id for window in batch],
            embeddings=[list(vector) for vector in vectors],
            documents=[window.encoded for window in batch],
            metadatas=[{"passage_id": window.passage_id} for window in batch],
        )

    def remove(self, ids: Sequence[str]) -> None:
        """Forget windows."""
        for batch in _batches(list(ids)):
            self.store.delete(ids=batch)

    def nearest(self, vector: Sequence[float], k: int) -> dict[str, float]:
        """Window id to cosine similarity of the `k` windows nearest to `vector` (or fewer)."""
        if k == 0:
            return {}
        answer = self._collection.query(query_embeddings=[list(vector)], n_results=k, include=["distances"])
        distances = answer["distances"]
        return {
            i: 1.0 - float(d)
            for i, d in zip(answer["ids"][0], distances[0] if distances else (), strict=True)
        }

    def similarities(self, vector: Sequence[float], passage_ids: Sequence[str]) -> dict[str, float]:
        """Window id to cosine similarity of every window of the given passages; `vector` has length 1."""
        if not passage_ids:
            return {}
        # Not a search with a filter: that walks past the windows of all other passages, 128 ms where 40,000
        # are held (35 of 10,000) against 13 (11) for fetching the vectors, with the same result to 1e-7.
        held = self._collection.get(where={"passage_id": {"$in": list(passage_ids)}}, include=["embeddings"])
        vectors = np.asarray(held["embeddings"], dtype=np.float32).reshape(-1, len(vector))
        return dict(zip(held["ids"], (vectors @ np.asarray(vector, dtype=np.float32)).tolist(), strict=True))

    def drop(self) -> None:
        """Delete the collection (a server keeps collections of old generations otherwise)."""
        self.store.delete_collection()

    def close(self) -> None:
        """Release the database files."""
        self._client.close()

    def _page(self, offset: int) -> dict[str, str]:
        answer = self.store.get(limit=_BATCH, offset=offset, include=["documents"])
        return dict(zip(answer["ids"], answer["documents"], strict=True))


def copy_collection_files(source: Path, target: Path) -> None:
    """Seed an embedded collection with another's files, so that unchanged windows are not written again.

    Copying takes a second per GB where adding takes one per 1,000 windows. The database goes through
    SQLite's own backup, which is consistent even while another process reads it.
    """
    target.mkdir(parents=True, exist_ok=True)
    with (
        sqlite3.connect(f"file:{source / _DATABASE}?mode=ro", uri=True) as old,
        sqlite3.connect(target / _DATABASE) as new,
    ):
        old.backup(new)
    old.close()
    new.close()
    for segment in source.iterdir():
        if segment.is_dir():
            shutil.copytree(segment, target / segment.name)


def _client(folder: Path, url: str | None) -> Any:
    import chromadb  # 0.5 s; only needed when an index is opened
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if url is None:
        folder.mkdir(parents=True, exist_ok=True)
        return chromadb.PersistentClient(path=str(folder), settings=settings)
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise IndexProblem(
            f"ASSISTANT_CHROMA_URL={url!r} không phải địa chỉ http(s). Ví dụ: http://127.0.0.1:8000"
        )
    secure = parts.scheme == "https"
    try:
        return chromadb.HttpClient(
            host=parts.hostname, port=parts.port or (443 if secure else 80), ssl=secure, settings=settings
        )
    except ValueError as error:  # chromadb's way of saying that it could not connect
        raise IndexProblem(
            f"Không kết nối được máy chủ Chroma {url}: {error}. "
            "Khởi động máy chủ hoặc bỏ ASSISTANT_CHROMA_URL"
        ) from error


def _cannot_open(folder: Path, error: Exception) -> IndexProblem:
    return IndexProblem(
        f"{folder}: không mở được cơ sở dữ liệu của chỉ mục ({error}). Cấp quyền ghi cho thư mục này, "
        "giải phóng dung lượng đĩa, hoặc đặt ASSISTANT_INDEX_DIR sang thư mục khác"
    )


def _batches(items: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]
