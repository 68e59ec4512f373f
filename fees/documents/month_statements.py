"""A month's statement as PDF and as a workbook, from nothing but its frozen facts; in Chinese."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from fees.choices.ledger import LEDGER_KIND_LABELS, RULE_LABELS
from fees.choices.texts import KIND_LABELS
from fees.models import MonthStatement
from institutions.core.papers.offices import TYPEFACES
from institutions.resources.exchange_files import Table, attachment
from regulator.adapters.pdf import render_pdf
from regulator.kernel.money import format_yuan


def statement_pdf(statement: MonthStatement) -> bytes:
    """The PDF of an issued statement."""
    return render_pdf(statement_html(statement))


def statement_html(statement: MonthStatement) -> str:
    """The statement before it is set."""
    with translation.override(settings.LANGUAGE_CODE):
        families = {
            role: ", ".join(f'"{family}"' for family in names) for role, names in TYPEFACES.items()
        }
        context = {"statement": statement, "typefaces": families} | spoken_facts(statement)
        return render_to_string("documents/fees/month_statement.html", context)


def statement_workbook(statement: MonthStatement) -> HttpResponse:
    """The same figures as a workbook of two sheets, as an attachment."""
    with translation.override(settings.LANGUAGE_CODE):
        told = spoken_facts(statement)
        balances = Table(
            "余额",
            ["用途", "月初余额（元）", "月末余额（元）"],
            [[one["label"], one["before"], one["after"]] for one in told["balances"]],
        )
        lines = Table(
            "发生额",
            ["记账日期", "事项", "笔数", "金额（元）"],
            [
                [one["day"].isoformat(), one["label"], str(one["count"]), one["amount"]]
                for one in told["lines"]
            ],
        )
        name = f"month-statement-{statement.month:%Y-%m}-v{statement.version}"
        return attachment([balances, lines], "xlsx", name=name)


def spoken_facts(statement: MonthStatement) -> dict[str, Any]:
    """The facts in words and yuan."""
    facts = statement.facts
    return {
        "facts": facts,
        "kind": str(KIND_LABELS[facts["kind"]]),
        "balances": [
            {
                "label": str(LEDGER_KIND_LABELS[kind]),
                "before": format_yuan(before),
                "after": format_yuan(after),
            }
            for kind, before, after in facts["balances"]
        ],
        "lines": [
            {
                "day": date.fromisoformat(day),
                "label": str(RULE_LABELS.get(rule, rule)),
                "count": count,
                "amount": format_yuan(fen),
            }
            for day, rule, count, fen in facts["lines"]
        ],
    }
