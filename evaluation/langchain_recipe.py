"""The recipe that tutorials give: RecursiveCharacterTextSplitter, Chroma, rank-bm25, EnsembleRetriever.

Everything at its usual values, with the product's own encoder in place of a downloaded one. A baseline, and
nothing else: its pieces end in the middle of sentences and know no Điều.
"""

from pathlib import Path
from typing import Any

from tqdm import tqdm

from corpus.document import Document
from evaluation.errors import EvaluationProblem
from evaluation.systems import Hit, Setting

_CHUNK, _OVERLAP = 1000, 200  # characters, as in LangChain's own tutorials
_BATCH = 64
_MEND = "Cài bằng: pip install -r requirements-evaluation.txt"


class LangChainRecipe:
    """Pieces of 1,000 characters, ranked by an ensemble of half BM25 and half vectors."""

    def __init__(self, setting: Setting) -> None:
        """Cut, encode (once; the pieces are kept in the cache) and index. Raises EvaluationProblem."""
        try:
            from langchain_classic.retrievers import EnsembleRetriever
            from langchain_text_splitters import RecursiveCharacterTextSplitter
        except ImportError as error:
            raise EvaluationProblem(f"--system langchain cần thư viện {error.name}. {_MEND}") from error
        splitter = RecursiveCharacterTextSplitter(
            chunk_size=_CHUNK, chunk_overlap=_OVERLAP, add_start_index=True
        )
        pieces = [p for d in setting.index.documents.values() for p in _pieces(splitter, d)]
        self._store = _filled(_store(setting), pieces)
        self._words = _words_retriever(pieces)
        self._ensemble = EnsembleRetriever

    def search(self, question: str, k: int) -> list[Hit]:
        """Pieces in the ensemble's order; it gives no scores, so they fall with the rank."""
        self._words.k = k
        vectors = self._store.as_retriever(search_kwargs={"k": k})
        ensemble = self._ensemble(retrievers=[self._words, vectors], weights=[0.5, 0.5])
        found = ensemble.invoke(question)[:k]
        return [
            _hit(piece.metadata, len(piece.page_content), 1 / rank) for rank, piece in enumerate(found, 1)
        ]


def _pieces(splitter: Any, document: Document) -> list[Any]:
    return list(splitter.create_documents([document.text], [{"document_id": document.id}]))


def _words_retriever(pieces: list[Any]) -> Any:
    """What `langchain_community.retrievers.BM25Retriever` does by default; that package is maintained no
    more.
    """
    from langchain_core.retrievers import BaseRetriever
    from rank_bm25 import BM25Okapi

    ranker = BM25Okapi([piece.page_content.split() for piece in pieces])

    class Words(BaseRetriever):
        k: int = 4

        def _get_relevant_documents(self, query: str, *, run_manager: Any) -> list[Any]:
            found: list[Any] = ranker.get_top_n(query.split(), pieces, n=self.k)
            return found

    return Words()


def _hit(metadata: dict[str, Any], length: int, score: float) -> Hit:
    start = int(metadata["start_index"])
    return Hit(str(metadata["document_id"]), start, start + length, score)


def _store(setting: Setting) -> Any:
    import chromadb
    from chromadb.config import Settings
    from langchain_chroma import Chroma

    folder: Path = setting.cache / "langchain-recipe"
    folder.mkdir(parents=True, exist_ok=True)
    client = chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
    return Chroma(collection_name="pieces", embedding_function=setting.encoder, client=client)


def _filled(store: Any, pieces: list[Any]) -> Any:
    """The store with every piece in it; those of an interrupted run are not encoded again."""
    ids = [f"{p.metadata['document_id']}:{p.metadata['start_index']}" for p in pieces]
    held = set(store.get(include=[])["ids"])
    missing = [(name, piece) for name, piece in zip(ids, pieces, strict=True) if name not in held]
    for start in tqdm(range(0, len(missing), _BATCH), desc="Mã hoá (LangChain)", unit=" lượt", disable=None):
        batch = missing[start : start + _BATCH]
        store.add_documents([piece for _, piece in batch], ids=[name for name, _ in batch])
    return store
