"""A recheck from the notice to the decision: told, heard, decided by a named officer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from institutions.core.filing_states import TRANSITIONS, FilingFacts, FilingState
from institutions.core.filing_states import refusals as filing_refusals
from institutions.core.journeys.documents import document_media_type
from institutions.core.recheck_states import MOVES, Move, RecheckFacts, refusals, was_heard
from institutions.models import Filing, FilingRecheck
from institutions.selectors.filings_screening import local_day
from institutions.selectors.rechecks import answer_term, recheck_facts
from institutions.services.filings_submission import filing_subject
from institutions.services.notice_rechecks import (
    tell_desk_of_answer,
    tell_institution_of_decision,
    tell_institution_of_recheck,
)
from institutions.services.recheck_papers import issue_revocation
from institutions.services.rechecks_opening import recheck_subject
from regulator.accounts.core.policy import Target, may
from regulator.accounts.services import require
from regulator.adapters.storage import store_bytes
from regulator.audit.services import append_event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

_MEBIBYTE = 1024 * 1024
_REVOKE = TRANSITIONS["revoke_approval"]


@dataclass(frozen=True)
class AnswerFile:
    """A file as it came with an answer."""

    file_name: str
    data: bytes


@dataclass(frozen=True)
class KeptFile:
    """The file in the private storage."""

    file_name: str = ""
    media_type: str = ""
    sha256: str = ""


def handles(actor: Actor, recheck: FilingRecheck) -> bool:
    """Whether this recheck is the actor's to take on and decide."""
    return may(actor, MOVES["keep"].action, _desk(recheck))


def notify_institution_of(
    *, recheck: FilingRecheck, text: str, actor: Actor, at: datetime
) -> FilingRecheck:
    """Tell the institution what was found and what is intended, and ask for its answer."""
    move = MOVES["notify"]
    require(actor, move.action, _desk(recheck))

    def do(held: FilingRecheck, _facts: RecheckFacts) -> list[str]:
        held.notify(text=text.strip(), by=actor.name, by_user=actor.user_id, at=at)
        workdays = answer_term(held.division_id).workdays_on(local_day(at))
        held.notice = tell_institution_of_recheck(
            recheck=held, workdays=workdays, actor=actor, at=at
        )
        return ["notice", "notice_text", "noticed_at", "noticed_by", "noticed_by_user"]

    return _moved(recheck, move, do, words=text, actor=actor, at=at)


def record_service(
    *, recheck: FilingRecheck, on: date | None, how: str, actor: Actor, at: datetime
) -> FilingRecheck:
    """Enter that the notice was served otherwise than in the portal, on which day and how."""
    move = MOVES["record_service"]
    require(actor, move.action, _desk(recheck))

    def do(held: FilingRecheck, _facts: RecheckFacts) -> list[str]:
        held.record_service(on=on, how=how, by=actor.name)
        return ["served_on", "served_how", "served_by"]

    return _moved(recheck, move, do, words="", served_on=on, actor=actor, at=at)


def answer_recheck(
    *,
    recheck: FilingRecheck,
    words: str,
    file: AnswerFile | None = None,
    actor: Actor,
    at: datetime,
) -> FilingRecheck:
    """The institution's answer, with at most one file. Raises Refused with every reason."""
    move, filing = MOVES["answer"], recheck.filing
    target = Target(filing.division_id, institution=str(filing.institution.public_id))
    require(actor, move.action, target)
    kept = _keep(file)

    def do(held: FilingRecheck, _facts: RecheckFacts) -> list[str]:
        held.take_answer(words=words.strip(), by=actor.name, at=at)
        held.answer_file_name, held.answer_file_type = kept.file_name, kept.media_type
        held.answer_file_sha256 = kept.sha256
        tell_desk_of_answer(recheck=held, actor=actor, at=at)
        return [
            "answer",
            "answered_by",
            "answered_at",
            "answer_file_name",
            "answer_file_type",
            "answer_file_sha256",
        ]

    return _moved(recheck, move, do, words=words, actor=actor, at=at)


