"""Each rule's own examples: what complies and what breaches, with the register beside the row.

A row changes SUBJECT_ROW of the screening's examples (filed on 2026-02-20, class from 2026-03-10 to
2026-04-28, Tuesdays 18:30-20:00, 20 pupils); a register changes REGISTER.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from institutions.core.register_rules.addresses import address_key
from institutions.core.register_rules.bookings import Booking, Bookings
from institutions.core.register_rules.facts import (
    HeldLicence,
    KnownPlace,
    RegisterFacts,
    StateSpan,
)
from institutions.core.screening.rules.example_rows import (
    EXAMPLE_FILED_ON,
    Example,
    activity_row,
    live_row,
    subject_row,
)
from institutions.core.standards.limits import (
    LimitStanding,
    StandardKey,
    StandardLimit,
    Standards,
)
from regulator.calendars.core.settings import FILING_LEAD_WORKDAYS, SettingEntry
from regulator.kernel.legal import LegalBasis
from regulator.kernel.workdays import WorkdayTable

EXAMPLE_CERTIFICATE = "example-teacher"
ADDRESS = "示例路1号2楼"
LICENCE = HeldLicence(
    number="教民000000000000001号",
    states=(StateSpan("in_force", date(2022, 1, 1)),),
    valid_from=date(2022, 1, 1),
    valid_before=date(2027, 1, 1),
    category="subject",
    stages=("primary", "junior"),
    ways=("offline", "online_live"),
)
PLACE = KnownPlace(
    address_key=address_key(ADDRESS),
    address=ADDRESS,
    is_licensed=True,
    starts_on=date(2022, 1, 1),
    teaching_area_m2=Fraction(60),
    room_use="seated",
)
PUPIL_AREA = StandardLimit(
    StandardKey.PUPIL_AREA,
    Fraction(3),
    "",
    "",
    "",
    False,
    LegalBasis("示例区校外培训机构设置标准", "", "第四条"),
    LimitStanding.ENTERED,
)
LEAD = SettingEntry(FILING_LEAD_WORKDAYS, 10, "示例区备案办法", date(2025, 1, 1), None)
REGISTER = RegisterFacts(
    judged_on=EXAMPLE_FILED_ON,
    kind="subject",
    licences=(LICENCE,),
    statuses=(StateSpan("operating", date(2022, 1, 1)),),
    places=(PLACE,),
    standards=Standards(entered=(PUPIL_AREA,)),
    lead_entries=(LEAD,),
    workdays=WorkdayTable(frozenset(), frozenset(), frozenset((2026,))),
)


@dataclass(frozen=True)
class RegisterExample:
    """A row, and the register's facts beside it."""

    row: Example
    register: RegisterFacts = field(default=REGISTER)


Pair = tuple[tuple[RegisterExample, ...], tuple[RegisterExample, ...]]


def _plain(note: str) -> RegisterExample:
    return RegisterExample(subject_row(note))


def with_licence(**changes: object) -> RegisterFacts:
    """The example's register with its one licence changed."""
    return replace(REGISTER, licences=(replace(LICENCE, **changes),))  # type: ignore[arg-type]


def with_place(**changes: object) -> RegisterFacts:
    """The example's register with its one place changed."""
    return replace(REGISTER, places=(replace(PLACE, **changes),))  # type: ignore[arg-type]


