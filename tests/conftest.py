"""What every test stands on. Marks are set by folder in tests/marking.py."""

from __future__ import annotations

pytest_plugins = ["tests.marking"]
