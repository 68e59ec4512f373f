"""The health checks of docker-compose.yml: `healthy.py web`, `healthy.py beat PIDFILE`."""

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


def beat_runs(pidfile: Path) -> bool:
    """Whether the process that wrote the file is there and is celery's beat."""
    try:
        command = Path("/proc", pidfile.read_text().strip(), "cmdline").read_bytes()
    except OSError:
        return False
    return b"beat" in command


def main(arguments: list[str]) -> int:
    match arguments:
        case ["web"]:
            return 0 if web_answers() else 1
        case ["beat", pidfile]:
            return 0 if beat_runs(Path(pidfile)) else 1
    print("usage: healthy.py web | beat PIDFILE", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
