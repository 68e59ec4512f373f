"""The papers that a move issues, with their facts taken from the journey and the register."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone, translation

from institutions.choices.journey_words import ask_label, option_label
from institutions.choices.journeys import JOURNEY_KIND_LABELS
from institutions.core.journeys.bases import NOT_COUNTED
from institutions.core.journeys.shape import Ask, AskKind, Move
from institutions.core.papers.kinds import LICENCE_KINDS, PaperKind
from institutions.models import Journey, Licence
from institutions.selectors.journey_facts import clocks_of
from institutions.selectors.journey_stated import ask_text
from institutions.selectors.papers import licence_facts
from institutions.services.journey_doing import Doing
from institutions.services.papers import PaperDraft, issue_papers, lock_counters
from institutions.services.register_records import day_of
from regulator.calendars.selectors.settings import division_settings
from regulator.kernel.actors import Actor

Facts = dict[str, Any]
_ENDING_VERBS = {"annulment": "撤销", "withdrawal": "撤回"}
# 行政处罚法 art. 59 asks for the way and the term; art. 67 and 72 say what they are.
_PAYING_A_FINE = """
罚款自收到本决定书之日起十五日内，到指定的银行或者通过电子支付系统缴纳（《中华人民共和国行政处罚法》第六十七条）
到期不缴纳罚款的，每日按罚款数额的百分之三加处罚款，加处罚款的数额不超出罚款的数额（同法第七十二条）
"""
_GROUNDS = {"hearing": "听证", "appraisal": "检验、检测、鉴定", "expert_review": "专家评审"}


def hold_paper_counters(move: Move, doing: Doing) -> None:
    """Lock the counters of the papers to be issued, before the first event locks the audit head."""
    if move.papers:
        lock_counters(doing.journey.division_id)


def issue_move_papers(move: Move, doing: Doing) -> None:
    """Issue every paper the move's table names."""
    if not move.papers:
        return
    journey = doing.journey
    with translation.override("zh-hans"):
        drafts = [
            _draft(journey, PaperKind(kind), _facts(PaperKind(kind), move, doing), doing.on)
            for kind in move.papers
        ]
    issue_papers(drafts=drafts, actor=doing.actor, at=doing.at)


def issue_clock_stop_notice(
    journey: Journey, *, ground: str, expected: str, actor: Actor, at: datetime
) -> None:
    """Issue the notice that says for what the clocks stand still."""
    on = day_of(at)
    with translation.override("zh-hans"):
        facts = _common(journey) | {
            "ground": f"{_GROUNDS[ground]}，预计需要{expected}" if expected else _GROUNDS[ground],
            "stopped_on": on.isoformat(),
            "basis": [NOT_COUNTED.cite()],
        }
    draft = _draft(journey, PaperKind.CLOCK_STOP_NOTICE, facts, on)
    issue_papers(drafts=[draft], actor=actor, at=at)


def _draft(journey: Journey, kind: PaperKind, facts: Facts, on: date) -> PaperDraft:
    return PaperDraft(
        institution=journey.institution,
        division=journey.division_id,
        recipient=journey.applicant_name,
        kind=kind,
        facts=facts,
        issued_on=on,
        journey=journey.public_id,
        department=journey.department_id,
    )


def _facts(kind: PaperKind, move: Move, doing: Doing) -> Facts:
    if kind in LICENCE_KINDS:
        return licence_facts(_licence(doing.journey))
    return _common(doing.journey) | _BUILDERS[kind](move, doing)


def _common(journey: Journey) -> Facts:
    received = journey.details.get("submit_on") or timezone.localdate(journey.started_at)
    return {
        "application": f"{JOURNEY_KIND_LABELS[journey.kind]}（{journey.number}）",
        "received_on": str(received),
    }


def _licence(journey: Journey) -> Licence:
    """The licence to be printed: the new one where the journey brought one, else its own."""
    held = journey.new_licence or journey.licence
    if held is None:
        raise ValueError(f"{journey}: no licence to print")
    return Licence.objects.select_related("institution", "institution__competent_department").get(
        pk=held.pk
    )


