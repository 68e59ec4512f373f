"""Every kind says something whole, in both languages, with exactly the params of its shape."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from institutions.choices.notice_deliveries import (
    CHANNEL_LABELS,
    DELIVERY_STATE_LABELS,
    PROBLEM_TEXTS,
    delivery_badge,
    problem_text,
)
from institutions.choices.notice_texts import _TEXTS, notice_badge, text_of, title_of
from institutions.core.notice_deliveries import Channel, DeliveryState, Problem
from institutions.core.notice_kinds import SHAPES, NoticeKind
from regulator.adapters import messages
from regulator.web.choices import TONES

PLACE = re.compile(r"%\((\w+)\)s")


def sample(kind: NoticeKind) -> dict[str, object]:
    """A value for each param of a kind."""
    return {
        name: "2026-03-09" if name.endswith("_on") else 3 if name == "count" else f"<{name}>"
        for name in SHAPES[kind].params
    }


@pytest.mark.parametrize("kind", NoticeKind)
def test_a_kind_uses_exactly_its_params(kind: NoticeKind) -> None:
    said = f"{_TEXTS[kind].title} {_TEXTS[kind].text}"
    assert set(PLACE.findall(said)) == set(SHAPES[kind].params)
    assert notice_badge(kind).tone in TONES


@pytest.mark.parametrize("kind", NoticeKind)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_kind_speaks_both_languages(kind: NoticeKind, language: str) -> None:
    with translation.override(language):
        title, text = title_of(kind, sample(kind)), text_of(kind, sample(kind))
    for said in (title, text):
        assert "%(" not in said
        assert "2026-03-09" not in said
        assert bool(re.search(r"[\u4e00-\u9fff]", said)) is (language == "zh-hans")
    assert title[-1] not in "。."
    assert text[-1] in "。."


def test_a_date_is_said_in_the_reader_s_form_and_a_code_in_words() -> None:
    params = {"department": "sport", "starts_on": "2026-04-01"}
    assert text_of("department_changed", params) == (
        "从2026年4月1日起，主管部门是：体育。今后的备案和申请由该部门办理。"
    )


def test_a_reason_that_ends_with_a_stop_gets_no_second_one() -> None:
    params = {"number": "1", "class_name": "班", "reason": "材料不全。"}
    assert "理由：材料不全。改正" in text_of("filing_returned", params)


def test_a_date_that_is_none_is_said_as_it_stands() -> None:
    params = {"department": "sport", "starts_on": "另行通知"}
    assert text_of("department_changed", params).startswith("从另行通知起")


def test_every_code_of_a_delivery_has_words() -> None:
    assert set(PROBLEM_TEXTS) == set(Problem)
    assert set(CHANNEL_LABELS) == set(Channel) == {messages.EMAIL, messages.SMS}
    assert set(DELIVERY_STATE_LABELS) == set(DeliveryState)
    assert [delivery_badge(state).tone for state in DeliveryState] == [
        "attention",
        "ok",
        "breach",
        "neutral",
    ]
    assert problem_text("") == ""
    assert problem_text("busy", "450") == "发送服务暂时不能受理。（对方答复 450）"


def test_every_problem_of_the_adapters_is_known() -> None:
    named = {
        messages.ADDRESS_REFUSED,
        messages.MESSAGE_REFUSED,
        messages.CREDENTIALS,
        messages.BUSY,
        messages.UNREACHABLE,
        messages.TIMEOUT,
        messages.UNREADABLE,
    }
    assert named <= set(Problem)
