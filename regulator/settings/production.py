"""Production: refuses to start with a missing key, demonstration data or DEBUG."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from regulator.settings.base import *  # noqa: F403
from regulator.settings.base import DEBUG, FIELD_KEYS, env
from regulator.settings.databases import database_from_url


def _required(name: str) -> str:
    value = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"环境变量 {name} 未设置：生产环境必须提供，见 docs/deploy.md。")
    return value


SECRET_KEY = _required("SECRET_KEY")
_required("FIELD_KEYS")
DATABASES = {"default": database_from_url(_required("DATABASE_URL"))}
BROKER_URL = _required("BROKER_URL")
BROKER_DIR = None
ALLOWED_HOSTS = [host for host in _required("ALLOWED_HOSTS").split(",") if host]

if DEBUG or env.bool("DEBUG", default=False):
    raise ImproperlyConfigured("生产环境不得打开 DEBUG。")
if len(SECRET_KEY) < 40:
    raise ImproperlyConfigured("SECRET_KEY 至少 40 个字符。")
if not FIELD_KEYS:
    raise ImproperlyConfigured("FIELD_KEYS 至少要有一把主密钥。")

HTTPS_ONLY = env.bool("HTTPS_ONLY", default=True)
SESSION_COOKIE_SECURE = HTTPS_ONLY
CSRF_COOKIE_SECURE = HTTPS_ONLY
SECURE_SSL_REDIRECT = HTTPS_ONLY
SECURE_REDIRECT_EXEMPT = [r"^healthz/$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS_ONLY else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SITE_URL = (
    env.str("SITE_URL", default="")
    or f"{'https' if HTTPS_ONLY else 'http'}://{ALLOWED_HOSTS[0].lstrip('.')}"
).rstrip("/")
