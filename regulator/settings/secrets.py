"""Keys of the embedded default: made once, kept in files that only this user can read."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path


def kept_secret(path: Path) -> str:
    """The text in a 0600 file, made (32 random bytes, base64) when the file is not there."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        made = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process of the same start was quicker
            return path.read_text().strip()
        with os.fdopen(descriptor, "w") as file:
            file.write(made)
    return path.read_text().strip()
