"""Sealed files: backups, which hold personal data and leave the machine that may read it (A10).

A file is sealed in parts, so that a large one needs no memory. Each part is encrypted and authenticated with
AES-256-GCM under a key of this file alone, and knows its place and whether it is the last. So no part can be changed,
moved, left out, cut off the end, or come from another file.
"""

import base64
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ENDING = ".sealed"
KEY_BYTES = 32
_MARK = b"psmf sealed 1\n"
_SALT_BYTES, _TAG_BYTES = 16, 16
_PART = 1024 * 1024
"""Bytes of a part before it is encrypted."""


class UnsealedError(Exception):
    """A file or a key that cannot be used, in a sentence for the operator."""


def read_seal_key(file: Path) -> bytes:
    """Return the key in a file: 32 random bytes, as base64.

    Raises:
        UnsealedError: the file holds no such key.
    """
    try:
        key = base64.b64decode(file.read_text().strip(), validate=True)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise UnsealedError(f"{file} holds no key. Make one with: openssl rand -base64 {KEY_BYTES}")
    return key


def seal(source: Path, target: Path, key: bytes) -> None:
    """Write a sealed copy of a file. Only its owner can read it, and it is on the disk when this returns."""
    salt = os.urandom(_SALT_BYTES)
    cipher = _cipher(key, salt, source.name)
    with source.open("rb") as plain, _own(target).open("wb") as sealed:
        sealed.write(_MARK + salt)
        for place, (part, is_last) in enumerate(_parts(plain, _PART)):
            sealed.write(cipher.encrypt(_nonce(place, is_last), part, _MARK))
        _flush(sealed)


def unseal(source: Path, target: Path, key: bytes) -> None:
    """Write the file that was sealed. The target has the name that the file had when it was sealed.

    Raises:
        UnsealedError: the key is another one, or the file was changed. There is then no target.
    """
    with source.open("rb") as sealed:
        mark, salt = sealed.read(len(_MARK)), sealed.read(_SALT_BYTES)
        if mark != _MARK or len(salt) != _SALT_BYTES:
            raise UnsealedError(f"{source} is no sealed file.")
        cipher = _cipher(key, salt, target.name)
        unfinished = _own(target.with_name(f"{target.name}.unfinished"))
        try:
            with unfinished.open("wb") as plain:
                for place, (part, is_last) in enumerate(_parts(sealed, _PART + _TAG_BYTES)):
                    plain.write(cipher.decrypt(_nonce(place, is_last), part, _MARK))
                _flush(plain)
            unfinished.rename(target)
        except InvalidTag:
            message = f"{source} was sealed with another key, or was changed or cut off since."
            raise UnsealedError(message) from None
        finally:
            unfinished.unlink(missing_ok=True)


def _cipher(key: bytes, salt: bytes, name: str) -> AESGCM:
    """Return the cipher of one file. Its key is used for no other file, so the places of parts can be the nonces."""
    return AESGCM(HKDF(SHA256(), KEY_BYTES, salt, f"psmf {name}".encode()).derive(key))


def _nonce(place: int, is_last: bool) -> bytes:
    return place.to_bytes(11, "big") + bytes([is_last])


def _parts(file: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    """Yield the parts of a file, and whether each is the last. An empty file is one empty part."""
    part = file.read(size)
    while True:
        following = file.read(size)
        yield part, not following
        if not following:
            return
        part = following


def _own(file: Path) -> Path:
    """Make an empty file that only its owner can read, whatever the umask."""
    file.unlink(missing_ok=True)
    file.touch(mode=0o600)
    return file


def _flush(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
