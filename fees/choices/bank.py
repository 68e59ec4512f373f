"""The words of bank statements, their files, matches and differences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from regulator.web.choices import ATTENTION, BREACH, NEUTRAL, OK, Badge

FORMAT_LABELS = {"csv": _("CSV 表格"), "camt053": _("ISO 20022 camt.053")}
FORMAT_CHOICES = list(FORMAT_LABELS.items())

STATEMENT_STATE_LABELS = {
    "reading": _("读取中"),
    "read": _("已读入"),
    "unreadable": _("无法读取"),
}
STATEMENT_STATE_CHOICES = list(STATEMENT_STATE_LABELS.items())
STATEMENT_STATE_BADGES = {
    "reading": Badge(ATTENTION, STATEMENT_STATE_LABELS["reading"]),
    "read": Badge(OK, STATEMENT_STATE_LABELS["read"]),
    "unreadable": Badge(BREACH, STATEMENT_STATE_LABELS["unreadable"]),
}

DIRECTION_LABELS = {"in": _("收入"), "out": _("支出")}
DIRECTION_CHOICES = list(DIRECTION_LABELS.items())

MATCH_LABELS = {
    "reference": _("回单或发票号相符"),
    "amount": _("金额与日期相符，人工确认"),
    "many": _("多笔合计相符，人工确认"),
    "booked": _("由流水记账"),
}
MATCH_CHOICES = list(MATCH_LABELS.items())

DIFFERENCE_LABELS = {
    "not_in_ledger": _("银行有，账上没有"),
    "not_at_bank": _("账上有，银行没有"),
    "amount_differs": _("金额不符"),
    "date_differs": _("日期不符"),
    "duplicate": _("疑似重复"),
    "report_missing": _("机构没有申报"),
    "report_higher": _("机构申报多于银行"),
    "report_lower": _("机构申报少于银行"),
    "closing_differs": _("期末余额不符"),
}
DIFFERENCE_CHOICES = list(DIFFERENCE_LABELS.items())
DIFFERENCE_HINTS = {
    "not_in_ledger": _("核对是哪份合同的缴费、结息或者手续费，然后由这笔流水记账。"),
    "not_at_bank": _("核对银行回单。银行确未发生的，更正这笔分录。"),
    "amount_differs": _("回单号相同而金额不同。核对回单，更正记错的一方。"),
    "date_differs": _("回单号和金额相同，日期相差较大。核对入账日期。"),
    "duplicate": _("同一天有两笔号码和金额都相同的流水。核对是否重复付款。"),
    "report_missing": _("银行这一天有收入，机构没有申报收款。请机构补报。"),
    "report_higher": _("机构申报的收款没有全部进专户，可能有资金在账外。"),
    "report_lower": _("进专户的钱多于申报，可能有合同没有登记。"),
    "closing_differs": _("对账单期末余额与账上存款不相等，先处理其余差异。"),
}
DIFFERENCE_STATE_LABELS = {
    "open": _("待处理"),
    "resolved": _("已说明"),
    "cleared": _("已消除"),
}
DIFFERENCE_STATE_CHOICES = list(DIFFERENCE_STATE_LABELS.items())
DIFFERENCE_STATE_BADGES = {
    "open": Badge(ATTENTION, DIFFERENCE_STATE_LABELS["open"]),
    "resolved": Badge(NEUTRAL, DIFFERENCE_STATE_LABELS["resolved"]),
    "cleared": Badge(OK, DIFFERENCE_STATE_LABELS["cleared"]),
}

STATEMENT_EVENT_LABELS = {
    "statement.mapping_saved": _("保存银行栏目对应"),
    "statement.uploaded": _("上传银行对账单"),
    "statement.lines_read": _("读入对账单流水"),
    "statement.read": _("对账单读入完成"),
    "statement.unreadable": _("对账单无法读取"),
    "statement.matched": _("对账勾对"),
    "statement.compared": _("三方对账"),
    "statement.difference_resolved": _("说明对账差异"),
    "statement.report_given": _("机构申报收款"),
}

STATEMENT_REFUSAL_TEXTS = {
    "statement.file_known": _("这份对账单已经在 %(day)s 上传过，不重复读入。"),
    "statement.mapping_missing": _("CSV 对账单要先选定一套银行栏目对应。"),
    "statement.mapping_incomplete": _("栏目对应缺少“%(statement_field)s”。"),
    "statement.name_missing": _("请填写名称。"),
    "statement.matched_already": _("这笔流水已经勾对过。"),
    "statement.posting_matched": _("这笔分录已经与别的流水勾对。"),
    "statement.sums_differ": _("选中的分录合计 %(ledger)s 元，流水是 %(bank)s 元，不能勾对。"),
    "statement.other_account": _("只能勾对同一个监管账户的流水和分录。"),
    "statement.rule_wrong_way": _("“%(ledger_rule)s”与这笔流水的收支方向不符。"),
    "statement.difference_closed": _("这条差异已经处理过。"),
    "statement.contract_needed": _("请选择这笔缴费所属的合同。"),
    "statement.day_in_future": _("申报日期 %(day)s 还没有到。"),
    "statement.count_unreadable": _("申报的笔数和金额应是零或者正数。"),
}

# Why a file cannot be read: where and what. `line` counts from 1; `column` is the header or a tag.
FILE_PROBLEM_TEXTS = {
    "empty": _("文件是空的。"),
    "too_large": _("文件超过 %(limit_mb)s MB，请分段导出。"),
    "too_many_lines": _("流水超过 %(limit)s 笔，请分段导出。"),
    "encoding": _("第 %(line)s 行不是 %(encoding)s 编码，请换一种编码或者重新导出。"),
    "header_missing": _("第 %(line)s 行没有栏目“%(column)s”，请核对栏目对应。"),
    "date": _("第 %(line)s 行“%(column)s”不是日期：%(value)s"),
    "amount": _("第 %(line)s 行“%(column)s”不是金额：%(value)s"),
    "two_amounts": _("第 %(line)s 行“%(column)s”：收入和支出同时有数，或者都没有。"),
    "quote": _("第 %(line)s 行的引号没有成对。"),
    "not_xml": _("第 %(line)s 行第 %(column)s 列不是合格的 XML。"),
    "doctype": _("第 %(line)s 行有文档类型声明，可能藏有外部实体，一律不读。"),
    "not_camt": _("不是 camt.053.001.02 或 001.08 对账单：%(value)s"),
    "too_deep": _("第 %(line)s 行嵌套过深，不像对账单。"),
    "tag_missing": _("第 %(line)s 行的流水缺少 %(column)s。"),
    "currency": _("第 %(line)s 行的币种是 %(value)s，只收人民币。"),
    "direction": _("第 %(line)s 行“%(column)s”看不懂：%(value)s"),
    "batch_sum": _("第 %(line)s 行的批量明细合计 %(value)s 元，与该笔总额不符。"),
    "balance": _("期初加流水应是 %(computed)s 元，文件写的期末是 %(value)s 元。"),
    "several": _("文件里有 %(value)s 份对账单，请每个账户每期一份。"),
    "other_account": _("对账单的账号尾号是 %(value)s，不是这个监管账户。"),
}

STATEMENT_FIELD_LABELS = {
    "date": _("日期"),
    "incoming": _("收入金额"),
    "outgoing": _("支出金额"),
    "amount": _("金额"),
    "flag": _("借贷标志"),
    "reference": _("流水号"),
    "counterparty": _("对方户名"),
    "purpose": _("摘要"),
    "balance": _("余额"),
    "date_format": _("日期格式"),
    "encoding": _("文字编码"),
    "header_row": _("表头所在行"),
}
