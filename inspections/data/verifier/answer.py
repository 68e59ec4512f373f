"""The second half of the one-file verifier: see `rules.py`."""

import argparse
import copy
import json
import sys
from pathlib import Path

from rules import (
    BY_DIGEST_ONLY,
    CODE,
    COMMITTED,
    DRAWN,
    FRAME,
    HEX64,
    PICKS,
    REPLACED,
    SAID_ONCE,
    TIMES,
    WHOLE,
    compare,
    digest_of,
    draw,
    free,
    meaning_faults,
    members,
    read_pattern,
    read_time,
    seed_of,
    sha,
    shape_faults,
    shown,
)

# Frames that are not the committed ones: what the rest of the bundle says of them


def repaired(bundle):
    """The frame with what is said twice put as the picks, the key and the recusals say it."""
    frame = copy.deepcopy(bundle.get("frame"))
    if not isinstance(frame, dict):
        return frame
    texts = {"protocol": "DR1", "recusals": digest_of(bundle.get("recusals"))}
    if isinstance(bundle.get("key"), str) and HEX64.fullmatch(bundle["key"]):
        texts["seal"] = sha(bytes.fromhex(bundle["key"]))
    frame.update(texts)
    if any(True for key in PICKS[:4] for _ in shape_faults(bundle.get(key), WHOLE[key], key)):
        return frame
    drawn, reserve, teams, left = (bundle[key] for key in PICKS[:4])
    if not drawn or not teams:
        return frame
    frame["quotas"] = {name: len(ids) for name, ids in drawn.items()}
    strata = {one: name for ids in (reserve, drawn) for name in ids for one in ids[name]}
    regroup(frame.get("objects"), "stratum", strata)
    seats = frame.get("teams", {}).get("seats") if isinstance(frame.get("teams"), dict) else None
    offices = {one: name for name, ids in left.items() for one in ids}
    seated = {one for ids in teams.values() for one in ids}
    regroup(frame.get("inspectors"), "department", {**dict.fromkeys(seated), **offices})
    if isinstance(seats, dict):
        frame["teams"]["count"] = len(teams)
        seat(frame, seats, teams)
        size = {}
        for row in frame.get("inspectors") if isinstance(frame.get("inspectors"), list) else ():
            name = row.get("department") if isinstance(row, dict) else None
            size[str(name)] = size.get(str(name), 0) + 1
        for name, ids in left.items():
            seats[name] = (size.get(name, 0) - len(ids)) // len(teams)
        for name in set(seats) - set(left):
            del seats[name]
        seat(frame, seats, teams)
    return frame


def seat(frame, seats, teams):
    """Give the seated inspectors the department of their seat, where the seats fill the teams."""
    if all(type(size) is int for size in seats.values()):
        block = [name for name in sorted(seats) for _ in range(min(seats[name], 100))]
        for ids in teams.values():
            if len(ids) == len(block):
                put_groups(
                    frame.get("inspectors"), "department", dict(zip(ids, block, strict=True))
                )


def are_rows(rows):
    return isinstance(rows, list) and all(isinstance(row, dict) for row in rows)


def put_groups(rows, group, said):
    for row in rows if are_rows(rows) else ():
        if isinstance(row.get("id"), str) and said.get(row["id"]):
            row[group] = said[row["id"]]


def regroup(rows, group, said):
    """Put a row's group as `said` (id → group), and the one id that nobody drew as the one left."""
    if not are_rows(rows):
        return
    stated = {row["id"] for row in rows if isinstance(row.get("id"), str)}
    missing = [one for one in said if one not in stated]
    seen = set()
    for row in rows:
        one = row.get("id")
        is_stray = not isinstance(one, str) or one not in said or one in seen
        if is_stray and len(missing) == 1:
            row["id"] = one = missing[0]
        seen.add(str(one))
    put_groups(rows, group, said)


# The verification


def verify(bundle, outside=""):
    """(differences as (path, text), places of which one was altered, digest) of a JSON value."""
    if not isinstance(bundle, dict):
        return [("", "应当是一个对象")], [], ""
    shape = next((one for one in (COMMITTED, DRAWN) if set(bundle) == set(one)), WHOLE)
    found, among, mended = list(shape_faults(bundle, shape)), [], {}
    frame, repaired_frame = trusted_frame(bundle, found, among)
    if repaired_frame:
        mended["frame"] = repaired_frame
    commitment = digest_of(frame or bundle.get("frame"))
    if commitment != bundle.get("commitment"):
        mended["commitment"] = commitment
    due = frame["entropy"]["due"] if frame else ""
    times(bundle, due, found)
    if shape is COMMITTED:
        return found, among, ""
    randomness = read_randomness(bundle, frame, found)
    if randomness is not None:
        mended["randomness"] = randomness
    if shape is DRAWN:
        return found, among, ""
    given(bundle, frame, found)
    settle(bundle, frame, (commitment, randomness), found, mended)
    digest = digest_of(without_digest(bundle))
    if digest != bundle.get("digest"):
        is_explained = digest_of(without_digest({**bundle, **mended})) == bundle.get("digest")
        among += [] if found and is_explained else digest_suspects(bundle)
        found += compare(bundle.get("digest"), digest, "digest")
    if outside and outside.strip().lower() != digest:
        found.append(("digest", f"重算得 {digest}，与另外得到的摘要不同"))
    return found, among, digest


