"""A district's expert group and a filing that only it can place, for the tests of appraisals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from institutions.core.filing_states import Verdict
from institutions.models import Appraisal, AppraisalSeat, Filing, PanelMember, Paper
from institutions.selectors.papers import papers_of_matter
from institutions.services.appraisal_panels import draw_panel
from institutions.services.appraisal_votes import cast_vote
from institutions.services.appraisals import open_appraisal
from institutions.services.expert_panel import add_member
from institutions.services.filings_submission import submit_rows
from institutions.services.filings_upload import upload_filings
from institutions.services.papers_handing import confirm_receipt
from regulator.accounts.models import Appointment
from regulator.accounts.selectors.desks import actor_at
from regulator.jobs.services import run_here
from regulator.kernel.actors import SYSTEM, Actor
from tests.district import appointed
from tests.institutions.filings.conftest import AT, CHINESE_CLASSICS_ROW, registered
from tests.institutions.filings.workbooks import good_row, workbook

RULE = "CONTENT-DISGUISE"
QUESTION = "这个班教的是不是语文？"
NAMES = ("钱观复", "孙听澜", "李知微", "周既白", "吴怀瑾", "郑守拙", "王望舒")
FIELDS = ("chinese", "curriculum", "teaching", "mathematics", "arts", "chinese", "teaching")
ALL_OF_ONE_KIND = {
    "purpose": "subject",
    "content": "subject",
    "method": "subject",
    "evaluation": "nothing",
}
DAY = timedelta(days=1)


def in_order(count: int) -> list[int]:
    """A lot that leaves everybody where they stand."""
    return list(range(count))


@dataclass
class Group:
    """The filing, the people around it, and how the experts vote."""

    filing: Filing
    manager: Actor
    secretary: Actor
    reviewer: Actor
    members: list[PanelMember]

    def open(self, at: datetime = AT) -> Appraisal:
        """Sent to the group."""
        return open_appraisal(
            filing=self.filing, rule=RULE, question=QUESTION, actor=self.reviewer, at=at
        )

    def seated(self, count: int = 3, at: datetime = AT) -> Appraisal:
        """Sent there, and a panel drawn."""
        appraisal = self.open(at)
        return draw_panel(
            appraisal=appraisal, count=count, actor=self.secretary, at=at, lot=in_order
        )

    def serve(self, appraisal: Appraisal, at: datetime = AT) -> Paper:
        """The institution confirms the notice that the term stands still."""
        notices = papers_of_matter(appraisal.public_id).filter(kind="review_stop_notice")
        return confirm_receipt(paper=notices.latest("pk"), actor=self.manager, at=at)

    def expert(self, seat: AppraisalSeat) -> Actor:
        """The expert of a chair, at their own desk."""
        desk = Appointment.objects.get(pk=seat.member.appointment_id)
        return actor_at(desk, desk.user)

    def vote(self, appraisal: Appraisal, *verdicts: Verdict, at: datetime = AT) -> Appraisal:
        """The chairs vote in their order."""
        seats = appraisal.seats.filter(left_at__isnull=True, vote__isnull=True).order_by("number")
        for seat, verdict in zip(seats, verdicts, strict=False):
            cast_vote(
                appraisal=appraisal,
                verdict=verdict,
                leanings=ALL_OF_ONE_KIND,
                reasons=f"讲义里有字词和阅读训练（{seat.number}）。",
                actor=self.expert(seat),
                at=at,
            )
        appraisal.refresh_from_db()
        return appraisal


def make_group(make_actor: Callable[..., Actor]) -> Group:
    """A culture department's class that may be subject training, and seven experts."""
    culture = registered("雅集艺术培训中心", "151011670000823", department="culture_tourism")
    manager = make_actor("institution_manager", institution=culture.public_id)
    made = upload_filings(
        institution=culture,
        file_name="国学.xlsx",
        data=workbook([good_row(**CHINESE_CLASSICS_ROW)]),
        actor=manager,
        at=AT,
    )
    run_here(made.job)
    filing = submit_rows(upload=made, row_ids=None, actor=manager, at=AT).filings[0]
    members = [
        add_member(
            appointment=appointed("expert", name=name),
            field=field,
            declared_on=date(2026, 1, 5),
            actor=SYSTEM,
            at=AT,
        )
        for name, field in zip(NAMES, FIELDS, strict=True)
    ]
    return Group(
        filing=filing,
        manager=manager,
        secretary=make_actor("administrator"),
        reviewer=make_actor("filing_reviewer"),
        members=members,
    )
