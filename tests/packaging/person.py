"""A person at a browser, without the browser: cookies, forms with their token, files."""

from __future__ import annotations

import http.cookiejar
import urllib.request
from collections.abc import Mapping
from uuid import uuid4

BOUNDARY = "form-boundary-of-the-tests"


def multipart(fields: Mapping[str, str], files: Mapping[str, tuple[str, bytes]]) -> bytes:
    """The body of a form with files: name → (file name, bytes)."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    for name, (file_name, data) in files.items():
        head = f'Content-Disposition: form-data; name="{name}"; filename="{file_name}"'
        parts.append(f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode() + data + b"\r\n")
    return b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()])


class Person:
    """Someone who comes to the site at `base_url`; every answer but 200 raises HTTPError."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def get(self, path: str) -> str:
        with self.opener.open(self.base_url + path, timeout=30) as answer:
            return str(answer.read().decode("utf-8"))

    def post(
        self, path: str, fields: Mapping[str, str], **files: tuple[str, bytes]
    ) -> tuple[str, str]:
        """Sends the form that stands at `path`; the address it led to, and that page."""
        token = next((c.value or "" for c in self.cookies if c.name == "csrftoken"), "")
        request = urllib.request.Request(
            self.base_url + path,
            data=multipart({**fields, "csrfmiddlewaretoken": token}, files),
            headers={
                "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
                "X-Request-Id": uuid4().hex,
            },
        )
        with self.opener.open(request, timeout=30) as answer:
            return answer.geturl().removeprefix(self.base_url), answer.read().decode("utf-8")

    def log_in(self, username: str, password: str) -> None:
        self.get("/login/")
        led_to, _page = self.post("/login/", {"username": username, "password": password})
        assert not led_to.startswith("/login/"), f"{username} could not log in"
