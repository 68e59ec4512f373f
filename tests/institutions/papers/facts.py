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
FILED = {"filing": "BA510116202600000012", "class_name": "小学四年级数学培训班"}
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
    "refund_decision": {
        "contract": "HT-2026-018",
        "received_on": "2026-03-02",
        "ground": "开课后申请，扣除已上的课",
        "calculation": [
            {"text": "已付金额 3200.00 元", "basis": "法释〔2025〕4号第十五条"},
            {"text": "已上的课 12 课，按实付单价，扣除 960.00 元", "basis": "第十五条"},
        ],
        "amount": "2240.00 元",
        "pay_by": "2026-03-17",
    },
    "claim_list": {
        "ground": "机构停止办学，负责人失去联系",
        "claims": ["合同 HT-2026-018：应退 2240.00 元，已退 1120.00 元，尚欠 1120.00 元"],
        "amount": "1120.00 元",
    },
    "rectification_order": {
        "inspected_on": "2026-02-27",
        "problems": [{"text": "疏散通道被桌椅占用", "basis": "《中华人民共和国消防法》第二十八条"}],
        "corrections": ["清走通道里的桌椅，保持疏散通道畅通"],
        "term": "收到本通知书之日起5个工作日内",
    },
    "filing_revocation": FILED
    | {
        "notified_on": "2026-02-20",
        "problems": [
            {
                "text": "超出许可范围：许可证副本没有载明数学",
                "basis": "《中华人民共和国民办教育促进法》第六十二条",
            }
        ],
        "statements": "告知于2026年2月21日送达。你单位在规定的期限内没有陈述、申辩。",
        "reasons": ["副本没有载明数学，不能以该备案开班。"],
        "basis": ["《中华人民共和国行政许可法》第八条、第六十九条"],
    },
    "review_stop_notice": FILED
    | {
        "ground": "“是否属于学科类培训”一项需要由专家组鉴别",
        "expected_until": "2026-03-20",
        "basis": ["参照《中华人民共和国行政许可法》第四十五条，所需时间不计算在期限内"],
    },
    "review_resume_notice": FILED
    | {
        "ground": "专家组已经作出结论",
        "stopped_on": "2026-02-20",
        "resumed_on": "2026-03-02",
        "decide_by": "2026-03-17",
    },
    "service_receipt": {"document": "行政处罚决定书", "document_number": "双教罚决〔2026〕第3号"},
}
