"""Starts the server: settings, encoder, index, assistant, then the pages, each step told on the terminal.

Knows nothing about how questions are answered or what the pages look like.
"""

import argparse
import errno
import signal
import socket
import sys
import threading
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.errors import ProductError

if TYPE_CHECKING:
    from assistant.generation import ModelSettings
    from server.services import Services
    from server.settings import ServerSettings

_DEFAULT_PORT = 7860
_STOP_SECONDS = 5  # what is being answered when the server is to stop
_SECONDS_WITHOUT_MODEL = 5  # of the time for a question, at least; quotations take 0.1 on a quiet machine
_MEND_EMPTY = "Chép văn bản (Word, PDF, HTML, văn bản thuần …) vào thư mục tài liệu rồi mở lại chương trình."


class AddressError(ProductError):
    """The page cannot be offered at the address asked for."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until Ctrl-C; 2 when something has to be mended first."""
    options = _parse(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C: finish, then stop
    try:
        settings = _settings(options)
        _check_address(settings.host, options.port)
        _serve(_prepare(settings), options.port)
    except ProductError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print()
    return 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="ui.py", description="Mở trang hỏi đáp Trợ lý Nghị quyết.")
    parser.add_argument(
        "--host", help="địa chỉ mạng, mặc định 127.0.0.1; 0.0.0.0 để máy khác cùng mạng truy cập được"
    )
    parser.add_argument("--port", type=_port, default=_DEFAULT_PORT, help="cổng, mặc định %(default)s")
    parser.add_argument("--root-path", metavar="/tro-ly", help="đường dẫn con khi đứng sau máy chủ web khác")
    parser.add_argument(
        "--without-access-control",
        action="store_true",
        default=None,
        help="cho máy khác hỏi mà không cần đăng nhập",
    )
    return parser.parse_args(arguments)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} không phải số cổng từ 1 đến 65535")
    return int(text)


def _settings(options: argparse.Namespace) -> "ServerSettings":
    from server.exposure import check_exposure
    from server.settings import load_server_settings

    settings = load_server_settings(
        host=options.host,
        root_path=options.root_path,
        without_access_control=options.without_access_control,
    )
    for warning in check_exposure(settings):
        print(f"Cảnh báo: {warning}.", file=sys.stderr)
    return settings


def _check_address(host: str, port: int) -> None:
    """Before the minutes of preparation, not after them."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise _address_error(host, port, error) from error


def _address_error(host: str, port: int, error: OSError) -> AddressError:
    if error.errno in (errno.EADDRINUSE, None):  # Gradio's own error carries no number
        other = port + 1 if port < 65535 else port - 1
        return AddressError(
            f"Cổng {port} đang được chương trình khác dùng. Chọn cổng khác: python ui.py --port {other}"
        )
    return AddressError(
        f"Không mở được địa chỉ {host}, cổng {port} ({error.strerror or error}). Chọn --host hoặc --port khác"
    )


def _prepare(about: "ServerSettings") -> "Services":
    """Everything the application needs, over an index that matches the documents folder."""
    _tell("Đọc cấu hình…")
    from assistant.settings import load_settings  # imports from here on take seconds: tell first

    settings = load_settings()
    _check_times(settings.language_model, about)
    from server.backup.installation import installed
    from server.backup.switching import undo_interrupted

    if undo_interrupted(installed(settings, about).journal):
        _warn("lần phục hồi trước bị ngắt giữa chừng, đã trả mọi thứ về như trước khi phục hồi")
    _tell("Nạp bộ mã hoá…")
    from tqdm import tqdm

    from assistant.chain import Assistant
    from assistant.generation.model import LanguageModel
    from ingest.load import LoadOptions
    from records import Records
    from server.asking import Asking
    from server.services import Services
    from vectorstore.encoder import load_encoder
    from vectorstore.progress import shown_on
    from vectorstore.sync import sync

    encoder = load_encoder(settings.embedding_model)
    folder = settings.documents_dir
    _tell(f"Đối chiếu chỉ mục với thư mục {folder}…")
    with (
        tqdm(desc="Nhận dạng chữ", unit=" trang", file=sys.stderr, delay=1) as pages,
        tqdm(desc="Lập chỉ mục", unit=" phần", file=sys.stderr, delay=1) as bar,
    ):
        options = LoadOptions(progress=shown_on(pages))
        report = sync([folder], folder, settings.index, encoder, options=options, progress=shown_on(bar))
    for problem in report.problems:
        print(f"Cảnh báo: {problem}", file=sys.stderr)
    for source, understood in report.files.items():
        for warning in understood.warnings:
            print(f"Cảnh báo: {source}: {warning}", file=sys.stderr)
    _tell(f"Có {report.documents} văn bản, {report.passages} đoạn.")
    if not report.documents:
        print(f"Cảnh báo: chưa có văn bản nào trong {folder}. {_MEND_EMPTY}", file=sys.stderr)
    # The page may be read by people who are not to know the folders of this machine.
    notice = "" if report.documents else f"Chưa có văn bản nào để trả lời. {_MEND_EMPTY}"
    model = LanguageModel(settings.language_model) if settings.language_model else None
    if model is not None:
        _tell(f"Câu trả lời do mô hình {model.name} viết, từng câu được đối chiếu với văn bản.")
    assistant = Assistant.open(settings.index, encoder, model=model)
    # Whoever waits for the model takes no time of this machine: so many more are answered meanwhile.
    waiting = settings.llm_at_once if model is not None else 0
    asking = Asking(assistant, about.workers + waiting, about.queue, about.timeout_s)
    records = Records.open_or_without(about.records_path, about.records_days, _warn)
    return Services(
        about, assistant, asking, records, encoder, settings.index, folder, notice, model=assistant.model
    )


def _check_times(model: "ModelSettings | None", about: "ServerSettings") -> None:
    """A failed model has to leave time for the answer of quotations."""
    from assistant.settings import SettingsError

    if model and model.timeout_s + _SECONDS_WITHOUT_MODEL > about.timeout_s:
        raise SettingsError(
            f"ASSISTANT_LLM_TIMEOUT_S={model.timeout_s:g} quá dài so với "
            f"ASSISTANT_TIMEOUT_S={about.timeout_s:g}: phải ngắn hơn ít nhất {_SECONDS_WITHOUT_MODEL} giây, "
            "để khi mô hình không trả lời kịp vẫn còn giờ trích dẫn. Giảm giá trị đầu hoặc tăng giá trị sau"
        )


def _serve(services: "Services", port: int) -> None:
    _tell("Mở trang…")
    import uvicorn

    from server.app import create_app
    from server.logs import log_to_stderr

    host = services.settings.host
    config = uvicorn.Config(
        create_app(services),
        host=host,
        port=port,
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # the application decides whom it believes
        timeout_graceful_shutdown=_STOP_SECONDS,
    )
    server = uvicorn.Server(config)
    serving = threading.Thread(target=server.run, daemon=True)
    serving.start()
    while not server.started and serving.is_alive():
        time.sleep(0.05)
    if not server.started:
        raise _address_error(host, port, OSError(errno.EADDRINUSE, "bind"))
    log_to_stderr(services.settings.log_format)
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    address = f"http://{shown}:{port}{services.settings.root_path}"
    _tell(f"Sẵn sàng: {address} (nhấn Ctrl+C để dừng)")
    try:
        serving.join()
    finally:
        services.asking.close()
        server.should_exit = True
        serving.join(2 * _STOP_SECONDS)


def _warn(line: str) -> None:
    print(f"Cảnh báo: {line}", file=sys.stderr)


def _tell(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
