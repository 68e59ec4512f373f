"""Tests: a database and a broker of their own, never a developer's."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from regulator.settings.base import *  # noqa: F403
from regulator.settings.base import STORAGES, env
from regulator.settings.databases import database_from_url, sqlite_at

DEMONSTRATION = True
DATA_DIR = Path(env.str("DATA_DIR", default="") or tempfile.mkdtemp(prefix="regulator-test-"))
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns of a missing folder
SECRET_KEY = "only-for-tests-" + "x" * 40
FIELD_KEYS = ["test:" + "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
EMAIL_URL = SMS_URL = ""  # no message leaves a test but to a server of its own

_database_url = env.str("TEST_DATABASE_URL", default="")
_database = (
    database_from_url(_database_url) if _database_url else sqlite_at(DATA_DIR / "test.sqlite3")
)
if not _database_url:
    # A file, not memory: threads and worker processes of a test share it.
    _database["TEST"] = {"NAME": str(DATA_DIR / "test-run.sqlite3")}
else:
    _database["CONN_MAX_AGE"] = 0
# Built at once, as `prepare` builds an empty one; tests/committed.py adds what migrations add.
_database["TEST"] = {**_database.get("TEST", {}), "MIGRATE": False}
DATABASES = {"default": _database}
BROKER_URL = env.str("TEST_BROKER_URL", default="filesystem://")
BROKER_DIR = DATA_DIR / "broker"
JOB_QUEUE = env.str("JOB_QUEUE", default=f"regulator-test-{os.getpid()}")
STORAGES = STORAGES | {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA_DIR / "files")},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
