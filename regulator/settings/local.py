"""The embedded default: SQLite and a file-backed broker, production's middleware, DEBUG off."""

from __future__ import annotations

from regulator.settings.base import *  # noqa: F403
from regulator.settings.base import DATA_DIR, FIELD_KEYS, env
from regulator.settings.databases import database_from_url, sqlite_at
from regulator.settings.secrets import kept_secret

DEMONSTRATION = True
SECRET_KEY = env.str("SECRET_KEY", default="") or kept_secret(DATA_DIR / "keys" / "secret.key")
FIELD_KEYS = FIELD_KEYS or ["local:" + kept_secret(DATA_DIR / "keys" / "field.key")]

_database_url = env.str("DATABASE_URL", default="")
DATABASES = {
    "default": database_from_url(_database_url)
    if _database_url
    else sqlite_at(DATA_DIR / "regulator.sqlite3")
}
BROKER_URL = env.str("BROKER_URL", default="filesystem://")
BROKER_DIR = DATA_DIR / "broker"
