"""Building one generation: records, syllables, lexical index, vectors, manifest, in that order.

Reuses every vector whose text is unchanged, from the generation in use or from an interrupted build.
Does not decide which documents belong in it.
"""

import shutil
from datetime import UTC, datetime

from ingest.load import LoadedDocument
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
from vectorstore.records import write_records
from vectorstore.syllables import SyllableCounts
from vectorstore.vectors import VectorCollection, copy_collection_files
from vectorstore.windows import Window, windows

_ENCODE_BATCH = 64  # windows between two writes: at most a few seconds of work are lost by a kill


def build_generation(
    loaded: list[LoadedDocument],
    location: IndexLocation,
    encoder: Encoder,
    previous: Generation | None,
    progress: Progress,
) -> Generation:
    """Build, put to use, clear what is superseded. Storage errors pass through; the old index stays."""
    generation, resumed = start_generation(location.folder, encoder.identity)
    if previous and not resumed and location.chroma_url is None:
        copy_collection_files(previous.chroma, generation.chroma)
    write_records(generation.documents, loaded)
    passages = [passage for item in loaded for passage in item.passages]
    texts = [passage.text for passage in passages]
    SyllableCounts.of(texts).save(generation.syllables)
    LexicalIndex.build(texts).save(generation.lexical)
    wanted = {w.id: w for p in passages for w in windows(p, encoder.count_token, encoder.max_tokens)}
    _write_vectors(wanted, generation, location.chroma_url, encoder, progress)
    generation.write_manifest(
        Manifest(
            schema=SCHEMA,
            encoder=encoder.identity,
            dimension=encoder.dimension,
            built_at=datetime.now(UTC).isoformat(timespec="seconds"),
            documents=len(loaded),
            passages=len(passages),
        )
    )
    make_current(location.folder, generation)
    _clear_superseded(location, encoder)
    return generation


def _write_vectors(
    wanted: dict[str, Window], generation: Generation, url: str | None, encoder: Encoder, progress: Progress
) -> None:
    collection = VectorCollection(generation.collection_name(url), generation.chroma, encoder, url)
    try:
        held = collection.texts()
        collection.remove([i for i in held if i not in wanted])
        missing = [window for window in wanted.values() if held.get(window.id) != window.encoded]
        progress(0, len(missing))
        for start in range(0, len(missing), _ENCODE_BATCH):
            batch = missing[start : start + _ENCODE_BATCH]
            collection.add(batch, encoder.embed_documents([window.encoded for window in batch]))
            progress(min(start + _ENCODE_BATCH, len(missing)), len(missing))
    finally:
        collection.close()


def _clear_superseded(location: IndexLocation, encoder: Encoder) -> None:
    for generation in superseded(location.folder):
        if location.chroma_url is not None:
            name = generation.collection_name(location.chroma_url)
            VectorCollection(name, generation.chroma, encoder, location.chroma_url).drop()
        shutil.rmtree(generation.folder, ignore_errors=True)
