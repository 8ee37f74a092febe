"""A real browser, and what it looks at pages with: axe-core for accessibility, html-validate for the markup."""

import asyncio
import json
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from starlette.applications import Starlette

from services.console.compose import Console
from tests.sharing import until_its_group_ends, when_its_group_ends
from tests.waiting import HUNG, until
from tests.world import free_port

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / ".cache" / "browser" / "node_modules"
WIDTHS = (320, 1280)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
MARKUP = {
    "root": True,
    "extends": ["html-validate:recommended", "html-validate:document"],
    "rules": {
        # Files are of our own origin, and their names hold their hash.
        "require-sri": "off",
        # A title says the page, its part of the site and the service. It is read in tabs, not in search results.
        "long-title": "off",
        "heading-level": ["error", {"minInitialRank": "h2"}],
        "wcag/h30": "error", "wcag/h32": "error", "wcag/h36": "error", "wcag/h37": "error", "wcag/h63": "error",
        "wcag/h67": "error", "wcag/h71": "error", "no-inline-style": "error", "unique-landmark": "error",
    },
}  # fmt: skip
_running: list[Browser] = []


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium. A browser of Playwright's own is never fetched.

    Raises:
        AssertionError: it isn't there. `./dev browser` puts it there.
    """
    path = shutil.which("chromium")
    assert path, "There is no Chromium. Run: ./dev browser"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


def browser_of_the_group() -> Browser:
    """Return the browser that a group of tests shares. The first that asks starts it."""
    if not _running:
        _running.append(until_its_group_ends(chromium()))
        when_its_group_ends(_running.clear)
    return _running[0]


@contextmanager
def window(browser: Browser, width: int, **more: Any) -> Iterator[BrowserContext]:
    """Open a window of some width, in which no request leaves this machine."""
    with browser.new_context(viewport={"width": width, "height": 800}, **more) as context:
        context.set_default_timeout(60_000)
        yield context


@cache
def _axe() -> str:
    file = TOOLS / "axe-core" / "axe.min.js"
    assert file.exists(), "There is no axe-core. Run: ./dev browser"
    return file.read_text(encoding="utf-8")


def faults_of(page: Page, width: int) -> list[str]:
    """Return what is wrong with an open page: violations that axe finds, and sideways scrolling.

    The page must run scripts: without them axe waits for ever.
    """
    page.evaluate(_axe())
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", TAGS
    )
    faults = [
        f"{violation['id']}: {node['target']}" for violation in found["violations"] for node in violation["nodes"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [*faults, *([f"{wide} pixels wide"] if wide > width else [])]


def markup_faults(folder: Path) -> list[str]:
    """Return what html-validate finds in the `.html` files of a folder."""
    (folder / ".htmlvalidate.json").write_text(json.dumps(MARKUP))
    program = TOOLS / "html-validate" / "bin" / "html-validate.mjs"
    assert program.exists(), "There is no html-validate. Run: ./dev browser"
    files = sorted(str(file) for file in folder.glob("*.html"))
    node = shutil.which("node")
    assert node, "There is no Node. Run: ./dev browser"
    command = [node, str(program), "--formatter", "json", *files]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return [
        f"{Path(result['filePath']).name}:{fault['line']} {fault['ruleId']}: {fault['message']}"
        for result in json.loads(done.stdout)
        for fault in result["messages"]
    ]


@contextmanager
def serving(app: Starlette, port: int = 0) -> Iterator[str]:
    """Serve an app from a thread of this process, and yield its address. `port`: 0 for any that is free."""
    port = port or free_port()
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()))
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def of_console(made: Callable[[str], Console]) -> Iterator[str]:
    """Run a console from a thread of this process, and yield its address. `made` makes it, given where to listen."""
    listen = f"127.0.0.1:{free_port()}"
    console, loop, stop = made(listen), asyncio.new_event_loop(), asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(console.serve(stop)))
    thread.start()
    until(lambda: _accepts(listen), HUNG)
    try:
        yield f"http://{listen}"
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


def _accepts(listen: str) -> bool:
    host, _, port = listen.partition(":")
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) == 0
