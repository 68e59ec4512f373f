"""What every test stands on. Marks are set by folder in tests/marking.py."""

from __future__ import annotations

from django.apps import apps

# Pure tests run without Django; the rest share a district, audited transactions and real commits.
pytest_plugins = ["tests.marking"]
if apps.ready:
    pytest_plugins += ["tests.district", "tests.audited", "tests.committed"]