def without_digest(bundle):
    return {key: value for key, value in bundle.items() if key != "digest"}


def digest_suspects(bundle):
    """What only the digest protects."""
    lists = [name for name in ("replacements", "inspector_replacements") if bundle.get(name)]
    return BY_DIGEST_ONLY + [f"{name}[].{key}" for name in lists for key in ("reason", "at")]


def trusted_frame(bundle, found, among):
    """The frame as committed, else as stated, None where it is none; and the frame put right."""
    frame, stated = bundle.get("frame"), bundle.get("commitment")
    is_shaped = not any(path.startswith("frame") for path, _ in found)
    if is_shaped:
        found += meaning_faults(frame)
    is_sound = not any(path.startswith("frame") for path, _ in found)
    computed = digest_of(frame)
    if computed == stated:
        return (frame if is_sound else None), None
    found.append(("commitment", f"写的是 {shown(stated)}，由抽查框重算得 {computed}"))
    key, randomness = bundle.get("key"), bundle.get("randomness")
    if seed_of(computed, key, randomness) == bundle.get("seed"):
        return (frame if is_sound else None), None
    right = repaired(bundle)
    found += compare(frame, right, "frame")
    if digest_of(right) == stated:
        is_right = not [*shape_faults(right, FRAME)] and not [*meaning_faults(right)]
        return (right if is_right else None), right
    among += ["frame", *SAID_ONCE]
    return (frame if is_sound else None), None


def times(bundle, due, found):
    moments = {key: read_time(bundle.get(key)) for key in TIMES}
    found += [(key, "应当是带时区的时间") for key in TIMES if bundle.get(key) and not moments[key]]
    committed, drawn, revealed = moments.values()
    moment = read_time(due)
    if committed and moment and committed >= moment:
        found.append(("committed_at", "承诺必须先于约定的读数时间"))
    if drawn and moment and drawn < moment:
        found.append(("drawn_at", "早于约定的读数时间"))
    first = drawn or (None if bundle.get("void") else moment)
    if revealed and first and revealed < first:
        found.append(("revealed_at", "早于抽取"))


def read_randomness(bundle, frame, found):
    """The first reading that fully matches the format; "" where a draw was void before."""
    stated, readings = bundle.get("randomness"), bundle.get("readings")
    entropy = (frame or bundle.get("frame") or {}) if isinstance(bundle.get("frame"), dict) else {}
    entropy = entropy.get("entropy") if isinstance(entropy.get("entropy"), dict) else {}
    pattern = read_pattern(entropy.get("format"))
    texts = [one for one in readings if isinstance(one, str)] if isinstance(readings, list) else []
    fits = [one for one in texts if one.isascii() and pattern and pattern.fullmatch(one)]
    right = fits[0] if fits else None
    if right is None and stated == "" and bundle.get("void"):
        return ""
    if right != stated:
        found.append(("randomness", f"写的是 {shown(stated)}，由读数得 {shown(right)}"))
        found.append(("readings", "读数与当初用于抽取的随机数对不上"))
    return right


def given(bundle, frame, found):
    """Key and recusals against the frame."""
    key, recusals = bundle.get("key"), bundle.get("recusals")
    has_key = isinstance(key, str) and HEX64.fullmatch(key)
    if has_key and frame and sha(bytes.fromhex(key)) != frame["seal"]:
        found.append(("key", "与抽查框里的封印对不上"))
    if frame and digest_of(recusals) != frame["recusals"]:
        found.append(("recusals", "与抽查框里的摘要对不上"))
    if isinstance(recusals, list) and all(isinstance(one, list) for one in recusals):
        for at, pair in enumerate(recusals):
            before = recusals[at - 1] if at else []
            if len(pair) != 2 or [*map(str, pair)] < [*map(str, before)]:
                found.append((f"recusals[{at}]", "应当是两项，并按先后排列"))


