"""An SMTP server and an SMS gateway on the loopback, that answer as a test wants."""

from __future__ import annotations

import json
import socketserver
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

HOST = "127.0.0.1"


@dataclass
class Mailbox:
    """What the SMTP server got, and how it answers: reply lines by the verb that they answer."""

    port: int = 0
    replies: dict[str, str] = field(default_factory=dict)
    silent_at: str = ""
    recipients: list[str] = field(default_factory=list)
    letters: list[EmailMessage] = field(default_factory=list)

    @property
    def url(self) -> str:
        """As EMAIL_URL names it."""
        return f"smtp://{HOST}:{self.port}"


class _Smtp(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a client needs to hand in one letter."""

    timeout = 5
    server: Any

    def handle(self) -> None:
        box: Mailbox = self.server.box
        self._say(box, "CONNECT", "220 loopback")
        while line := self.rfile.readline():
            verb = line[:4].decode().strip().upper()
            if verb == "EHLO":
                self._say(box, verb, "250-loopback\r\n250 AUTH PLAIN")
            elif verb == "DATA":
                self._data(box)
            elif verb == "QUIT":
                self._say(box, verb, "221 bye")
                return
            else:
                if verb == "RCPT":
                    box.recipients.append(line.decode().strip())
                self._say(box, verb, "235 in" if verb == "AUTH" else "250 ok")

    def _data(self, box: Mailbox) -> None:
        self._say(box, "DATA", "354 go on")
        if "DATA" in box.replies:
            return
        body = b""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            body += line.removeprefix(b".")
        box.letters.append(message_from_bytes(body, policy=policy.default))  # type: ignore[arg-type]
        self._say(box, "BODY", "250 taken")

    def _say(self, box: Mailbox, verb: str, usual: str) -> None:
        if box.silent_at == verb:
            time.sleep(1.0)
            return
        self.wfile.write(f"{box.replies.get(verb, usual)}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away early is what some tests are about."""


@contextmanager
def _serving(server: Any) -> Iterator[int]:
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def smtp_server() -> Iterator[Mailbox]:
    """An SMTP server; its mailbox says what came."""
    box = Mailbox()
    server = _Server((HOST, 0), _Smtp)
    server.box = box  # type: ignore[attr-defined]
    with _serving(server) as port:
        box.port = port
        yield box


@dataclass
class Gateway:
    """What the SMS gateway got, and how it answers."""

    port: int = 0
    status: int = 200
    answer: bytes = b'{"code": "ok", "id": "g-1"}'
    location: str = ""
    wait_s: float = 0.0
    key: str = "right-key"
    messages: list[dict[str, Any]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """As SMS_URL names it."""
        return f"http://{HOST}:{self.port}/send"


class _Sms(BaseHTTPRequestHandler):
    server: Any

    def do_POST(self) -> None:
        gateway: Gateway = self.server.gateway
        body = self.rfile.read(int(self.headers["Content-Length"]))
        time.sleep(gateway.wait_s)
        status, answer = gateway.status, gateway.answer
        if self.headers["Authorization"] != f"Bearer {gateway.key}":
            status, answer = 401, b'{"code": "bad_key"}'
        elif status == 200:
            gateway.messages.append(json.loads(body))
        self.send_response(status)
        if gateway.location:
            self.send_header("Location", gateway.location)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_args: Any) -> None:
        """Quiet."""


class _HttpServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """As above."""


@contextmanager
def sms_gateway() -> Iterator[Gateway]:
    """An SMS gateway as regulator/adapters/messages.py documents it."""
    gateway = Gateway()
    server = _HttpServer((HOST, 0), _Sms)
    server.gateway = gateway  # type: ignore[attr-defined]
    with _serving(server) as port:
        gateway.port = port
        yield gateway
