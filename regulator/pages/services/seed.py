"""The whole fictional district, from an empty database, through the services that everyone uses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from django.conf import settings
from django.db import transaction

from regulator.accounts.core.roles import Role
from regulator.audit.services import Subject, append_event
from regulator.kernel.actors import SYSTEM, Actor
from regulator.pages.core.demo_filings import PlannedFiling, plan_filings
from regulator.pages.core.demo_institutions import plan_institutions
from regulator.pages.core.demo_register_faults import with_register_faults
from regulator.pages.selectors.demonstration import SEEDED_KIND, SUBJECT_KEY, SUBJECT_KIND
from regulator.pages.services.seed_appraisals import seed_appraisals
from regulator.pages.services.seed_bank import seed_bank
from regulator.pages.services.seed_calendar import seed_calendar
from regulator.pages.services.seed_changes import seed_changes
from regulator.pages.services.seed_contracts_pages import seed_contracts_pages
from regulator.pages.services.seed_fees import seed_accounts
from regulator.pages.services.seed_filings import seed_filings, topics_of_terms
from regulator.pages.services.seed_findings import seed_findings
from regulator.pages.services.seed_inspections import seed_directories, seed_draws
from regulator.pages.services.seed_journeys import seed_journeys
from regulator.pages.services.seed_ledger import seed_ledger
from regulator.pages.services.seed_notices import seed_notices
from regulator.pages.services.seed_papers import seed_papers
from regulator.pages.services.seed_people import Staff, keep_logins, seed_logins, seed_places
from regulator.pages.services.seed_places import seed_points
from regulator.pages.services.seed_plans import seed_orders, seed_tiers
from regulator.pages.services.seed_portal import seed_portal
from regulator.pages.services.seed_rechecks import seed_rechecks
from regulator.pages.services.seed_reference import seed_editions, seed_reference
from regulator.pages.services.seed_refunds import seed_refunds
from regulator.pages.services.seed_register import Seeded, moment, seed_register
from regulator.pages.services.seed_rules import seed_rules
from regulator.pages.services.seed_staff import seed_staff

TODAY = date(2026, 11, 1)
_OPENED = date(2020, 1, 2)
_LAST_FULL_MONTH = 10
LOGINS_FILE = "demo-accounts.tsv"
Say = Callable[[str], None]


@dataclass(frozen=True)
class Sizes:
    """How large the district is."""

    institutions: int = 420
    filings: int = 3000
    inspectors: int = 60


def seed_district(*, division: str, sizes: Sizes, seed: int, say: Say) -> None:
    """Fill an empty database; the same seed gives the same register, filings and findings."""
    _mark(division)
    random = Random(seed)  # noqa: S311  a fictional district is no secret
    seed_places(division=division, at=moment(_OPENED))
    staff = Staff(division=division, at=moment(_OPENED), random=random)
    seed_logins(staff)
    seed_calendar(staff, at=moment(date(2026, 8, 1)))
    say("已建立部门、镇街、岗位和校历")

    plans = list(plan_institutions(count=sizes.institutions, division=division, random=random))
    seeded = {one.plan.number: one for one in seed_register(plans, staff=staff, today=TODAY)}
    say(f"已登记 {len(seeded)} 家机构")

    seed_rules(staff)
    seed_editions(staff, today=TODAY)
    drawn = plan_filings(
        plans,
        count=sizes.filings,
        topics=topics_of_terms(),
        last_filed_on=TODAY.replace(month=10, day=31),
        random=random,
    )
    planned = with_register_faults(list(drawn))
    managers = _managers(staff, seeded, planned)
    for line in seed_filings(
        planned, seeded, staff=staff, managers=managers, today=TODAY, random=random
    ):
        say(f"已备案 {line}")
    _seed_supervision(staff, seeded, sizes, random, say)
    people = seed_staff(seeded.values(), staff=staff, today=TODAY, random=random)
    say(f"已登记 {people} 名教职员工")
    journeys = seed_journeys(list(seeded.values()), staff=staff, today=TODAY)
    say(f"已办理 {journeys} 件许可事项")
    papers = seed_papers(seeded.values(), staff=staff, today=TODAY)
    say(f"已制发 {papers} 份文书")
    tables = seed_reference(staff, today=TODAY)
    say(f"已录入 {tables} 张参照表")
    appraisals = seed_appraisals(staff=staff, managers=managers, today=TODAY)
    say(f"已送专家组鉴别 {appraisals} 项")
    rechecks, trials = seed_rechecks(staff=staff, managers=managers, today=TODAY)
    say(f"已开始复核 {rechecks} 个班，试算 {trials} 次")
    materials = seed_portal(staff=staff, today=TODAY)
    say(f"已登记 {materials} 份培训材料，起草了备案和变更")
    contracts = seed_ledger(seeded.values(), staff=staff, today=TODAY, random=Random(seed))  # noqa: S311
    say(f"已登记 {contracts} 份培训合同")
    opened = seed_contracts_pages(staff=staff, today=TODAY)
    say(f"已给家长开通 {opened} 份合同")
    statements = seed_bank(seeded.values(), staff=staff, today=TODAY)
    say(f"已读入 {statements} 份银行对账单")
    orders, tiers = seed_orders(staff, today=TODAY), seed_tiers(staff, today=TODAY)
    say(f"已办理 {orders} 件检查任务，拟定 {tiers} 个信用等级")
    orders = seed_findings(staff, managers=managers)
    say(f"已制发 {orders} 份责令改正通知书")
    refunds, warnings = seed_refunds(staff=staff, today=TODAY)
    say(f"已受理 {refunds} 件退费申请，发出 {warnings} 次风险预警")
    seed_notices(staff=staff, today=TODAY)
    seed_changes(staff, today=TODAY)
    located = seed_points(seeded.values(), staff=staff, seed=seed)
    say(f"已查得 {located} 处场所的位置")
    keep_logins(staff.logins, Path(settings.DATA_DIR) / LOGINS_FILE)


def _mark(division: str) -> None:
    """The first event of a fictional district says that it is one; production looks for it."""
    with transaction.atomic():
        append_event(
            division=division,
            actor=SYSTEM,
            kind=SEEDED_KIND,
            subject=Subject(SUBJECT_KIND, SUBJECT_KEY, "演示数据"),
            occurred_at=moment(_OPENED),
        )


def _seed_supervision(
    staff: Staff, seeded: dict[int, Seeded], sizes: Sizes, random: Random, say: Say
) -> None:
    """Escrow accounts, then the two directories and the rounds drawn from them."""
    accounts = seed_accounts(seeded.values(), staff=staff, random=random)
    say(f"已登记 {accounts} 个监管账户")
    opened = moment(date(2026, 1, 5))
    seed_directories(staff, inspectors=sizes.inspectors, at=opened, random=random)
    seed_draws(staff, inspectors=sizes.inspectors, today=TODAY, random=random)
    say(f"已建立 {sizes.inspectors} 名检查人员的名录，完成两轮抽取")


def _managers(
    staff: Staff, seeded: dict[int, Seeded], planned: Iterable[PlannedFiling]
) -> dict[int, Actor]:
    """A manager for every institution that files; the busiest subject one has the demo login."""
    counts: dict[int, int] = {}
    now: set[int] = set()
    for filing in planned:
        counts[filing.institution_number] = counts.get(filing.institution_number, 0) + 1
        if filing.filed_on.year == TODAY.year and filing.filed_on.month == _LAST_FULL_MONTH:
            now.add(filing.institution_number)
    shown = _shown_institution(seeded, counts, now)
    managers: dict[int, Actor] = {}
    for number in sorted(counts):
        institution = seeded[number].institution
        if number == shown:
            staff.open_login(
                Role.INSTITUTION_MANAGER,
                institution=institution.public_id,
                label=institution.name,
            )
            managers[institution.pk] = staff.actor(Role.INSTITUTION_MANAGER, "")
        else:
            managers[institution.pk] = staff.manager_of(
                institution.public_id, name=institution.name, number=number
            )
    return managers


def _shown_institution(seeded: dict[int, Seeded], counts: dict[int, int], now: set[int]) -> int:
    """A subject institution in order, busy, and with something in the bureau's hands now."""
    able = [
        number
        for number in counts
        if seeded[number].plan.category == "subject" and seeded[number].plan.state == "in_force"
    ]
    return max(able or list(counts), key=lambda number: (number in now, counts[number], -number))
