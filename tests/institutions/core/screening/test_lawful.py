"""Lawful classes as institutions write them: nothing is found, by any rule."""

from __future__ import annotations

import pytest

from institutions.core.screening.rules.example_rows import ACTIVITY_ROW, SUBJECT_ROW
from tests.institutions.core.screening.contexts import findings_of

AUTUMN = {"开班日期": "2025-10-14", "结课日期": "2025-12-30", "收费日期": "2025-10-01"}
ACTIVITIES = [
    ("数字油画班", "油画", "数字填色油画，色块与构图", "颜料", "绘画"),
    ("物理治疗体验", "康复", "物理治疗与体态", "弹力带", "康复治疗师"),
    ("英语音乐剧", "音乐剧", "英语歌曲排练与走位", "剧本", "声乐"),
    ("航模物理社", "航模", "滑翔机制作与试飞", "木板", "科技辅导员"),
    ("地理徒步营", "户外", "识图、徒步与露营", "地图", "户外指导员"),
    ("历史剧社", "戏剧", "历史剧排演", "剧本", "表演"),
    ("化学魔术", "科学实验", "变色魔术，泡泡与干冰", "试剂包", "科技辅导员"),
    ("生物微距摄影", "摄影", "昆虫微距", "相机", "摄影师"),
    ("数独俱乐部", "数独", "九宫数独策略", "数独题卡", "裁判员"),
    ("少儿足球提高班", "足球", "传接球，周末友谊赛", "足球", "足球教练员"),
    ("钢琴考级班", "钢琴", "考级曲目与乐理，视奏练习", "考级教程", "钢琴演奏"),
    ("跳绳体能", "体能", "一分钟跳绳，体能测试", "跳绳", "体能教练"),
    ("小主持人", "主持", "绕口令、即兴表达、舞台礼仪", "自编台词", "播音主持"),
    ("朗诵班", "朗诵", "古诗文朗诵、气息与情感", "朗诵选集", "朗诵教师"),
    ("硬笔书法", "书法", "偏旁结构，临摹字帖", "字帖", "书法教师"),
    ("围棋段位班", "围棋", "死活题、定式、对局复盘", "死活题集", "围棋教练员"),
    ("编程入门", "编程", "变量、循环、坐标与函数，做小游戏", "电脑", "信息技术"),
    ("街舞", "街舞", "每周考核动作，期末汇报演出", "音响", "教练"),
    ("烘焙小课堂", "烘焙", "称量、比例与发酵", "食材", "西点师"),
    ("乐高机械", "乐高", "齿轮、杠杆、滑轮搭建", "积木", "科技辅导员"),
]
SUBJECTS = [
    (
        "五年级",
        "数学",
        "严格按课程标准教学，不超标、不超前，不布置任何形式的作业。内容为长方体和正方体",
        {},
    ),
    ("五年级", "数学", "分数加减法与折线统计图，课堂讲练结合，当堂反馈", {}),
    ("六年级", "数学", "圆柱、圆锥、比例及整理复习；不涉及小升初内容", {}),
    ("七年级", "数学", "平方根、实数、平面直角坐标系；不引入八年级的勾股定理", {}),
    ("八年级", "物理", "浮力、功和机械能，实验演示，课堂小测", {}),
    ("九年级", "化学", "酸碱盐与溶液的复习，课内练习", {}),
    ("四年级", "语文", "《观潮》《走月亮》朗读与理解，习作指导", AUTUMN),
    ("七年级", "语文", "《济南的冬天》《论语十二章》", AUTUMN),
    ("三年级", "外语", "Amazing animals 与 Plants around us 两个单元的听说", AUTUMN),
    ("八年级", "外语", "一般将来时、比较级；Plan for Yourself", AUTUMN),
    ("七年级", "生物", "光合作用、呼吸作用、人体的营养", {}),
    ("高一", "数学", "集合、函数的单调性、指数函数", {}),
    ("高二", "物理", "电场强度与电势", {}),
    ("五年级", "数学", "先温习四年级学过的三角形内角和与运算律，再学因数和倍数", {}),
    ("九年级", "数学", "二次函数与圆的综合，旋转；中考基础题型梳理", {}),
    ("六年级", "数学", "分数除法、百分数、圆的周长和面积", AUTUMN),
    ("二年级", "数学", "有余数的除法、万以内数的认识，时分秒", {}),
    ("一年级", "语文", "拼音复习与识字，看图说话", {}),
    ("八年级", "数学", "二次根式、勾股定理、平行四边形，一次函数与数据的分析", {}),
    ("四年级", "数学", "四则运算、运算律、小数的意义和性质、三角形、平均数", {}),
]


@pytest.mark.parametrize(("name", "activity", "content", "materials", "certificate"), ACTIVITIES)
def test_an_activity_that_shares_words_with_a_subject_is_clear(
    name: str, activity: str, content: str, materials: str, certificate: str
) -> None:
    cells = {
        **ACTIVITY_ROW,
        "班级名称": name,
        "学科或项目": activity,
        "培训内容": content,
        "培训材料": materials,
        "证书学科或专业": certificate,
    }
    assert findings_of(cells) == {}


@pytest.mark.parametrize(("grade", "subject", "content", "when"), SUBJECTS)
def test_a_subject_class_that_keeps_to_its_books_is_clear(
    grade: str, subject: str, content: str, when: dict[str, object]
) -> None:
    cells = {
        **SUBJECT_ROW,
        "学科或项目": subject,
        "班级名称": f"{grade}{subject}培训班",
        "招生对象": grade,
        "培训内容": content,
        "进度安排": "第1-4次：前半；第5-8次：后半",
        "培训材料": f"人教版{subject}{grade}教材、自编学习单",
        "证书学科或专业": subject,
        **when,
    }
    assert findings_of(cells) == {}
