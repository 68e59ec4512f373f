"""Paying an abnormal closure, share by share; it may die and be repeated, and stops at a court."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext as _

from fees.models import ClosurePlan
from fees.selectors.closures import plan_by_id, waiting_shares
from fees.selectors.insolvency import acceptance_of
from fees.services.closures import (
    CHUNK_SHARES,
    CLOSING_JOB,
    draw_deposits,
    finish_closure,
    mark_changed,
    pay_shares,
    stop_closure,
)
from regulator.jobs.models import Job
from regulator.jobs.selectors.jobs import job_actor
from regulator.jobs.services import JobFailed, JobLease, run_job
from regulator.kernel.outcomes import Refused


@shared_task(name=CLOSING_JOB)
def pay_closure(job_id: int) -> None:
    """Pay what the plan says, from the first share that waits."""
    run_job(job_id, _pay)


def _pay(job: Job, lease: JobLease) -> None:
    plan = plan_by_id(job.params["plan"])
    if plan is None or plan.state != "signed":
        raise JobFailed(_("清退方案不在付款状态。"))
    try:
        _pay_waiting(job, lease, plan)
    except Refused:
        if not _is_stopped(plan):  # a court that decided during a chunk stops it as one before
            raise
    _end(job, lease, plan)


def _pay_waiting(job: Job, lease: JobLease, plan: ClosurePlan) -> None:
    actor = job_actor(job)
    if not _is_stopped(plan):
        with lease.chunk():
            draw_deposits(plan, actor=actor, at=timezone.now())
    while not _is_stopped(plan) and (shares := waiting_shares(plan, CHUNK_SHARES)):
        with lease.chunk() as chunk:
            at = timezone.now()
            changed = pay_shares(plan, shares, actor=actor, at=at)
            mark_changed(changed, actor=actor, at=at)
            for share in changed:
                chunk.error(
                    key=f"share:{share.pk}",
                    where=share.contract.number,
                    message=_("签批以后余额有变，没有付款，请人工处理。"),
                )
            chunk.advance(rows=len(shares), note=shares[-1].contract.number)


def _end(job: Job, lease: JobLease, plan: ClosurePlan) -> None:
    actor, at = job_actor(job), timezone.now()
    if _is_stopped(plan):
        stop_closure(plan, actor=actor, at=at)
        raise JobFailed(_("法院已经受理破产申请，付款停止，未付的由管理人处理。"))
    with lease.finishing(result={"shares": plan.shares.count()}):
        finish_closure(plan, actor=actor, at=at)


def _is_stopped(plan: ClosurePlan) -> bool:
    return acceptance_of(plan.escrow.institution_id) is not None
