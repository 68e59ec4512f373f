"""Rules that turn on what the words say: overseas courses, admission, homework, pre-school."""

from __future__ import annotations

import re
from collections.abc import Iterator

from institutions.core.screening.bases import (
    ADMISSION,
    HOMEWORK,
    OVERSEAS,
    PRESCHOOL_SUBJECT,
)
from institutions.core.screening.facts import (
    NOT_APPLICABLE,
    PASS,
    Breach,
    Facts,
    Outcome,
    Undetermined,
)
from institutions.core.screening.limits import Limits
from institutions.core.screening.normalise import fold_text
from institutions.core.screening.reading import Place
from institutions.core.screening.rows import TOPIC_HEADERS, Category
from regulator.kernel.legal import LegalBasis

_HEADERS = (*TOPIC_HEADERS, "学科或项目")
_GAP = r"[^,，。;；、!！?？\n]"
_ALONE = r"(?<![a-z0-9])(?:{})(?![a-z0-9])"

# Codes of four letters or fewer are also everyday words (sat, act): capitals, or a course word.
_OVERSEAS_CODE = re.compile(_ALONE.format("ap|ib|ibdp|myp|sat|act|ossd|vce|gac|wace|hsc"))
_COURSE_WORD = re.compile(
    r"^\s*(?:[一-龥]{0,3}(?:课程|考试|备考|大纲|体系|真题|先修)|课|预备|数学|物理|化学)"
)
_OVERSEAS = re.compile(
    _ALONE.format(
        r"[ao]-?\s?levels?|[ao]levels?|key\s?stage\s?\d|ks\d|i?gcse|ssat|isee|psat|ibmyp|ibpyp|cie|edexcel"
    )
    + r"|国际文凭|剑桥国际|爱德思|加州(?:教材|语文|数学|课程)"
    r"|(?:境外|海外|国外|国际|北美|欧美|英国|英美|美国|加拿大|澳洲|澳大利亚|新西兰|新加坡|香港|台湾|日本|法国|德国)"
    r"(?:的?(?:小学|中学|初中|高中|大学|公立|本土|主流|原版|国家|核心|同步|学校|学科|语文|数学|英语|科学|阅读|物理|化学|生物|历史|社会)){0,4}的?"
    r"(?:课程|课标|教材|课本|大纲|考试局|学分|统考)|common\s?core|[oa]\s?水准|剑桥o"
    r"|美国大学先修|大学先修课程|美高(?:课程|预备)|英式课程"
)
_LANGUAGE_TEST = re.compile(
    _ALONE.format(r"ket|pet|fce|cae|yle|toefl|ielts|duolingo|gept|jlpt")
    + r"|托福|雅思|小托福|多邻国|剑桥(?:少儿)?英语(?:等级|考试|五级)?|剑桥五级|朗思|三一口语"
)

