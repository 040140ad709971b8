"""What happens when somebody sends, clicks, opens or deletes: from Gradio's events to what the page shows.

Each handler returns the values of the components that `page` wired to it, in that order. Events carry data
from a browser, so every value of theirs is looked at before it is used.
"""

import asyncio
import logging
import uuid
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from functools import partial
from typing import Any

import gradio as gr

from assistant.suggestions import suggested
from chat.asking import Asker, ask, ask_again
from chat.backing import Backing
from chat.escaping import escaped
from chat.exchange import Conversation, history
from chat.header import render_header, render_panel, render_panel_head, render_suggestions
from chat.opinion import LONGEST_COMMENT
from chat.render import render_conversation
from chat.restoring import restored
from chat.sources import render_sources
from chat.texts import VI, Texts, texts_of
from chat.visitor import visitor_of
from corpus.errors import ProductError
from records.turns import VERDICTS

_log = logging.getLogger(__name__)
CONVERSATION = "conversation"
_LONGEST_SEARCH = 200
Changes = tuple[Any, ...]


def _steps(
    asker: Asker, text: str, kept: Conversation, event: gr.EventData
) -> tuple[AsyncGenerator[Conversation, None], Any]:
    """The steps of what somebody asked, in whichever way; and what becomes of the question box."""
    clicked = event.target.elem_id == CONVERSATION  # other components' events carry nothing
    turn = getattr(event, "turn", None) if clicked else None
    chosen = getattr(event, "ask", None) if clicked else None
    # The question box is left alone unless it was the one sent: the next question may already be in it.
    if turn is not None:
        quoting = getattr(event, "quoting", None) is True
        return ask_again(asker, turn, kept, quoting=quoting), gr.skip()
    if isinstance(chosen, str):
        return ask(asker, chosen, kept), gr.skip()
    return ask(asker, text, kept), ""


