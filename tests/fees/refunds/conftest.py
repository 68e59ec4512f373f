"""A paid contract with two lessons taught, and a request for its money."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from fees.core.refunds import Cause
from fees.services.lessons import reserve_lesson
from fees.services.refund_payment import Finding, decide_refund
from fees.services.refund_requests import agree_to_refund, ask_for_refund
from regulator.kernel.actors import SYSTEM
from tests.fees.conftest import AT
from tests.fees.ledger.conftest import contract, filing, paid  # noqa: F401

ASKED_ON = date(2026, 10, 20)
ASKED_AT = datetime(2026, 10, 20, 1, tzinfo=UTC)
# Tuesday the 20th: the 21st, 22nd, 23rd, 26th and 27th are the five working days.
LAST_ANSWER_DAY = date(2026, 10, 27)


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


@pytest.fixture
def manager(make_actor, institution):
    return make_actor("institution_manager", institution=institution.public_id)


@pytest.fixture
def taught(paid):  # noqa: F811
    for number in range(1, 13):
        reserve_lesson(
            contract=paid, number=number, taught_on=date(2026, 9, 12),
            key=f"l{number}", actor=SYSTEM, at=AT,
        )  # fmt: skip
    return paid


@pytest.fixture
def asked(taught, supervisor):
    return ask_for_refund(contract=taught, reason="搬家了", actor=supervisor, at=ASKED_AT)


@pytest.fixture
def consented(asked, manager):
    return agree_to_refund(asked, actor=manager, at=at_noon(date(2026, 10, 22)))


@pytest.fixture
def decided(consented, supervisor):
    return decide_refund(
        consented,
        Finding(Cause.CONSUMER, had_service_before=False, reason="家长搬家，与机构无关"),
        actor=supervisor,
        at=at_noon(date(2026, 10, 23)),
    )