_ADMISSION = re.compile(
    r"小升初|幼升小(?:面试|考试|择校)|初升高(?:选拔|考试|签约)|点招|点考|坑班|分班考|分班测|择校|占坑|密考|自主招生"
    r"|招生考试|入学(?:考试|测试|选拔|面试|摸底|测评|笔试|题型)|选拔(?:录取|考试|入学)|优先录取|提前录取|预录取|直升|保送|推荐入学"
    rf"|(?:初中|高中|中学|名校|民办|重点|学校|实验班|尖子班|火箭班|特长){_GAP}{{0,8}}?"
    r"(?:录取|入读|优先入|特招|入围|敲门砖|提前批|分班|降分|招生|选拔|点招|签约|面试|优先|推荐|直通|输送|摇号|考核)"
    r"|升学(?:班|加分|推荐|通道|直通|捷径|优惠|保障|挂钩|考|衔接|名额|录取|择优)|升入(?:名校|重点|民办|实验)"
    r"|(?:升学|入学|录取|招生|择校|中考|升初)[^,，。;；、]{0,6}(?:加分|优先|优势|挂钩|依据|参考|资格|通道|保障|名额|捷径|凭证|绿色通道|敲门砖)"
    r"|(?:加分|优先|保送|特招|点招|录取|选拔)[^,，。;；、]{0,6}(?:升学|入学|名校|初中|中学|高中)|特招|入读(?:名校|重点|民办)|择优(?:录取|推荐|输送)|面谈(?:技巧|辅导|模拟)"
    r"|(?:对口|合作|签约|指定)(?:名校|初中|高中|中学|小学)|(?:摇号|掐尖|抢位|入围)(?:攻略|资格|辅导|考)|(?:录取|入学|升学)(?:资格|名额|率)"
    r"|作为(?:入学|升学|录取|招生)|与(?:招生|入学|升学|录取){1}|名校直通|推荐(?:进入|升入|到|至)[^,，。;；、]{0,6}(?:中学|初中|高中|名校)|特长生(?:招生|考试|选拔|测试|加分)"
    r"|(?:招生|入学|升学)(?:挂钩|依据|凭证|绿色通道)|(?:中考|升学)加分|重点班选拔|尖子班选拔"
)
_CONTEST = re.compile(
    _ALONE.format(
        r"amc\s?\d{0,2}|aime|imo|noip?|csp(?:-?[js])?|ymo|imc|aimo|wmo|kmc|euclid|nacl?oi"
    )
    + r"|(?:(?![不无未禁])[一-龥]){1,8}杯[”\"」』》]?(?:赛|竞赛|比赛|大赛|邀请赛|联赛|初赛)"
    rf"|(?:(?![不无未禁])[一-龥]){{1,8}}(?<![奖纸水茶克量烧温玻璃酒高脚咖啡])杯[”\"」』》’】]?{_GAP}{{0,8}}?"
    r"(?:赛|竞赛|比赛|大赛|邀请赛|联赛|锦标赛|初赛|复赛|决赛|备赛|集训|选拔|全国|真题|试题|冲刺|夺奖|获奖|培优)"
    r"|[“\"「『《][^“”\"「」『』《》,，。;；]{1,8}杯[”\"」』》]"
    r"|华罗庚金杯|华杯|希望杯|希杯|迎春杯|走美|袋鼠数学|大同杯|天原杯|春蕾杯|叶圣陶杯|冰心杯|语文报杯"
    r"|鹏程杯|学而思杯|陈省身杯|五羊杯|睿达杯|世奥赛|全国(?:中学生|青少年)?(?:数学|物理|化学|生物|信息学)"
    r"(?:奥林匹克|竞赛|联赛)|(?:数学|物理|化学|生物|信息学?|英语|作文|编程|机器人)(?:奥林匹克|奥赛|竞赛(?!规则)|联赛)"
    r"|(?:奥数|奥林匹克|竞赛|奥赛)(?:备赛|备考|集训|冲刺|真题|考试|选拔|获奖|初赛|复赛|决赛)|(?:备战|冲刺|冲击)[^,，。;；、]{0,8}(?:竞赛|奥赛|联赛|锦标赛|等级赛)"
)
_MARK_DENIED = re.compile(r"(?:不|无|未|没有|严禁|禁止|非|杜绝|勿)\S{0,6}$")

