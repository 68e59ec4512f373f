// The shape and the meaning of a frame and of a bundle (DR1 §1, §4): every reason by path and code.
import { isObject, oddValues, step } from "./values.js";

/** One reason: where, its code, and what its sentence needs. */
export const reason = (path, code, params = {}) => ({ path, code, params: { path, ...params } });

export const HEX64 = /^[0-9a-f]{64}$/;
const CODE = /^[A-Za-z0-9-]+$/;
const DRAW_NUMBER = /^[A-Za-z0-9]{6}-[0-9]{4}-[0-9]{3}$/;
const ASCII = /^[\u0000-\u007f]*$/;
const TIME =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?(?:Z|([+-])(\d{2}):(\d{2}))$/;

/** Microseconds since 1970 of an ISO 8601 text with its offset, or null. */
export function readTime(text) {
  const found = typeof text === "string" ? TIME.exec(text) : null;
  if (!found) return null;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map((one) => Number(one ?? 0));
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day);
  const isDay = year > 0 && moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day;
  const [offsetHour, offsetMinute] = [Number(found[9] ?? 0), Number(found[10] ?? 0)];
  if (!isDay || hour > 23 || minute > 59 || second > 59) return null;
  if (offsetHour > 23 || offsetMinute > 59) return null;
  moment.setUTCHours(hour, minute, second);
  const offset = (found[8] === "-" ? -1 : 1) * (offsetHour * 60 + offsetMinute);
  return (moment.getTime() - offset * 60_000) * 1000 + Number((found[7] ?? "").padEnd(6, "0"));
}

/** The pattern of `entropy.format`, to be matched fully, or null. */
export function readPattern(text) {
  if (typeof text !== "string" || !text || !ASCII.test(text)) return null;
  try {
    return new RegExp(`^(?:${text})$`);
  } catch {
    return null;
  }
}

/** The first reading that is ASCII and fully matches the format, or null. */
export function firstMatch(readings, format) {
  const pattern = readPattern(format);
  const fits = (one) =>
    typeof one === "string" && ASCII.test(one) && !one.endsWith("\n") && pattern?.test(one);
  return readings.find(fits) ?? null;
}

const anyText = (value, path) =>
  typeof value === "string" ? [] : [reason(path, "shape.text")];
const matching = (pattern, code) => (value, path) => {
  if (typeof value !== "string") return [reason(path, "shape.text")];
  const fits = pattern.test(value) && !value.endsWith("\n");
  return fits ? [] : [reason(path, code, { value: value.slice(0, 60) })];
};
const oneOf = (...choices) => (value, path) =>
  choices.includes(value) ? [] : [reason(path, "shape.choice", { choices: choices.join(" ") })];
const whole = (value, path) =>
  typeof value === "number" ? [] : [reason(path, "shape.integer")];
const timeText = (value, path) =>
  readTime(value) === null ? [reason(path, "shape.time")] : [];
const patternText = (value, path) =>
  readPattern(value) ? [] : [reason(path, "shape.pattern")];
const rows = (inner) => (value, path) =>
  Array.isArray(value)
    ? value.flatMap((one, index) => inner(one, step(path, index)))
    : [reason(path, "shape.array")];
const coded = (inner) => (value, path) => {
  if (!isObject(value)) return [reason(path, "shape.object")];
  return Object.keys(value).flatMap((key) => [
    ...(CODE.test(key) ? [] : [reason(step(path, key), "shape.code", { value: key.slice(0, 60) })]),
    ...inner(value[key], step(path, key)),
  ]);
};
export const record = (fields) => (value, path) => {
  if (!isObject(value)) return [reason(path, "shape.object")];
  const known = Object.keys(fields).flatMap((key) =>
    key in value ? fields[key](value[key], step(path, key)) : [reason(step(path, key), "shape.missing")],
  );
  const others = Object.keys(value).filter((key) => !Object.hasOwn(fields, key));
  return [...known, ...others.map((key) => reason(step(path, key), "shape.unknown_key"))];
};

const codeText = matching(CODE, "shape.code");
const digestText = matching(HEX64, "shape.digest");
const frameShape = record({
  protocol: oneOf("DR1"),
  draw: matching(DRAW_NUMBER, "shape.draw_number"),
  campaign: anyText,
  objects: rows(record({ id: codeText, stratum: codeText, area: codeText })),
  quotas: coded(whole),
  excluded: rows(record({ id: codeText, reason: oneOf("cap", "closed", "other") })),
  snapshot: digestText,
  inspectors: rows(record({ id: codeText, department: codeText })),
  recusals: digestText,
  teams: record({ count: whole, seats: coded(whole) }),
  seal: digestText,
  entropy: record({
    kind: oneOf("dice", "lottery", "beacon"),
    source: anyText,
    format: patternText,
    fallback: anyText,
    due: timeText,
  }),
  reveal_by: timeText,
});
const recusalShape = rows(rows(codeText));

