"""A counter fetches its shop's newest pack, checks it and puts it in place. Only who named the address opens a socket.

Whatever goes wrong on the way, the counter goes on with the rows it has.
"""

from __future__ import annotations

import http.client
import logging
import shutil
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from shopdesk.core.errors import StoreError, UserFacingError
from shopdesk.store.packs.pack import opened_pack
from shopdesk.store.packs.packs import Installed, Packs

PATH = "/snapshots/latest"
_CHUNK = 1 << 20
_SILENCE_S = 30.0

log = logging.getLogger(__name__)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A token goes to the address that was named and nowhere else."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Puller:
    """`url` is the address of the shop's service; `folder` is the home; `key` demands a signer."""

    packs: Packs
    folder: Path
    url: str
    token: str | None = None
    key: str | None = None

    def pull(self) -> Installed | None:
        """Fetch and install what is new; None where nothing is.

        Raises StoreError: sync_url, sync_unreachable, sync_refused, sync_broken_off, and what `Packs.install` raises.
        """
        before = self.packs.installed()
        target = self.folder / "packs" / "incoming.pack"
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            if not self._fetch(target, before.tag if before is not None else None):
                return None
            with opened_pack(target) as pack:
                return self.packs.install(pack, key=self.key, keep_previous=False)
        except OSError as error:
            raise StoreError("pack_unwritable", path=target, detail=str(error)) from error
        finally:
            target.unlink(missing_ok=True)

    def _fetch(self, target: Path, tag: str | None) -> bool:
        """The pack into `target`; False where the counter has it already."""
        request = urllib.request.Request(_checked(self.url) + PATH)
        if tag:
            request.add_header("If-None-Match", f'"{tag}"')
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        opener = urllib.request.build_opener(_NoRedirects, urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=_SILENCE_S) as response:
                self._save(response, target)
        except urllib.error.HTTPError as error:
            with error:
                if error.code == 304:
                    return False
                code = "sync_refused" if error.code in (401, 403) else "sync_unreachable"
                raise StoreError(code, url=self.url, detail=f"HTTP {error.code}") from None
        except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
            raise StoreError("sync_unreachable", url=self.url, detail=str(error)) from error
        return True

    def _save(self, response: http.client.HTTPResponse, target: Path) -> None:
        announced = int(response.headers.get("Content-Length") or 0)
        if announced > shutil.disk_usage(target.parent).free:
            raise StoreError("store_disk_full", path=target)
        with target.open("wb") as out:
            try:
                while chunk := response.read(_CHUNK):
                    out.write(chunk)
            except (http.client.HTTPException, TimeoutError, ConnectionError) as error:
                raise StoreError("sync_broken_off", url=self.url, detail=str(error)) from error
            if announced and out.tell() != announced:
                raise StoreError("sync_broken_off", url=self.url, detail=f"{out.tell()} of {announced} bytes")


class Follower:
    """Pulls now and every `seconds`, in a thread of its own, until `close`. `told` hears of each change and failure."""

    def __init__(
        self, puller: Puller, seconds: float, told: Callable[[Installed | UserFacingError], None] = lambda _: None
    ) -> None:
        self._puller, self._seconds, self._told = puller, seconds, told
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="catalogue sync", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._end.set()
        self._thread.join(_SILENCE_S + 5)

    def _follow(self) -> None:
        while not self._end.is_set():
            try:
                installed = self._puller.pull()
                if installed is not None:
                    log.info("catalogue version %s is in place", installed.version)
                    self._told(installed)
            except UserFacingError as error:
                log.warning("catalogue not fetched: %s %s", error.code, error.detail)
                self._told(error)
            self._end.wait(self._seconds)


def _checked(url: str) -> str:
    text = url.strip().rstrip("/")
    try:
        parts = urlsplit(text)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
            raise ValueError(text)
    except ValueError as error:
        raise StoreError("sync_url", url=url, detail=str(error)) from error
    return text