_OUTSIDE = r"(?:课后|课外|课余|家庭|回家|(?<![乘代除加减折退放])回去|在家|居家|睡前|放学后|课下)"
# A class may itself meet on those days: only words that mean work at home count with them.
_DAYS = r"(?:每晚|当晚|晚上|次晚|周末|假期|寒假|暑假|每日|每天|天天|日常|隔日|次日|平时)"
_HOMEWORK = re.compile(
    rf"{_OUTSIDE}{_GAP}{{0,8}}?(?:作业|打卡|任务|背诵|默写|抄写|听写|预习|巩固|刷题|习题|题单|练习题|练习册"
    r"|练习卷|做题|完成|上传|提交|录音|录像|录视频|自练|练习(?!场|室)|卷|题|练字|练琴|练功|朗读|听读|跟读|复习|温习|训练|作品|日记|抄|背|写|读|检查|重做|订正|小练|一张|两张|[一二两三]页)"
    rf"|{_DAYS}{_GAP}{{0,8}}?(?:作业|打卡|背诵|默写|抄写|预习|刷题|题单|上传|自练|家长|交(?:给|老师|作业|一|两|三|来|到)|提交|发(?:给|到|群)|带来检查)"
    rf"|(?:回家|在家|回去|居家|家中|到家){_GAP}{{0,6}}?(?:画|做|练|唱|跳|弹|拍|完成|复习|读|写|背|听)"
    rf"|(?:练习册|口算|习题|题集|试卷|字帖|练习){_GAP}{{0,6}}?(?:每周|每天|每日|每晚){_GAP}{{0,4}}?(?:完成|做|写|练|交)"
    rf"|(?:每周|每次|按时|按期|下次课前?|次日){_GAP}{{0,4}}?(?:交|上交|提交){_GAP}{{0,6}}?(?:作品|作业|日记|卷|单|练|本|习)"
    r"|(?:课前|提前)预习(?!情况)|预习(?:单|任务|作业)|(?:布置|留|发放|下发|收交|上交|提交|批改|检查|批阅)"
    rf"{_GAP}{{0,6}}?(?:作业|任务单|习题|题单|预习单|练习卷|练习)"
    rf"|(?:群|微信|钉钉|qq|小程序|app|公众号|家长){_GAP}{{0,10}}?(?:打卡|接龙|作业|交作业|上传|提交|拍照|留痕|交(?!流|友|换|代|接|谈|通|替|叉|互|易|响))"
    rf"|(?:拍照|拍视频|录视频|录音|视频){_GAP}{{0,6}}?(?:发群|发到|发给|给老师|给助教|给教师|上传|提交|打卡|交|传)|打卡(?:群|表|任务|练习|积分)"
    r"|作业(?:打卡|群|上传|提交|批改|反馈|单|量|包)|连续打卡|坚持打卡|家长签字|每(?:日|天|晚|周)(?:一|两|三|二)(?:练|题|卷|记|读|背|写|篇|测)|每课一练带回|天天练(?:习)?(?:带|上传|打卡|提交)|预习(?:全文|课文|新课|下一|下节|第|教材|要求)|课前预习"
    r"|(?:任务|学习|练习|闯关|阅读|口算)(?:卡|单|册|本|页|包)[^,，。;；!！?？\n]{0,6}(?:带回|回家|在家|课后|家长)|带回(?:家|去)?(?:做|完成|练|写|填)"
    r"|(?:老师|教师|助教)[^,，。;；!！?？\n]{0,6}(?:线上|群里|微信|次日)[^,，。;；!！?？\n]{0,4}(?:批改|批阅|检查)|收作业|交作业"
    r"|(?:家长|父母|爸妈)[^,，。;；!！?？\n]{0,6}(?:督促|监督|陪同|协助|检查)[^,，。;；!！?？\n]{0,6}(?:完成|背|练|写|读|做)"
    rf"|(?:带回|拿回){_GAP}{{0,4}}?(?:家|去){_GAP}{{0,4}}?(?:做|完成|练|写)"
)
_IN_CLASS = re.compile(
    r"当堂|课堂|课上|课内|随堂|现场|堂上|堂内|签到|到课|考勤|景点|拍照留念|学校作业|校内作业|打卡墙"
)
_NO_WORK = re.compile(r"(?:零|无|免|没有|不含|不带|不留|不布置|不设)\S{0,4}(?:作业|打卡)")

