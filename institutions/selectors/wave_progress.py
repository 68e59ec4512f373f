"""A wave's progress in figures, and the journeys of its decisions step by step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from institutions.choices.journeys import MEMBER_STANDING_LABELS
from institutions.choices.wave_texts import STANDING_TONES, reason_text
from institutions.core.journeys.waves import WAYS_OUT
from institutions.models import Institution, Journey, JourneyProposal, Premises, Wave
from institutions.selectors.register_entry_view import townships_of
from institutions.selectors.waves import MISSED, MemberLine
from regulator.web.choices import Badge

Text = str | Promise
UNPLACED = _("没有登记场所")
TOTAL = _("合计")
# Each step of the decisions has one move that many can make together.
TOGETHER = {
    "proposed": "notify",
    "noticed": "serve_notice",
    "notified": "close_statements",
    "heard": "decide",
    "decided": "serve",
}


@dataclass(frozen=True)
class Figures:
    """How many of a group there are and where they stand. `permille` is those through, of all."""

    label: Text
    total: int
    ways: tuple[int, ...]
    excused: int
    spared: int
    proposed: int
    left: int

    @property
    def through(self) -> int:
        """Those that are through, by whichever way out."""
        return sum(self.ways)

    @property
    def counted(self) -> int:
        """Those who have to get through: all but the excused."""
        return self.total - self.excused

    @property
    def rate(self) -> str:
        """Those through, of those counted, in per cent with one decimal, rounded down."""
        if not self.counted:
            return "—"
        permille = self.through * 1000 // self.counted
        return f"{permille // 10}.{permille % 10}%"


@dataclass(frozen=True)
class DecisionLine:
    """A journey of the decisions as it is chosen from a list: with its own reasons."""

    journey: Journey
    reasons: tuple[str, ...]
    proposal: JourneyProposal | None


def figures(label: Text, lines: Iterable[MemberLine]) -> Figures:
    """The figures of some members."""
    rows = list(lines)
    standings = [line.judged.standing for line in rows]
    ways = tuple(
        sum(line.judged.standing == "through" and line.judged.way == way for line in rows)
        for way in WAYS_OUT
    )
    return Figures(
        label=label,
        total=len(rows),
        ways=ways,
        excused=standings.count("excused"),
        spared=standings.count("spared"),
        proposed=standings.count("proposed"),
        left=standings.count("open"),
    )


def figures_by_township(wave: Wave, lines: Sequence[MemberLine]) -> list[Figures]:
    """The figures by the township of the first place of each member, the whole last."""
    areas = _areas([line.institution for line in lines])
    names = dict(townships_of(wave.division_id))
    groups: dict[str, list[MemberLine]] = {}
    for line in lines:
        groups.setdefault(areas.get(line.institution.pk, ""), []).append(line)
    found = [figures(names.get(code, code or UNPLACED), groups[code]) for code in sorted(groups)]
    return [*found, figures(TOTAL, lines)]


def _areas(institutions: Sequence[Institution]) -> dict[int, str]:
    wanted = {one.pk for one in institutions}
    if not wanted:
        return {}
    rows = Premises.objects.filter(
        institution__division=institutions[0].division_id, ends_before__isnull=True
    )
    found: dict[int, str] = {}
    for held, area in rows.order_by("pk").values_list("institution", "area"):
        if held in wanted:
            found.setdefault(held, area)
    return found


def is_listed(line: MemberLine, standing: str, way: str, text: str) -> bool:
    """Whether a member is on the list as it is filtered."""
    if standing and line.judged.standing != standing:
        return False
    if way and line.judged.way != way:
        return False
    return not text or text in line.institution.name


def standing_badge(line: MemberLine, *, is_over: bool) -> Badge:
    """Where a member stands, in a word; before the deadline who applied is simply under way."""
    standing = line.judged.standing
    tone = STANDING_TONES[standing]
    if standing == "open" and is_over:
        tone = "breach"
    return Badge(tone, MEMBER_STANDING_LABELS[standing])


def reason_lines(line: MemberLine) -> tuple[str, ...]:
    """The reasons against a member, in the reader's language."""
    return tuple(reason_text(one.code, one.params) for one in line.judged.reasons)


def decisions(wave: Wave, state: str) -> QuerySet[Journey]:
    """The journeys of the wave's decisions in a state, in the order of their numbers."""
    rows = Journey.objects.filter(wave=wave, kind=MISSED, state=state, ended_on__isnull=True)
    return rows.select_related("institution", "wave").order_by("number")


def decision_counts(wave: Wave) -> dict[str, int]:
    """How many decisions stand at each step."""
    rows = Journey.objects.filter(wave=wave, kind=MISSED).values_list("state", flat=True)
    states = list(rows)
    return {state: states.count(state) for state in (*TOGETHER, "served", "dropped")}


def decision_lines(rows: Iterable[Journey]) -> list[DecisionLine]:
    """Decisions with their frozen reasons, and whether they wait for the leader."""
    journeys = list(rows)
    waiting = {
        one.journey_id: one
        for one in JourneyProposal.objects.filter(
            journey__in=[one.pk for one in journeys], state="waiting"
        )
    }
    return [
        DecisionLine(
            journey=one,
            reasons=tuple(
                reason_text(reason["code"], reason["params"])
                for reason in one.details.get("reasons", ())
            ),
            proposal=waiting.get(one.pk),
        )
        for one in journeys
    ]


def waiting_proposals(wave: Wave) -> QuerySet[JourneyProposal]:
    """What the leader is asked to countersign in a wave, the oldest first."""
    rows = JourneyProposal.objects.filter(journey__wave=wave, state="waiting")
    return rows.select_related("journey", "journey__institution").order_by("proposed_at", "pk")
