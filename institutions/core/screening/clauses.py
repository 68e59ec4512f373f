"""Whether a place in a text excludes what it names (不涉及方程) or looks back (复习上册…)."""

from __future__ import annotations

import re

_BOUNDARY = re.compile(r"[,，。;；!！?？\n\r]")
# Nobody reads a longer clause as one; it also bounds the work on a cell of 32,767 characters.
_CLAUSE_CHARS = 80
_DENIAL = r"(?:不|从未|并未|尚未|均未|未(?!来|知|必|免|成年|央))"
_SOFTENER = (
    r"(?:再|得|予|会|可|准|能|许|允许|应|须|需要|需|必|用|另行|另外|额外|单独|专门|提前|系统|主动|"
    r"以任何形式|作|做|曾|有|直接|对外|在此|在本班|在课上|进行|列入|纳入|计入|计划|打算|要求)"
)
_DOING = (
    r"(?:涉及|涉|讲|教|学习|学(?!会|好|懂|完|到)|含|包括|包含|涵盖|覆盖|囊括|做|超前|超纲|超标|超|先学|布置|安排|开展|"
    r"组织|参加|参与|参赛|举办|举行|进行|设置|设(?!计)|作为|引入|引用|引申|拓展|延伸|扩展|展开|外延|传授|使用|采用|选用|选|"
    r"发放|发|留|上|练|考|属于|属|提供|承诺|与|和|跟|以|收取|收|聘用|聘请|聘任|聘|雇用|雇|请|招收|招募|招|由|要求|出现|"
    r"讨论|触及|触碰|碰|介绍|补习|补|训练|辅导|鼓励|推荐|推送|开设|开办|教授|讲授|讲解|解|挂钩|研究|探究|探讨|深究|推导|证明|"
    r"追求|谈及|谈|提及|提到|搞|办|排名|排|评比|评分|测试|测验|批改|检查|打卡|拍照|上传|背诵|默写|抄写|刷|赶|接触|衔接|"
    r"面向|针对|掌握|理会|比赛|竞赛|对接|带|交|写|读|计算)"
)
_EXCLUDES = re.compile(
    rf"{_DENIAL}{_SOFTENER}{{0,3}}{_DOING}"
    r"|没有|无(?:需|须|任何|课后|家庭|课外|书面|线上|作业|打卡|竞赛|考试|升学)|毋需|毋须|免(?:除|去|修|学|讲|考)"
    r"|严禁|禁止|杜绝|避免|拒绝|谢绝|绝无|排除|剔除|删去|删除|略去|略过|跳过|绕开|避开|远离|抵制|反对|摒弃|而非|并非|绝非|不是"
)
# 不画树状图, 不用量角器: verbs of doing sums deny only what stands right after them, or in a list.
_DENIES_CLOSE = re.compile(
    rf"{_DENIAL}{_SOFTENER}{{0,3}}(?:列|设|算|画|用|求|解|套|推|证|背|引出|引|发|进|接|认|考虑|补充|分析|解释|判断|比较|展示)"
    r"(?:出|入|到|任何|什么|过|有关|关于)?(?:[^,，。;；!！?？\n]{1,8}(?:、|和|与|及|或|以及)){0,4}[^,，。;；!！?？\n]{0,4}$"
)
_ONLY = re.compile(
    r"不(?:仅|但|只|光|单|止|断)|而是|只讲|只学|只做|只练|重点|主要|改为|改讲|(?<![不会])再[讲学]|转入|进入|也(?:讲|教|学)"
)
_SAID_OFF = (
    r"(?:讲解|讲授|讲|教授|教|学习|学|选用|选入|选|涉及|出现|安排|布置|拓展|展开|训练|包括|包含|含|属于|考查|考|讨论|引入|介绍|"
    r"收入|列入|纳入|计入|开设|提供|衔接|组织|参加|作要求|做要求|要求|作拓展|做拓展|作|做|碰|延伸|引申|挂钩|聘用|招收|使用|采用)"
)
# 六年级再学, 要等下册, 下学期由学校讲, 到三年级才开始.
_LATER = (
    r"(?:[一二三四五六七八九\d]年级|[初高][一二三123]|初中|高中|中学|大学|以后|之后|将来|今后|日后|往后|下册|下学期|下学年|下一学期|下一册|"
    r"明年|来年|高年级|升学后|升入[^,，。;；]{1,4}后|长大后|后面|后续|另一期|下一期)"
)
_PUT_OFF = (
    rf"(?:留到|留待|留给|等到?|要等|须等|需等|待|到|放到|放在|推到|归|由|属于?|是|要到)?{_LATER}(?:的?时候|时|里|上|课本|阶段|老师|的内容)?"
    r"(?:再|才|会|要|就|自会|自然会|由学校(?:老师|统一)?|由老师|在学校|学校里?)"
    r"(?:学|讲|教|说|上|开始|接触|见|碰|遇|展开|练|谈|系统|统一|安排|做|认识|专门|细)"
    rf"|(?:留到|留待|留给|要等|须等|需等|等到|等|放到|推到|推迟到){_LATER}|(?:下学期|下册|以后|将来)?由学校(?:老师|统一)?(?:讲|教|安排|组织)"
)
# 留到初中再学: what stands here is itself the time to which something is put off.
_PUT_OFF_TO = re.compile(
    r"^(?:的?时候|时|里|上|课本|阶段|的内容)?(?:再|才)(?:学|讲|教|说|上|开始|接触|见|碰|遇|展开|练|谈|系统|安排|做|认识)"
    r"(?:习|授|解|触|到|面|的|了|学|讲|它)*(?:$|[\s)\]】」』”\"])"
)
# 遇到方程的题，只说明以后会学: what may come up is only named.
_SHOULD_IT_COME_UP = re.compile(
    r"(?:遇到|遇上|遇见|碰到|碰上|碰见|见到|看到|读到|出现|问到|问起|提到|用到|涉及到?|牵涉|超出)"
)
_ONLY_NAMED_NEXT = re.compile(
    r"^[,，](?:老师|我们|教师|也|就|都|一律|均|统统|课上)*(?:只|仅)(?:是|作|做|当场|简单|口头)*(?:说明|告诉|告知|提醒|提示|说|解释|给出|给|认|交代|点明|介绍|指出|标记|记)"
)
_OFF_END = r"(?=(?:解|授|及|练|内容|在内|了|其中|之)?(?:$|[\s)\]】」』”\"、:：/]))"
# At the end of a clause: 课上不用, 讲义中没有, 一律剔除, 不补充, 未列入计划.
_LEFT_OUT = (
    r"(?:(?:不|没|没有|未|并未|概不|从不|绝不)(?:再|会|提前|专门|单独|另外|另行|系统)?(?:用|补充?|练|解释|排课|排|展示|提|提及|讲到|学到|用到|碰到|练到|问|比较|证明?|推导|计算|算|画|进|上|说|做题|列入计划|列入|编入|印入|收入|写入|放入)"
    r"|没有|剔除|跳过|绕过|绕开|避开|(?:一律|一概|全部|统统|都|均)(?:删去|删掉|去掉|拿掉|划掉|换掉|撤下|撤掉|抽掉|带过))(?:了|的|之)?(?:$|[\s)\]】」』”\"、:：/])"
)
_EXCLUDED_AFTER = re.compile(
    rf"^[^,，。;；!！?？\n]{{0,16}}?(?:"
    rf"(?:不|概不|暂不|均不|并不|未|均未|从不)(?:再|会|予以|予|专门|单独|另行|另外|系统|提前|作为|作|做|进行|加以){{0,2}}{_SAID_OFF}{_OFF_END}"
    r"|(?:均|都|一律|一概|全部|部分|内容|等|暂)*(?:不作要求|不做要求|不要求|不涉及|不讲|不教|不布置|不安排)"
    r"|不(?:在|属|列)[^,，。;]{0,12}(?:范围|之列|内容|要求|内)|不属|除外|略过|略去|从略|免讲|免学|(?:一律|一概|均|都|全部)?排除|不作为[^,，。;；]{0,8}内容|[以之]?外(?:都|均|其余|其他|全部)|留待|留到|留给|"
    rf"待[^,，。;；]{{0,8}}(?:再|才)|{_PUT_OFF}"
    rf"|(?:课上|课堂上?|班上|讲义[中里上]?|教案[中里上]?|本[班课期]|这里|书上|计划[中里])?(?:一律|一概|全部|统统|都|均|也|暂|暂时|概|并|就|先)*{_LEFT_OUT})"
)
# 物质的量属高中内容，不作拓展: a next clause that is nothing but a denial speaks of this one.
_DENIED_NEXT = re.compile(
    rf"^[,，](?:请[^,，。]{{0,6}}放心[,，]|本班|本期|本课程|课上|此处|这里|我们|本课|本次|本学期|课堂上?|课内|班里|班上|我|讲义[中里上]?|教案[中里上]?|计划[中里]|大家|同学们|孩子|学生|全部|统统|通通|一律|一概|均|都|皆|也|就|先|暂|暂时|只作说明[,，]|仅作说明[,，])*"
    rf"(?:(?:不|概不|均不|绝不|未|没)(?:再|会|提前|予以|予|专门|单独|另行|另外|作为|作|做|进行|加以){{0,2}}(?:{_SAID_OFF}|上|用|排课|解释|读|补充?|练|说|提|算|展示|编入|印)"
    rf"|没有|{_PUT_OFF})"
    r"(?:解|授|及|练|内容|在内|了|课)?(?=$|[。;；,，、!！)\]\n])"
    r"|^[,，](?:此处|这里|本期|本班|一律|均|都)?(?:略去|略过|从略|除外|免讲|留待)"
    r"|^[,，](?:只|仅)(?:作|做)(?:说明|了解)"
)
_LOOKS_BACK = re.compile(
    r"复习|回顾|回望|温习|温故|重温|巩固|已学|学过|旧知|梳理|整理(?!和)|查漏补缺|上册|上学期|补漏|唤醒"
)
_LOOKS_BACK_AFTER = re.compile(
    r"^[^,，。;；!！?？\n]{0,12}?(?:学过|已学|所学|已经学|的复习|的回顾|回顾|的?基础|复习|旧知|掌握情况)"
)
_NEAR_AFTER = 30


