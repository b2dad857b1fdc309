"""Debian's Chromium, or another that is there, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread

from playwright.sync_api import Browser, Page, sync_playwright

from sendeturm.store import serve
from sendeturm.store.folder import FolderStore

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--autoplay-policy=no-user-gesture-required",
)


def executable() -> str:
    """Return the path of a Chromium; `make test` sees to it that there is one."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found, "the browser tests need Chromium: apt-get install chromium"
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run a browser without a screen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable(), args=list(QUIET), chromium_sandbox=False
        )
        yield browser
        browser.close()


@contextmanager
def served(store: FolderStore) -> Iterator[str]:
    """Serve a published folder on loopback as a bucket would and give its address."""
    server = serve(store, port=0)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Visit:
    """A tab that keeps what it asked for and what its console said."""

    page: Page
    urls: list[str]
    said: list[str]


@contextmanager
def visit(browser: Browser, **options) -> Iterator[Visit]:
    """Open a tab of its own; `options` are those of Playwright's contexts."""
    context = browser.new_context(**options)
    page = context.new_page()
    page.set_default_timeout(15_000)
    found = Visit(page, [], [])
    page.on("request", lambda request: found.urls.append(request.url))
    page.on("console", lambda message: found.said.append(message.text))
    page.on("pageerror", lambda error: found.said.append(str(error)))
    try:
        yield found
    finally:
        context.close()
