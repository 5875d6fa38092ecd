"""A headless Chromium, told what to do over a pipe (the Chrome DevTools Protocol)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
_PATIENCE_S = 60.0


class Page:
    """One page as wide as a phone's; each has storage of its own."""

    def __init__(self, commands: int, replies: int) -> None:
        self._commands, self._replies = commands, replies
        self._held, self._number, self._session = b"", 0, ""

    def attach(self) -> None:
        self._session = ""
        context = self._call("Target.createBrowserContext", disposeOnDetach=False)["browserContextId"]
        target = self._call("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def open(self, url: str) -> None:
        self._call("Page.navigate", url=url)
        self.wait_for("document.readyState === 'complete'")

    def run(self, script: str) -> Any:
        """The value of a JavaScript expression."""
        reply = self._call("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in reply, reply
        return reply["result"].get("value")

    def wait_for(self, script: str) -> Any:
        deadline = time.monotonic() + _PATIENCE_S
        while not (value := self.run(script)):
            assert time.monotonic() < deadline, self.run("document.body.innerText")
            time.sleep(0.05)
        return value

    def text(self) -> str:
        return str(self.run("document.body.innerText"))

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        while True:
            reply = self._next()
            if reply.get("id") == self._number:
                assert "error" not in reply, reply
                result: dict[str, Any] = reply["result"]
                return result

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._held:
            piece = os.read(self._replies, 1 << 16)
            assert piece, "the browser has ended"
            self._held += piece
        one, _, self._held = self._held.partition(b"\0")
        message: dict[str, Any] = json.loads(one)
        return message


@contextmanager
def browsing(profile: Path) -> Iterator[Page]:
    its_input, commands = os.pipe()
    replies, its_output = os.pipe()
    command = [
        BROWSER, "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--no-first-run",
        "--disable-dev-shm-usage", "--disable-background-networking", "--window-size=390,844",
        f"--user-data-dir={profile}",
    ]  # fmt: skip

    def connect() -> None:
        """The browser reads its commands from file 3 and answers into file 4."""
        high = [os.dup(end) for end in (its_input, its_output)]
        for end, place in zip(high, (3, 4), strict=True):
            os.dup2(end, place)

    with subprocess.Popen(
        command, close_fds=False, preexec_fn=connect, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        os.close(its_input)
        os.close(its_output)
        try:
            yield Page(commands, replies)
        finally:
            os.close(commands)
            os.close(replies)
            process.terminate()
            process.wait(20)
