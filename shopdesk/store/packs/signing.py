"""Ed25519 signatures: the key that a shop signs with, and the key of the shop that a counter trusts.

The private key lies in the home that publishes (`publishing/key.pem`) and never leaves it. A key is known to people
by its fingerprint, the first 32 hex digits of the SHA-256 of its 32 bytes, in groups of four.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from shopdesk.core.errors import StoreError

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
        PublicFormat,
        load_pem_private_key,
    )
except ImportError as missing:
    raise StoreError("packs_missing", detail=str(missing)) from missing

_GROUP = 4


class Signer:
    """The key of one shop, made the first time it is needed."""

    def __init__(self, folder: Path) -> None:
        """Raises StoreError("key_unusable") where the key cannot be read or made."""
        file = folder / "key.pem"
        try:
            if not file.is_file():
                _make(file)
            key = load_pem_private_key(file.read_bytes(), None)
        except (OSError, ValueError, TypeError) as error:
            raise StoreError("key_unusable", path=file, detail=str(error)) from error
        if not isinstance(key, Ed25519PrivateKey):
            raise StoreError("key_unusable", path=file, detail="not an Ed25519 key")
        self._key = key

    @property
    def public(self) -> str:
        """The public key, as hex digits."""
        return self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    def sign(self, data: bytes) -> bytes:
        return self._key.sign(data)


def is_signed(data: bytes, signature: bytes, public: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint_of(public: str) -> str:
    digits = hashlib.sha256(bytes.fromhex(public)).hexdigest()[:32]
    return " ".join(digits[start : start + _GROUP] for start in range(0, len(digits), _GROUP))


def same_key(public: str, wanted: str) -> bool:
    """Whether `wanted`, a public key or a fingerprint in any spacing, means the key `public`."""
    plain = "".join(wanted.split()).replace(":", "").lower()
    return plain in (public, fingerprint_of(public).replace(" ", ""))


def _make(file: Path) -> None:
    """Whole or not at all, and readable by its owner only."""
    file.parent.mkdir(parents=True, exist_ok=True)
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    temporary = file.with_name(f"{file.name}.{os.getpid()}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(pem)
        if hasattr(os, "link"):
            try:
                os.link(temporary, file)  # unlike a rename, never over a key that another program has just made
            except FileExistsError:
                return
        else:
            temporary.rename(file)
    finally:
        temporary.unlink(missing_ok=True)