def _accepting(move: Move, doing: Doing) -> Facts:
    clocks = clocks_of(doing.journey)
    return {"decide_by": clocks[0].due_on.isoformat() if clocks else doing.on.isoformat()}


def _gaps(move: Move, doing: Doing) -> Facts:
    return {"gaps": _lines(doing.journey.details.get("gaps"))}


def _reasons(move: Move, doing: Doing) -> Facts:
    details = doing.journey.details
    given = doing.stated.get("reason") or details.get("reasons")
    if isinstance(given, list) and all(isinstance(one, dict) for one in given):
        return {"reasons": given}
    lines = _lines(given)
    return {"reasons": [{"text": line, "basis": move.basis.cite()} for line in lines]}


def _granting(move: Move, doing: Doing) -> Facts:
    journey = doing.journey
    asks = (*journey.table.starts, *move.asks)
    said = [text for ask in asks if (text := _stated_text(journey, ask))]
    kind = str(JOURNEY_KIND_LABELS[journey.kind])
    return {
        "granted": "；".join([f"准予{kind}", *said]),
        "basis": list(dict.fromkeys((move.basis.cite(), journey.table.basis.cite()))),
    }


def _stated_text(journey: Journey, ask: Ask) -> str:
    """Something stated, as a paper says it: 新的有效期止：2030-04-30."""
    if ask.kind is AskKind.LONG_TEXT:
        return ""
    text = ask_text(journey, ask)
    return f"{ask_label(journey.kind, ask.code)}：{text}" if text else ""


def _proposing(move: Move, doing: Doing) -> Facts:
    details = doing.journey.details
    settings = division_settings(doing.journey.division_id, doing.on)
    return {
        **_reasons(move, doing),
        "check_year": _check_year(doing),
        "consequences": _lines(details.get("consequences")),
        "statement_workdays": _setting(settings, "statement_workdays", 5),
    }


def _finalising(move: Move, doing: Doing) -> Facts:
    details = doing.journey.details
    return {
        **_reasons(move, doing),
        "check_year": _check_year(doing),
        "consequences": _lines(details.get("consequences")),
        "statements": _statements(details),
    }


def _suspending(move: Move, doing: Doing) -> Facts:
    """Enrolment and charging rest from the beginning of the journey until it has ended."""
    journey = doing.journey
    kind = JOURNEY_KIND_LABELS[journey.kind]
    began = timezone.localdate(journey.started_at)
    return {
        "reasons": [{"text": f"正在办理{kind}", "basis": journey.table.basis.cite()}],
        "measures": ["暂停招收新学员", "暂停收取培训费用"],
        "starts_on": began.isoformat(),
    }


def _closing(move: Move, doing: Doing) -> Facts:
    details = doing.journey.details
    return {"closes_on": details["closes_on"], "duties": _lines(details.get("duties"))}


def _cancelling(move: Move, doing: Doing) -> Facts:
    details = doing.journey.details
    after = str(details.get("strike_off_after", ""))
    return {
        "licence_number": _licence(doing.journey).number_printed or "（无编号）",
        "ground": str(option_label("strike_off_after", after)) if after else move.basis.cite(),
        "cancelled_on": doing.on.isoformat(),
        "basis": [move.basis.cite()],
    }


def _ending_notice(move: Move, doing: Doing) -> Facts:
    journey = doing.journey
    settings = division_settings(journey.division_id, doing.on)
    offered = journey.details.get("compensation_offered_fen")
    return {
        **_ending(move, doing),
        "intended": str(_ENDING_VERBS[journey.kind]),
        "statement_workdays": _setting(settings, "statement_workdays", 5),
        "compensation": "" if offered is None else _yuan(offered),
    }


def _ending_decision(move: Move, doing: Doing) -> Facts:
    details = doing.journey.details
    paid = details.get("compensation_fen")
    note = str(details.get("compensation_note") or "")
    said = "不予赔偿。" if not paid else f"{_yuan(paid)}。"
    return {
        **_ending(move, doing),
        "statements": _statements(details),
        "compensation": f"{said}{note}",
    }


