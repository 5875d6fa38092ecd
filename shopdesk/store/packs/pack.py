"""A pack: one file with a shop in it, and proof of who made it.

It is a ZIP file. `manifest.json` says what the pack is and lists every other member with its size and SHA-256;
`manifest.sig` is the Ed25519 signature of its bytes. The rows are `shop.db.gz`, a snapshot compressed by gzip. What is
not listed, or differs from what is listed, makes the whole pack worthless.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from shopdesk.core.errors import StoreError
from shopdesk.store.packs.signing import Signer, fingerprint_of, is_signed

FORMAT = 1
MANIFEST, SIGNATURE, ROWS = "manifest.json", "manifest.sig", "shop.db.gz"
MODEL, WHEELS = "model/", "wheels/"
_LONGEST_MANIFEST = 4 << 20
_CHUNK = 1 << 20
_UNSAFE = frozenset('\\:*?"<>|')


@dataclass(frozen=True, slots=True)
class Member:
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`version` grows with each pack of a shop; `rows_size` is that of the snapshot, uncompressed, in bytes."""

    key: str
    version: int
    made_at: str
    program: str
    settings: Mapping[str, Any]
    rows_size: int
    members: tuple[Member, ...]
    tag: str = field(default="")

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.key)

    def under(self, folder: str) -> list[Member]:
        return [member for member in self.members if member.name.startswith(folder)]

    def to_json(self) -> dict[str, Any]:
        return {
            "format": FORMAT, "key": self.key, "version": self.version, "made_at": self.made_at,
            "program": self.program, "settings": dict(self.settings), "rows_size": self.rows_size,
            "members": [{"name": m.name, "size": m.size, "sha256": m.sha256} for m in self.members],
        }  # fmt: skip


def write_pack(
    target: Path,
    rows: Path,
    files: Mapping[str, Path],
    signer: Signer,
    *,
    version: int,
    made_at: str,
    program: str,
    settings: Mapping[str, Any],
) -> Manifest:
    """Pack the snapshot `rows` and `files` (name in the pack → file), signed, whole or not at all.

    Raises StoreError("pack_unwritable").
    """
    temporary = target.with_name(f"{target.name}.part")
    packed_rows = target.with_name(f"{target.name}.rows")
    try:
        with (
            rows.open("rb") as plain,
            packed_rows.open("wb") as raw,
            gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed,
        ):
            shutil.copyfileobj(plain, packed, _CHUNK)
        contents = {ROWS: packed_rows, **files}
        members = tuple(Member(name, file.stat().st_size, _sha256(file)) for name, file in contents.items())
        manifest = Manifest(signer.public, version, made_at, program, settings, rows.stat().st_size, members)
        body = json.dumps(manifest.to_json(), ensure_ascii=False, sort_keys=True).encode()
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
            archive.writestr(MANIFEST, body)
            archive.writestr(SIGNATURE, signer.sign(body))
            for name, file in contents.items():
                archive.write(file, name)
        temporary.replace(target)
    except OSError as error:
        raise StoreError("pack_unwritable", path=target, detail=str(error)) from error
    finally:
        temporary.unlink(missing_ok=True)
        packed_rows.unlink(missing_ok=True)
    return _manifest_of(body, target)


