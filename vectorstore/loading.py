"""Loads a sentence-transformers model from a folder, from this machine's cache or from a hub, quietly.

Knows where models come from and what people have to do when one cannot be had; does not know what they are
used for.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from vectorstore.errors import EncoderProblem

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_MEND = (
    "Đặt ASSISTANT_EMBEDDING_MODEL thành thư mục chứa mô hình sentence-transformers, "
    "hoặc bỏ trống để dùng bộ mã hoá mặc định"
)
_HUB_SECONDS = 5.0  # to connect to the model hub


def load_model(name_or_path: str, is_folder: bool) -> "SentenceTransformer":
    """The model of a folder or name. Raises EncoderProblem with the mend when it cannot be had."""
    # Imported here: torch and transformers take 4 s, which a command that encodes nothing should not pay.
    from sentence_transformers import SentenceTransformer

    if not is_folder and (name_or_path.count("/") > 1 or name_or_path.startswith((".", "/", "~"))):
        raise EncoderProblem(f"ASSISTANT_EMBEDDING_MODEL={name_or_path}: không có thư mục này. {_MEND}")
    try:
        with _quiet():
            try:  # what is on this machine is used without asking the network for anything newer
                return SentenceTransformer(name_or_path, device="cpu", local_files_only=True)
            except OSError:
                if is_folder:
                    raise
            _expect_hub(name_or_path)
            return SentenceTransformer(name_or_path, device="cpu")
    except Exception as error:  # the libraries raise OSError, ValueError, KeyError and those of HTTP clients
        reason = (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")
        problem = f"ASSISTANT_EMBEDDING_MODEL={name_or_path}: không nạp được mô hình ({reason})"
        raise EncoderProblem(f"{problem}. {_MEND}") from error


def _expect_hub(name: str) -> None:
    # One question before the download: the hub's client has no setting against its retries of each file,
    # with which the error for want of a network came after 75 s.
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    hub = HfApi()
    try:
        hub.model_info(name, timeout=_HUB_SECONDS)
    except (HfHubHTTPError, HFValidationError):
        return  # the hub answers, or the name is impossible: the download knows short names and tells more
    except Exception as error:  # of the HTTP client, which differs between releases of the hub's library
        problem = f"chưa có trên máy này và không kết nối được tới {hub.endpoint}: {error}"
        raise ConnectionError(problem) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the progress bars of transformers, which are about milliseconds, off the terminal."""
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()