def _keep(file: AnswerFile | None) -> KeptFile:
    """The file's bytes in the private storage. Raises Refused where it may not be kept."""
    if file is None:
        return KeptFile()
    size, limit = len(file.data), settings.UPLOAD_LIMIT_BYTES
    media_type = document_media_type(file.data)
    if size == 0:
        raise Refused(Refusal("recheck.file_empty"))
    if size > limit:
        params = {"size": -(-size // _MEBIBYTE), "limit": limit // _MEBIBYTE}
        raise Refused(Refusal("recheck.file_too_large", params))
    if not media_type:
        raise Refused(Refusal("recheck.file_unreadable"))
    return KeptFile(file.file_name[-200:], media_type, store_bytes(file.data))


def keep_approval(
    *, recheck: FilingRecheck, reasons: str, actor: Actor, at: datetime
) -> FilingRecheck:
    """A named officer lets the approval stand, with reasons. Raises Refused."""
    move = MOVES["keep"]
    require(actor, move.action, _desk(recheck))

    def do(held: FilingRecheck, _facts: RecheckFacts) -> list[str]:
        held.keep(reasons=reasons.strip(), by=actor.name, by_user=actor.user_id, at=at)
        tell_institution_of_decision(recheck=held, is_revoked=False, actor=actor, at=at)
        return ["reasons", "decided_at", "decided_by", "decided_by_user"]

    return _moved(recheck, move, do, words=reasons, actor=actor, at=at)


def take_approval_back(
    *, recheck: FilingRecheck, reasons: str, actor: Actor, at: datetime
) -> FilingRecheck:
    """A named officer takes the approval back, with reasons that are published.

    Refused until the notice was delivered and the institution answered, or its time ran out. The
    decision goes out as a numbered paper.
    """
    move = MOVES["take_back"]
    require(actor, move.action, _desk(recheck))

    def do(held: FilingRecheck, facts: RecheckFacts) -> list[str]:
        issue_revocation(recheck=held, facts=facts, actor=actor, at=at)
        _revoke(held.filing, facts, actor=actor, at=at)
        held.take_back(reasons=reasons.strip(), by=actor.name, by_user=actor.user_id, at=at)
        tell_institution_of_decision(recheck=held, is_revoked=True, actor=actor, at=at)
        return ["reasons", "decided_at", "decided_by", "decided_by_user"]

    return _moved(recheck, move, do, words=reasons, actor=actor, at=at)


def _revoke(filing: Filing, facts: RecheckFacts, *, actor: Actor, at: datetime) -> None:
    """The filing leaves its approval; its own table asks the same once more."""
    state = FilingState(filing.state)
    asked = FilingFacts(state=state, reason=facts.words, was_heard=was_heard(facts))
    found = filing_refusals(_REVOKE, asked)
    if found:
        raise Refused(found)
    filing.revoke_approval(at=at)
    filing.save(update_fields=["state", "decided_at"])
    append_event(
        division=filing.division_id,
        actor=actor,
        kind="filing.revoked",
        subject=filing_subject(filing),
        old={"state": state.value},
        new={"state": filing.state, "version": filing.version},
        reason=facts.words.strip(),
        basis=_REVOKE.basis,
        occurred_at=at,
    )


def _moved(
    recheck: FilingRecheck,
    move: Move,
    do: Callable[[FilingRecheck, RecheckFacts], list[str]],
    *,
    words: str,
    served_on: date | None = None,
    actor: Actor,
    at: datetime,
) -> FilingRecheck:
    """Lock, ask the table for every reason against, move, save what `do` names, and record it."""
    with transaction.atomic():
        filing = Filing.objects.select_for_update(of=("self",)).select_related("institution")
        locked_filing = filing.get(pk=recheck.filing_id)
        rows = FilingRecheck.objects.select_for_update(of=("self",)).select_related("notice")
        held = rows.get(pk=recheck.pk)
        held.filing = locked_filing
        facts = recheck_facts(
            held,
            term=answer_term(held.division_id),
            today=local_day(at),
            words=words,
            served_on=served_on,
            actor=actor,
        )
        found = refusals(move, facts)
        if found:
            raise Refused(found)
        old = held.state
        columns = do(held, facts)
        held.save(update_fields=["state", *columns])
        append_event(
            division=held.division_id,
            actor=actor,
            kind=f"recheck.{move.name}",
            subject=recheck_subject(held),
            old={"state": old},
            new={"state": held.state, "filing": str(locked_filing.public_id)},
            reason=words.strip() if move.name in ("keep", "take_back") else "",
            basis=move.basis,
            occurred_at=at,
        )
    return held


def _desk(recheck: FilingRecheck) -> Target:
    return Target(recheck.division_id, recheck.department_id)