_TEACHES_EARLY = re.compile(
    r"拼音|识字|认字|汉字(?!画|拓|绘)|写字|生字|声母|韵母|田字格|笔顺|算术|加减|口算|心算|凑十|破十|乘法|乘除|算盘"
    r"|(?:10|20|50|100|十|二十|一百)以内|数学(?!桌游|游戏绘本)|语文|英语(?!音乐剧|戏剧|话剧|歌舞)|外语|日语|俄语"
    r"|自然拼读|phonics|英文|单词|字母|音标|幼小衔接|幼升小|学前班|入学准备|小学(?:化|内容|课程|知识|课本|教材|预备)"
    r"|一年级(?:上|内容|课本|教材|课程|知识|预备|先修)|abc"
)


def judge_overseas(facts: Facts, limits: Limits) -> Outcome:
    """CONTENT-OVERSEAS: a foreign curriculum or its examination; language tests stay open."""
    if not OVERSEAS.in_force_on(facts.row.starts_on):
        return NOT_APPLICABLE
    places = list(facts.reading.matches(_OVERSEAS, _HEADERS))
    places += [
        place for place in facts.reading.matches(_OVERSEAS_CODE, _HEADERS) if _is_code(facts, place)
    ]
    if places:
        return _said(places, OVERSEAS)
    tests = list(facts.reading.matches(_LANGUAGE_TEST, _HEADERS))
    if not tests:
        return PASS
    params = {"spans": _spans(tests), "evidence": tests[0].words}
    return Undetermined(tests[0].header, "是否按境外课程培训的认定", OVERSEAS, params)


def _is_code(facts: Facts, place: Place) -> bool:
    after = facts.row.cells[place.header][place.end : place.end + 8]
    return place.words.isupper() or _COURSE_WORD.match(fold_text(after)) is not None


def judge_admission(facts: Facts, limits: Limits) -> Outcome:
    """CONTENT-ADMISSION: linked with admission or selection, or preparing for a contest by name."""
    if not ADMISSION.in_force_on(facts.row.starts_on):
        return NOT_APPLICABLE
    places = [*_found(facts, _ADMISSION), *_found(facts, _CONTEST)]
    return _said(places, ADMISSION) if places else PASS


def _found(facts: Facts, pattern: re.Pattern[str]) -> Iterator[Place]:
    for place in facts.reading.matches(pattern, _HEADERS):
        before = facts.reading.before(place)
        if not _MARK_DENIED.search(before):
            yield place


def judge_homework(facts: Facts, limits: Limits) -> Outcome:
    """CONTENT-HOMEWORK: work outside the sessions in any form, chat-group check-ins included."""
    if not HOMEWORK.in_force_on(facts.row.starts_on):
        return NOT_APPLICABLE
    places = [
        place for place in facts.reading.matches(_HOMEWORK, _HEADERS) if _is_outside(facts, place)
    ]
    return _said(places, HOMEWORK) if places else PASS


def _is_outside(facts: Facts, place: Place) -> bool:
    around = facts.reading.around(place)
    return not (_IN_CLASS.search(around) or _NO_WORK.search(around))


def judge_preschool(facts: Facts, limits: Limits) -> Outcome:
    """CONTENT-PRESCHOOL: pre-school pupils in a subject class, or taught what school teaches."""
    row = facts.row
    if not facts.is_preschool or not PRESCHOOL_SUBJECT.in_force_on(row.starts_on):
        return NOT_APPLICABLE
    if row.category is Category.SUBJECT:
        return Breach("培训类别", row.cells["培训类别"], PRESCHOOL_SUBJECT)
    places = list(facts.reading.matches(_TEACHES_EARLY, _HEADERS))
    return _said(places, PRESCHOOL_SUBJECT) if places else PASS


def _said(places: list[Place], basis: LegalBasis) -> Breach:
    words = tuple(dict.fromkeys(place.words for place in places))
    first = places[0]
    return Breach(first.header, first.words, basis, {"spans": _spans(places), "words": words})


def _spans(places: list[Place]) -> tuple[tuple[str, int, int], ...]:
    return tuple(dict.fromkeys(place.span for place in places))