def _ending(move: Move, doing: Doing) -> Facts:
    """What the notice and the decision on 撤销 and 撤回 both say."""
    details = doing.journey.details
    ask = f"{doing.journey.kind}_ground"
    return {
        "licence_number": _licence(doing.journey).number_printed or "（无编号）",
        "ground": str(option_label(ask, details[ask])),
        "reasons": [*_lines(details["facts_found"]), *_lines(details.get("public_need"))],
        "basis": [move.basis.cite()],
    }


def _penalty_notice(move: Move, doing: Doing) -> Facts:
    details = doing.journey.details
    settings = division_settings(doing.journey.division_id, doing.on)
    kinds = details["penalty_kinds"]
    return {
        "violations": _lines(details["violations"]),
        "basis": _lines(details["penalty_basis"]),
        "penalties": _penalties(doing.journey, "penalty_kinds", "fine_fen"),
        "statement_workdays": _setting(settings, "hearing_request_workdays", 5),
        "may_ask_hearing": kinds != ["warning"],
    }


def _penalty_decision(move: Move, doing: Doing) -> Facts:
    details = doing.journey.details
    return {
        "violations": _lines(details["violations"]),
        "evidence": _lines(details["evidence"]),
        "basis": _lines(details["penalty_basis"]),
        "penalties": _penalties(doing.journey, "decided_kinds", "decided_fine_fen"),
        "performance": _lines(_PAYING_A_FINE if details.get("decided_fine_fen") else ""),
        "statements": _statements(details),
    }


def _penalties(journey: Journey, kinds: str, fine: str) -> list[str]:
    """Each penalty in a line, a fine with its amount."""
    details = journey.details
    amount = details.get(fine)
    return [
        f"{option_label(kinds, code)}{_yuan(amount) if code == 'fine' and amount else ''}"
        for code in details[kinds]
    ]


def _yuan(amount_fen: int) -> str:
    return f"{amount_fen // 100}.{amount_fen % 100:02d}元"


def _statements(details: Mapping[str, Any]) -> str:
    said = details.get("statement") or details.get("statements") or details.get("hearing_record")
    answer = details.get("statement_answer")
    if not said:
        return "当事人在规定期限内没有提出陈述、申辩。"
    return f"当事人提出：{said}" + (f"\n本机关的答复：{answer}" if answer else "")


def _check_year(doing: Doing) -> int:
    stated = doing.journey.details.get("check_year")
    wave = doing.journey.wave
    if isinstance(stated, int):
        return stated
    return wave.deadline_on.year if wave is not None else doing.on.year - 1


def _setting(settings: Mapping[str, Any], code: str, default: int) -> int:
    return int(settings[code].value) if code in settings else default


def _lines(value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(one.get("text", "")) if isinstance(one, dict) else str(one) for one in value]
    return [line.strip() for line in str(value or "").splitlines() if line.strip()]


_BUILDERS: dict[PaperKind, Callable[[Move, Doing], Facts]] = {
    PaperKind.ACCEPTANCE: _accepting,
    PaperKind.GAP_LIST: _gaps,
    PaperKind.REJECTION: _reasons,
    PaperKind.REFUSAL: _reasons,
    PaperKind.DECISION: _granting,
    PaperKind.PROPOSED_DECISION: _proposing,
    PaperKind.FINAL_DECISION: _finalising,
    PaperKind.SUSPENSION_NOTICE: _suspending,
    PaperKind.CLOSURE_APPROVAL: _closing,
    PaperKind.CANCELLATION_DECISION: _cancelling,
    PaperKind.ENDING_NOTICE: _ending_notice,
    PaperKind.ANNULMENT_DECISION: _ending_decision,
    PaperKind.WITHDRAWAL_DECISION: _ending_decision,
    PaperKind.PENALTY_NOTICE: _penalty_notice,
    PaperKind.PENALTY_DECISION: _penalty_decision,
}
