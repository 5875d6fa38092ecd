"""The page for phones in a real browser, and what it is made of."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest

from shopdesk.app import App
from shopdesk.engine.fake import ScriptedEngine
from shopdesk.paths import resources
from shopdesk.service.ports import Parts
from tests.service.browser import BROWSER, Page, browsing
from tests.service.serving import Client, serving

needs_browser = pytest.mark.skipif(not BROWSER, reason="no Chromium here")
ANSWERED = "document.querySelectorAll('.answer[data-done]').length === {}"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with browsing(tmp_path_factory.mktemp("profile")) as page:
        yield page


@pytest.fixture
def page(browser: Page) -> Page:
    browser.attach()
    return browser


def ask(page: Page, question: str) -> None:
    """Type and send, as a thumb would."""
    page.run(f"document.getElementById('question').value = {question!r}; document.getElementById('send').click()")


@needs_browser
def test_a_phone_asks_follows_up_and_sees_the_sources(service: Client, page: Page) -> None:
    page.open(service.url)
    assert page.run("document.documentElement.scrollWidth <= window.innerWidth")
    ask(page, "JKT-105 多少钱?")
    page.wait_for(ANSWERED.format(1))
    assert "404.00" in page.text() and "JKT-105 · 岭雀城市软壳夹克 · 404.00 CNY" in page.text()
    ask(page, "在哪个货位?")
    page.wait_for(ANSWERED.format(2))
    assert "A5" in page.run("[...document.querySelectorAll('.answer')].at(-1).textContent")
    page.run("document.getElementById('new').click()")
    assert "404.00" not in page.text()


@needs_browser
def test_a_phone_is_asked_for_the_token_and_then_answered(parts: Parts, page: Page) -> None:
    with serving(parts, secret="s3cret") as service:
        page.open(service.url)
        ask(page, "JKT-105 多少钱?")
        page.wait_for("!document.getElementById('sign-in').hidden")
        assert "404.00" not in page.text()
        page.run("document.getElementById('token').value = 's3cret'; document.getElementById('token-send').click()")
        ask(page, "JKT-105 多少钱?")
        page.wait_for(ANSWERED.format(1))
        assert "404.00" in page.text()


@needs_browser
def test_what_a_customer_types_stays_text_and_an_answer_can_be_stopped(parts: Parts, shop: App, page: Page) -> None:
    shop.assistant.engine = engine = ScriptedEngine([["岭雀"] * 400], piece_delay=0.2)
    with serving(parts) as service:
        page.open(service.url)
        ask(page, "<img src=x onerror=alert(1)> JKT-105 多少钱?")
        page.wait_for("document.querySelectorAll('.asked').length === 1")
        assert page.run("document.querySelectorAll('img').length") == 0
        while not engine.requests:
            page.run("1")
        page.run("document.getElementById('send').click()")
        page.wait_for("document.getElementById('send').textContent !== 'Stop'")
        page.wait_for("document.querySelector('.answer').textContent.length < 100")
        deadline = time.monotonic() + 30
        while service.get("/healthz").json["answering"]:
            assert time.monotonic() < deadline, "the model goes on for nobody"
            time.sleep(0.02)


@needs_browser
def test_the_documentation_is_drawn_without_the_internet(service: Client, page: Page) -> None:
    page.open(f"{service.url}/docs")
    page.wait_for("document.querySelectorAll('section').length > 10")
    assert "POST /v1/chat/completions" in page.text() and "ChatQuestion" in page.text()


def test_pages_load_nothing_from_elsewhere(service: Client) -> None:
    for file in (resources() / "service").iterdir():
        assert not re.search(r"https?://", file.read_text(encoding="utf-8")), file.name
    for path in ("/", "/page.js", "/page.css", "/docs", "/docs.js"):
        reply = service.get(path)
        assert reply.status == 200 and "default-src 'none'" in reply.headers["Content-Security-Policy"]
        assert "innerHTML" not in reply.body.decode()