class Handlers:
    """The handlers over one backing."""

    def __init__(self, backing: Backing, notice: str) -> None:
        self._backing, self._notice = backing, notice

    async def ask(
        self, text: str, kept: Conversation, language: str, request: gr.Request, event: gr.EventData
    ) -> AsyncIterator[Changes]:
        """Kept, conversation, sources, question box, examples, suggestions: whichever way a question came."""
        asker = self._asker(request, language)
        kept = kept if kept.id else Conversation()
        yield (gr.skip(),) * 6  # Gradio empties the whole page when nothing at all comes
        steps, box = _steps(asker, text, kept, event)
        written = False  # what was seen being written does not appear once more
        cited: Any = ()
        async with aclosing(steps):
            async for step in steps:
                newest = step.exchanges[-1]
                written = written or newest.writing is not None
                fresh = not newest.pending and not (written and newest.offers_quoting)
                shown = self._shown(step, asker.texts, fresh=fresh)
                if newest.pending:
                    same = newest.citations == cited  # and somebody may be reading in them
                    sources = gr.skip() if same else render_sources(step.exchanges, asker.texts)
                    yield gr.skip(), shown, sources, box, gr.update(visible=False), ""
                    box, cited = gr.skip(), newest.citations  # the box is emptied once
                else:
                    sources = render_sources(step.exchanges, asker.texts)
                    yield step, shown, sources, gr.skip(), gr.skip(), gr.skip()

    async def suggest(self, kept: Conversation, language: str) -> str:
        """Suggestions, after an answer; none while too many people are asking."""
        last = kept.exchanges[-1] if kept.exchanges else None
        if last is None or last.answer is None or kept.full:
            return ""
        earlier = [exchange.question for exchange in kept.exchanges]
        asking = partial(self._backing.asking.ask_async, history=history(kept.exchanges), quoting=True)
        try:
            questions = await suggested(last.answer, earlier, self._backing.assistant.index, asking)
        except (ProductError, TimeoutError):  # a suggestion is not worth a sentence about what went wrong
            return ""
        return render_suggestions(questions, len(kept.exchanges), texts_of(language))

    async def start_again(self, language: str) -> Changes:
        """Kept, conversation, sources, question box, examples, suggestions: of a new conversation."""
        empty, texts = Conversation(), texts_of(language)
        shown = self._shown(empty, texts)
        return empty, shown, render_sources((), texts), "", gr.update(visible=True), ""

    async def load(self, address: object, chosen: object, request: gr.Request) -> Changes:
        """Language and its components, then kept, conversation, sources, examples: when the page opens."""
        texts = texts_of(chosen)
        kept = await self._reopened(address, request)
        if kept is None and texts is VI:
            # The page was built like this; and somebody quick may have asked already.
            return texts.language, *self._worded(texts, request), *(gr.skip(),) * 4
        shown = self._conversation(kept or Conversation(), texts)
        return texts.language, *self._worded(texts, request), *shown

    async def switch(self, kept: Conversation, request: gr.Request, event: gr.EventData) -> Changes:
        """The same in another language."""
        texts = texts_of(getattr(event, "language", None))
        return texts.language, *self._worded(texts, request), *self._conversation(kept, texts)

    async def rate(self, language: str, request: gr.Request, event: gr.EventData) -> str:
        """A line about an opinion, which `opinion.js` moves to its answer."""
        texts, person = texts_of(language), visitor_of(request.headers).key
        turn_id, verdict = getattr(event, "turn_id", None), getattr(event, "verdict", None)
        comment = getattr(event, "comment", None)
        done = False
        if isinstance(turn_id, str) and verdict in (*VERDICTS, None) and isinstance(comment, str | None):
            remark = (comment or "").strip()[:LONGEST_COMMENT] or None
            done = await self._kept(self._backing.records.set_feedback, turn_id, person, verdict, remark)
            thanks = texts.thanks_comment if remark else texts.thanks if verdict else ""
        told = thanks if done else texts.not_rated
        # A number of its own each time: Gradio draws nothing anew for the same markup.
        return (
            f'<span data-rated="{escaped(str(turn_id))}" data-told="{uuid.uuid4().hex}">'
            f"{escaped(told)}</span>"
        )

    async def panel(
        self, kept: Conversation, language: str, request: gr.Request, event: gr.EventData
    ) -> Changes:
        """Panel, kept, conversation, sources, examples, suggestions: what is done in the panel."""
        texts = texts_of(language)
        opened, deleted = getattr(event, "open", None), getattr(event, "delete", None)
        search = str(getattr(event, "search", None) or "")[:_LONGEST_SEARCH]
        problem, show = "", None
        if isinstance(opened, str):
            show = await self._reopened(f"#c={opened}", request)
            problem = "" if show else texts.not_found
        elif isinstance(deleted, str):
            done = await self._deleted(deleted, request)
            problem = "" if done else texts.not_deleted
            show = Conversation() if done and deleted in ("", kept.id) else None
        person = visitor_of(request.headers).key
        found = await asyncio.to_thread(self._backing.records.conversations, person, search)
        listed = render_panel(found, search, texts, problem)
        if show is None:
            return listed, *(gr.skip(),) * 4, gr.skip()
        return listed, *self._conversation(show, texts), ""

    def _asker(self, request: gr.Request, language: str) -> Asker:
        visitor = visitor_of(request.headers)
        return Asker(self._backing.asking, self._backing.records, visitor, texts_of(language))

    def _conversation(self, kept: Conversation, texts: Texts) -> Changes:
        shown, sources = self._shown(kept, texts), render_sources(kept.exchanges, texts)
        return kept, shown, sources, gr.update(visible=not kept.exchanges)

    def _shown(self, kept: Conversation, texts: Texts, *, fresh: bool = False) -> str:
        return render_conversation(kept, texts, fresh=fresh, modes=self._backing.model is not None)

    def _worded(self, texts: Texts, request: gr.Request) -> Changes:
        """Header, panel head, question box, send, new conversation, titles of examples and of sources."""
        visitor, kept = visitor_of(request.headers), self._backing.records.kept
        # Told while nothing is held; documents may have come since the page was built.
        notice = "" if self._backing.assistant.index.documents else self._notice
        return (
            render_header(notice, visitor, texts, kept=kept, model=self._backing.model is not None),
            render_panel_head(texts) if kept else "",
            gr.update(
                label=texts.question_label, info=texts.question_hint, placeholder=texts.question_placeholder
            ),
            gr.update(value=texts.send),
            gr.update(value=texts.new_conversation),
            f"<h2>{escaped(texts.examples)}</h2>",
            f"<h2>{escaped(texts.sources)}</h2>",
        )

    async def _reopened(self, address: object, request: gr.Request) -> Conversation | None:
        """The visitor's own conversation that an address of this page names; None when there is none."""
        person = visitor_of(request.headers).key
        if not isinstance(address, str) or not address.startswith("#c=") or not person:
            return None
        identifier = address.removeprefix("#c=")
        turns = await asyncio.to_thread(self._backing.records.turns, person, identifier)
        return restored(identifier, turns, self._backing.assistant.index) if turns else None

    async def _deleted(self, identifier: str, request: gr.Request) -> bool:
        person, records = visitor_of(request.headers).key, self._backing.records
        if identifier:
            return await self._kept(records.delete_conversation, person, identifier)
        return await self._kept(lambda: records.delete_all(person) >= 0)

    async def _kept(self, change: Any, *values: object) -> bool:
        """Whether a change of the records was made."""
        try:
            return bool(await asyncio.to_thread(change, *values))
        except ProductError as problem:
            _log.error("records: %s", problem)
            return False