def settle(bundle, frame, roots, found, mended):
    """Seed, picks and replacements against those recomputed."""
    commitment, randomness = roots
    key, stated, recusals = bundle.get("key"), bundle.get("seed"), bundle.get("recusals")
    if randomness == "" and bundle.get("void"):
        mended.update({**{name: {} for name in PICKS[:5]}, "unassigned": [], "seed": ""})
        for name in (*PICKS, "seed"):
            found += compare(bundle.get(name), mended[name], name)
        return
    has_key = isinstance(key, str) and HEX64.fullmatch(key)
    root = seed_of(commitment, key, randomness) if has_key and randomness is not None else None
    if root != stated:
        found.append(("seed", f"写的是 {shown(stated)}，重算得 {shown(root)}"))
    is_readable = not [*shape_faults(recusals, [[CODE]])] and all(len(one) == 2 for one in recusals)
    if frame is None or not is_readable:
        found.append(("drawn", "抽查框或回避名单有误，无法重算"))
        return
    pairs, seeds = {tuple(one) for one in recusals}, [root, stated]
    seeds = [one for one in seeds if isinstance(one, str) and HEX64.fullmatch(one)]
    tried = []
    for seed in dict.fromkeys(seeds):
        picks, routes, turn = draw(frame, pairs, seed)
        differs = [one for name in PICKS for one in compare(bundle.get(name), picks[name], name)]
        tried.append((differs, seed, picks, routes, turn))
    if not tried:
        return
    differs, seed, picks, routes, turn = min(tried, key=lambda one: len(one[0]))
    found += differs
    mended.update(picks, seed=seed)
    lists = {name: bundle.get(name) for name in ("replacements", "inspector_replacements")}
    if not any(True for name in lists for _ in shape_faults(lists[name], REPLACED)):
        mended.update(replay(lists, frame, (picks, routes, turn, pairs), found))


def replay(lists, frame, drawn, found):
    """Each replacement in the order of time, against the reserve order; the lists put right."""
    picks, _, _, _ = drawn
    right = copy.deepcopy(lists)
    standing = {
        "teams": copy.deepcopy(picks["teams"]),
        "held": dict(picks["assignments"]),
        "used": set(),
        "gone": set(),
    }
    for name, at in in_order(*right.values()):
        entry = right[name][at]
        step = replaced_object if name == "replacements" else replaced_inspector
        expected = step(entry, frame, drawn, standing)
        if isinstance(expected, tuple):
            found.append((f"{name}[{at}].{expected[0]}", expected[1]))
            continue
        stated = {key: entry[key] for key in expected}
        found += compare(stated, expected, f"{name}[{at}]")
        entry.update(expected)
    return right


def in_order(objects, inspectors):
    """Both lists by time; where none is stated or they are equal, objects come first."""
    left, other = 0, 0
    while left < len(objects) or other < len(inspectors):
        is_left = other >= len(inspectors)
        if not is_left and left < len(objects):
            one, two = read_time(objects[left]["at"]), read_time(inspectors[other]["at"])
            is_left = not (one and two and one > two)
        if is_left:
            yield "replacements", left
            left += 1
        else:
            yield "inspector_replacements", other
            other += 1


def replaced_object(entry, frame, drawn, standing):
    """What the entry should say, or the field and why it cannot stand."""
    picks, routes, turn, pairs = drawn
    held, out = standing["held"], entry["out"]
    if out not in held or out in standing["gone"]:
        return "out", "没有被抽中，或者已经替换过"
    _, strata, _ = members(frame)
    reserve = picks["reserve"][next(name for name in strata if out in strata[name])]
    into = next((one for one in reserve if one not in standing["used"]), "")
    start = routes.get(out, turn[0]) if held[out] == "0" else held[out]
    team = free(into, start, turn, standing["teams"], pairs) if into else "0"
    standing["gone"].add(out)
    standing["used"].add(into)
    if into:
        held[into] = team
    return {"in": into, "team": team}


def replaced_inspector(entry, frame, drawn, standing):
    """What the entry should say, or the field and why it cannot stand."""
    picks, _, _, pairs = drawn
    teams, team, out = standing["teams"], entry["team"], entry["out"]
    if team not in teams or out not in teams[team]:
        return ("out" if team in teams else "team"), "不在这一组"
    _, _, offices = members(frame)
    reserve = picks["inspector_reserve"][next(name for name in offices if out in offices[name])]
    met = [one for one, where in standing["held"].items() if where == team]
    fit = (one for one in reserve if not any((one, other) in pairs for other in met))
    into = next((one for one in fit if one not in standing["used"]), "")
    at = teams[team].index(out)
    teams[team][at : at + 1] = [into] if into else []
    standing["used"].add(into)
    return {"in": into}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bundle", metavar="数据.json")
    parser.add_argument("--digest", default="", metavar="摘要")
    asked = parser.parse_args()

    def unique(pairs):
        if len({key for key, _ in pairs}) < len(pairs):
            raise ValueError("同一个键写了两次")
        return dict(pairs)

    try:
        text = Path(asked.bundle).read_text(encoding="utf-8")
        bundle = json.loads(text, object_pairs_hook=unique)
    except (OSError, ValueError, RecursionError) as error:
        sys.stderr.write(f"读不了：{error}\n")
        return 2
    found, among, digest = verify(bundle, asked.digest)
    lines = [f"{path}：{text}" for path, text in dict.fromkeys(found)]
    if among:
        lines.append("被改的还可能是其中之一：" + "、".join(among))
    if found:
        lines.append(f"共 {len(set(found))} 处不符。")
    else:
        lines.append(f"全部一致。摘要 {digest or '（未到揭晓）'}")
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
