"""Navigation in one table: what a desk sees at the left, an entrance at the top."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from institutions.selectors.notices import unread_count
from regulator.accounts.choices.texts import ROLE_LABELS
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import may
from regulator.accounts.core.roles import entrance_of
from regulator.accounts.views.resuming import kept_fields
from regulator.kernel.actors import VISITOR, Actor

PUBLIC, DESK, PORTAL, FIELD = "public", "desk", "portal", "field"


@dataclass(frozen=True)
class Entry:
    """One line of the navigation: shown where its URL exists and the actor may do its action.

    `count` says how many wait behind it.
    """

    label: str | Promise
    icon: str
    url_name: str
    action: Action | None = None
    count: Callable[[Actor], int] | None = None


@dataclass(frozen=True)
class Section:
    """Entries that belong to one kind of work; an empty label stands without a heading."""

    label: str | Promise
    entries: tuple[Entry, ...]


NAVIGATION: dict[str, tuple[Section, ...]] = {
    PUBLIC: (
        Section(
            "",
            (
                Entry(_("查机构"), "search", "pages:home"),
                Entry(_("附近的机构"), "pin", "places:nearby"),
                Entry(_("抽查公示"), "draw", "inspections:public_draws"),
                Entry(_("检查统计"), "chart", "inspections:public_statistics"),
                Entry(_("核验文书"), "seal", "papers:verify"),
                Entry(_("审核规则"), "scale", "rules:list"),
            ),
        ),
    ),
    DESK: (
        Section(
            "",
            (
                Entry(_("今天要办"), "today", "pages:desk", Action.DESK_ENTER),
                Entry(_("通知"), "bell", "notices:desk", Action.NOTICE_READ, unread_count),
            ),
        ),
        Section(
            _("机构与许可"),
            (
                Entry(_("办件"), "inbox", "journeys:list", Action.JOURNEY_READ),
                Entry(_("批次"), "list", "waves:list", Action.JOURNEY_READ),
                Entry(_("机构名册"), "building", "register:list", Action.REGISTER_READ),
                Entry(_("文书"), "seal", "papers:list", Action.PAPER_READ),
                Entry(_("场所位置"), "map", "places:map", Action.REGISTER_READ),
                Entry(_("教职员工核查"), "users", "staff:watch", Action.STAFF_READ),
                Entry(_("导入名册"), "upload", "register:import", Action.REGISTER_IMPORT),
                Entry(_("导入和导出"), "download", "exchange:home", Action.REGISTER_EDIT),
            ),
        ),
        Section(
            _("课程备案"),
            (
                Entry(_("待审备案"), "clipboard", "filings:queue", Action.FILING_REVIEW),
                Entry(_("全部备案"), "files", "filings:list", Action.FILING_READ),
                Entry(_("待我鉴别"), "scale", "appraisals:mine", Action.APPRAISAL_VOTE),
                Entry(_("专家鉴别"), "scale", "appraisals:list", Action.FILING_READ),
                Entry(_("专家名单"), "users", "appraisals:experts", Action.PANEL_MANAGE),
                Entry(_("豁免"), "shield", "waivers:list", Action.FILING_READ),
                Entry(_("培训材料"), "book", "materials:list", Action.MATERIAL_READ),
                Entry(_("平台表栏目对应"), "swap", "filings:desk_mappings", Action.FILING_REVIEW),
                Entry(_("复核已通过的班"), "refresh", "rechecks:list", Action.FILING_READ),
                Entry(_("试算"), "chart", "rechecks:trials", Action.FILING_READ),
            ),
        ),
        Section(
            _("双随机抽查"),
            (
                Entry(_("年度抽查计划"), "calendar", "inspections:plans", Action.PLAN_READ),
                Entry(_("抽查任务"), "draw", "inspections:draws", Action.DRAW_READ),
                Entry(_("现场检查"), "clipboard", "inspections:visits", Action.DRAW_READ),
                Entry(_("检查任务"), "clipboard", "inspections:orders", Action.ORDER_READ),
                Entry(_("纸质回录"), "file", "inspections:returns", Action.VISIT_KEEP),
                Entry(_("信用等级"), "scale", "inspections:tiers", Action.TIER_READ),
                Entry(_("发现的问题"), "flag", "inspections:findings", Action.FINDING_READ),
                Entry(
                    _("责令改正"), "clipboard", "inspections:rectifications", Action.FINDING_READ
                ),
                Entry(_("结果公布"), "chart", "inspections:results", Action.DRAW_READ),
                Entry(_("检查对象名录"), "pin", "inspections:objects", Action.DRAW_READ),
                Entry(_("检查人员名录"), "users", "inspections:inspectors", Action.DRAW_READ),
                Entry(_("检查事项清单"), "list", "inspections:items", Action.DRAW_READ),
            ),
        ),
        Section(
            _("预收费监管"),
            (
                Entry(_("监管账户"), "bank", "fees:escrow_accounts", Action.ESCROW_READ),
                Entry(_("退费"), "inbox", "fees:refunds", Action.REFUND_READ),
                Entry(_("风险预警"), "flag", "fees:warnings", Action.WARNING_READ),
                Entry(_("停业清退"), "stop", "fees:closures", Action.REFUND_READ),
                Entry(_("预收费总览"), "chart", "fees:fee_totals", Action.REFUND_READ),
                Entry(_("银行对账"), "scale", "fees:differences", Action.ESCROW_READ),
                Entry(_("批量拨付"), "list", "fees:releases", Action.ESCROW_READ),
                Entry(_("未成交的收费"), "flag", "fees:refused_sales", Action.SALE_READ),
                Entry(_("个人信息到期删除"), "check", "fees:retention", Action.ESCROW_EDIT),
            ),
        ),
        Section(
            _("设置与记录"),
            (
                Entry(_("校历与节假日"), "calendar", "calendars:terms", Action.CALENDAR_READ),
                Entry(_("本区设置"), "settings", "calendars:settings", Action.CALENDAR_READ),
                Entry(_("参照表"), "book", "reference:list", Action.REFERENCE_READ),
                Entry(_("设置标准"), "scale", "standards:list", Action.CALENDAR_READ),
                Entry(_("开办清单"), "flag", "pages:first_run", Action.SETTING_EDIT),
                Entry(_("后台任务"), "job", "jobs:list", Action.JOB_READ),
                Entry(_("用户与任职"), "user", "accounts:people", Action.ACCOUNT_READ),
                Entry(_("审计记录"), "audit", "pages:audit", Action.AUDIT_READ),
                Entry(_("夜间核对"), "check", "pages:nightly", Action.AUDIT_READ),
            ),
        ),
    ),
    PORTAL: (
        Section(
            "",
            (
                Entry(_("要办的事"), "today", "pages:portal", Action.PORTAL_ENTER),
                Entry(_("通知"), "bell", "notices:portal", Action.NOTICE_READ_OWN, unread_count),
                Entry(_("处理进度"), "job", "jobs:portal_list", Action.JOB_READ),
            ),
        ),
        Section(
            _("备案与许可"),
            (
                Entry(_("课程备案"), "clipboard", "filings:portal", Action.FILING_READ_OWN),
                Entry(_("许可事项"), "licence", "journeys:own_list", Action.JOURNEY_READ_OWN),
                Entry(_("教职员工"), "users", "staff:portal_list", Action.STAFF_KEEP_OWN),
                Entry(_("文书"), "seal", "papers:portal", Action.PAPER_READ_OWN),
            ),
        ),
        Section(
            _("收费与资金"),
            (
                Entry(_("资金监管"), "bank", "fees:portal_account", Action.ESCROW_READ_OWN),
                Entry(_("培训合同"), "files", "fees:own_contracts", Action.ESCROW_READ_OWN),
                Entry(_("消课"), "clipboard", "fees:attendance", Action.ESCROW_READ_OWN),
                Entry(_("收款申报与对账"), "scale", "fees:receipts", Action.ESCROW_READ_OWN),
                Entry(_("退费"), "inbox", "fees:portal_refunds", Action.REFUND_READ_OWN),
            ),
        ),
        Section(
            _("检查与信用"),
            (
                Entry(
                    _("检查和整改"),
                    "clipboard",
                    "inspections:own_rectifications",
                    Action.RECTIFICATION_ANSWER,
                ),
                Entry(_("安全台账"), "shield", "inspections:own_safety", Action.SAFETY_KEEP),
                Entry(_("信用等级"), "scale", "inspections:own_tier", Action.TIER_READ_OWN),
            ),
        ),
    ),
    FIELD: (
        Section(
            "", (Entry(_("我的检查"), "clipboard", "inspections:my_teams", Action.FIELD_ENTER),)
        ),
    ),
}


@dataclass(frozen=True)
class Link:
    """An entry as the template prints it; `count` is asked for when it is printed, once."""

    label: str | Promise
    icon: str
    url: str
    current: bool
    count: Any = 0


def entrance_of_path(path: str) -> str:
    """The entrance a path belongs to."""
    for entrance in (DESK, PORTAL, FIELD):
        if path.startswith(f"/{entrance}/"):
            return entrance
    return PUBLIC


def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _shown(entries: Iterable[Entry], actor: Actor) -> list[tuple[Entry, str]]:
    allowed = [entry for entry in entries if entry.action is None or may(actor, entry.action)]
    return [(entry, url) for entry in allowed if (url := _address(entry.url_name))]


def _current(urls: Iterable[str], path: str) -> str:
    """The longest address that the path lies under: one entry is current, not its parents too."""
    under = [url for url in urls if path == url or (url not in _ROOTS and path.startswith(url))]
    return max(under, key=len, default="")


_ROOTS = ("/", "/desk/", "/portal/", "/field/")


def _counted(entry: Entry, actor: Actor) -> Any:
    count = entry.count
    return 0 if count is None else SimpleLazyObject(lambda: count(actor))


def sections_for(*, entrance: str, actor: Actor, path: str) -> list[dict[str, Any]]:
    """The sections with at least one entry the actor may open; `current` holds the current one."""
    shown = [(section, _shown(section.entries, actor)) for section in NAVIGATION[entrance]]
    current = _current([url for _section, pairs in shown for _entry, url in pairs], path)
    return [
        {
            "label": section.label,
            "current": current in [url for _entry, url in pairs],
            "links": [
                Link(entry.label, entry.icon, url, url == current, _counted(entry, actor))
                for entry, url in pairs
            ],
        }
        for section, pairs in shown
        if pairs
    ]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the page's `entrance`, its `navigation`, and what was typed before.

    `entrance_base` is the template to extend where one page serves several entrances;
    `typed_before` holds what a form carried when the session had run out.
    """
    actor = getattr(request, "actor", VISITOR)
    entrance = entrance_of_path(request.path)
    if request.path.startswith("/account/"):
        entrance = str(entrance_of(actor.role))

    def build() -> dict[str, Any]:
        sections = sections_for(entrance=entrance, actor=actor, path=request.path)
        return {"sections": sections, "desk_label": ROLE_LABELS.get(actor.role, "")}

    return {
        "navigation": SimpleLazyObject(build),
        "entrance": entrance,
        "entrance_base": f"{entrance}/base.html",
        "typed_before": SimpleLazyObject(lambda: kept_fields(request) or {}),
    }