def clause_before(text: str, start: int) -> str:
    """The part of the clause that stands before a place, as far as a clause reaches."""
    near = text[max(0, start - _CLAUSE_CHARS) : start]
    return _BOUNDARY.split(near)[-1]


def clause_after(text: str, end: int) -> str:
    """The part of the clause that stands after a place, as far as a clause reaches."""
    return _BOUNDARY.split(text[end : end + _CLAUSE_CHARS], maxsplit=1)[0]


def is_excluded(text: str, start: int, end: int) -> bool:
    """Whether the clause says that what stands at `start:end` is not taught (or not done)."""
    before = clause_before(text, start)
    # 不提前学: the hit itself may begin inside the words that exclude it.
    clause = before + text[start:end]
    last = None
    for found in _EXCLUDES.finditer(clause):
        if found.start() < len(before):
            last = found
    if last is not None and not _ONLY.search(before, last.start()):
        return True
    if _DENIES_CLOSE.search(before) is not None:
        return True
    after = clause_after(text, end)
    if _EXCLUDED_AFTER.search(after) is not None:
        return True
    if _PUT_OFF_TO.match(after) is not None:
        return True
    following = text[end + len(after) :][:_NEAR_AFTER]
    if _DENIED_NEXT.match(following) is not None:
        return True
    met = _SHOULD_IT_COME_UP.search(before) is not None
    return met and _ONLY_NAMED_NEXT.match(following) is not None


def looks_back(text: str, start: int) -> bool:
    """Whether the clause speaks of what was learnt before: 复习, 回顾, 已学过 …"""
    return _LOOKS_BACK.search(clause_before(text, start)) is not None


def looks_back_at(text: str, start: int, end: int) -> bool:
    """The same, also by what follows: 七年级学过的方程组, 以四年级的运算律为基础."""
    if looks_back(text, start):
        return True
    return _LOOKS_BACK_AFTER.search(text[end : end + _NEAR_AFTER]) is not None
