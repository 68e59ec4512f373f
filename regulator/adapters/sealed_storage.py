"""Private files that lie sealed on the disk: named by the SHA-256 of what they say when opened."""

from __future__ import annotations

from uuid import UUID

from cryptography.exceptions import InvalidTag

from regulator.adapters.storage import path_below, read_stored, write_durably
from regulator.database.sealing import Erased, open_bytes, seal_bytes
from regulator.kernel.canonical import sha256_hex
from regulator.kernel.outcomes import AdapterError

_FOLDER = "files/sealed"


def store_sealed(data: bytes, *, subject: UUID) -> str:
    """Keep the bytes under the subject's data key; their SHA-256 hex. The same are kept once."""
    digest = sha256_hex(data)
    path = path_below(_FOLDER, digest)
    if not path.exists():
        write_durably(path, seal_bytes(data, subject=subject))
    return digest


def read_sealed(digest: str) -> bytes:
    """The bytes again, checked against their name; also of a file kept before files were sealed.

    Raises AdapterError when it is not there, was altered, or its key was erased.
    """
    path = path_below(_FOLDER, digest)
    if not path.exists():
        return read_stored(digest)
    try:
        data = open_bytes(path.read_bytes())
    except Erased as erased:
        raise AdapterError(f"文件 {digest[:12]}… 的密钥已删除", retryable=False) from erased
    except InvalidTag as altered:
        raise AdapterError(f"文件 {digest[:12]}… 被改动过", retryable=False) from altered
    if sha256_hex(data) != digest:
        raise AdapterError(f"文件 {digest[:12]}… 的内容与指纹不符", retryable=False)
    return data
