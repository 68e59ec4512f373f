"""A bureau is opened once, with one administrator, through the services."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from regulator.accounts.models import Appointment, Division, User

PASSWORD = "correct-horse-7"


def open_it(monkeypatch: pytest.MonkeyPatch, *, username: str, password: str = PASSWORD) -> None:
    monkeypatch.setenv("ADMINISTRATOR_PASSWORD", password)
    call_command("open_bureau", division="510116", username=username, name="王敏")


@pytest.mark.django_db
def test_it_appoints_the_first_administrator(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    open_it(monkeypatch, username="wangmin")
    appointment = Appointment.objects.get()
    assert (appointment.user.username, appointment.role) == ("wangmin", "administrator")
    assert Division.objects.filter(code="510116").exists()
    assert capsys.readouterr().out.startswith("已启用。请用 wangmin 登录")


@pytest.mark.django_db
def test_it_refuses_a_second_time_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    open_it(monkeypatch, username="wangmin")
    with pytest.raises(CommandError, match="已有用户"):
        open_it(monkeypatch, username="second")
    assert list(User.objects.values_list("username", flat=True)) == ["wangmin"]


@pytest.mark.django_db
def test_a_weak_password_is_refused_in_plain_words_and_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(CommandError, match="密码"):
        open_it(monkeypatch, username="wangmin", password="12345678")
    assert User.objects.count() == 0
    assert Division.objects.count() == 0
