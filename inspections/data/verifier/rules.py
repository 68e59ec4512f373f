"""核对一次“双随机”抽查：python3 verify_dr1.py 数据.json [--digest 另外得到的摘要]

Recomputes a bundle of the draw protocol DR1 and names every value that differs. It needs Python
3.10 and nothing else: no network, no library, none of the system's own code. Read it, then run it.

退出码：0 一致；1 有不符；2 读不了。
"""

import hashlib
import json
import re
from datetime import datetime

CODE, HEX64 = re.compile("[A-Za-z0-9-]+"), re.compile("[0-9a-f]{64}")
NUMBER = re.compile("[A-Za-z0-9]{6}-[0-9]{4}-[0-9]{3}")
TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})"
)
PICKS = ("drawn", "reserve", "teams", "inspector_reserve", "assignments", "unassigned")
TIMES = ("committed_at", "drawn_at", "revealed_at")
BY_DIGEST_ONLY = ["committed_at", "readings", "witnesses", "drawn_at", "revealed_at", "void"]
SAID_ONCE = [
    *("frame.draw", "frame.campaign", "frame.objects[].area", "frame.excluded"),
    *("frame.snapshot", "frame.entropy", "frame.reveal_by"),
]


def sha(data):
    return hashlib.sha256(data).hexdigest()


def canonical(value):
    """RFC 8785; raises TypeError or UnicodeEncodeError where a value has no such form."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, str) or (type(value) is int and 0 <= value < 2**53):
        return json.dumps(value, ensure_ascii=False)
    raise TypeError(value)


def digest_of(value):
    try:
        return sha(canonical(value).encode())
    except (TypeError, UnicodeEncodeError, RecursionError):
        return ""


def read_time(text):
    if not isinstance(text, str) or not TIME.fullmatch(text):
        return None
    clock = re.sub(r"\.(\d+)", lambda found: f".{found.group(1):0<6}", text.replace("Z", "+00:00"))
    try:
        return datetime.fromisoformat(clock)
    except ValueError:
        return None


def read_pattern(text):
    try:
        return re.compile(text, re.ASCII) if text and text.isascii() else None
    except (AttributeError, re.error, OverflowError, RecursionError):
        return None


# Shapes: a pattern or None is a text; (f,) a text that f reads; int; [x] rows; {"*": x} by code.
MOMENT, PATTERN = (read_time,), (read_pattern,)
FRAME = {
    "protocol": re.compile("DR1"),
    "draw": NUMBER,
    "campaign": None,
    "objects": [{"id": CODE, "stratum": CODE, "area": CODE}],
    "quotas": {"*": int},
    "excluded": [{"id": CODE, "reason": re.compile("cap|closed|other")}],
    "snapshot": HEX64,
    "inspectors": [{"id": CODE, "department": CODE}],
    "recusals": HEX64,
    "teams": {"count": int, "seats": {"*": int}},
    "seal": HEX64,
    "entropy": {
        "kind": re.compile("dice|lottery|beacon"),
        "source": None,
        "format": PATTERN,
        "fallback": None,
        "due": MOMENT,
    },
    "reveal_by": MOMENT,
}
REPLACED = [dict.fromkeys(("out", "in", "team", "reason", "at"))]
COMMITTED = {"frame": FRAME, "commitment": None, "committed_at": None}
DRAWN = {**COMMITTED, "readings": [None], "randomness": None, "witnesses": [None], "drawn_at": None}
WHOLE = {
    **DRAWN,
    "recusals": [[CODE]],
    "key": HEX64,
    "seed": None,
    **{name: {"*": [CODE]} for name in PICKS[:4]},
    "assignments": {"*": CODE},
    "unassigned": [CODE],
    "replacements": REPLACED,
    "inspector_replacements": REPLACED,
    "revealed_at": None,
    "void": None,
    "digest": None,
}


def shape_faults(value, shape, path=""):
    """(path, what is wrong) for everything that has another shape."""
    kinds = {dict: "对象", list: "数组", type: "整数"}
    wanted = kinds.get(type(shape), "文字")
    is_whole = type(value) is int and 0 <= value < 2**53
    fits = {"对象": isinstance(value, dict), "数组": isinstance(value, list), "整数": is_whole}
    if not fits.get(wanted, isinstance(value, str)):
        yield path, f"应当是{wanted}"
    elif wanted == "数组":
        for at, one in enumerate(value):
            yield from shape_faults(one, shape[0], f"{path}[{at}]")
    elif wanted == "对象":
        for key in value if "*" in shape else {**shape, **value}:
            inner = f"{path}.{key}".lstrip(".")
            if key not in value or not {"*", key} & set(shape):
                yield inner, "缺少这一项" if key in shape else "协议里没有这一项"
            elif "*" in shape and not CODE.fullmatch(key):
                yield inner, "只能由字母、数字和短横组成"
            else:
                yield from shape_faults(value[key], shape.get(key, shape.get("*")), inner)
    elif wanted == "文字":
        read = shape[0] if isinstance(shape, tuple) else shape and shape.fullmatch
        is_broken = any("\ud800" <= sign <= "\udfff" for sign in value)
        if is_broken or (read and not read(value)):
            yield path, "写法不合协议"


def meaning_faults(frame):
    """What DR1 §1 refuses of a frame that has its shape."""
    kept, strata, offices = members(frame)
    for name in ("objects", "excluded", "inspectors"):
        ids = [row["id"] for row in frame[name]]
        for at, one in enumerate(ids):
            is_kept = name == "excluded" and one in kept
            if is_kept or (at and one <= ids[at - 1]):
                yield f"frame.{name}[{at}].id", "编号重复、没有按序排列，或者又被排除"
    for at, row in enumerate(frame["objects"]):
        if row["stratum"] not in frame["quotas"]:
            yield f"frame.objects[{at}].stratum", "这一层没有写抽取数量"
    for name, quota in frame["quotas"].items():
        if name not in strata or quota > len(strata[name]):
            yield f"frame.quotas.{name}", "没有这一层，或者抽取数量大于家数"
    yield from seat_faults(frame["teams"]["count"], frame["teams"]["seats"], offices)


def seat_faults(count, seats, offices):
    if count < 1 or not seats:
        yield "frame.teams", "至少要有一组、一个部门"
    for name in {**seats, **offices}:
        if seats.get(name, 0) < 2 or len(offices.get(name, ())) < count * seats.get(name, 0):
            yield f"frame.teams.seats.{name}", "席位少于 2 个，或者人员不够"


def members(frame):
    """Ids of all objects; stratum → ids; department → ids."""
    strata, offices = {}, {}
    for row in frame["objects"]:
        strata.setdefault(row["stratum"], []).append(row["id"])
    for row in frame["inspectors"]:
        offices.setdefault(row["department"], []).append(row["id"])
    return {row["id"] for row in frame["objects"]}, strata, offices


# The draw, DR1 §2 to §4


def order(ids, label):
    """Rivest's consistent sampling: ids by ascending ticket."""
    seed = sha(label.encode())
    return sorted(ids, key=lambda one: str(int(sha((seed + one).encode()), 16)).zfill(64)[::-1])


