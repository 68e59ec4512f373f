"""The wordings by which people deny, exclude or put off what they name, clause by clause.

Each function looks at one side of a place: what stands before it in its clause, what stands after
it there, and the clause that follows. docs/screening.md tells what each wording means.
"""

from __future__ import annotations

import re

_DENIAL = r"(?:不|从未|并未|尚未|均未|未(?!来|知|必|免|成年|央))"
_SOFTENER = (
    r"(?:再|得|予|会|可|准|能|许|允许|应|须|需要|需|必|用|另行|另外|额外|单独|专门|提前|系统|主动|"
    r"以任何形式|作|做|曾|有|直接|对外|在此|在本班|在课上|进行|列入|纳入|计入|计划|打算|要求)"
)
_DOING = (
    r"(?:涉及|涉|讲|教|学习|学(?!会|好|懂|完|到)|含|包括|包含|涵盖|覆盖|囊括|做|超前|超纲|超标|超|先学|布置|安排|开展|"
    r"组织|参加|参与|参赛|举办|举行|进行|设置|设(?!计)|作为|引入|引用|引申|拓展|延伸|扩展|展开|外延|传授|使用|采用|选用|选|"
    r"发放|发|留|上|练|考|属于|属|提供|承诺|与|和|跟|以|收取|收|聘用|聘请|聘任|聘|雇用|雇|请|招收|招募|招|由|要求|出现|"
    r"讨论|触及|触碰|碰|介绍|补习|补|训练|辅导|鼓励|推荐|推送|开设|开办|提(?!高|升|前|供|出|炼|问|示|取)|教授|讲授|讲解|解|挂钩|研究|探究|探讨|深究|推导|证明|"
    r"追求|谈及|谈|提及|提到|搞|办|开|排名|排|评比|评分|测试|测验|批改|检查|打卡|拍照|上传|背诵|默写|抄写|刷|赶|接触|衔接|"
    r"面向|针对|掌握|理会|抢跑|抢学|抢先|比赛|竞赛|对接|带|交|写|读|计算)"
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
# 均不会出现在课件里, 不是本班任务, 一句也不背: after the term any denial denies it, but for words
# that only sound like one (方程不难, 一次不落).
_DENIED_AFTER = re.compile(
    r"^[^,，。;；!！?？\n]{0,14}?(?:(?<![差能可是])不|从未|并未|未(?!来|知|必|免|成年)|没有?|绝无)"
    r"(?!难|限|同|等|少|断|错|仅|但|只|光|单|止|妨|怕|熟|懂|会的|多|大|高|长|重|累|贵|够|变|定|可缺|可少|可或缺|落|漏|放过|留|含糊|马虎|再怕|再难|再愁|扎实|牢|清|好|到位|足|稳|对|准|得不|画|算|写|列(?!入|为|在)|查|看|用(?!来?讲)|用?计算|借助|限于|间断|超过|小于|大于|低于|多于|少于|变|动|了|完|起|住|理解|明白|规范|完整|熟练|占|止步|枯燥|乏味|发愁|过关|学会)"
    r"[^,，。;；!！?？\n]{1,14}(?:$|[)\]】」』”\"])"
)
# 六年级再学, 要等下册, 下学期由学校讲, 到三年级才开始.
_LATER = (
    r"(?:[一二三四五六七八九\d]年级|[初高][一二三123]|初中|高中|中学|大学|以后|之后|将来|今后|日后|往后|下册|下学期|下学年|下一学期|下一册|"
    r"明年|来年|明春|春季|秋季|开春|高年级|升学后|升入[^,，。;；]{1,4}后|长大后|后面|后续|另一期|下一期)"
)
_PUT_OFF = (
    rf"(?:留到|留待|留给|等到?|要等|须等|需等|待|到|放到|放在|推到|归|由|属于?|是|要到)?{_LATER}(?:的?时候|时|里|上|课本|阶段|老师|的内容)?"
    r"(?:再|才|会|要|就|自会|自然会|由学校(?:老师|统一)?|由老师|在学校|学校里?)"
    r"(?:学|讲|教|说|上|开始|接触|见|碰|遇|展开|练|谈|系统|统一|安排|做|认识|专门|细|读|背|看|用)"
    rf"|(?:留到|留待|留给|要等|须等|需等|等到|等|放到|推到|推迟到|归|归入|归于|划归|划到){_LATER}|只有?(?:到了?)?{_LATER}才|"
    r"(?:交给|交由|让给|留给)(?:学校|老师|课堂)|"
    r"(?:已|已经)?(?:从|由)[^,，。;；]{0,8}?[里中]?(?:拿掉|删去|删掉|去掉|移除|移出|撤下|取消|剔除|抽掉)|(?:已|已经|一并|全部)(?:取消|移除|撤销|停开|停讲|停上)|"
    r"(?:排除)?在外(?=$|[)\]】」』”\"])|无关(?=$|[)\]】」』”\"])|"
    rf"(?:放在|排在|安排在|须待|要待|有待|待|等){_LATER}[^,，。;；]{{0,4}}$|{_LATER}[^,，。;；]{{0,6}}?(?:再|才)(?:学|讲|教|背|认|有|练|接触|开始)|"
    r"(?:下学期|下册|以后|将来)?由学校(?:老师|统一)?(?:讲|教|安排|组织)"
)
# 留到初中再学: what stands here is itself the time to which something is put off.
_PUT_OFF_TO = re.compile(
    r"^(?:的?时候|时|里|上|课本|阶段|的内容|以?后|之后)?(?:再|才)(?:有|要求|需要|会|学|讲|教|说|上|认|背|读|看|算|用|碰|开始|接触|见|碰|遇|展开|练|谈|系统|安排|做|认识)"
    r"(?:习|授|解|触|到|面|的|了|学|讲|它)*(?:$|[\s)\]】」』”\"])"
)
# 遇到方程的题，只说明以后会学: what may come up is only named.
_SHOULD_IT_COME_UP = re.compile(
    r"(?:遇到|遇上|遇见|碰到|碰上|碰见|见到|看到|读到|出现|问到|问起|提到|用到|涉及到?|牵涉|超出)"
)
_ONLY_NAMED_NEXT = re.compile(
    r"^[,，][^,，。;；]{0,14}(?:再学|再说|再讲|再教|以后学|以后会学|将来)|"
    r"^[,，](?:老师|我们|教师|也|就|都|一律|均|统统|课上)*(?:只|仅)(?:是|作|做|当场|简单|口头)*(?:说明|告诉|告知|提醒|提示|说|解释|给出|给|认|交代|点明|介绍|指出|标记|记)"
)
# 顺带学因式分解吗？答：不学。 全等三角形？那是八年级的事。
_ASKED_AND_DENIED = re.compile(
    r"^[^,，。;；!！?？\n]{0,10}[?？]\s*(?:\(?(?:答|a|答案|回答|回复)\)?[:：.]?\s*)?(?:我们|老师|本班|其实|抱歉|对不起|也|都|同样)?[,，]?\s*"
    r"(?:不|没有|没|否|暂不|请等|等|那是|那属于|那归|别急|还早|以后|将来|留到|到了?[^,，。]{1,6}再)"
)
# 别的班不讲一次函数，我们讲: what others leave out is taught here.
_CONTRAST = re.compile(
    r"^[,，](?:而|但|可|偏偏|偏)?(?:我们|本班|这里|本机构|我班|咱们|本课|本期)(?:却|偏|照样|照|先|就|都|则|会|要|来)*(?:讲|教|学|上|练|做|补)"
)
# 去掉高尔基体这些名词, 有人以为我们会上遗传: a topic set aside, or only supposed.
_SET_ASIDE = re.compile(
    r"(?:去掉|拿掉|抽掉|删掉|换掉|撇开|抛开|搁置|暂缓|省去|省略|取消|剔掉)[^,，。;；]{0,12}$"
)
_SET_ASIDE_AFTER = re.compile(
    r"^[^,，。;；]{0,10}(?:这些|这类|等|之类|的?内容|部分|名词|章节|知识|篇目|环节)"
)
_MISTAKEN = re.compile(
    r"(?:误?以为|误会|误认为|传言|谣传|听说)[^,，。;；]{0,14}$|(?:(?<![是若莫])非|(?<![有毫从])无(?:[^,，。;；]{1,8}[、和与及]){0,3}|并非|而不是)$"
)
# 那是六年级的内容, 归高中, 下学期由学校教师讲: what stands here is itself another time's.
_THAT_IS = re.compile(
    r"(?:(?:那|这|此|它们?|但|因|因为|却|仍|都|均|才)+(?:是|为)|(?:属于?|系|归(?:入|于)?)"
    r"|(?:要|须|得|需)?(?:等到|等|待到?|留到|留给|留待|放到|放在|推到|推迟到|交给))$"
)
_THAT_IS_AFTER = re.compile(
    r"^(?:上|的|学校)*(?:内容|课|事情?|任务|知识点?|篇目|要求|名词|名著|作品|教材|课本|老师|课程|课堂|范围|阶段|学段|教学|部分|章节|单元|第[^,，。;；]{1,3}[章单元课节]{1,2})?(?:$|[)\]】」』”\"])"
)
# 溶解度曲线留待下学期: whatever follows, what stands here is when it comes.
_BY_OTHERS = re.compile(
    rf"(?:留待|留到|等到|推到|推迟到|待到|须待|要待)$|{_LATER}(?:里|时|起)?(?:再|才|会)?(?:交)?由(?:各自)?(?:的)?$"
)
# 不学音标就读不准: what cannot be done without is taught.
_NEEDED = re.compile(r"^[^,，。;；!！?？]{0,4}(?:就|便|则|怎么|怎能|哪能)[^,，。;；!！?？]{1,10}")
# 学校还没有讲的指数函数: what follows 的 is not denied but described.
_NOT_YET = re.compile(
    r"(?:没有?|未|尚未|还没有?|从没)(?:系统|正式|来得及)?(?:学|讲|教|上|接触|碰|开)(?:习|授)?(?:过|到|完)?的$"
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
    rf"待[^,，。;；]{{0,12}}(?:再|才)|{_PUT_OFF}"
    rf"|(?:课上|课堂上?|班上|讲义[中里上]?|教案[中里上]?|本[班课期]|这里|书上|计划[中里])?(?:一律|一概|全部|统统|都|均|也|暂|暂时|概|并|就|先)*{_LEFT_OUT})"
)
# 物质的量属高中内容，不作拓展: a next clause that is nothing but a denial speaks of this one.
_DENIED_NEXT = re.compile(
    rf"^[,，](?:请[^,，。]{{0,6}}放心[,，]|本班|本期|本课程|课上|此处|这里|我们|本课|本次|本学期|课堂上?|课内|班里|班上|我|讲义[中里上]?|教案[中里上]?|计划[中里]|大家|同学们|孩子|学生|全部|统统|通通|一律|一概|均|都|皆|也|就|先|暂|暂时|只作说明[,，]|仅作说明[,，])*"
    rf"(?:(?:不|概不|均不|绝不|未|没)(?:再|会|提前|予以|予|专门|单独|另行|另外|作为|作|做|进行|加以){{0,2}}(?:{_SAID_OFF}|上|用|排课|解释|读|补充?|练|说|提|算|展示|编入|印)"
    rf"|没有|{_PUT_OFF})"
    r"(?:解|授|及|练|内容|在内|了|课|学习?|讲解?|教|再学|再讲)?(?=$|[。;；,，、!！)\]\n])"
    r"|^[,，](?:此处|这里|本期|本班|本课|一律|均|都|就|先|可以?)?(?:略去|略过|从略|除外|免讲|免去|免学|免了|留待|跳过|绕过|绕开|避开|搁置|作罢)"
    r"|^[,，](?:均|都|已|已经|当场|当即)*(?:婉拒|拒绝|谢绝|推辞|没有?答应|未答应|未同意|不同意|拿掉|取消|删去|删掉|撤下|停开|停讲)(?:了|过)?(?=$|[。;；,，、!！)\]\n])"
    r"|^[,，](?:请|望|不必|毋须|切|勿|家长)*(?:勿|不要|不必|别)(?:期待|担心|着急|惦记|指望|预期)"
    r"|^[,，](?:到时|以后|将来|日后|届时|到那时|升学后)(?:再|才|自然|自会)"
    r"|^[,，](?:[^,，。;；]{0,6}?)(?:一[个道次节句题点字概]|半[个道节句])(?:也|都)(?:不|没)[^,，。;；]{1,4}(?=$|[。;；,，])"
    r"|^[,，](?:我们|本班|老师|这里)?(?:也)?不[^,，。;；也]{1,3}(?:也|更)不[^,，。;；]{1,3}(?=$|[。;；,，])"
    r"|^[,，](?:只|仅)(?:作|做)(?:说明|了解)"
)

# A later clause of the sentence that says nothing but that it is not taught: its subject is the
# class, the teacher or a time, never another matter (难题不讲, 不布置作业).
_WHO = (
    r"(?:这些|以上|上述|此类|本[班课期]|本课程|本学期|这学期|这里|课堂上?|课上|课内|讲义[中里上]?|教案[中里上]?|课表[中里上]?|我们|我班|教师|老师|任课|授课|机构|"
    r"[一二三四五六七八九]年级班|目前|现在|已经?|书面|郑重|口头|统一|承诺|保证|说明|声明|答复|约定|全部|整节|整章|整段|一律|一概|均|都|也|就|先|暂时?|故|所以|因此|因而|而|并|且|概)"
)
_SAYS_NO = re.compile(
    rf"{_WHO}*(?:(?:不|未|没|没有|概不|从不|绝不)(?:再|会|予|予以|提前|专门|单独|作|做|打算|准备|计划|可能)?"
    r"(?:讲解|讲授|讲|教授|教|学习?|练习?|背诵?|读|谈及?|展开|涉及|列入|列|排课|排|安排|教学|碰|提及?|上课?|开课?|接触|补充|拓展|引入|使用|用|作[^,，。;；]{0,6}(?:内容|读物|材料|要求|任务)|做要求|要求|选入|选|收入|收|编入|印|进入?课堂)(?:了|的|到)?"
    r"|从略|略去|略过|跳过|免讲|免学|删去|删除|删掉|拿掉|撤下|取消|剔除|无此[^,，。;；]{0,6}|没有这[^,，。;；]{0,6}|(?:另行|到时|以后|将来|届时)(?:再|才)?[学讲说教]"
    rf"|(?:都|均|要|须)?(?:留到|等到?|到)?{_LATER}(?:里|时)?(?:再|才)(?:学|讲|教|说|上|有|练|接触|开始))$"
)
_SENTENCE = re.compile(r"[。;；!！?？\n]")
_MOST_CLAUSES_ON = 3


# 相似三角形属九年级教材，习题册里遇到一律跳过: of another time, and a denial further on.
_OF_ANOTHER_TIME = re.compile(
    rf"^[^,，。;；!！?？\n]{{0,6}}?(?:属于?|是|为|系|归|在){_LATER}(?:上|的)*(?:内容|课|教材|课本|知识点?|篇目|名著|要求|教学|章节|单元)?$"
)
_IS_TIME = re.compile(r"(?:属于?|是|为|系|归|在)$")
_ANY_DENIAL = re.compile(r"不|未|没|跳过|略|再|免|删|绕开|绕过")


def of_another_time(before: str, after: str, following: str) -> bool:
    """Whether a clause says that what stands there belongs to another time, and the next denies."""
    sentence = _SENTENCE.split(following, maxsplit=1)[0]
    if _ANY_DENIAL.search(sentence) is None:
        return False
    if _OF_ANOTHER_TIME.match(after) is not None:
        return True
    return _IS_TIME.search(before) is not None and _THAT_IS_AFTER.match(after) is not None


def denied_later(following: str) -> bool:
    """Whether one of the next clauses of the sentence says only that something is not taught."""
    sentence = _SENTENCE.split(following, maxsplit=1)[0]
    clauses = re.split("[,，]", sentence)[1 : _MOST_CLAUSES_ON + 1]
    return any(_SAYS_NO.match(clause.strip(' )）]】”"')) is not None for clause in clauses)


def denies_before(before: str, words: str, after: str, following: str) -> bool:
    """Whether what stands before `words` in its clause denies them (不讲…, 严禁…, 有人以为…).

    `after` is the rest of the clause, `following` what comes next. 不提前学: the words themselves
    may begin inside the denial.
    """
    if _MISTAKEN.search(before) is not None or _BY_OTHERS.search(before) is not None:
        return True
    if _SET_ASIDE.search(before) is not None and _SET_ASIDE_AFTER.match(after) is not None:
        return True
    if _THAT_IS.search(before) is not None and _THAT_IS_AFTER.match(after) is not None:
        return True
    if _NOT_YET.search(before) is not None or _NEEDED.match(after) is not None:
        return False
    if _CONTRAST.match(following) is not None:
        return False
    last = None
    for found in _EXCLUDES.finditer(before + words):
        if found.start() < len(before):
            last = found
    if last is not None and _ONLY.search(before, last.start()) is None:
        return True
    return _DENIES_CLOSE.search(before) is not None


def denies_after(after: str, following: str, *, broadly: bool) -> bool:
    """Whether the rest of a clause denies what stands before it (…不作要求, …留到初中再学).

    `broadly`: by any denial but those that only sound like one; else by verbs of teaching alone.
    """
    if _EXCLUDED_AFTER.search(after) is not None or _PUT_OFF_TO.match(after) is not None:
        return True
    if not broadly or _CONTRAST.match(following) is not None:
        return False
    return _DENIED_AFTER.match(after) is not None


def denies_next(before: str, rest: str, following: str) -> bool:
    """Whether what follows the clause denies it (…，本班不教; …吗？答：不学; 遇到…，只作说明).

    `rest` is the text from the place on, `following` from the end of its clause.
    """
    if _ASKED_AND_DENIED.match(rest) is not None or _DENIED_NEXT.match(following) is not None:
        return True
    met = _SHOULD_IT_COME_UP.search(before) is not None
    return met and _ONLY_NAMED_NEXT.match(following) is not None
