"""The web server's access log without the text of private links: whoever has it comes in."""

from __future__ import annotations

import re
from typing import Any

from gunicorn.glogging import Logger

_LINK = re.compile(r"(/p/)[^/\s?\"]+")


def without_links(text: str) -> str:
    """A line of a request with the text of every private link taken out."""
    return _LINK.sub(r"\1***", text)


class AccessLogger(Logger):
    """Gunicorn's own logger; request line, path and referrer are masked."""

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        """What a line of the log is made of."""
        found: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        for name, value in found.items():
            if isinstance(value, str) and "/p/" in value:
                found[name] = without_links(value)
        return found
