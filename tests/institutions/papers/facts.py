"""Complete facts of every kind of paper, and hostile ones."""

from __future__ import annotations

from typing import Any

LICENCE: dict[str, Any] = {
    "licence_id": "0195c9a0-0000-7000-8000-000000000001",
    "number": "教民151011680000019号",
    "name": "双流区明德教育培训学校",
    "address": "成都市双流区东升街道藏卫路南二段12号3楼",
    "principal": "张某",
    "sponsors": "李某；王某",
    "school_type": "培训学校",
    "content": "初中语文、数学、英语线下学科培训",
    "competent_department": "成都市双流区教育局",
    "issuing_authority": "成都市双流区教育局",
    "valid_from": "2026-03-02",
    "valid_until": "2029-03-01",
}
APPLICATION = {"application": "变更举办者", "received_on": "2026-02-27"}
REASONS = [
    {
        "text": "年度检查材料显示资金没有全部进入监管账户。",
        "basis": "《中华人民共和国民办教育促进法》第四十一条",
    },
    "上一年度的整改没有完成。",
]
ENDED = {
    "licence_number": "教民151011680000019号",
    "ground": "对不具备申请资格的申请人准予许可",
    "reasons": ["申请时提交的场地消防验收文件与原件不符。"],
    "basis": ["《中华人民共和国行政许可法》第六十九条"],
}
BASIS = ["《中华人民共和国行政许可法》第三十八条第一款"]

FACTS: dict[str, dict[str, Any]] = {
    "licence_original": LICENCE,
    "licence_duplicate": LICENCE
    | {"checks": [{"year": 2025, "result": "合格", "on": "2026-03-31"}]},
    "acceptance": APPLICATION | {"decide_by": "2026-05-27", "materials": ["申请书", "章程"]},
    "gap_list": APPLICATION
    | {
        "gaps": [
            {"text": "章程修正案", "remedy": "由全体理事签名后重新提交"},
            "验资报告",
        ]
    },
    "rejection": APPLICATION | {"reasons": ["申请事项依法不属于本机关职权范围。"]},
    "decision": APPLICATION | {"granted": "准予举办者由李某变更为赵某。", "basis": BASIS},
    "refusal": APPLICATION | {"reasons": REASONS},
    "clock_stop_notice": {
        "application": "设立校外培训机构",
        "ground": "需要组织专家评审",
        "stopped_on": "2026-03-01",
    },
    "proposed_decision": {
        "check_year": 2025,
        "reasons": REASONS,
        "consequences": ["不得招收新学员", "不得开展培训"],
        "statement_workdays": 5,
    },
    "final_decision": {
        "check_year": 2025,
        "reasons": REASONS,
        "consequences": ["不得招收新学员", "不得开展培训"],
        "statements": "你单位在规定期限内没有提出陈述、申辩。",
    },
    "suspension_notice": {
        "reasons": ["你单位正在办理登记为非营利性机构的手续。"],
        "measures": ["暂停招收新学员", "暂停收取培训费"],
        "starts_on": "2026-03-02",
    },
    "closure_approval": {
        "application": "终止办学",
        "closes_on": "2026-03-31",
        "duties": ["退还全部未消耗的培训费", "交回办学许可证正本、副本和印章"],
    },
    "cancellation_decision": {
        "licence_number": "教民151011680000019号",
        "ground": "办学许可有效期届满未申请延续",
        "cancelled_on": "2026-03-02",
    },
    "ending_notice": ENDED
    | {"intended": "撤回", "statement_workdays": 5, "compensation": "12000.00元"},
    "annulment_decision": ENDED
    | {"statements": "没有提出陈述、申辩。", "compensation": "不予赔偿。"},
    "withdrawal_decision": ENDED
    | {"statements": "没有提出陈述、申辩。", "compensation": "12000.00元。按实际投入计算。"},
    "penalty_notice": {
        "violations": ["超出办学许可范围开展学科类培训。"],
        "basis": ["《中华人民共和国民办教育促进法》第六十二条"],
        "penalties": ["警告", "没收违法所得 5120 元"],
        "statement_workdays": 5,
    },
    "penalty_decision": {
        "violations": ["超出办学许可范围开展学科类培训。"],
        "evidence": ["现场检查笔录", "收费收据复印件"],
        "basis": ["《中华人民共和国民办教育促进法》第六十二条"],
        "penalties": ["警告", "没收违法所得 5120 元"],
        "statements": "你单位提出了陈述，本机关复核后不予采纳，理由已书面告知。",
    },
    "service_receipt": {"document": "行政处罚决定书", "document_number": "双教罚决〔2026〕第3号"},
}
