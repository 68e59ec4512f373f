"""Writes of escrow accounts."""

from fees.services.accounts import (
    AccountDraft,
    activate_account,
    close_account,
    correct_account,
    open_account,
    publish_account,
    read_number,
    record_agreement,
    unpublish_account,
)

__all__ = [
    "AccountDraft",
    "activate_account",
    "close_account",
    "correct_account",
    "open_account",
    "publish_account",
    "read_number",
    "record_agreement",
    "unpublish_account",
]
