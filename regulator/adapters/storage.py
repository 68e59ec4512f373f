"""Content-addressed private files: a file's name is its SHA-256, and it is never altered."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from regulator.kernel.canonical import sha256_hex
from regulator.kernel.outcomes import AdapterError


def path_below(folder: str, digest: str) -> Path:
    """Where a file of that digest lies below a folder of DATA_DIR."""
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise AdapterError(f"不是文件的 SHA-256：{digest[:80]}", retryable=False)
    return Path(settings.DATA_DIR) / folder / digest[:2] / digest[2:4] / digest


def _path_of(digest: str) -> Path:
    return path_below("files", digest)


def store_bytes(data: bytes) -> str:
    """Keep the bytes durably and return their SHA-256 hex; the same bytes are kept once."""
    digest = sha256_hex(data)
    path = _path_of(digest)
    if not path.exists():
        write_durably(path, data)
    return digest


def write_durably(path: Path, data: bytes) -> None:
    """Write a whole new file, or none. Raises AdapterError where the disk refuses."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with partial.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise AdapterError(f"文件没能保存：{error.strerror}", retryable=True) from error


def open_stored(digest: str) -> BinaryIO:
    """The kept file, for reading. Raises AdapterError when it is not there."""
    try:
        return _path_of(digest).open("rb")
    except FileNotFoundError as error:
        raise AdapterError(f"找不到文件 {digest[:12]}…", retryable=False) from error


def read_stored(digest: str) -> bytes:
    """The bytes of a kept file, checked against their name."""
    with open_stored(digest) as file:
        data = file.read()
    if sha256_hex(data) != digest:
        raise AdapterError(f"文件 {digest[:12]}… 的内容与指纹不符", retryable=False)
    return data
