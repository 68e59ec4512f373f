"""Personal values: sealed at rest, rotated without being rewritten, erased by one row."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.core.management import call_command

from regulator.accounts.models import User
from regulator.database.models import DataKey
from regulator.database.sealing import (
    Erased,
    blind_index,
    erase_subject,
    open_text,
    seal_text,
)
from regulator.kernel.outcomes import InvariantError

pytestmark = pytest.mark.django_db
SUBJECT = UUID(int=7)


def test_a_sealed_text_opens_again_and_never_looks_the_same_twice() -> None:
    first, second = (
        seal_text("13800000000", subject=SUBJECT),
        seal_text("13800000000", subject=SUBJECT),
    )
    assert first != second
    assert "13800000000" not in first
    assert (open_text(first), open_text(second), open_text("")) == (
        "13800000000",
        "13800000000",
        "",
    )


def test_rotation_rewraps_the_keys_and_leaves_the_values(
    settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    sealed = seal_text("秘密", subject=SUBJECT)
    index = blind_index("秘密", purpose="test")
    old = settings.FIELD_KEYS  # type: ignore[attr-defined]
    settings.FIELD_KEYS = ["new:" + "b" * 43 + "=", *old]  # type: ignore[attr-defined]
    call_command("rewrap_keys")
    assert capsys.readouterr().out == "已重新包裹 2 把数据密钥。\n"
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]  # type: ignore[attr-defined]
    assert set(DataKey.objects.values_list("master_key_id", flat=True)) == {"new"}
    assert open_text(sealed) == "秘密"
    assert blind_index("秘密", purpose="test") == index


def test_an_erased_subject_cannot_be_read_by_anyone() -> None:
    sealed = seal_text("秘密", subject=SUBJECT)
    assert erase_subject(SUBJECT)
    with pytest.raises(Erased):
        open_text(sealed)
    assert not erase_subject(SUBJECT)


def test_a_plain_text_never_reaches_the_database() -> None:
    with pytest.raises(InvariantError):
        User.objects.filter(phone="13800000000").exists()
