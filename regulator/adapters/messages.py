"""E-mail by SMTP and SMS by an HTTP gateway: each is off until the environment names it.

E-mail: EMAIL_URL (django-environ: `smtp+tls://user:password@host:587`) and MAIL_FROM.

SMS: SMS_URL, SMS_KEY and SMS_SIGN (the registered signature). One POST per message:

    Authorization: Bearer <SMS_KEY>          Content-Type: application/json
    {"request_id": "…", "mobile": "…", "sign": "…", "text": "…"}

The gateway answers 200 with `{"code": "ok", "id": "…"}`. Other codes: `bad_number` and `refused`
are final; `bad_key`, `quota` and `busy` are tried again later. Without a code the status counts:
401 and 403 as bad_key, other 4xx as refused, 429 and 5xx as busy. The same `request_id` is the
same message: a gateway that knows this sends it once.

Neither an address nor another server's words ever stand in an error: they may name a person.
"""

from __future__ import annotations

import json
import smtplib
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from environ import Env

from regulator.kernel.outcomes import AdapterError

EMAIL, SMS = "email", "sms"

ADDRESS_REFUSED = "address_refused"
MESSAGE_REFUSED = "message_refused"
CREDENTIALS = "credentials"
BUSY = "busy"
UNREACHABLE = "unreachable"
TIMEOUT = "timeout"
UNREADABLE = "unreadable"
_FINAL = frozenset({ADDRESS_REFUSED, MESSAGE_REFUSED})
_SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
_ANSWER_BYTES = 64 * 1024
_GATEWAY_CODES: Mapping[str, str] = {
    "bad_number": ADDRESS_REFUSED,
    "refused": MESSAGE_REFUSED,
    "bad_key": CREDENTIALS,
    "quota": BUSY,
    "busy": BUSY,
}


class MessageError(AdapterError):
    """A message did not go out. `problem` is one of the codes above, `answer` a number at most."""

    def __init__(self, problem: str, *, answer: str = "") -> None:
        self.problem = problem
        self.answer = answer
        super().__init__(f"{problem} {answer}".strip(), retryable=problem not in _FINAL)


@dataclass(frozen=True)
class Message:
    """One message to one address. `key` is the same whenever it is sent again."""

    to: str
    subject: str
    text: str
    key: str


def open_channels() -> frozenset[str]:
    """The channels that are configured, of `email` and `sms`."""
    found = set()
    if settings.EMAIL_URL and _sender():
        found.add(EMAIL)
    if settings.SMS_KEY and urlsplit(settings.SMS_URL).scheme in ("http", "https"):
        found.add(SMS)
    return frozenset(found)


def send_message(channel: str, message: Message) -> None:
    """Send it by that channel. Raises MessageError; never call it inside a transaction."""
    if channel == EMAIL:
        send_email(message)
    else:
        send_sms(message)


def send_email(message: Message) -> None:
    """Hand the message to the SMTP server of EMAIL_URL. Raises MessageError."""
    connection = _smtp_connection()
    try:
        connection.send_messages([_email_of(message)])
    except smtplib.SMTPRecipientsRefused as refused:
        code = next((reply[0] for reply in refused.recipients.values()), 0)
        raise _smtp_error(code, final=ADDRESS_REFUSED) from None
    except smtplib.SMTPAuthenticationError as refused:
        raise MessageError(CREDENTIALS, answer=str(refused.smtp_code)) from None
    except smtplib.SMTPResponseException as refused:
        raise _smtp_error(refused.smtp_code, final=MESSAGE_REFUSED) from None
    except (OSError, smtplib.SMTPException) as failed:
        raise MessageError(_network_problem(failed)) from None
    finally:
        # Django closes what it opened, but not after a login that failed.
        connection.fail_silently = True
        connection.close()


def send_sms(message: Message) -> None:
    """Hand the message to the gateway of SMS_URL. Raises MessageError."""
    body = {
        "request_id": message.key,
        "mobile": message.to,
        "sign": settings.SMS_SIGN,
        "text": message.text,
    }
    status, answered = _posted(json.dumps(body).encode())
    code = _gateway_code(answered)
    if status == 200 and code == "ok":
        return
    raise MessageError(_gateway_problem(status, code), answer=str(status))


def _sender() -> str:
    user = str(Env.email_url_config(settings.EMAIL_URL).get("EMAIL_HOST_USER") or "")
    return settings.MAIL_FROM or (user if "@" in user else "")


def _smtp_connection() -> Any:
    config = Env.email_url_config(settings.EMAIL_URL)
    return get_connection(
        _SMTP_BACKEND,
        host=config["EMAIL_HOST"],
        port=config["EMAIL_PORT"],
        username=config["EMAIL_HOST_USER"],
        password=config["EMAIL_HOST_PASSWORD"],
        use_tls=bool(config.get("EMAIL_USE_TLS")),
        use_ssl=bool(config.get("EMAIL_USE_SSL")),
        timeout=settings.MESSAGE_TIMEOUT_S,
    )


def _email_of(message: Message) -> EmailMessage:
    sender = _sender()
    host = sender.rpartition("@")[2].strip("> ")
    return EmailMessage(
        subject=" ".join(message.subject.split()),
        body=message.text,
        from_email=sender,
        to=[message.to],
        headers={"Message-ID": f"<{message.key}@{host}>", "Auto-Submitted": "auto-generated"},
    )


def _smtp_error(code: int, *, final: str) -> MessageError:
    """4yz of RFC 5321 is for now, 5yz for good."""
    return MessageError(final if code >= 500 else BUSY, answer=str(code) if code > 0 else "")


def _network_problem(failed: BaseException) -> str:
    """Whether the other side was too slow, or not there at all; libraries wrap the former."""
    cause: BaseException | None = failed
    while cause is not None:
        if isinstance(cause, TimeoutError):
            return TIMEOUT
        reason = getattr(cause, "reason", None)
        cause = reason if isinstance(reason, BaseException) else cause.__context__
    return UNREACHABLE


class _NoRedirect(HTTPRedirectHandler):
    """A gateway that moved is configured anew: a key does not follow to another host."""

    def redirect_request(
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        """Never."""


def _posted(body: bytes) -> tuple[int, bytes]:
    """Status and first bytes of the gateway's answer, whatever the status. Raises MessageError."""
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {settings.SMS_KEY}"}
    # open_channels let only http and https through.
    request = Request(settings.SMS_URL, data=body, headers=headers)  # noqa: S310
    try:
        opener = build_opener(_NoRedirect())
        with opener.open(request, timeout=settings.MESSAGE_TIMEOUT_S) as answer:
            return answer.status, answer.read(_ANSWER_BYTES)
    except HTTPError as answered:
        with answered:
            return answered.code, _rest_of(answered)
    except (URLError, OSError, HTTPException) as failed:
        raise MessageError(_network_problem(failed)) from None


def _rest_of(answered: HTTPError) -> bytes:
    try:
        return answered.read(_ANSWER_BYTES)
    except (OSError, HTTPException):
        return b""


def _gateway_code(answered: bytes) -> str:
    try:
        found: Any = json.loads(answered)
    except ValueError:
        return ""
    return str(found.get("code", "")) if isinstance(found, dict) else ""


def _gateway_problem(status: int, code: str) -> str:
    if code in _GATEWAY_CODES:
        return _GATEWAY_CODES[code]
    if status in (401, 403):
        return CREDENTIALS
    if status == 429 or status >= 500:
        return BUSY
    return MESSAGE_REFUSED if 400 <= status < 500 else UNREADABLE
