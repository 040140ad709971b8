"""Building one generation: records, references, syllables, lexical index, vectors, manifest, in that order.

Reuses every vector whose text is unchanged, from the generation in use or from an interrupted build.
Does not decide which documents belong in it.
"""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from vectorstore.encoder import Encoder
from vectorstore.generation import (
    SCHEMA,
    Generation,
    IndexLocation,
    Manifest,
    make_current,
    start_generation,
    superseded,
)
from vectorstore.lexical import LexicalIndex
from vectorstore.progress import Progress
from vectorstore.records import StoredRecord, copy_records, iter_records
from vectorstore.reference_records import write_references
from vectorstore.syllables import SyllableCounts
from vectorstore.vectors import VectorCollection, copy_collection_files
from vectorstore.windows import Window, windows

_ENCODE_BATCH = 64  # windows between two writes: at most a few seconds of work are lost by a kill


def build_generation(
    records: Sequence[StoredRecord],
    location: IndexLocation,
    encoder: Encoder,
    previous: Generation | None,
    progress: Progress,
) -> Generation:
    """Build, put to use, clear what is superseded. Storage errors pass through; the old index stays."""
    generation, resumed = start_generation(location.folder, encoder.identity)
    if previous and not resumed and location.chroma_url is None:
        copy_collection_files(previous.chroma, generation.chroma)
    copy_records(records, generation.documents)
    write_references(iter_records(generation.documents), generation.references)
    build_lexical(generation)
    _write_vectors(generation, location.chroma_url, encoder, progress)
    generation.write_manifest(
        Manifest(
            schema=SCHEMA,
            encoder=encoder.identity,
            dimension=encoder.dimension,
            built_at=datetime.now(UTC).isoformat(timespec="seconds"),
            documents=len(records),
            passages=sum(record.passages for record in records),
        )
    )
    make_current(location.folder, generation)
    _clear_superseded(location, encoder)
    return generation


def build_lexical(generation: Generation) -> None:
    """Count and index the words of the records of a generation, one document in memory at a time."""
    SyllableCounts.of(_Texts(generation)).save(generation.syllables)
    LexicalIndex.write(_Texts(generation, headers=True), generation.lexical)


@dataclass(frozen=True, slots=True)
class _Texts:
    """The texts of the passages of a generation in order; read anew by each who iterates.

    `headers`: a table row comes with the header of its table, which says what its cells are.
    """

    generation: Generation
    headers: bool = False

    def __iter__(self) -> Iterator[str]:
        for item in iter_records(self.generation.documents):
            for passage in item.passages:
                row = self.headers and passage.header
                yield f"{passage.header}\n{passage.text}" if row else passage.text


def _write_vectors(generation: Generation, url: str | None, encoder: Encoder, progress: Progress) -> None:
    collection = VectorCollection(generation.collection_name(url), generation.chroma, encoder, url)
    try:
        held = collection.texts()
        wanted, missing = set(), 0
        for window in _windows(generation, encoder):
            wanted.add(window.id)
            missing += held.get(window.id) != window.encoded
        collection.remove([i for i in held if i not in wanted])
        progress(0, missing)
        done = 0
        for batch in _batched(w for w in _windows(generation, encoder) if held.get(w.id) != w.encoded):
            collection.add(batch, encoder.embed_documents([window.encoded for window in batch]))
            done += len(batch)
            progress(done, missing)
    finally:
        collection.close()


def _windows(generation: Generation, encoder: Encoder) -> Iterator[Window]:
    for item in iter_records(generation.documents):
        for passage in item.passages:
            yield from windows(passage, encoder.count_token, encoder.max_tokens)


def _batched(items: Iterator[Window]) -> Iterator[list[Window]]:
    while batch := list(islice(items, _ENCODE_BATCH)):
        yield batch


def _clear_superseded(location: IndexLocation, encoder: Encoder) -> None:
    for generation in superseded(location.folder):
        if location.chroma_url is not None:
            name = generation.collection_name(location.chroma_url)
            VectorCollection(name, generation.chroma, encoder, location.chroma_url).drop()
        shutil.rmtree(generation.folder, ignore_errors=True)
