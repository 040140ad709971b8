"""An answer of a language model in a real browser: sentence by sentence, with its verdicts, at every look."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from chat.texts import VI
from server.asking import Asking
from server.services import Services
from tests.generating import FAILED, HOSTILE, MODEL, Generating
from tests.server.browsing import LOOKS, expect, findings, is_too_wide, visit
from tests.server.conftest import Served, running
from tests.server.programs import QUESTION


def with_model(services: Services, **how: bool) -> tuple[Services, Generating]:
    model = Generating(services.assistant, **how)
    return replace(services, asking=Asking(model, 2, 8, 60), model=MODEL), model


@pytest.fixture(scope="module")
def address(services: Services) -> Iterator[str]:
    with running(with_model(services)[0]) as served:
        yield served.address


def _ask(page: Any, question: str = QUESTION) -> Any:
    page.locator("#header [data-panel=open]").wait_for()  # the page knows its visitor
    page.get_by_label("Câu hỏi", exact=False).first.fill(question)
    page.keyboard.press("Enter")
    return page.locator(".turn").last


def test_checked_sentences_appear_while_the_model_is_still_writing(
    services: Services, serve: Callable[[Services], Served]
) -> None:
    gated, model = with_model(services, gated=True)
    assert model.go is not None
    address = serve(gated).address
    with visit() as seen:
        page = seen.page
        page.goto(f"{address}/")
        turn = _ask(page)
        expect(turn.locator(".reply")).to_have_text(VI.pending)
        model.go.release()
        expect(turn.locator(".waiting")).to_have_text(VI.writing)
        expect(turn.locator(".sentence")).to_have_count(0)
        model.go.release()
        expect(turn.locator(".sentence")).to_have_count(1)
        expect(turn.locator(".waiting")).to_be_visible()
        page.get_by_label("Câu hỏi", exact=False).first.fill("câu sau")
        turn.locator(".marker").first.click()
        expect(page.locator(".card.emphasised")).to_be_visible()
        model.go.release(6)
        expect(turn.locator(".sentence")).to_have_count(2)
        expect(turn).not_to_contain_text("ba nhà máy")
        expect(page.locator(".card.emphasised")).to_be_focused()  # what is being read is not taken away
        turn.locator(".marker").nth(1).focus()
        model.go.release(2)
        expect(turn.locator(".sentence")).to_have_count(3)
        expect(turn.locator(".marker").nth(1)).to_be_focused()
        model.go.release(50)
        expect(turn).to_have_attribute("data-state", "done")
        expect(turn.locator(".sentence")).to_have_count(3)
        expect(turn.locator(".waiting")).to_have_count(0)
        expect(turn.locator(".marker[data-cite='2']").first).to_be_focused()
        assert page.locator("#question textarea").input_value() == "câu sau"
        assert seen.hosts == {"127.0.0.1"} and seen.complaints == []


def test_what_a_failed_model_wrote_goes_and_the_quotations_come(
    services: Services, serve: Callable[[Services], Served]
) -> None:
    address = serve(with_model(services, fails=True)[0]).address
    with visit() as seen:
        seen.page.goto(f"{address}/")
        turn = _ask(seen.page)
        expect(turn).to_have_attribute("data-state", "done")
        expect(turn.locator(".notes")).to_contain_text(FAILED)
        expect(turn.locator(".mode")).to_contain_text(VI.quoted)
        expect(turn.locator(".sentence")).to_have_count(0)
        assert seen.complaints == []


def test_marks_reasons_and_quotations_alone_by_keyboard(address: str) -> None:
    with visit() as seen:
        page = seen.page
        page.goto(f"{address}/")
        expect(page.locator("#header .brand")).to_contain_text(VI.tagline_with_model)
        turn = _ask(page)
        expect(turn.locator(".sentence .marker").first).to_be_visible()
        assert HOSTILE.split(" ")[0] in (turn.locator(".sentence").first.inner_text())
        expect(page.locator("img[src=x]")).to_have_count(0)
        expect(turn.locator(".left-out li").first).not_to_be_visible()
        turn.locator(".left-out summary").focus()
        page.keyboard.press("Enter")
        expect(turn.locator(".left-out li").first).to_be_visible()
        last = turn.locator(".sentence").last.locator(".marker").last
        last.focus()
        page.keyboard.press("Enter")
        expect(
            page.locator(f'.card.emphasised[data-cites~="{last.get_attribute("data-cite")}"]')
        ).to_be_visible()
        turn.get_by_role("button", name=VI.ask_quoting).focus()
        page.keyboard.press("Enter")
        second = page.locator('.turn[data-turn="2"][data-state="done"]')
        expect(second.locator(".question")).to_have_text(f"{QUESTION} {VI.asked_quoting}")
        expect(second.locator(".mode summary")).to_have_text(VI.quoted)
        page.reload()
        expect(page.locator('.turn[data-turn="1"] .sentence')).to_have_count(3)
        expect(page.locator('.turn[data-turn="2"] .question')).to_contain_text(VI.asked_quoting)
        expect(page.locator('.turn[data-turn="2"] .sentence')).to_have_count(0)
        assert seen.hosts == {"127.0.0.1"}


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_no_serious_barrier_is_found(address: str, size: tuple[int, int], scheme: str) -> None:
    with visit(size, scheme, policy=False) as seen:
        page = seen.page
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(f"{address}/")
        turn = _ask(page)
        expect(turn).to_have_attribute("data-state", "done")
        turn.locator(".left-out summary").click()
        turn.locator(".mode summary").click()
        page.locator("#suggestions button").first.wait_for()
        assert findings(page) == []
        assert not is_too_wide(page)


def test_the_widget_shows_the_same(address: str) -> None:
    with visit() as seen:
        page = seen.page
        page.goto(f"{address}/widget")
        expect(page.locator("#welcome")).to_contain_text("mô hình ngôn ngữ")
        page.locator("#question").fill(QUESTION)
        page.keyboard.press("Enter")
        reply = page.locator(".reply:not(.pending)")
        expect(reply.locator(".sentence")).to_have_count(3)
        expect(reply.locator(".mode")).to_contain_text(VI.generated)
        expect(reply.locator(".left-out summary")).to_have_text(
            "Đã bỏ 2 câu của mô hình vì không khớp văn bản"
        )
        expect(reply).not_to_contain_text("ba nhà máy")
        reply.locator(".sentence .marker").last.click()
        expect(page.locator(".sources .now")).to_be_visible()
        expect(page.locator("img[src=x]")).to_have_count(0)
        assert seen.hosts == {"127.0.0.1"} and seen.complaints == []
