// A frame that is not the committed one: which of its values the rest of the bundle contradicts.
import { HEX64 } from "./frames.js";
import { bytesOfHex, isObject, sha256, step, table, valueDigest } from "./values.js";

/** What a bundle says only once; an altered one of these can be suspected, not located. */
export const SAID_ONCE = [
  "frame.draw",
  "frame.campaign",
  "frame.objects[].area",
  "frame.excluded",
  "frame.snapshot",
  "frame.entropy",
  "frame.reveal_by",
];

/** One differing value. */
export const differs = (path, code, stated = "", expected = "", more = {}) => ({
  path, code, stated, expected, among: [], params: {}, ...more,
});

/** The SHA-256 hex of the 32 bytes that a key's 64 hex digits stand for. */
export const sealOf = (key) => sha256(bytesOfHex(key));

const copied = (value) => {
  if (Array.isArray(value)) return value.map(copied);
  return isObject(value) ? table(Object.keys(value).map((key) => [key, copied(value[key])])) : value;
};

/** The differences in a frame, and the frame as committed where mending them restores it. */
export function traceFrame(bundle) {
  const { frame } = bundle;
  if (!isObject(frame)) return { differences: [], mended: null };
  const mended = copied(frame);
  const found = [
    ...hashes(bundle, frame, mended),
    ...quotas(bundle, frame, mended),
    ...members(bundle, frame, mended),
    ...seats(bundle, frame, mended),
  ];
  const restored = valueDigest(mended) !== "" && valueDigest(mended) === bundle.commitment;
  return { differences: found, mended: restored ? mended : null };
}

const lists = (value) => {
  if (!isObject(value)) return table();
  const names = Object.keys(value).filter((name) => Array.isArray(value[name]));
  return table(names.map((name) => [name, value[name].filter((one) => typeof one === "string")]));
};

function hashes(bundle, frame, mended) {
  const said = {};
  if ("recusals" in bundle) said.recusals = valueDigest(bundle.recusals);
  if (typeof bundle.key === "string" && HEX64.test(bundle.key)) said.seal = sealOf(bundle.key);
  const found = Object.keys(said).filter((name) => frame[name] !== said[name]);
  for (const name of found) mended[name] = said[name];
  const named = found.map((name) =>
    differs(`frame.${name}`, "trace.differs", frame[name] ?? "", said[name]),
  );
  if (frame.protocol !== "DR1") mended.protocol = "DR1";
  return named;
}

function quotas(bundle, frame, mended) {
  const drawn = lists(bundle.drawn);
  if (!isObject(frame.quotas) || Object.keys(drawn).length === 0) return [];
  const found = [];
  for (const stratum of new Set([...Object.keys(drawn), ...Object.keys(frame.quotas)])) {
    const expected = drawn[stratum]?.length;
    if (frame.quotas[stratum] === expected) continue;
    const stated = frame.quotas[stratum] ?? "";
    found.push(differs(`frame.quotas.${stratum}`, "trace.quota", stated, expected ?? ""));
    if (expected === undefined) delete mended.quotas[stratum];
    else mended.quotas[stratum] = expected;
  }
  return found;
}

function members(bundle, frame, mended) {
  const objects = new Map();
  for (const picks of [lists(bundle.drawn), lists(bundle.reserve)]) {
    for (const stratum of Object.keys(picks)) {
      for (const id of picks[stratum]) objects.set(id, stratum);
    }
  }
  const inspectors = new Map();
  const reserve = lists(bundle.inspector_reserve);
  for (const department of Object.keys(reserve)) {
    for (const id of reserve[department]) inspectors.set(id, department);
  }
  for (const ids of Object.values(lists(bundle.teams))) {
    const departments = seatDepartments(frame, ids.length);
    ids.forEach((id, index) => inspectors.set(id, departments[index]));
  }
  return [
    ...groups(frame, mended, { name: "objects", group: "stratum", said: objects }),
    ...groups(frame, mended, { name: "inspectors", group: "department", said: inspectors }),
  ];
}

/** The department of each seat of a team, in order; empty texts where seats are not known. */
function seatDepartments(frame, size) {
  const unknown = Array(size).fill("");
  const stated = isObject(frame.teams) ? frame.teams.seats : null;
  if (!isObject(stated) || !Object.values(stated).every((one) => typeof one === "number")) {
    return unknown;
  }
  const found = Object.keys(stated)
    .sort()
    .flatMap((name) => Array(Math.min(stated[name], size)).fill(name));
  return found.length === size ? found : unknown;
}

/** Rows of the frame against the ids that were drawn from them (`said`: id → group). */
function groups(frame, mended, { name, group, said }) {
  const rows = frame[name];
  if (said.size === 0 || !Array.isArray(rows)) return [];
  const isRow = (row) => isObject(row) && typeof row.id === "string";
  const stated = new Set(rows.filter(isRow).map((row) => row.id));
  const missing = [...said.keys()].filter((id) => !stated.has(id));
  const seen = new Set();
  const found = [];
  rows.forEach((row, index) => {
    const path = step(`frame.${name}`, index);
    if (!isRow(row)) {
      found.push(differs(path, "trace.row", "", missing.slice(0, 3).join(" ")));
      return;
    }
    const expected = said.get(row.id);
    if (expected === undefined || seen.has(row.id)) {
      const only = missing.length === 1 ? missing[0] : "";
      found.push(differs(`${path}.id`, "trace.unknown", row.id, only));
      if (only) mended[name][index].id = only;
    } else if (expected && row[group] !== expected) {
      found.push(differs(`${path}.${group}`, "trace.differs", row[group] ?? "", expected));
      mended[name][index][group] = expected;
    }
    seen.add(row.id);
  });
  if (missing.length > 1 || (missing.length && rows.length < said.size)) {
    found.push(differs(`frame.${name}`, "trace.absent", "", missing.slice(0, 5).join(" ")));
  }
  return found;
}

function seats(bundle, frame, mended) {
  const count = Object.keys(lists(bundle.teams)).length;
  if (!count || !isObject(frame.teams)) return [];
  const found = [];
  if (frame.teams.count !== count) {
    found.push(differs("frame.teams.count", "trace.teams", frame.teams.count ?? "", count));
    mended.teams.count = count;
  }
  const stated = frame.teams.seats;
  const reserve = lists(bundle.inspector_reserve);
  if (!isObject(stated) || Object.keys(reserve).length === 0) return found;
  for (const department of Object.keys(stated).filter((name) => !(name in reserve))) {
    const path = `frame.teams.seats.${department}`;
    found.push(differs(path, "trace.department", stated[department]));
  }
  const rows = Array.isArray(frame.inspectors) ? frame.inspectors : [];
  for (const department of Object.keys(reserve)) {
    const size = rows.filter((row) => isObject(row) && row.department === department).length;
    const seated = (size - reserve[department].length) / count;
    if (Number.isInteger(seated) && stated[department] !== seated) {
      const path = `frame.teams.seats.${department}`;
      found.push(differs(path, "trace.seats", stated[department] ?? "", seated));
      mended.teams.seats[department] = seated;
    }
  }
  return found;
}
