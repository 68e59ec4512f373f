"""What the service of a journey's paper does: the paper bears it, the journey masks who signed."""

from __future__ import annotations

from datetime import date

from institutions.core.papers.handing import ServiceMeans, masked
from institutions.models import Journey, Paper
from institutions.services.journey_doing import Doing, Effect
from institutions.services.papers_handing import serve_paper
from regulator.kernel.outcomes import InvariantError


def latest_paper(journey: Journey, *kinds: str) -> Paper | None:
    """The newest paper of these kinds that the journey issued and nobody voided."""
    rows = Paper.objects.filter(journey=journey.public_id, kind__in=kinds, voided_at__isnull=True)
    return rows.order_by("-issued_at", "-pk").first()


def decision_number_of(journey: Journey, kind: str) -> str:
    """The number that the decision's paper bears; the journey's where it was voided since."""
    paper = latest_paper(journey, kind)
    return journey.number if paper is None else paper.number_text


def serve_journey_paper(doing: Doing, prefix: str, *kinds: str) -> None:
    """Record the service on the paper, if the journey issued one, and mask who signed for it."""
    stated, journey = doing.stated, doing.journey
    on, how, to = (stated[f"{prefix}served_{part}"] for part in ("on", "how", "to"))
    if not isinstance(on, date):
        raise InvariantError(f"{journey}: 没有送达日期。")
    paper = latest_paper(journey, *kinds) if kinds else None
    if paper is not None and paper.served_on is None:
        serve_paper(
            paper=paper,
            on=on,
            how=how,
            to=to,
            note=str(stated.get(f"{prefix}served_note") or ""),
            actor=doing.actor,
            at=doing.at,
        )
    if how != ServiceMeans.PUBLIC_NOTICE.value:
        journey.details[f"{prefix}served_to"] = masked(to)


_NOTICES = ("proposed_decision", "penalty_notice", "ending_notice")


def _serve_notice_paper(doing: Doing) -> None:
    serve_journey_paper(doing, "notice_", *_NOTICES)


SERVED_PAPER_EFFECTS: dict[str, Effect] = {"serve_notice_paper": _serve_notice_paper}