def other_class(**changes: object) -> Booking:
    """Another class on 2026-03-17, 19:30-21:00, of the same certificate, elsewhere."""
    plain = Booking(
        ref="other",
        order=1,
        label="BA000001",
        is_own=True,
        certificate_key=EXAMPLE_CERTIFICATE,
        name_key="示例教师",
        place_key=address_key("示例路9号"),
        class_size=10,
        hours={date(2026, 3, 17): ((1170, 1260),)},
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def with_class(**changes: object) -> RegisterFacts:
    """The example's register with another class filed before."""
    return replace(REGISTER, bookings=Bookings((other_class(**changes),)))


def _suspended(ends_before: date | None) -> tuple[StateSpan, ...]:
    spans = (
        StateSpan("in_force", date(2022, 1, 1), date(2026, 2, 1)),
        StateSpan("suspended", date(2026, 2, 1), ends_before),
    )
    return spans if ends_before is None else (*spans, StateSpan("in_force", ends_before))


EXAMPLES: Mapping[str, Pair] = {
    "LICENCE-STATE": (
        (
            _plain("上课期间许可证有效"),
            RegisterExample(
                subject_row("最后一次课是有效期的最后一天"),
                with_licence(valid_before=date(2026, 4, 29)),
            ),
            RegisterExample(
                subject_row("许可证暂停过，开班前已经恢复"),
                with_licence(states=_suspended(date(2026, 3, 10))),
            ),
            RegisterExample(
                subject_row("届满30日前申请延续，尚未决定"),
                with_licence(valid_before=date(2026, 4, 1), renewal_applied_on=date(2026, 3, 1)),
            ),
        ),
        (
            RegisterExample(
                subject_row("最后一次课时许可证已经到期"),
                with_licence(valid_before=date(2026, 4, 28)),
            ),
            RegisterExample(
                subject_row("许可证暂停期间"), with_licence(states=_suspended(date(2026, 3, 11)))
            ),
            RegisterExample(
                subject_row("届满前29日才申请延续"),
                with_licence(valid_before=date(2026, 4, 1), renewal_applied_on=date(2026, 3, 2)),
            ),
            RegisterExample(
                subject_row("重新登记期间暂停招生"),
                replace(REGISTER, statuses=(StateSpan("paused", date(2026, 2, 1)),)),
            ),
            RegisterExample(subject_row("学科类机构没有许可证"), replace(REGISTER, licences=())),
        ),
    ),
    "LICENCE-SCOPE": (
        (
            _plain("学段、类别、方式都在证上"),
            RegisterExample(subject_row("证上列了数学"), with_licence(subjects=("数学", "英语"))),
            RegisterExample(live_row("证上有线上直播")),
        ),
        (
            RegisterExample(activity_row("学科类许可证办非学科类")),
            RegisterExample(subject_row("只许可初中，招五年级"), with_licence(stages=("junior",))),
            RegisterExample(
                subject_row("只许可语文、英语，开数学班"), with_licence(subjects=("语文", "英语"))
            ),
            RegisterExample(live_row("只许可线下，开线上直播班"), with_licence(ways=("offline",))),
        ),
    ),
    "SITE-UNLICENSED": (
        (
            _plain("地址在许可证上"),
            RegisterExample(
                subject_row("许可证上写了市区名，备案只写到路", 授课地点="示例路1号2楼"),
                with_place(address_key=address_key("某市某区示例路1号2楼")),
            ),
            RegisterExample(live_row("线上课没有地点", 授课地点="直播平台")),
        ),
        (
            RegisterExample(
                subject_row("许可证上是示例路1号2楼，课开在另一处", 授课地点="示例路11号2楼")
            ),
            RegisterExample(
                subject_row("地址登记过，但不在许可证上"), with_place(is_licensed=False)
            ),
            RegisterExample(
                subject_row("结课前场所已停用"), with_place(ends_before=date(2026, 4, 28))
            ),
        ),
    ),
    "FILING-LATE": (
        (
            _plain("规定提前10个工作日，提前了12个"),
            RegisterExample(
                subject_row("规定提前10个工作日，正好10个", 开班日期="2026-03-06", 上课星期="周五")
            ),
        ),
        (
            RegisterExample(
                subject_row("规定提前10个工作日，只有9个", 开班日期="2026-03-05", 上课星期="周四")
            ),
            RegisterExample(subject_row("提交前已经收费", 收费日期="2026-02-19")),
            RegisterExample(
                subject_row("提交前已经开班", 开班日期="2026-02-17", 收费日期="2026-02-20")
            ),
        ),
    ),
    "STAFF-DOUBLE": (
        (
            _plain("教师当天没有别的课"),
            RegisterExample(
                subject_row("20:00下课，教师的另一个班20:00才开始"),
                with_class(hours={date(2026, 3, 17): ((1200, 1260),)}),
            ),
            RegisterExample(
                subject_row("教师的另一个班在另一天"),
                with_class(hours={date(2026, 3, 18): ((1110, 1200),)}),
            ),
        ),
        (
            RegisterExample(
                subject_row("20:00下课，教师的另一个班19:59已经开始"),
                with_class(hours={date(2026, 3, 17): ((1199, 1260),)}),
            ),
            RegisterExample(
                subject_row("同一教师同时在另一家机构上课"), with_class(is_own=False, label="")
            ),
        ),
    ),
    "ROOM-SIZE": (
        (
            _plain("60平方米、每人3平方米，正好20人"),
            RegisterExample(live_row("线上不看面积", 班额="60")),
        ),
        (
            RegisterExample(subject_row("60平方米、每人3平方米，报21人", 班额="21")),
            RegisterExample(
                subject_row("20人的班，同一时段另有10人的班在同一场所"),
                with_class(place_key=address_key(ADDRESS), certificate_key="", name_key="别人"),
            ),
        ),
    ),
}
