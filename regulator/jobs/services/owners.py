"""Who holds a lease, by host and process; and whether that process is gone."""

from __future__ import annotations

import os
import socket

from regulator.kernel.ids import new_public_id


def new_owner() -> str:
    """A name for one hold of this process: `host:process:UUIDv7`."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{new_public_id()}"


def is_gone(owner: str) -> bool:
    """Whether the owner was a process of this host that no longer exists.

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
    return False
