"""The health checks of docker-compose.yml: `healthy.py web`, `healthy.py beat`."""

from __future__ import annotations

import http.client
import os
import sys
from pathlib import Path


def web_answers() -> bool:
    """Whether /healthz/ says 200, asked under a name that the site allows."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".")
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ["PORT"]), timeout=4)
    try:
        connection.request("GET", "/healthz/", headers={"Host": host})
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def is_our_beat(process: Path) -> bool:
    """Whether a process of /proc is celery's beat on this system's DATA_DIR."""
    ours = f"DATA_DIR={os.environ['DATA_DIR']}".encode()
    try:
        words = (process / "cmdline").read_bytes().split(b"\0")
        return b"beat" in words and b"celery" in words and ours in environment_of(process)
    except OSError:  # it ended meanwhile, or is another user's
        return False


def environment_of(process: Path) -> list[bytes]:
    return (process / "environ").read_bytes().split(b"\0")


def beat_runs() -> bool:
    return any(is_our_beat(process) for process in Path("/proc").glob("[0-9]*"))


def main(arguments: list[str]) -> int:
    match arguments:
        case ["web"]:
            return 0 if web_answers() else 1
        case ["beat"]:
            return 0 if beat_runs() else 1
    print("usage: healthy.py web | beat", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
