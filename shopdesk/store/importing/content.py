"""Bytes with a name that can be read again and again: a file, or the files inside a .zip, within safe limits."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from shopdesk.core.errors import ImportFault

# What a file may unpack to: more than any shop's table, less than what fills a disk.
MOST_UNPACKED = 2 * 1024**3
_MOST_RATIO = 200
_SMALL_ENOUGH = 64 * 1024**2  # under this a high ratio is only a repetitive table
_MOST_MEMBERS = 1000
_ZIP_FAULTS = (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, RuntimeError)


@dataclass(slots=True)
class Meter:
    """How far a reading has come, in bytes of its content; for a progress bar."""

    total: int = 0
    done: int = 0


@dataclass(frozen=True, slots=True)
class Content:
    """`path` is the file that messages name; `name` tells the format; `member` is the name inside an archive or ""."""

    path: Path
    name: str
    member: str
    size: int
    opener: Callable[[], BinaryIO] = field(repr=False)

    def open(self) -> BinaryIO:
        """Raises ImportFault("import_unreadable")."""
        try:
            return self.opener()
        except OSError as error:
            raise ImportFault("import_unreadable", path=self.path, detail=str(error)) from error

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix.lower()

    def head(self, size: int) -> bytes:
        with self.open() as file:
            return file.read(size)

    def whole(self, limit: int) -> bytes:
        """All bytes. Raises ImportFault("import_too_large") where there are more than `limit`."""
        with self.open() as file:
            data = file.read(limit + 1)
        if len(data) > limit:
            raise ImportFault("import_too_large", path=self.path, megabytes=limit // 1024**2)
        return data


def content_of(path: Path) -> Content:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise ImportFault("import_unreadable", path=path, detail=str(error)) from error
    return Content(path, path.name, "", size, lambda: path.open("rb"))


def sha256_of(path: Path) -> str:
    """The hash by which a file is known again. Raises ImportFault("import_unreadable")."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ImportFault("import_unreadable", path=path, detail=str(error)) from error


def members_of(content: Content) -> list[Content]:
    """The files in a .zip, folders and what programs hide there left out.

    Raises ImportFault: `import_broken_archive`, `import_too_large` for what would unpack to more than any shop's table.
    """
    try:
        with content.open() as file, zipfile.ZipFile(file) as archive:
            names = {info: _readable_name(info) for info in archive.infolist() if not info.is_dir()}
    except (*_ZIP_FAULTS, OSError) as error:
        raise ImportFault("import_broken_archive", path=content.path, detail=str(error)) from error
    check_unpacked(content.path, list(names))
    wanted = [(info, name) for info, name in names.items() if not _is_hidden(name)]
    return [
        Content(content.path, name.rpartition("/")[2], name, info.file_size, _member_opener(content, info))
        for info, name in sorted(wanted, key=lambda pair: pair[1])
    ]


def check_unpacked(path: Path, infos: list[zipfile.ZipInfo]) -> None:
    """Refuse an archive that says it unpacks to far more than it is. Raises ImportFault("import_too_large")."""
    unpacked = sum(info.file_size for info in infos)
    packed = max(sum(info.compress_size for info in infos), 1)
    bomb = unpacked > _SMALL_ENOUGH and unpacked / packed > _MOST_RATIO
    if bomb or unpacked > MOST_UNPACKED or len(infos) > _MOST_MEMBERS:
        raise ImportFault("import_too_large", path=path, megabytes=MOST_UNPACKED // 1024**2)


def _member_opener(content: Content, info: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    def opener() -> BinaryIO:
        try:
            archive = zipfile.ZipFile(content.open())
            return cast(BinaryIO, _Member(archive, archive.open(info), content.path, info.file_size))
        except _ZIP_FAULTS as error:
            raise ImportFault("import_broken_archive", path=content.path, detail=str(error)) from error

    return opener


class _Member(io.BufferedIOBase):
    """One file of an archive, read no further than the archive said it would reach."""

    def __init__(self, archive: zipfile.ZipFile, file: object, path: Path, size: int) -> None:
        self._archive, self._file, self._path, self._left = archive, file, path, size

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        try:
            data: bytes = self._file.read(-1 if size is None else size)  # type: ignore[attr-defined]
        except (*_ZIP_FAULTS, OSError, ValueError, zlib.error) as error:
            raise ImportFault("import_broken_archive", path=self._path, detail=str(error)) from error
        self._left -= len(data)
        if self._left < 0:
            raise ImportFault("import_broken_archive", path=self._path)
        return data

    def read1(self, size: int = -1) -> bytes:
        return self.read(io.DEFAULT_BUFFER_SIZE if size < 0 else size)

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)

    def tell(self) -> int:
        return int(self._file.tell())  # type: ignore[attr-defined]

    def close(self) -> None:
        if not self.closed:
            self._file.close()  # type: ignore[attr-defined]
            file = self._archive.fp
            self._archive.close()
            if file is not None:
                file.close()
        super().close()


def _readable_name(info: zipfile.ZipInfo) -> str:
    """A member's name; the archives that Chinese Windows makes carry it in GBK without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part.startswith((".", "__MACOSX", "~$")) for part in parts) or parts[-1].lower() in (
        "thumbs.db", "desktop.ini",
    )  # fmt: skip
