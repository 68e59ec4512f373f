"""Who holds a lease, by host and process; and whether that process is gone."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from regulator.kernel.ids import new_public_id


def new_owner() -> str:
    """A name for one hold of this process: `host:process:UUIDv7`."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{new_public_id()}"


def is_gone(owner: str) -> bool:
    """Whether the owner was a process of this host that has ended, reaped by its parent or not.

    Only a hint that saves waiting for the lease to expire: were it wrong, the owner would find
    its lease lost at its next chunk and nothing would be done twice.
    """
    host, _, rest = owner.partition(":")
    process = rest.partition(":")[0]
    if host != socket.gethostname()[:60] or not process.isdigit():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return _is_zombie(process)


def _is_zombie(process: str) -> bool:
    """Killed, but still in the table until its parent looks: seconds, or for ever under a PID 1
    that does not reap. Where there is no /proc the lease's end decides."""
    try:
        said = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return said.rpartition(")")[2].split()[:1] == ["Z"]
