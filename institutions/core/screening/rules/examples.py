"""Each rule's own examples: what complies and what breaches, as changes of a plain row."""

from __future__ import annotations

from institutions.core.screening.rules.example_rows import (
    Pair,
    activity_row,
    live_row,
    subject_row,
)

FORM_EXAMPLES: dict[str, Pair] = {
    "FILING-FORM": (
        (
            subject_row("各栏齐全"),
            subject_row("日期写法不拘", 开班日期="2026年3月10日", 结课日期="2026.4.28"),
            activity_row("非学科类可以不填许可证号", 机构许可证号=""),
        ),
        (
            subject_row("没有结课日期", 结课日期=""),
            subject_row("总课时写成文字", 总课时="若干"),
            subject_row("结课早于开班", 结课日期="2026-03-09"),
            subject_row("起止日期之间没有周二", 结课日期="2026-03-10", 上课星期="周三"),
            subject_row("许可证号成了科学计数法", 机构许可证号="1.51012E+14"),
            subject_row("招生对象不在名单内", 招生对象="大学一年级"),
            subject_row("时间不可能", 上课时间="18:30-25:00"),
            subject_row("班额为零", 班额="0"),
        ),
    ),
    "FILING-NAME": (
        (
            subject_row("年级与学科都有"),
            activity_row("非学科类不作此要求"),
            subject_row("缺学科只作提醒，不是违规", 班级名称="五年级提升班"),
        ),
        (),
    ),
}

TIME_EXAMPLES: dict[str, Pair] = {
    "TIME-OFFLINE-END": (
        (
            subject_row("正好20:30结束", 上课时间="19:00-20:30"),
            subject_row(
                "线上按21:00计", 培训方式="线上直播", 上课时间="19:50-21:00", 每课时分钟="30"
            ),
        ),
        (
            subject_row("20:31结束", 上课时间="19:00-20:31"),
            activity_row("非学科类同样适用", 上课时间="19:00-20:45"),
        ),
    ),
    "TIME-ONLINE-END": (
        (
            subject_row(
                "正好21:00结束", 培训方式="线上直播", 上课时间="19:50-21:00", 每课时分钟="30"
            ),
        ),
        (subject_row("21:01结束", 培训方式="线上直播", 上课时间="19:51-21:01", 每课时分钟="30"),),
    ),
    "TIME-SCHOOL-HOURS": (
        (
            activity_row("放学后16:30开始", 上课星期="周三", 上课时间="16:30-18:00"),
            activity_row("周六不是学校教学日"),
            activity_row(
                "寒假里的工作日",
                开班日期="2026-02-02",
                结课日期="2026-02-13",
                上课星期="周一至周五",
            ),
        ),
        (
            activity_row("16:29开始", 上课星期="周三", 上课时间="16:29-18:00"),
            activity_row(
                "调休上班的周六", 开班日期="2026-05-09", 结课日期="2026-05-09", 上课星期="周六"
            ),
        ),
    ),
    "TIME-HOLIDAY": (
        (
            subject_row("避开节假日"),
            activity_row("非学科类不受此限", 结课日期="2026-05-02"),
        ),
        (subject_row("5月5日仍在劳动节假期内", 结课日期="2026-05-05"),),
    ),
    "TIME-VACATION": (
        (
            subject_row("开学当日", 开班日期="2026-03-02", 结课日期="2026-03-02", 上课星期="周一"),
            activity_row("非学科类不受此限", 开班日期="2026-02-02", 结课日期="2026-02-13"),
        ),
        (
            subject_row("寒假", 开班日期="2026-02-03", 结课日期="2026-02-10"),
            subject_row("暑假", 开班日期="2026-07-07", 结课日期="2026-07-14"),
        ),
    ),
    "TIME-REST-DAY": (
        (
            subject_row(
                "5月9日星期六调休上班",
                开班日期="2026-05-09",
                结课日期="2026-05-09",
                上课星期="周六",
            ),
            activity_row("非学科类可以在周末"),
        ),
        (subject_row("普通星期六", 上课星期="周六"), subject_row("星期日", 上课星期="周日")),
    ),
    "TIME-ONLINE-LENGTH": (
        (
            subject_row("每课时30分钟、间隔10分钟", 培训方式="线上直播", 每课时分钟="30"),
            subject_row(
                "只有一个课时，不需要间隔",
                培训方式="线上直播",
                每课时分钟="30",
                课间休息分钟="0",
                上课时间="18:30-19:00",
            ),
            subject_row("线下不受此限", 每课时分钟="45"),
        ),
        (
            subject_row("每课时31分钟", 培训方式="线上直播", 每课时分钟="31"),
            subject_row("间隔9分钟", 培训方式="线上直播", 每课时分钟="30", 课间休息分钟="9"),
        ),
    ),
    "TIME-PRESCHOOL-ONLINE": (
        (
            activity_row("学龄前线下", 招生对象="学龄前"),
            activity_row("一年级线上", 招生对象="一年级", 培训方式="线上直播"),
        ),
        (
            activity_row("学龄前直播", 招生对象="学龄前", 培训方式="线上直播"),
            activity_row("学龄前录播", 招生对象="学龄前", 培训方式="线上录播"),
        ),
    ),
}

