"""An institution, a fee supervisor, and accounts on their way, all through the services."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from fees.services import (
    AccountDraft,
    activate_account,
    open_account,
    publish_account,
    record_agreement,
)
from institutions.models import Institution
from institutions.services.register import (
    InstitutionDraft,
    add_premises,
    register_institution,
    verify_institution,
)
from regulator.kernel.actors import SYSTEM

AT = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)
NUMBER = "5100 1870 8360 0501 2345"
DRAFT = AccountDraft("城东农商银行", "东门支行", NUMBER)


@pytest.fixture
def at() -> datetime:
    """Nine in the morning of 1 November 2026 in Shanghai."""
    return AT


def registered(name: str, *, division: str = "510116") -> Institution:
    """An institution of the register."""
    return register_institution(
        division=division,
        draft=InstitutionDraft(name=name, category="subject"),
        competent_department="education",
        on=date(2024, 1, 1),
        actor=SYSTEM,
        at=AT,
    )


def verified(institution: Institution) -> Institution:
    """The same institution with an address, confirmed by an officer."""
    add_premises(institution=institution, address="东升街道顺城街 12 号", actor=SYSTEM, at=AT)
    return verify_institution(institution=institution, actor=SYSTEM, at=AT)


@pytest.fixture
def institution(district) -> Institution:
    return registered("青禾培训中心")


@pytest.fixture
def supervisor(make_actor):
    return make_actor("fee_supervisor")


@pytest.fixture
def opened(institution, supervisor):
    return open_account(
        institution=institution, kind="custody", draft=DRAFT, actor=supervisor, at=AT
    )


@pytest.fixture
def agreed(opened, supervisor):
    return record_agreement(
        opened,
        agreement_number="三方〔2026〕1号",
        agreed_on=date(2026, 10, 30),
        actor=supervisor,
        at=AT,
    )


@pytest.fixture
def active(agreed, supervisor):
    return activate_account(agreed, actor=supervisor, at=AT)


@pytest.fixture
def published(active, supervisor):
    return publish_account(active, actor=supervisor, at=AT)