const texts = rows(anyText);
const idTable = coded(rows(codeText));
const replaced = rows(record({ out: anyText, in: anyText, team: anyText, reason: anyText, at: anyText }));
const apart = () => []; // frames and recusals have checks of their own
const BUNDLE = {
  frame: apart, recusals: apart, commitment: anyText, committed_at: anyText, key: anyText,
  readings: texts, randomness: anyText, witnesses: texts, drawn_at: anyText, seed: anyText,
  drawn: idTable, reserve: idTable, teams: idTable, inspector_reserve: idTable,
  assignments: coded(codeText), unassigned: rows(codeText),
  replacements: replaced, inspector_replacements: replaced,
  revealed_at: anyText, void: anyText, digest: anyText,
};
const COMMITTED = ["frame", "commitment", "committed_at"];
export const STAGES = {
  committed: COMMITTED,
  drawn: [...COMMITTED, "readings", "randomness", "witnesses", "drawn_at"],
  whole: Object.keys(BUNDLE),
};

/** Every reason why a bundle does not have the shape of its stage. */
export const bundleReasons = (bundle, stage) =>
  record(Object.fromEntries(STAGES[stage].map((key) => [key, BUNDLE[key]])))(bundle, "");

/** Every reason why a value is no frame; paths within the frame. */
export function frameReasons(value) {
  const odd = oddValues(value).map(([path, code]) => reason(path, code, { value: "" }));
  const known = new Set(odd.map((one) => one.path));
  const shape = frameShape(value, "").filter((one) => !known.has(one.path));
  return [...odd, ...shape, ...(isObject(value) ? meaning(value) : [])];
}

const wholeRows = (list, keys) =>
  (Array.isArray(list) ? [...list.entries()] : []).filter(
    ([, row]) => isObject(row) && keys.every((key) => typeof row[key] === "string"),
  );
const counted = (list, key) => {
  const sizes = new Map();
  for (const [, row] of list) sizes.set(row[key], (sizes.get(row[key]) ?? 0) + 1);
  return sizes;
};

function meaning(value) {
  const objects = wholeRows(value.objects, ["id", "stratum"]);
  const inspectors = wholeRows(value.inspectors, ["id", "department"]);
  const excluded = wholeRows(value.excluded, ["id"]);
  const kept = new Set(objects.map(([, row]) => row.id));
  return [
    ...idReasons("objects", objects),
    ...idReasons("excluded", excluded),
    ...idReasons("inspectors", inspectors),
    ...excluded
      .filter(([, row]) => kept.has(row.id))
      .map(([at, row]) => reason(`excluded[${at}].id`, "frame.object_excluded", { id: row.id })),
    ...(isObject(value.quotas) ? quotaReasons(objects, value.quotas) : []),
    ...(isObject(value.teams) ? teamReasons(inspectors, value.teams) : []),
  ];
}

function idReasons(name, list) {
  const seen = new Set();
  let before = "";
  return list.flatMap(([at, { id }]) => {
    const path = `${name}[${at}].id`;
    const found = seen.has(id)
      ? [reason(path, "frame.id_repeated", { id })]
      : id < before
        ? [reason(path, "frame.unsorted", { id, before })]
        : [];
    seen.add(id);
    before = id;
    return found;
  });
}

function quotaReasons(objects, quotas) {
  const sizes = counted(objects, "stratum");
  const without = [...sizes.keys()].filter((stratum) => !(stratum in quotas));
  return [
    ...without.map((stratum) => {
      const [at] = objects.find(([, row]) => row.stratum === stratum);
      return reason(`objects[${at}].stratum`, "frame.stratum_without_quota", { stratum });
    }),
    ...Object.keys(quotas).flatMap((stratum) => {
      const [path, quota, size] = [`quotas.${stratum}`, quotas[stratum], sizes.get(stratum)];
      if (size === undefined) return [reason(path, "frame.quota_without_stratum", { stratum })];
      return quota > size ? [reason(path, "frame.quota_too_large", { stratum, quota, size })] : [];
    }),
  ];
}

function teamReasons(inspectors, { count, seats }) {
  const found = [];
  if (typeof count === "number" && count < 1) {
    found.push(reason("teams.count", "frame.team_count", { count }));
  }
  if (!isObject(seats)) return found;
  const sizes = counted(inspectors, "department");
  if (Object.keys(seats).length === 0) found.push(reason("teams.seats", "frame.no_department"));
  for (const department of new Set([...Object.keys(seats), ...sizes.keys()])) {
    const wanted = department in seats ? seats[department] : 0;
    const path = `teams.seats.${department}`;
    const size = sizes.get(department) ?? 0;
    if (typeof wanted !== "number") continue;
    if (wanted < 2) found.push(reason(path, "frame.seats_few", { department, seats: wanted }));
    if (typeof count === "number" && size < count * wanted) {
      const needed = count * wanted;
      found.push(reason(path, "frame.inspectors_few", { department, needed, size }));
    }
  }
  return found;
}

/** Every reason why a value is no recusal list, or not the one with that digest. */
export function recusalReasons(value, digest, stated) {
  const odd = oddValues(value, "recusals").map(([path, code]) => reason(path, code, { value: "" }));
  const found = [...odd, ...recusalShape(value, "recusals")];
  if (found.length) return found;
  value.forEach((pair, index) => {
    const before = value[index - 1];
    if (pair.length !== 2) found.push(reason(`recusals[${index}]`, "recusals.pair"));
    else if (before && isBefore(pair, before)) {
      found.push(reason(`recusals[${index}]`, "recusals.unsorted"));
    }
  });
  if (digest !== stated) found.push(reason("recusals", "recusals.digest"));
  return found;
}

const isBefore = (one, other) =>
  one[0] === other[0] ? one[1] < other[1] : one[0] < other[0];