def seed_of(commitment, key, randomness):
    return sha(f"DR1|{commitment}|{key}|{randomness}".encode("utf-8", "replace"))


def draw(frame, pairs, seed):
    """The picks under a seed, the routes before recusals, and the order of the teams."""
    _, strata, offices = members(frame)
    drawn, reserve, left, areas = {}, {}, {}, {row["id"]: row["area"] for row in frame["objects"]}
    for name, quota in frame["quotas"].items():
        ordered = order(strata[name], f"{seed}/object/{name}")
        drawn[name], reserve[name] = ordered[:quota], ordered[quota:]
    count, seats = frame["teams"]["count"], frame["teams"]["seats"]
    teams = {str(number): [] for number in range(1, count + 1)}
    for name in sorted(seats):
        ordered = order(offices[name], f"{seed}/inspector/{name}")
        for at, seated in enumerate(teams.values()):
            seated += ordered[at * seats[name] : (at + 1) * seats[name]]
        left[name] = ordered[count * seats[name] :]
    turn = order(list(teams), f"{seed}/team")
    chosen = sorted((areas[one], one) for ids in drawn.values() for one in ids)
    routes, start = {}, 0
    for at, team in enumerate(turn):
        end = start + len(chosen) // count + (at < len(chosen) % count)
        routes.update((one, team) for _, one in chosen[start:end])
        start = end
    given = {one: free(one, team, turn, teams, pairs) for one, team in routes.items()}
    nobody = sorted(one for one, team in given.items() if team == "0")
    return dict(zip(PICKS, (drawn, reserve, teams, left, given, nobody), strict=True)), routes, turn


def free(one, start, turn, teams, pairs):
    at = turn.index(start)
    for team in turn[at:] + turn[:at]:
        if not any((member, one) in pairs for member in teams[team]):
            return team
    return "0"


def compare(stated, expected, path):
    if isinstance(stated, dict) and isinstance(expected, dict):
        for key in {**expected, **stated}:
            yield from compare(stated.get(key), expected.get(key), f"{path}.{key}")
    elif isinstance(stated, list) and isinstance(expected, list):
        for at in range(max(len(stated), len(expected))):
            one, other = (rows[at] if at < len(rows) else None for rows in (stated, expected))
            yield from compare(one, other, f"{path}[{at}]")
    elif type(stated) is not type(expected) or stated != expected:
        yield path, f"写的是 {shown(stated)}，重算得 {shown(expected)}"


def shown(value):
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = text.encode("utf-8", "backslashreplace").decode()
    return "（没有）" if value is None else (text[:80] or "（空）")
