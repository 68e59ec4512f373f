"""Staff in words: lines of a list, one person's page, the shares with who is counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from institutions.choices.staff import (
    BACKGROUND_LABELS,
    CHECK_KIND_LABELS,
    CHECK_RESULT_LABELS,
    CHECK_RESULT_TONES,
    EMPLOYMENT_LABELS,
    GAP_TEXTS,
    GAP_TONES,
    PLACE_BADGES,
    SHARE_BADGES,
    SHARE_BASES,
    SHARE_COUNTED,
    SHARE_TITLES,
    STAFF_KIND_LABELS,
)
from institutions.choices.staff_texts import STAFF_EVENT_LABELS, STAFF_FIELD_LABELS
from institutions.core.staff.facts import CheckKind
from institutions.core.staff.gaps import StaffGap
from institutions.core.staff.ratios import StaffRatio
from institutions.models import StaffMember
from institutions.selectors.staff import StaffLine
from regulator.audit.models import Event
from regulator.web.choices import UNKNOWN, Badge

_SHOWN_CODES = {
    "kind": STAFF_KIND_LABELS,
    "employment": EMPLOYMENT_LABELS,
    "check_kind": CHECK_KIND_LABELS,
}
_LOOKS = frozenset(("staff.record_shown", "staff.number_read"))
_DAYS = frozenset(
    (
        "consent_signed_on",
        "contract_signed_on",
        "starts_on",
        "ends_before",
        "from",
        "issued_on",
        "valid_before",
        "checked_on",
    )
)


@dataclass(frozen=True)
class ShownLine:
    """One person in a list."""

    member: StaffMember
    badge: Badge
    is_past: bool
    gaps: list[dict[str, Any]]


def shown_lines(lines: Iterable[StaffLine]) -> list[ShownLine]:
    """People with their badges and what is to do about each."""
    return [
        ShownLine(
            line.member,
            PLACE_BADGES[line.place],
            line.place in ("left", "not_hired"),
            shown_gaps(line.gaps),
        )
        for line in lines
    ]


def shown_gaps(gaps: Sequence[StaffGap]) -> list[dict[str, Any]]:
    """What is to do, with its tone, article and day."""
    return [
        {
            "text": GAP_TEXTS[gap.code],
            "tone": GAP_TONES.get(gap.code, UNKNOWN),
            "basis": gap.basis.cite() if gap.basis else "",
            "due": gap.due_on,
        }
        for gap in gaps
    ]


def shown_shares(ratio: StaffRatio, lines: Iterable[StaffLine]) -> list[dict[str, Any]]:
    """The shares in words: the figures, who is counted, what is counted against."""
    names = {str(line.member.public_id): line.member.name for line in lines}
    return [
        {
            "share": share,
            "title": SHARE_TITLES[share.code],
            "badge": SHARE_BADGES[share.outcome],
            "lacking": max(share.needed - share.counted, 0) if share.outcome == "breach" else 0,
            "who": "、".join(names[key] for key in share.keys if key in names),
            "counted": SHARE_COUNTED[share.code],
            "base": SHARE_BASES[share.code],
            "basis": share.basis.cite(),
        }
        for share in ratio.shares
    ]


def member_facts(member: StaffMember) -> list[dict[str, Any]]:
    """What is known of one person; the identity number is nowhere to be shown."""
    labels = STAFF_FIELD_LABELS
    known = _("已核对") if member.person_index else _("没有核对")
    return [
        {"label": labels["kind"], "value": STAFF_KIND_LABELS[member.kind]},
        {"label": labels["employment"], "value": EMPLOYMENT_LABELS[member.employment]},
        {"label": labels["post"], "value": member.post, "data": True},
        {"label": labels["background"], "value": BACKGROUND_LABELS[member.background]},
        {"label": labels["subjects"], "value": "、".join(member.subjects), "data": True},
        {"label": labels["courses"], "value": member.courses, "data": True},
        {"label": labels["teaching_history"], "value": member.teaching_history, "data": True},
        {"label": member.get_identity_kind_display(), "value": known},
        {"label": labels["consent_signed_on"], "value": _day(member.consent_signed_on)},
        {"label": labels["contract_signed_on"], "value": _day(member.contract_signed_on)},
        {"label": labels["starts_on"], "value": _day(member.starts_on)},
        {"label": labels["ends_before"], "value": _day(member.ends_before)},
    ]


def member_checks(member: StaffMember) -> list[dict[str, Any]]:
    """Every check, the newest first."""
    rows = sorted(member.checks.all(), key=lambda one: (one.checked_on, one.pk), reverse=True)
    return [
        {
            "kind": CHECK_KIND_LABELS[row.kind],
            "on": row.checked_on,
            "badge": Badge(CHECK_RESULT_TONES[row.result], CHECK_RESULT_LABELS[row.result]),
            "by": row.recorded_by,
        }
        for row in rows
    ]


def hiring_steps(member: StaffMember) -> list[dict[str, Any]]:
    """The way from entering a person to their first day: done, here, or still to do."""
    checked = {check.kind for check in member.checks.all()} >= {kind.value for kind in CheckKind}
    steps: list[dict[str, Any]] = [
        {"label": _("登记入册"), "on": member.recorded_on},
        {"label": _("本人签署同意查询"), "on": member.consent_signed_on, "who": _("机构")},
        {"label": _("录入查询结果和无犯罪记录证明"), "who": _("主管部门")},
        {"label": _("到岗"), "on": member.starts_on, "who": _("机构")},
    ]
    done = (True, member.consent_signed_on is not None, checked, member.starts_on is not None)
    here = done.index(False) if False in done else len(steps)
    for place, step in enumerate(steps):
        step["state"] = "done" if done[place] else ("current" if place == here else "todo")
        if done[place]:
            step.pop("who", None)
    return steps


def told_history(events: Iterable[Event]) -> dict[str, list[dict[str, Any]]]:
    """What was done about a person (`events`), and who only looked (`looks`)."""
    told = _told(events)
    return {
        "events": [one for one in told if one["event"].kind not in _LOOKS],
        "looks": [one for one in told if one["event"].kind in _LOOKS],
    }


def _told(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Events in words; what stands in the chain as a digest is not read."""
    return [
        {
            "event": event,
            "label": STAFF_EVENT_LABELS.get(event.kind, event.kind),
            "changes": [
                {
                    "name": STAFF_FIELD_LABELS[name],
                    "old": _spoken(name, (event.old or {}).get(name)),
                    "new": _spoken(name, value),
                }
                for name, value in (event.new or {}).items()
                if name in _SHOWN_CODES or name in _DAYS
            ],
        }
        for event in events
    ]


def _spoken(name: str, value: Any) -> str:
    return "" if value is None else str(_SHOWN_CODES.get(name, {}).get(value, value))


def _day(value: date | None) -> str:
    return "" if value is None else value.isoformat()
