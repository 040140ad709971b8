"""The page itself: components, their layout and what happens on send; the only module that knows Gradio.

The conversation is kept on the server, per browser tab, and sent as ready HTML: Gradio's HTML component shows
it unchanged and unfiltered, so all escaping is done in `render` and `sources`.
"""

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import gradio as gr
from starlette.middleware import Middleware

from assistant.answer import Answer, Turn
from chat import texts
from chat.escaping import escaped
from chat.exchange import Exchange, history
from chat.render import render_conversation
from chat.shell import Shell
from chat.sources import render_sources
from corpus.errors import ProductError

_log = logging.getLogger(__name__)
_MAX_QUESTION = 2000
_ASKING_AT_ONCE = 16
_FONTS = ["system-ui", "Segoe UI", "Roboto", "Noto Sans", "DejaVu Sans", "Arial", "sans-serif"]
_MONOSPACE = ["ui-monospace", "Consolas", "DejaVu Sans Mono", "monospace"]

Conversation = tuple[Exchange, ...]


class Assistant(Protocol):
    """What the page needs of the assistant."""

    def ask(self, question: str, history: list[Turn]) -> Answer:
        """An answer; ProductError when the question cannot be taken."""
        ...

    def examples(self) -> list[str]:
        """Questions that the documents can answer."""
        ...


def build_page(assistant: Assistant, notice: str = "") -> gr.Blocks:
    """The chat page. `notice` is shown above the conversation, e.g. that no document is there."""
    with gr.Blocks(title=texts.TITLE, analytics_enabled=False, fill_width=True) as page:
        kept = gr.State(())
        _html(_header(notice), "header")
        with gr.Row(elem_id="columns"):
            with gr.Column(elem_id="chat"):
                conversation = _html(render_conversation(()), "conversation")
                with gr.Row(elem_id="ask"):
                    question = _question_box()
                    send = gr.Button(texts.SEND, variant="primary", elem_id="send")
                    new = gr.Button(texts.NEW_CONVERSATION, elem_id="new-conversation")
                with gr.Column(elem_id="examples") as examples:
                    _html(f"<h2>{escaped(texts.EXAMPLES)}</h2>", "examples-title")
                    buttons = [gr.Button(text, elem_classes="example") for text in assistant.examples()]
            with gr.Column(elem_id="sources-column"):
                _html(f"<h2>{escaped(texts.SOURCES)}</h2>", "sources-title")
                sources = _html(render_sources(()), "sources")
        _html('<div id="spoken-status" role="status"></div>', "spoken")
        outputs = [kept, conversation, sources, question, examples]
        _connect(assistant, question, kept, send, new, buttons, outputs)
    page.queue(default_concurrency_limit=_ASKING_AT_ONCE)
    return page


def launch(page: gr.Blocks, host: str, port: int) -> None:
    """Start serving and return at once. Raises OSError when the address cannot be used."""
    _reach_this_machine_directly()
    page.launch(
        server_name=f"[{host}]" if ":" in host else host,
        server_port=port,
        share=False,
        prevent_thread_lock=True,
        quiet=True,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        run_history=False,
        footer_links=[],
        favicon_path=Path(__file__).with_name("icon.svg"),
        max_file_size="1kb",
        theme=gr.themes.Base(font=_FONTS, font_mono=_MONOSPACE),
        app_kwargs={"middleware": [Middleware(Shell)], "docs_url": None, "redoc_url": None},
    )


def _header(notice: str) -> str:
    warning = f'<p class="notice" role="alert">{escaped(notice)}</p>' if notice else ""
    return f"<h1>{escaped(texts.TITLE)}</h1><p>{escaped(texts.TAGLINE)}</p>{warning}"


def _html(markup: str, identifier: str) -> gr.HTML:
    # Without Gradio's styles for prose and its own click handler: the style sheet and script here do both.
    return gr.HTML(markup, elem_id=identifier, apply_default_css=False, js_on_load=None)


def _question_box() -> gr.Textbox:
    return gr.Textbox(
        label=texts.QUESTION_LABEL,
        info=texts.QUESTION_HINT,
        placeholder=texts.QUESTION_PLACEHOLDER,
        lines=1,
        max_lines=6,
        max_length=_MAX_QUESTION,
        autofocus=True,
        elem_id="question",
    )


def _connect(
    assistant: Assistant,
    question: gr.Textbox,
    kept: gr.State,
    send: gr.Button,
    new: gr.Button,
    examples: list[gr.Button],
    outputs: list[Any],
) -> None:
    def ask(text: str, exchanges: Conversation) -> Iterator[tuple[Any, ...]]:
        yield from _ask(assistant, text, exchanges)

    # Private: the page is for people; programs have their own interface.
    options = {"show_progress": "hidden", "api_visibility": "private", "outputs": outputs}
    asked = [gr.on([question.submit, send.click], ask, inputs=[question, kept], **options)]
    asked += [button.click(ask, inputs=[button, kept], **options) for button in examples]
    new.click(_start_again, cancels=asked, **options)


def _ask(assistant: Assistant, text: str, exchanges: Conversation) -> Iterator[tuple[Any, ...]]:
    """First the question, at once, then the answer."""
    if not text.strip():
        yield (gr.skip(),) * 5
        return
    asking = (*exchanges, Exchange(text))
    yield gr.skip(), render_conversation(asking), gr.skip(), "", gr.update(visible=False)
    answered = (*exchanges, _exchange(assistant, text, exchanges))
    # The question box is left alone: the next question may already be in it.
    yield answered, render_conversation(answered), render_sources(answered), gr.skip(), gr.skip()


def _exchange(assistant: Assistant, text: str, exchanges: Conversation) -> Exchange:
    try:
        return Exchange(text, answer=assistant.ask(text, history(exchanges)))
    except ProductError as error:
        return Exchange(text, problem=str(error))
    except Exception:  # whatever it is, the person in front of the page needs a sentence, not silence
        _log.exception("question could not be answered")
        return Exchange(text, problem=texts.UNEXPECTED)


def _start_again() -> tuple[Any, ...]:
    return (), render_conversation(()), render_sources(()), "", gr.update(visible=True)


def _reach_this_machine_directly() -> None:
    """Gradio asks its own server whether it is up, and would ask through the office's proxy."""
    direct = [os.environ.get("no_proxy") or os.environ.get("NO_PROXY", ""), "127.0.0.1", "localhost", "::1"]
    os.environ["no_proxy"] = ",".join(address for address in direct if address)
