"""A wire between browser and server that can be cut, or lose the server's answers."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class Wire:
    """Forwards to `upstream`; `lose(path, body)` says whose answers never arrive."""

    def __init__(self, upstream: str) -> None:
        self.upstream = urlsplit(upstream)
        self.lose: Callable[[str, bytes], bool] = lambda _path, _body: False
        self.lost = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def _handler(wire: Wire) -> type[BaseHTTPRequestHandler]:  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                wire.forward(self)

            do_POST = do_GET  # noqa: N815

            def log_message(self, *_arguments: object) -> None:
                """Says nothing."""

        return Handler

    def forward(self, asked: BaseHTTPRequestHandler) -> None:
        """One request to the server and its answer back, unless the wire is cut or loses it."""
        body = asked.rfile.read(int(asked.headers.get("Content-Length", 0)))
        link = http.client.HTTPConnection(self.upstream.netloc, timeout=120)
        try:
            with closing(link):
                link.request(asked.command, asked.path, body, dict(asked.headers))
                answer = link.getresponse()
                data = answer.read()
        except OSError:
            asked.close_connection = True
            return
        if asked.command == "POST" and self.lose(asked.path, body):
            self.lost += 1
            asked.close_connection = True
            return
        asked.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in _HOP:
                asked.send_header(name, value)
        asked.send_header("Content-Length", str(len(data)))
        asked.end_headers()
        asked.wfile.write(data)

    @contextmanager
    def open(self) -> Iterator[Wire]:
        """Forward until the block ends."""
        thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
