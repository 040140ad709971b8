"""The page itself: components, their layout, and which event goes to which handler.

The conversation is kept on the server, per browser tab, and sent as ready HTML: Gradio's HTML component shows
it unchanged and unfiltered, so all escaping is done in `render` and its neighbours.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr
from starlette.middleware import Middleware

from chat.backing import Backing
from chat.escaping import escaped
from chat.exchange import Conversation
from chat.handlers import CONVERSATION, Handlers
from chat.header import render_header
from chat.render import render_conversation
from chat.shell import Shell
from chat.sources import render_sources
from chat.texts import TITLE, VI, VIETNAMESE

_MAX_QUESTION = 2000
_FONTS = ["system-ui", "Segoe UI", "Roboto", "Noto Sans", "DejaVu Sans", "Arial", "sans-serif"]
_MONOSPACE = ["ui-monospace", "Consolas", "DejaVu Sans Mono", "monospace"]
# What is inside is redrawn again and again, so clicks are taken by the scripts of the page, which say what is
# wanted through the component's own trigger.
_TRIGGERS = "window.TroLy.connect(%r, trigger);"
_OPENED_AS = "() => [location.hash, window.TroLy.language()]"


@dataclass(frozen=True, slots=True)
class _Parts:
    """The components that events read or change."""

    kept: gr.State
    language: gr.State
    header: gr.HTML
    conversation: gr.HTML
    sources: gr.HTML
    suggestions: gr.HTML
    question: gr.Textbox
    send: gr.Button
    new: gr.Button
    examples: gr.Column
    example_buttons: list[gr.Button]
    titles: tuple[gr.HTML, gr.HTML]
    panel_head: gr.HTML
    panel: gr.HTML
    told: gr.HTML
    opened_as: tuple[gr.Textbox, gr.Textbox]


def build_page(backing: Backing, notice: str = "") -> gr.Blocks:
    """The chat page. `notice` is shown above the conversation, e.g. that no document is there."""
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True) as page:
        header = render_header(notice, model=backing.model is not None)
        parts = _laid_out(backing.assistant.examples(), header)
        _connect(page, Handlers(backing, notice), parts)
    # The queue in front of the assistant decides how many are answered at once and tells the others so.
    page.queue(default_concurrency_limit=None)
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


def _laid_out(examples: list[str], head: str) -> _Parts:
    # The id of a conversation is its own: this value is copied into every tab, so it has none yet.
    kept, language = gr.State(Conversation("")), gr.State(VIETNAMESE)
    opened_as = (gr.Textbox(visible=False), gr.Textbox(visible=False))
    header = _html(head, "header", triggers=True)
    with gr.Row(elem_id="columns"):
        with gr.Column(elem_id="chat"):
            conversation = _html(render_conversation(Conversation()), CONVERSATION, triggers=True)
            suggestions = _html("", "suggestions")
            with gr.Row(elem_id="ask"):
                question = _question_box()
                send = gr.Button(VI.send, variant="primary", elem_id="send")
                new = gr.Button(VI.new_conversation, elem_id="new-conversation")
            with gr.Column(elem_id="examples") as column:
                examples_title = _html(f"<h2>{escaped(VI.examples)}</h2>", "examples-title")
                buttons = [gr.Button(text, elem_classes="example") for text in examples]
        with gr.Column(elem_id="sources-column"):
            sources_title = _html(f"<h2>{escaped(VI.sources)}</h2>", "sources-title")
            sources = _html(render_sources(()), "sources")
    with gr.Column(elem_id="panel"):
        panel_head, panel = _html("", "panel-top"), _html("", "panel-list", triggers=True)
    _html('<div id="spoken-status" role="status"></div>', "spoken")
    return _Parts(
        kept, language, header, conversation, sources, suggestions, question, send, new, column, buttons,
        (examples_title, sources_title), panel_head, panel, _html("", "told"), opened_as,
    )  # fmt: skip


def _html(markup: str, identifier: str, *, triggers: bool = False) -> gr.HTML:
    # Without Gradio's styles for prose and its own click handler: the style sheet and script here do both.
    script = _TRIGGERS % identifier if triggers else None
    return gr.HTML(markup, elem_id=identifier, apply_default_css=False, js_on_load=script)


def _question_box() -> gr.Textbox:
    return gr.Textbox(
        label=VI.question_label,
        info=VI.question_hint,
        placeholder=VI.question_placeholder,
        lines=1,
        max_lines=6,
        max_length=_MAX_QUESTION,
        autofocus=True,
        elem_id="question",
    )


def _connect(page: gr.Blocks, handlers: Handlers, parts: _Parts) -> None:
    # Private: the page is for people; programs have their own interface.
    options: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    shown = [parts.kept, parts.conversation, parts.sources]
    asked = [*shown, parts.question, parts.examples, parts.suggestions]
    # One listener for all of them: Gradio then takes no second question of a conversation before the answer.
    asks = [parts.question.submit, parts.send.click, parts.conversation.click]
    given = [parts.kept, parts.language]
    asking = [gr.on(asks, handlers.ask, inputs=[parts.question, *given], outputs=asked, **options)]
    asking += [
        button.click(handlers.ask, inputs=[button, *given], outputs=asked, **options)
        for button in parts.example_buttons
    ]
    suggesting = [
        event.then(handlers.suggest, inputs=given, outputs=parts.suggestions, **options) for event in asking
    ]
    running = [*asking, *suggesting]
    parts.new.click(handlers.start_again, parts.language, asked, cancels=running, **options)

    worded = [
        parts.language, parts.header, parts.panel_head, parts.question, parts.send, parts.new, *parts.titles,
        *shown, parts.examples,
    ]  # fmt: skip
    page.load(handlers.load, list(parts.opened_as), worded, js=_OPENED_AS, **options)
    parts.header.click(handlers.switch, parts.kept, worded, cancels=running, **options)
    # Whoever presses and at once sends a comment does both: by default the second would be dropped. One after
    # the other, so that the last is what is kept.
    repeated = options | {"trigger_mode": "multiple"}
    parts.conversation.like(handlers.rate, parts.language, parts.told, concurrency_limit=1, **repeated)
    listed = [parts.panel, *shown, parts.examples, parts.suggestions]
    parts.panel.click(handlers.panel, given, listed, **repeated)


def _reach_this_machine_directly() -> None:
    """Gradio asks its own server whether it is up, and would ask through the office's proxy."""
    direct = [os.environ.get("no_proxy") or os.environ.get("NO_PROXY", ""), "127.0.0.1", "localhost", "::1"]
    os.environ["no_proxy"] = ",".join(address for address in direct if address)
