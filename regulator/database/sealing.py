"""Personal data at rest: AES-GCM under one data key per subject, wrapped by a master key.

A sealed value is the text `s1.<subject hex>.<base64url of nonce ‖ ciphertext>`; sealed bytes are
the same without base64. Rotation re-wraps data keys and leaves sealed values alone; erasing a
subject deletes its data key.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from regulator.database.models import DataKey
from regulator.kernel.outcomes import InvariantError

_PREFIX = "s1"
_NONCE_BYTES = 12
_INDEX_SUBJECT = UUID(int=0)


class Erased(Exception):
    """The subject's data key was deleted, so the value cannot be read by anyone any more."""


@lru_cache(maxsize=4)
def _parsed_master_keys(field_keys: tuple[str, ...]) -> dict[str, bytes]:
    keys: dict[str, bytes] = {}
    for entry in field_keys:
        key_id, _, encoded = entry.partition(":")
        key = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
        if len(key) != 32:
            raise InvariantError(f"FIELD_KEYS: 密钥 {key_id} 必须是 32 字节的 base64。")
        keys[key_id] = key
    if not keys:
        raise InvariantError("FIELD_KEYS 为空：没有主密钥不能保存个人信息。")
    return keys


def _master_keys() -> dict[str, bytes]:
    return _parsed_master_keys(tuple(settings.FIELD_KEYS))


def _wrap(data_key: bytes, subject: UUID) -> tuple[str, bytes]:
    key_id, master = next(iter(_master_keys().items()))
    nonce = os.urandom(_NONCE_BYTES)
    return key_id, nonce + AESGCM(master).encrypt(nonce, data_key, subject.bytes)


def _unwrap(row: DataKey) -> bytes:
    master = _master_keys().get(row.master_key_id)
    if master is None:
        raise InvariantError(f"FIELD_KEYS 里没有主密钥 {row.master_key_id}，数据无法解密。")
    wrapped = bytes(row.wrapped)
    return AESGCM(master).decrypt(wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], row.subject.bytes)


def _data_key(subject: UUID) -> bytes:
    row = DataKey.objects.filter(subject=subject).first()
    if row is None:
        data_key = AESGCM.generate_key(bit_length=256)
        key_id, wrapped = _wrap(data_key, subject)
        row, _ = DataKey.objects.get_or_create(
            subject=subject, defaults={"master_key_id": key_id, "wrapped": wrapped}
        )
    return _unwrap(row)


def seal_text(text: str, *, subject: UUID) -> str:
    """The sealed form of a personal text; empty stays empty."""
    return seal_texts([text], subject=subject)[0]


def seal_texts(texts: Iterable[str], *, subject: UUID) -> list[str]:
    """The sealed forms of many texts of one subject, with one look-up of its key."""
    cipher: AESGCM | None = None
    sealed = []
    for text in texts:
        if text and cipher is None:
            cipher = AESGCM(_data_key(subject))
        sealed.append(_sealed(text, cipher, subject) if text and cipher else "")
    return sealed


def _sealed(text: str, cipher: AESGCM, subject: UUID) -> str:
    nonce = os.urandom(_NONCE_BYTES)
    raw = nonce + cipher.encrypt(nonce, text.encode(), subject.bytes)
    return f"{_PREFIX}.{subject.hex}.{base64.urlsafe_b64encode(raw).decode()}"


def open_text(sealed: str) -> str:
    """The personal text again. Who opens it appends an audit event. Raises Erased."""
    if not sealed:
        return ""
    prefix, subject_hex, encoded = sealed.split(".", 2)
    if prefix != _PREFIX:
        raise InvariantError("不是加密字段的格式。")
    subject = UUID(hex=subject_hex)
    row = DataKey.objects.filter(subject=subject).first()
    if row is None:
        raise Erased(str(subject))
    raw = base64.urlsafe_b64decode(encoded)
    plain = AESGCM(_unwrap(row)).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], subject.bytes)
    return plain.decode()


def seal_bytes(data: bytes, *, subject: UUID) -> bytes:
    """The sealed form of a file's bytes."""
    nonce = os.urandom(_NONCE_BYTES)
    raw = nonce + AESGCM(_data_key(subject)).encrypt(nonce, data, subject.bytes)
    return f"{_PREFIX}.{subject.hex}.".encode() + raw


def open_bytes(sealed: bytes) -> bytes:
    """A file's bytes again. Raises Erased, and InvariantError where they were never sealed."""
    prefix, subject_hex, raw = (*sealed.split(b".", 2), b"", b"")[:3]
    if prefix != _PREFIX.encode():
        raise InvariantError("不是加密文件的格式。")
    subject = UUID(hex=subject_hex.decode())
    row = DataKey.objects.filter(subject=subject).first()
    if row is None:
        raise Erased(str(subject))
    return AESGCM(_unwrap(row)).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], subject.bytes)


def is_sealed(text: str) -> bool:
    """Whether a text has the sealed form."""
    return text == "" or text.startswith(f"{_PREFIX}.")


def blind_index(text: str, *, purpose: str) -> str:
    """HMAC-SHA-256 hex for equality search and for audit digests; stable across rotation."""
    return blind_indexes([text], purpose=purpose)[0]


def blind_indexes(texts: Iterable[str], *, purpose: str) -> list[str]:
    """The blind indexes of many texts, with one look-up of the key; each text is digested once."""
    key = hashlib.sha256(_data_key(_INDEX_SUBJECT) + purpose.encode()).digest()
    made: dict[str, str] = {}
    for text in (wanted := list(texts)):
        if text not in made:
            made[text] = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    return [made[text] for text in wanted]


def rewrap_keys() -> int:
    """Wrap every data key under the first master key; returns how many changed."""
    current = next(iter(_master_keys()))
    changed = 0
    for row in DataKey.objects.exclude(master_key_id=current).iterator():
        row.master_key_id, row.wrapped = _wrap(_unwrap(row), row.subject)
        row.save(update_fields=["master_key_id", "wrapped"])
        changed += 1
    return changed


def erase_subject(subject: UUID) -> bool:
    """Delete a subject's data key; True when there was one."""
    deleted, _ = DataKey.objects.filter(subject=subject).delete()
    return bool(deleted)
