"""`manage.py propose_overdue`: propose decisions on the members of a wave that are not through."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import UTC, date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from institutions.choices.wave_texts import reason_text
from institutions.models import Wave
from institutions.selectors.waves import MemberLine, waves_named
from institutions.services.wave_proposals import ask_to_propose, overdue_lines
from regulator.jobs.services import finish_here
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_message

_WORDS = {
    "spared": "按期申请，不认定",
    "through": "已经办完",
    "proposed": "已有一件逾期认定在办",
}


class Command(BaseCommand):
    """One proposed decision per institution; nothing takes effect by it."""

    help = (
        "期限的第二天起，为批次里没有办完的机构逐家拟认定逾期；按期申请还没有结果的，列出不认定。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--wave", required=True, help="批次的名称或者编号")
        parser.add_argument("--on", required=True, type=date.fromisoformat, help="办理的日子")
        parser.add_argument("--dry-run", action="store_true", help="只列出，不写入")

    def handle(self, *args: Any, **options: Any) -> None:
        wave, on = _wave(options["wave"]), options["on"]
        try:
            lines = overdue_lines(wave, on=on)
        except Refused as refused:
            reasons = " ".join(refusal_message(one) for one in refused.refusals)
            raise CommandError(reasons, returncode=1) from refused
        for line in lines:
            self.stdout.write(_written(line))
        if not options["dry_run"] and lines:
            job = ask_to_propose(wave=wave, actor=SYSTEM, at=_moment(on))
            finish_here(job)
        self.stdout.write(_summed(lines))


def _wave(named: str) -> Wave:
    found = waves_named(named)
    if len(found) != 1:
        text = "没有这个批次" if not found else "有几个批次叫这个名称，请用编号"
        raise CommandError(f"{text}：{named}", returncode=2)
    return found[0]


def _moment(on: date) -> datetime:
    """Noon in Shanghai of that day."""
    return datetime.combine(on, time(4), tzinfo=UTC)


def _written(line: MemberLine) -> str:
    judged, name = line.judged, line.institution.name
    number = "" if line.licence is None else line.licence.number_printed
    if judged.standing == "open":
        reasons = " ".join(reason_text(one.code, one.params) for one in judged.reasons)
        return f"拟认定逾期\t{name}\t{number}\t{reasons}"
    return f"{_WORDS[judged.standing]}\t{name}\t{number}\t{judged.because}"


def _summed(lines: list[MemberLine]) -> str:
    counts = {
        standing: sum(line.judged.standing == standing for line in lines)
        for standing in ("open", "spared", "through")
    }
    return "{open} 家拟认定逾期，{spared} 家按期申请不认定，{through} 家已经办完".format(**counts)