CONTENT_EXAMPLES: dict[str, Pair] = {
    "CONTENT-SYLLABUS": (
        (
            subject_row("本册内容"),
            subject_row("写明不讲", 培训内容="长方体的表面积，不涉及有理数和函数"),
            subject_row("初中生学初中内容", 招生对象="七年级", 培训内容="有理数的复习"),
        ),
        (
            subject_row("五年级讲合并同类项", 培训内容="单项式与合并同类项"),
            subject_row("奥数题型", 培训内容="流水行船与牛吃草问题"),
            subject_row("把要讲的初中内容叫作复习", 培训内容="复习一元一次方程"),
            subject_row("负面清单点名的内容", 培训内容="压轴难题专训"),
        ),
    ),
    "CONTENT-PACE": (
        (
            subject_row("本学期内容", 培训内容="折线统计图"),
            subject_row("以前学过的内容", 培训内容="复习上册的小数除法"),
            subject_row("写明不提前", 培训内容="长方体的表面积，不提前学六年级上册"),
        ),
        (
            subject_row("五年级下学期讲六年级上册", 培训内容="分数除法与工程问题"),
            subject_row("教材是下一册", 培训材料="人教版数学六年级上册教材"),
            subject_row("寒假预习新学期", 培训内容="寒假预习，提前一册"),
        ),
    ),
}

WORDING_EXAMPLES: dict[str, Pair] = {
    "CONTENT-GRADE": (
        (
            subject_row("班名与年级相符"),
            subject_row("学段名包含所招年级", 班级名称="小学数学培训班"),
            subject_row("复习以前年级的内容", 培训内容="复习四年级的三角形，再学长方体"),
            subject_row("只写在材料里", 培训材料="五、六年级口算卡"),
        ),
        (
            subject_row("班名是六年级", 班级名称="六年级数学培训班"),
            subject_row("学段不符", 班级名称="初中数学培训班"),
            subject_row("内容写了未招的年级", 培训内容="按六年级的要求教长方体"),
        ),
    ),
    "CONTENT-DISGUISE": (
        (
            activity_row("名实相符"),
            activity_row("学科词只是修饰活动", 班级名称="英语音乐剧", 学科或项目="音乐剧"),
            activity_row("须由专家组鉴别", 班级名称="国学讲堂", 学科或项目="国学"),
            activity_row("只有一种迹象", 证书学科或专业="小学数学"),
        ),
        (
            activity_row("项目就是学科", 学科或项目="数学"),
            activity_row(
                "内容与材料一致",
                学科或项目="拓展",
                班级名称="成长营",
                培训内容="分数加减与应用题讲练",
                培训材料="四年级数学练习册",
            ),
            activity_row(
                "用拼音遮掩",
                学科或项目="社团",
                班级名称="SHUXUE社",
                证书学科或专业="小学数学",
            ),
        ),
    ),
    "CONTENT-PRESCHOOL": (
        (
            activity_row("学龄前围棋", 招生对象="学龄前"),
            activity_row("写明不教", 招生对象="学龄前", 培训内容="捏泥，不教拼音和算术"),
            activity_row("小学生不适用", 培训内容="听力训练与拼音歌谣"),
        ),
        (
            activity_row("教拼音和算术", 招生对象="学龄前", 培训内容="拼音、识字与10以内加减法"),
            activity_row("幼小衔接", 招生对象="学龄前", 班级名称="幼小衔接班"),
            subject_row("按学科类备案", 招生对象="学龄前"),
        ),
    ),
    "CONTENT-OVERSEAS": (
        (
            activity_row("不是课程名", 培训内容="用手机APP记录棋谱"),
            subject_row("语言测试由人认定", 培训内容="长方体；KET词汇"),
        ),
        (
            activity_row("境外课程", 培训内容="按A-Level大纲授课"),
            activity_row("境外考试", 班级名称="SAT备考班"),
            activity_row("境外教材", 培训材料="IGCSE Coursebook"),
        ),
    ),
    "CONTENT-ADMISSION": (
        (
            activity_row("写明不挂钩", 培训内容="布局与手筋，不与招生入学挂钩"),
            activity_row("杯子不是杯赛", 培训内容="在纸杯上画棋子"),
        ),
        (
            activity_row("与录取挂钩", 培训内容="优秀学员由合作初中优先录取"),
            subject_row("小升初题型", 培训内容="长方体，小升初题型精练"),
            subject_row("赛事备考", 培训材料="AMC8真题"),
        ),
    ),
    "CONTENT-HOMEWORK": (
        (
            subject_row("写明不布置", 培训内容="长方体的表面积，不布置课后作业"),
            subject_row("当堂完成", 培训内容="长方体的表面积，练习当堂完成"),
        ),
        (
            subject_row("课后作业", 培训内容="长方体的表面积，课后作业拍照上传"),
            activity_row("群打卡同样算", 培训内容="布局与手筋，每天在微信群打卡"),
            subject_row("课前预习", 进度安排="第1-8次：长方体，课前预习单"),
        ),
    ),
}

