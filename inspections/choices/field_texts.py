"""What the offline field page says: sentences by the key under which its modules ask for them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from inspections.choices.visits import RECORD_KIND_LABELS, VISIT_STATE_LABELS

_TEXTS = {
    "loading": _("正在取今天的任务……"),
    "no_day_offline": _("没有网络，这台设备上也没有存今天的任务。请在有网络的地方打开一次。"),
    "who_are_you": _("请先登录：这台设备上现在没有登记使用人。未送达的记录都还在。"),
    "log_in": _("登录"),
    "log_out": _("退出并清除本机的任务资料"),
    "leave_undelivered": _(
        "还有 %(count)s 条没有送达。退出后它们留在本机，只有您重新登录才看得到。现在退出吗？"
    ),
    "others": _("这台设备上还有另外 %(count)s 人没有送达的记录，要由本人登录送出。"),
    "undelivered": _("%(count)s 条未送达"),
    "all_delivered": _("全部送达"),
    "connection_idle": _("已联网"),
    "connection_sending": _("正在送……"),
    "connection_offline": _("没有网络，先存在本机"),
    "connection_later": _("服务器暂时收不了，稍后自动再送"),
    "connection_login": _("登录已过期，记录存在本机，登录后继续送"),
    "connection_other": _("已换人登录"),
    "today": _("%(on)s 的检查"),
    "no_visits": _("今天没有已审批的检查。"),
    "map": _("今天的路线"),
    "no_point": _("%(count)s 处没有位置，不在图上，仍在下面的名单里。"),
    "stray": _("另有 %(count)s 条以前的记录没有送达，联网后自动送。"),
    "back_to_day": _("← 今天的路线"),
    "items_left": _("还剩 %(count)s 项"),
    "done": _("已完成"),
    "open": _("待办"),
    "unknown": _("未登记"),
    "refused_words": _("下面的记录没有被接受。记录还在本机，服务器上也留了一份等人核对。"),
    "send_again": _("再送一次"),
    "part_known": _("已知情况"),
    "part_notice": _("检查通知"),
    "part_arrival": _("到场"),
    "part_items": _("检查事项"),
    "part_photos": _("照片"),
    "part_sign": _("签名"),
    "part_end": _("结束检查"),
    "part_hinder": _("不能检查"),
    "address": _("地址"),
    "approval": _("检查审批"),
    "known_licence": _("许可证"),
    "known_licence_until": _("许可证到期"),
    "known_category": _("类别"),
    "known_principal": _("校长"),
    "known_floor_area_m2": _("建筑面积（平方米）"),
    "known_running_classes": _("正在开的班"),
    "known_last": _("上次抽查"),
    "notice_words": _("向机构在场人员出示执法证件和检查通知。检查审批：%(number)s，%(by)s。"),
    "receiver": _("收到检查通知的人"),
    "receiver_missing": _("请写明收到检查通知的人。"),
    "notice_give": _("已出示并送达"),
    "notice_given": _("检查通知已送达：%(name)s"),
    "who_is_there": _("到场的检查人员"),
    "not_certified": _("执法证今天无效"),
    "officers_few": _("到场的持证人员至少要两名。"),
    "scan": _("扫机构的码"),
    "scan_stop": _("停止扫码"),
    "camera_missing": _("打不开相机。请输入码下面的核验码，或按定位登记。"),
    "code_typed": _("机构证件上二维码下面的核验码"),
    "code_missing": _("请输入核验码。"),
    "code_of_another": _(
        "这不是这家机构的码。请核对地址；确实没有码的，按定位或手工登记并写明原因。"
    ),
    "arrive_by_code": _("按核验码登记到场"),
    "arrive_by_position": _("按定位登记到场"),
    "position_asked": _("正在取位置……"),
    "position_missing": _("没有取得位置。请到室外再试，或手工登记并写明原因。"),
    "hand_reason": _("手工登记的原因"),
    "reason_missing": _("手工登记到场要写明原因。"),
    "arrive_by_hand": _("手工登记到场"),
    "arrive_first": _("登记到场以后才能逐项检查。"),
    "arrived_words": _("%(time)s 到场"),
    "item_more": _("实测值、备注"),
    "measured_value": _("实测值"),
    "remark": _("备注"),
    "photo_of_item": _("为这一项拍照"),
    "rest_not_checked": _("其余 %(count)s 项记为“未查”"),
    "photo_take": _("拍照"),
    "photo_count": _("已拍 %(count)s 张"),
    "photo_words": _("照片带时间和位置，先存在本机，送达以后从本机删除。"),
    "photo_unusable": _("%(name)s 不是能用的照片，没有保存。"),
    "signer": _("谁签名"),
    "signer_name": _("签名人姓名"),
    "signer_missing": _("请写明签名的人。"),
    "sign_here": _("在这里签名"),
    "sign_missing": _("请在框里签名。"),
    "sign_clear": _("重签"),
    "sign_save": _("保存签名"),
    "sign_none": _("还没有签名。"),
    "category_choose": _("检查结果（可以多选，“未发现问题”只能单选）"),
    "category_missing": _("至少选一项检查结果。"),
    "category_contradicts": _("有 %(count)s 项不符合，结果不能是“未发现问题”。"),
    "left_unanswered": _("还有 %(count)s 项没有答复。没有查的请选“未查”。"),
    "end_visit": _("结束这次检查"),
    "ended_words": _("%(time)s 结束"),
    "hindrance_words": _("大门关闭、找不到或被拒绝时登记。已经记下的都留作证据，请先拍照。"),
    "hindrance": _("不能检查的情形"),
    "hindrance_choose": _("请选择情形"),
    "hindrance_reason": _("经过"),
    "hindrance_reason_missing": _("请写明经过。"),
    "hindrance_save": _("登记未能检查并结束"),
}


def field_texts() -> dict[str, Any]:
    """The sentences in the reader's language, with the words of states and records."""
    states = {f"state_{code}": str(text) for code, text in VISIT_STATE_LABELS.items()}
    kinds = {f"record_{code}": str(text) for code, text in RECORD_KIND_LABELS.items()}
    return {**{key: str(text) for key, text in _TEXTS.items()}, **states, **kinds}
