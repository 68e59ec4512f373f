"""Files that lie sealed: their name is what they say, and an altered byte is noticed."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from regulator.adapters.sealed_storage import read_sealed, store_sealed
from regulator.adapters.storage import path_below, read_stored, store_bytes
from regulator.database.sealing import erase_subject
from regulator.kernel.canonical import sha256_hex
from regulator.kernel.outcomes import AdapterError

PAPER = b"%PDF-1.7 whom we inspect " * 20

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def test_a_sealed_file_says_nothing_on_the_disk_and_everything_when_opened(tmp_path: Path) -> None:
    digest = store_sealed(PAPER, subject=uuid4())
    assert digest == sha256_hex(PAPER)
    assert read_sealed(digest) == PAPER
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept == [path_below("files/sealed", digest)]
    assert b"inspect" not in kept[0].read_bytes()


def test_the_same_bytes_are_kept_once_and_apart_from_open_files() -> None:
    subject = uuid4()
    digest = store_sealed(PAPER, subject=subject)
    before = path_below("files/sealed", digest).read_bytes()
    assert store_sealed(PAPER, subject=subject) == digest
    assert path_below("files/sealed", digest).read_bytes() == before
    assert store_bytes(PAPER) == digest
    assert (read_stored(digest), read_sealed(digest)) == (PAPER, PAPER)


def test_a_file_from_before_the_sealing_is_read() -> None:
    assert read_sealed(store_bytes(PAPER)) == PAPER


def test_an_altered_byte_is_noticed() -> None:
    path = path_below("files/sealed", store_sealed(PAPER, subject=uuid4()))
    kept = path.read_bytes()
    path.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
    with pytest.raises(AdapterError, match="被改动过"):
        read_sealed(path.name)


def test_without_its_key_nobody_opens_it() -> None:
    subject = uuid4()
    digest = store_sealed(PAPER, subject=subject)
    assert erase_subject(subject)
    with pytest.raises(AdapterError, match="密钥已删除"):
        read_sealed(digest)
