"""Tasks of the register and of course filings: ids in, one service out."""

from institutions.tasks.filings import screen_upload
from institutions.tasks.register import import_register

__all__ = ["import_register", "screen_upload"]
