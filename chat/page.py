"""The page itself: components, their layout and what happens on send; the only module that knows Gradio.

The conversation is kept on the server, per browser tab, and sent as ready HTML: Gradio's HTML component shows
it unchanged and unfiltered, so all escaping is done in `render` and `sources`.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr
from starlette.middleware import Middleware

from chat import texts
from chat.asking import Assistant, Conversation, ask, ask_as_typed
from chat.escaping import escaped
from chat.render import render_conversation
from chat.shell import Shell
from chat.sources import render_sources

_MAX_QUESTION = 2000
_ASKING_AT_ONCE = 16
_FONTS = ["system-ui", "Segoe UI", "Roboto", "Noto Sans", "DejaVu Sans", "Arial", "sans-serif"]
_MONOSPACE = ["ui-monospace", "Consolas", "DejaVu Sans Mono", "monospace"]

_CONVERSATION = "conversation"
# The buttons are redrawn with every turn, so their clicks are taken at what stays around them. Only the
# turn's number is sent: the server knows its question.
_SEND_AS_TYPED = """
element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-as-typed]");
  if (button) trigger("click", { turn: Number(button.dataset.asTyped) });
});
"""


def build_page(assistant: Assistant, notice: str = "") -> gr.Blocks:
    """The chat page. `notice` is shown above the conversation, e.g. that no document is there."""
    with gr.Blocks(title=texts.TITLE, analytics_enabled=False, fill_width=True) as page:
        kept = gr.State(())
        _html(_header(notice), "header")
        with gr.Row(elem_id="columns"):
            with gr.Column(elem_id="chat"):
                conversation = _html(render_conversation(()), _CONVERSATION, _SEND_AS_TYPED)
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
        asks = [question.submit, send.click, conversation.click]
        _connect(assistant, question, kept, asks, new, buttons, outputs)
    page.queue(default_concurrency_limit=_ASKING_AT_ONCE)
    return page


def mounting() -> dict[str, Any]:
    """Arguments for `gr.mount_gradio_app` besides application, page and path."""
    _reach_this_machine_directly()
    return {
        "ssr_mode": False,
        "pwa": False,
        "mcp_server": False,
        "run_history": False,
        "footer_links": [],
        "favicon_path": str(Path(__file__).with_name("icon.svg")),
        "max_file_size": "1kb",
        "show_error": False,
        "theme": gr.themes.Base(font=_FONTS, font_mono=_MONOSPACE),
        "app_kwargs": {"middleware": [Middleware(Shell)], "docs_url": None, "redoc_url": None},
    }


def _header(notice: str) -> str:
    warning = f'<p class="notice" role="alert">{escaped(notice)}</p>' if notice else ""
    return f"<h1>{escaped(texts.TITLE)}</h1><p>{escaped(texts.TAGLINE)}</p>{warning}"


def _html(markup: str, identifier: str, script: str | None = None) -> gr.HTML:
    # Without Gradio's styles for prose and its own click handler: the style sheet and script here do both.
    return gr.HTML(markup, elem_id=identifier, apply_default_css=False, js_on_load=script)


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
    asks: list[Any],
    new: gr.Button,
    examples: list[gr.Button],
    outputs: list[Any],
) -> None:
    def answer(text: str, exchanges: Conversation, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        if event.target.elem_id == _CONVERSATION:
            turn = getattr(event, "turn", None)
            # The question box is left alone: the next question may already be in it.
            yield from _shown(ask_as_typed(assistant, turn, exchanges), gr.skip())
        else:
            yield from _shown(ask(assistant, text, exchanges), "")

    # Private: the page is for people; programs have their own interface.
    options = {"show_progress": "hidden", "api_visibility": "private", "outputs": outputs}
    # One listener for all of them: Gradio then takes no second question of a conversation before the answer.
    asked = [gr.on(asks, answer, inputs=[question, kept], **options)]
    asked += [button.click(answer, inputs=[button, kept], **options) for button in examples]
    new.click(_start_again, cancels=asked, **options)


def _shown(conversations: Iterator[Conversation], box: Any) -> Iterator[tuple[Any, ...]]:
    """What each step of a conversation changes on the page; `box` is what the question box then holds."""
    yield (gr.skip(),) * 5  # Gradio empties the whole page when nothing at all comes
    for exchanges in conversations:
        if exchanges[-1].pending:
            yield gr.skip(), render_conversation(exchanges), gr.skip(), box, gr.update(visible=False)
        else:
            # The question box is left alone: the next question may already be in it.
            yield exchanges, render_conversation(exchanges), render_sources(exchanges), gr.skip(), gr.skip()


def _start_again() -> tuple[Any, ...]:
    return (), render_conversation(()), render_sources(()), "", gr.update(visible=True)


def _reach_this_machine_directly() -> None:
    """Gradio asks its own server whether it is up, and would ask through the office's proxy."""
    direct = [os.environ.get("no_proxy") or os.environ.get("NO_PROXY", ""), "127.0.0.1", "localhost", "::1"]
    os.environ["no_proxy"] = ",".join(address for address in direct if address)
