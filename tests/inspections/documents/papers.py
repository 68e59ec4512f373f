"""Facts of checklists for the tests of paper."""

from __future__ import annotations

from typing import Any

LONG_NAME = (
    "四川天府新区成都管理委员会社区教育发展与家庭教育指导服务中心附属青少年艺术体育科技综合素质培训学校有限责任公司第二分校区"
    * 2
)
UNBROKEN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" * 5


def item(number: int) -> dict[str, Any]:
    return {
        "code": f"A{number:02d}",
        "version": 1,
        "title": f"第{number}项：证照、收费、资金监管账户、退费办法等在显著位置公示",
        "look_at": "原件、电子证编号、有效期、类别",
        "method": "现场+书面",
        "basis": "中华人民共和国民办教育促进法第十二条",
        "severity": "重点",
    }


def facts(*, items: int = 4, name: str = "明德教育培训学校", **changes: Any) -> dict[str, Any]:
    departments = [
        {"department": "教育", "items": [item(n) for n in range(1, items // 2 + 1)]},
        {"department": "市场监管", "items": [item(n) for n in range(items // 2 + 1, items + 1)]},
    ]
    values = {
        "draw": "510116-2026-001",
        "campaign": "春季双随机抽查",
        "division": "双流区",
        "is_drawn": True,
        "name": "P000001",
        "serial": "7K4M2P",
        "version": 1,
        "team": "1",
        "stands_in_for": "",
        "issued_on": "2026-03-05",
        "members": [
            {"name": "赵某", "department": "教育", "certificate": "川A0001"},
            {"name": "钱某", "department": "教育", "certificate": "川A0002"},
            {"name": "孙某", "department": "市场监管", "certificate": "川B0001"},
            {"name": "李某", "department": "市场监管", "certificate": "川B0002"},
        ],
        "institution": {
            "name": name,
            "credit_code": "52510116MJ0000001X",
            "category": "学科类",
            "status": "正常办学",
            "legal_representative": "张某",
            "principal": "王某",
            "competent_department": "教育",
            "licence_number": "教民151011670000018号",
            "licence_until": "2027-01-07",
            "ways": ["线下"],
        },
        "address": "双流区东升街道顺城街 8 号 2 层",
        "area": "第1街道",
        "floor_area_m2": "320.50",
        "last": "",
        "classes": [
            {
                "number": "BA1",
                "name": "三年级数学春季思维拓展一班",
                "activity": "数学",
                "place": "二层",
                "dates": "2026-03-01 — 2026-05-20",
                "lessons": 24,
                "size": 30,
                "fee_yuan": "1200.00",
            }
        ],
        "staff": [
            {"name": "周老师", "kind": "教学人员", "employment": "专职"},
            {"name": "吴老师", "kind": "教学人员", "employment": "兼职"},
        ],
        "findings": [
            {
                "on": "2025-11-03",
                "code": "A12",
                "department": "教育",
                "text": "收费项目和标准没有在显著位置公示。",
                "state": "已改正",
            }
        ],
        "departments": departments,
    }
    return {**values, **changes}
