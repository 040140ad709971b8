"""A real browser for the tests: pages at desktop and phone width, light and dark, with requests, complaints.

Needs playwright and a Chromium on this machine, and axe-core for `findings`; where one is missing the test is
skipped with the reason.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DESKTOP, PHONE = (1440, 900), (390, 844)
LOOKS = [(size, scheme) for size in (DESKTOP, PHONE) for scheme in ("light", "dark")]


@dataclass(slots=True)
class Visit:
    """A page with the hosts it asked for and its complaints: errors, warnings, dialogs."""

    page: Any
    hosts: set[str | None] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)


@contextmanager
def visit(
    size: tuple[int, int] = DESKTOP, scheme: str = "light", *, javascript: bool = True, policy: bool = True
) -> Iterator[Visit]:
    """A fresh browser with one page. `policy` off lets axe into pages that forbid scripts of elsewhere."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            locale="vi-VN",
            java_script_enabled=javascript,
            bypass_csp=not policy,
        )
        page = context.new_page()
        page.set_default_timeout(15_000)
        made = Visit(page)
        context.on("request", lambda request: made.hosts.add(urlsplit(request.url).hostname))
        page.on(
            "console", lambda m: made.complaints.append(m.text) if m.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: made.complaints.append(str(error)))
        page.on("dialog", lambda dialog: made.complaints.append(dialog.message) or dialog.dismiss())
        yield made
        browser.close()


def expect(locator: Any) -> Any:
    """Playwright's waiting assertions: they hold under a page's own policy, unlike a polled script."""
    return pytest.importorskip("playwright.sync_api").expect(locator)


def axe_file() -> Path:
    """axe.min.js, by ASSISTANT_TEST_AXE or below node_modules of the repository; skips without it."""
    named = os.environ.get("ASSISTANT_TEST_AXE")
    file = Path(named) if named else ROOT / "node_modules" / "axe-core" / "axe.min.js"
    if not file.is_file():
        pytest.skip(f"no axe-core at {file}: npm install axe-core, or set ASSISTANT_TEST_AXE to axe.min.js")
    return file


def findings(frame: Any) -> list[str]:
    """Serious and critical findings of axe-core on a page or frame, shadow roots included."""
    frame.add_script_tag(path=str(axe_file()))
    result = frame.evaluate("axe.run(document, { iframes: false })")
    return [
        f"{one['id']}: {node['html']}"
        for one in result["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def is_too_wide(page: Any) -> bool:
    """Whether a page scrolls sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))