FEE_EXAMPLES: dict[str, Pair] = {
    "FEE-PERIOD": (
        (activity_row("正好三个月", 开班日期="2026-03-07", 结课日期="2026-06-07"),),
        (activity_row("三个月零一天", 开班日期="2026-03-07", 结课日期="2026-06-08"),),
    ),
    "FEE-LESSONS": (
        (activity_row("正好60课时", 总课时="60"),),
        (activity_row("61课时", 总课时="61"),),
    ),
    "FEE-AMOUNT": (
        (
            activity_row("正好5000元", 收费总额="5000"),
            subject_row("学科类另按政府指导价", 收费总额="5000.01"),
        ),
        (activity_row("5000.01元", 收费总额="5000.01"),),
    ),
    "FEE-EARLY": (
        (activity_row("正好提前一个月", 收费日期="2026-02-07"),),
        (activity_row("提前一个月零一天", 收费日期="2026-02-06"),),
    ),
    "FEE-GUIDE-PRICE": (
        (
            subject_row("正好是上限：38.50元×16课时×40分钟÷45分钟", 收费总额="547.55"),
            activity_row("非学科类不执行指导价"),
        ),
        (
            subject_row("高出上限一分", 收费总额="547.56"),
            live_row("线上每30分钟上限22元", 收费总额="352.01"),
        ),
    ),
}

STAFF_EXAMPLES: dict[str, Pair] = {
    "STAFF-CERTIFICATE": (
        (
            subject_row("证书学科相符", 证书学科或专业="初级中学数学"),
            subject_row("全科证书由人认定", 证书学科或专业="小学全科"),
            subject_row("外籍教师不适用", 资格证书号="", 教师身份="外籍（境内）"),
        ),
        (
            subject_row("没有证书号", 资格证书号=""),
            subject_row("证书是另一学科", 证书学科或专业="小学语文"),
            subject_row("证书是音乐", 证书学科或专业="小学音乐"),
            activity_row("非学科类没有证书号", 资格证书号="无"),
        ),
    ),
    "STAFF-IN-SERVICE": (
        (
            subject_row("专职教师"),
            subject_row("写明不聘用", 培训内容="长方体。本班不聘用在职中小学教师"),
            activity_row("已退休", 培训材料="由某小学退休教师授课"),
        ),
        (
            activity_row("栏内注明", 教师身份="在职中小学教师"),
            subject_row("文字写明", 培训内容="长方体，由实验小学在职数学老师主讲"),
        ),
    ),
    "STAFF-ABROAD": (
        (activity_row("境内外教", 教师身份="外籍（境内）", 培训内容="外教面授戏剧表演"),),
        (
            activity_row("栏内注明", 教师身份="外籍（境外）"),
            activity_row("文字写明", 培训内容="每周一次由菲律宾外教远程连线"),
        ),
    ),
}

EXAMPLES: dict[str, Pair] = {
    **FORM_EXAMPLES,
    **TIME_EXAMPLES,
    **CONTENT_EXAMPLES,
    **WORDING_EXAMPLES,
    **FEE_EXAMPLES,
    **STAFF_EXAMPLES,
}