class Pack:
    """A pack whose signature is good. Its members are checked while they are taken out."""

    def __init__(self, path: Path, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self.path, self.manifest = path, manifest
        self._archive = archive

    def take_rows(self, target: Path) -> None:
        """The snapshot, uncompressed, into the new file `target`. Raises StoreError: pack_tampered, pack_unwritable."""
        packed = target.with_name(f"{target.name}.gz")
        try:
            self.take(ROWS, packed)
            with gzip.open(packed) as source, target.open("wb") as out:
                _copy(source, out, self.manifest.rows_size, self.path)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise StoreError("pack_tampered", path=self.path, detail=str(error)) from error
        except OSError as error:
            raise StoreError("pack_unwritable", path=target, detail=str(error)) from error
        finally:
            packed.unlink(missing_ok=True)

    def take(self, name: str, target: Path) -> None:
        """A member into the file `target`. Raises StoreError: pack_tampered, pack_unwritable."""
        member = next((member for member in self.manifest.members if member.name == name), None)
        if member is None:
            raise StoreError("pack_tampered", path=self.path, detail=f"no {name}")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with self._archive.open(name) as source, target.open("wb") as out:
                digest = _copy(source, out, member.size, self.path)
        except (KeyError, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib.error) as error:
            raise StoreError("pack_tampered", path=self.path, detail=str(error)) from error
        except OSError as error:
            raise StoreError("pack_unwritable", path=target, detail=str(error)) from error
        if digest != member.sha256:
            raise StoreError("pack_tampered", path=self.path, detail=name)


@contextmanager
def opened_pack(path: Path) -> Iterator[Pack]:
    """Raises StoreError: pack_missing, pack_foreign, pack_tampered, pack_newer."""
    if not path.is_file():
        raise StoreError("pack_missing", path=path)
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise StoreError("pack_foreign", path=path, detail=str(error)) from error
    with archive:
        yield Pack(path, archive, _checked_manifest(archive, path))


def _checked_manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    body, signature = _small(archive, MANIFEST, path), _small(archive, SIGNATURE, path)
    manifest = _manifest_of(body, path)
    if not is_signed(body, signature, manifest.key):
        raise StoreError("pack_tampered", path=path, detail="signature")
    listed = {MANIFEST, SIGNATURE, *(member.name for member in manifest.members)}
    present = archive.namelist()
    if len(present) != len(set(present)) or set(present) != listed:
        raise StoreError("pack_tampered", path=path, detail="members")
    return manifest


def _small(archive: zipfile.ZipFile, name: str, path: Path) -> bytes:
    try:
        if archive.getinfo(name).file_size > _LONGEST_MANIFEST:
            raise StoreError("pack_tampered", path=path, detail=name)
        return archive.read(name)
    except KeyError as error:
        raise StoreError("pack_foreign", path=path, detail=f"no {name}") from error
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib.error, OSError) as error:
        raise StoreError("pack_tampered", path=path, detail=str(error)) from error


def _manifest_of(body: bytes, path: Path) -> Manifest:
    try:
        said = json.loads(body)
        if said["format"] > FORMAT:
            raise StoreError("pack_newer", path=path)
        members = tuple(Member(str(m["name"]), int(m["size"]), str(m["sha256"])) for m in said["members"])
        if not all(_is_safe(member.name) for member in members):
            raise ValueError("a name that leads elsewhere")
        settings = said["settings"]
        if not isinstance(settings, dict):
            raise TypeError("settings")
        return Manifest(
            str(said["key"]), int(said["version"]), str(said["made_at"]), str(said["program"]), settings,
            int(said["rows_size"]), members, hashlib.sha256(body).hexdigest()[:32],
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise StoreError("pack_tampered", path=path, detail=str(error)) from error


def _is_safe(name: str) -> bool:
    """A plain name, in one of the known folders at most."""
    if name == ROWS:
        return True
    parts = PurePosixPath(name).parts
    known = tuple(folder.rstrip("/") for folder in (MODEL, WHEELS))
    return len(parts) == 2 and parts[0] in known and parts[1] not in ("..", ".") and not set(parts[1]) & _UNSAFE


def _copy(source: IO[bytes] | gzip.GzipFile, out: IO[bytes], size: int, path: Path) -> str:
    """Exactly `size` bytes; their SHA-256. Raises StoreError("pack_tampered") where there are more or fewer."""
    digest, copied = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK):
        copied += len(chunk)
        if copied > size:
            break
        digest.update(chunk)
        out.write(chunk)
    if copied != size:
        raise StoreError("pack_tampered", path=path, detail="size")
    return digest.hexdigest()


def _sha256(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
