// Verification of a bundle in the visitor's own browser: everything recomputed, every differing
// value named (DR1 §5). Written apart from the server's, so that the two can be compared.
import {
  HEX64,
  STAGES,
  bundleReasons,
  firstMatch,
  frameReasons,
  readTime,
  recusalReasons,
} from "./frames.js";
import {
  applyInspector,
  applyObject,
  computeOutcome,
  initialStanding,
  inspectorOutRefusal,
  nextInspector,
  nextObject,
  objectOutRefusal,
  pairKey,
} from "./outcome.js";
import { SAID_ONCE, differs, sealOf, traceFrame } from "./tracing.js";
import { isObject, oddValues, sha256, step, table, utf8, valueDigest } from "./values.js";

const PICKS = ["drawn", "reserve", "teams", "inspector_reserve", "assignments", "unassigned"];
const TIMES = ["committed_at", "drawn_at", "revealed_at"];
const BY_DIGEST_ONLY = ["committed_at", "readings", "witnesses", "drawn_at", "revealed_at", "void"];

const fromReason = (one, prefix = "") =>
  differs(prefix && one.path ? `${prefix}.${one.path}` : prefix || one.path, one.code, "", "", {
    params: one.params,
  });

const seedOf = (commitment, key, randomness) =>
  sha256(utf8(`DR1|${commitment}|${key}|${randomness}`));

/** What a bundle is found to be: its stage, the differences, what is not stated, its digest. */
export function verifyBundle(bundle, outsideDigest = "") {
  if (!isObject(bundle)) {
    return { stage: "whole", differences: [differs("", "shape.object")], notStated: [], digest: "" };
  }
  const stage = ["committed", "drawn"].find((name) => hasKeys(bundle, STAGES[name])) ?? "whole";
  const odd = oddValues(bundle).map(([path, code]) =>
    differs(path, code, "", "", { params: { path, value: "" } }),
  );
  const known = new Set(odd.map((one) => one.path));
  const shape = bundleReasons(bundle, stage).map((one) => fromReason(one));
  const evidence = gather(bundle);
  const found = [
    ...shape.filter((one) => !known.has(one.path)),
    ...evidence.differences,
    ...times(bundle, evidence.due),
  ];
  let digest = "";
  if (stage === "whole") {
    const settled = settle(bundle, evidence);
    const replaced = replacements(bundle, evidence, settled);
    found.push(...given(bundle, evidence), ...settled.differences, ...replaced.differences);
    digest = valueDigest(withoutDigest(bundle));
    const mended = { ...evidence.mended, ...settled.mended, ...replaced.mended };
    const isNamed = odd.length + found.length > 0;
    found.push(...digests(bundle, evidence, digest, isNamed ? mended : null));
    const outside = outsideDigest.trim().toLowerCase();
    if (outside && outside !== digest) {
      found.push(differs("digest", "difference.outside", digest, outside));
    }
  }
  const isOpen = (key) => key in bundle && (bundle[key] === "" || bundle[key]?.length === 0);
  const notStated = [...TIMES, "witnesses"].filter(isOpen);
  return { stage, differences: once([...odd, ...found]), notStated, digest };
}

const hasKeys = (bundle, keys) =>
  Object.keys(bundle).length === keys.length && keys.every((key) => key in bundle);

const withoutDigest = (bundle) =>
  table(Object.entries(bundle).filter(([key]) => key !== "digest"));

function once(found) {
  const seen = new Map();
  for (const one of found) {
    const name = `${one.path} ${one.code}`;
    if (!seen.has(name)) seen.set(name, one);
  }
  return [...seen.values()];
}

/** The roots of a bundle, as far as they can be trusted: frame, commitment, randomness, recusals. */
function gather(bundle) {
  const reasons = frameReasons(bundle.frame ?? null);
  const computed = valueDigest(bundle.frame);
  const isCommitted = computed === bundle.commitment;
  const trace = isCommitted ? { differences: [], mended: null } : traceFrame(bundle);
  const differences = reasons.map((one) => fromReason(one, "frame"));
  const madeFrom = seededWith(bundle, computed);
  if (!isCommitted) {
    differences.push(differs("commitment", "difference.commitment", bundle.commitment ?? "", computed));
    if (!madeFrom && !trace.mended) {
      differences.push(differs("frame", "difference.frame", "", "", { among: SAID_ONCE }));
    }
    if (!madeFrom) differences.push(...trace.differences);
  }
  const whole = trace.mended && frameReasons(trace.mended).length === 0 ? trace.mended : null;
  const frame = whole ?? (reasons.length ? null : bundle.frame);
  const stated = frame ?? bundle.frame;
  const entropy = isObject(stated) && isObject(stated.entropy) ? stated.entropy : table();
  const read = randomness(bundle, entropy);
  const mended = {};
  if (trace.mended) mended.frame = trace.mended;
  else if (!isCommitted && madeFrom) mended.commitment = computed;
  if (read.value !== null) mended.randomness = read.value;
  return {
    frame,
    isCommitted: isCommitted || trace.mended !== null,
    commitment: frame ? valueDigest(frame) : computed,
    randomness: read.value,
    pairs: pairsOf(bundle.recusals),
    due: entropy.due,
    differences: [...differences, ...read.differences],
    mended,
  };
}

const seededWith = (bundle, commitment) =>
  typeof bundle.key === "string" &&
  typeof bundle.randomness === "string" &&
  seedOf(commitment, bundle.key, bundle.randomness) === bundle.seed;

function randomness(bundle, entropy) {
  if (!("randomness" in bundle)) return { value: null, differences: [] };
  const { readings, randomness: stated } = bundle;
  const found = Array.isArray(readings) ? firstMatch(readings, entropy.format) : null;
  if (found === null && stated === "" && bundle.void) return { value: "", differences: [] };
  if (found === stated) return { value: found, differences: [] };
  const differences = [differs("randomness", "difference.randomness", stated, found ?? "")];
  if (found === null || seededWith(bundle, bundle.commitment)) {
    differences.push(differs("readings", "difference.readings", readings, stated));
  }
  return { value: found, differences };
}

const pairsOf = (value) => {
  const isPair = (one) =>
    Array.isArray(one) && one.length === 2 && one.every((id) => typeof id === "string");
  return Array.isArray(value) && value.every(isPair) ? value : null;
};

const pairSet = (pairs) => new Set(pairs.map(([inspector, object]) => pairKey(inspector, object)));

function times(bundle, dueText) {
  const stated = TIMES.map((key) => (typeof bundle[key] === "string" ? bundle[key] : ""));
  const [committed, drawn, revealed] = stated.map(readTime);
  const due = readTime(dueText);
  const found = TIMES.filter((_, index) => stated[index] && readTime(stated[index]) === null).map(
    (path) => [path, "shape.time"],
  );
  if (committed !== null && due !== null && committed >= due) {
    found.push(["committed_at", "time.committed_late"]);
  }
  if (drawn !== null && due !== null && drawn < due) found.push(["drawn_at", "time.drawn_early"]);
  const first = drawn ?? (bundle.void ? null : due);
  if (revealed !== null && first !== null && revealed < first) {
    found.push(["revealed_at", "time.revealed_early"]);
  }
  return found.map(([path, code]) => differs(path, code, "", "", { params: { path } }));
}

/** Key and recusals against the frame, where there is one. */
function given(bundle, { frame, pairs }) {
  if (!frame) return [];
  const found = [];
  if (typeof bundle.key !== "string" || !HEX64.test(bundle.key)) found.push(differs("key", "key.shape"));
  else if (sealOf(bundle.key) !== frame.seal) found.push(differs("key", "key.seal"));
  const digest = valueDigest(bundle.recusals);
  const reasons = recusalReasons(bundle.recusals ?? null, digest, frame.recusals);
  found.push(...reasons.map((one) => fromReason(one)));
  if (digest === frame.recusals || !pairs) return found;
  const rows = [...frame.objects, ...frame.excluded, ...frame.inspectors];
  const known = new Set(rows.map((row) => row.id));
  pairs.forEach((pair, index) => {
    pair.forEach((id, place) => {
      const path = `recusals[${index}][${place}]`;
      if (!known.has(id)) found.push(differs(path, "recusals.stranger", id));
    });
  });
  return found;
}

/** Every place where one value is not the other, down to members of arrays and objects. */
export function compare(stated, expected, path) {
  if (stated === undefined) return [differs(path, "difference.missing", "", expected)];
  if (expected === undefined) return [differs(path, "difference.extra", stated)];
  if (isObject(stated) && isObject(expected)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(stated)]);
    return [...keys].flatMap((key) => compare(stated[key], expected[key], step(path, key)));
  }
  if (Array.isArray(stated) && Array.isArray(expected)) {
    const size = Math.max(stated.length, expected.length);
    return Array.from({ length: size }, (_, index) =>
      compare(stated[index], expected[index], step(path, index)),
    ).flat();
  }
  return stated === expected ? [] : [differs(path, "difference.value", stated, expected)];
}

/** Seed and picks against those recomputed, under the seed that explains the picks best. */
function settle(bundle, evidence) {
  if (evidence.randomness === "" && bundle.void) return nothingDrawn(bundle);
  const hasKey = typeof bundle.key === "string" && HEX64.test(bundle.key);
  const root =
    evidence.randomness === null || !hasKey
      ? null
      : seedOf(evidence.commitment, bundle.key, evidence.randomness);
  const found = [];
  if (root === null) found.push(differs("seed", "difference.seed_unknown", bundle.seed ?? ""));
  else if (root !== bundle.seed) {
    found.push(differs("seed", "difference.value", bundle.seed ?? "", root));
  }
  if (!evidence.frame || !evidence.pairs) {
    found.push(differs("drawn", "difference.not_recomputed"));
    return { differences: found, mended: {}, outcome: null };
  }
  const stated = typeof bundle.seed === "string" && HEX64.test(bundle.seed) ? bundle.seed : null;
  const seeds = [...new Set([root, stated])].filter((seed) => seed !== null);
  const compared = seeds.map((seed) => against(bundle, evidence, seed));
  if (!compared.length) return { differences: found, mended: {}, outcome: null };
  const best = compared.reduce((one, other) => (other.found.length < one.found.length ? other : one));
  found.push(...best.found);
  if (root !== null && best.seed !== root) {
    const keys = new Set(compared[0].found.map((one) => one.path.split(/[.[]/)[0]));
    found.push(...PICKS.filter((key) => keys.has(key)).map((key) => differs(key, "difference.follows")));
  }
  const mended = { ...best.outcome.values, seed: best.seed };
  return { differences: found, mended, outcome: best.outcome };
}

function against(bundle, { frame, pairs }, seed) {
  const outcome = computeOutcome(frame, pairSet(pairs), seed);
  const found = PICKS.flatMap((key) => compare(bundle[key], outcome.values[key], key));
  return { seed, outcome, found };
}

function nothingDrawn(bundle) {
  const empty = Object.fromEntries(PICKS.map((key) => [key, key === "unassigned" ? [] : table()]));
  const mended = { ...empty, seed: "" };
  const found = ["seed", ...PICKS].flatMap((key) => compare(bundle[key], mended[key], key));
  return { differences: found, mended, outcome: null };
}

/** Every replacement that the reserve order does not give, field by field. */
function replacements(bundle, { frame, pairs }, { outcome }) {
  if (!outcome || !frame || !pairs) return { differences: [], mended: {} };
  const fields = ["out", "in", "team", "reason", "at"];
  const isEntry = (one) => isObject(one) && fields.every((key) => typeof one[key] === "string");
  const whole = (list) =>
    Array.isArray(list) && list.every(isEntry) ? list.map((one) => ({ ...one })) : [];
  const lists = {
    replacements: whole(bundle.replacements),
    inspector_replacements: whole(bundle.inspector_replacements),
  };
  const standing = initialStanding(frame, outcome, pairSet(pairs));
  const found = [];
  for (const [name, index] of inOrder(lists)) {
    const [entry, path] = [lists[name][index], `${name}[${index}]`];
    if (entry.at && readTime(entry.at) === null) {
      found.push(differs(`${path}.at`, "shape.time", "", "", { params: { path: `${path}.at` } }));
    }
    const replaced = name === "replacements" ? replaceObject : replaceInspector;
    found.push(...replaced(standing, entry, path));
  }
  return { differences: found, mended: found.length ? lists : {} };
}

/** Both lists merged by time; where none is stated or they are equal, objects come first. */
function inOrder({ replacements: objects, inspector_replacements: inspectors }) {
  const merged = [];
  let [left, right] = [0, 0];
  const isLater = () => {
    const [one, other] = [readTime(objects[left].at), readTime(inspectors[right].at)];
    return one !== null && other !== null && one > other;
  };
  while (left < objects.length || right < inspectors.length) {
    const isObjects = right >= inspectors.length || (left < objects.length && !isLater());
    merged.push(isObjects ? ["replacements", left++] : ["inspector_replacements", right++]);
  }
  return merged;
}

function replaceObject(standing, entry, path) {
  const code = objectOutRefusal(standing, entry.out);
  const found = code
    ? [differs(`${path}.out`, code, entry.out, "", { params: { path: "out", id: entry.out } })]
    : putRight(entry, nextObject(standing, entry.out), path);
  applyObject(standing, entry);
  return found;
}

function replaceInspector(standing, entry, path) {
  const [field, code] = inspectorOutRefusal(standing, entry);
  if (code) {
    const params = { path: field, id: entry.out, team: entry.team };
    return [differs(`${path}.${field}`, code, entry[field], "", { params })];
  }
  const found = putRight(entry, nextInspector(standing, entry), path);
  applyInspector(standing, entry);
  return found;
}

function putRight(entry, expected, path) {
  const wrong = Object.keys(expected).filter((key) => entry[key] !== expected[key]);
  return wrong.map((key) => {
    const stated = entry[key];
    entry[key] = expected[key];
    return differs(`${path}.${key}`, "difference.replacement", stated, expected[key]);
  });
}

/** The digest; `mended` are the keys put right where something was named, else null. */
function digests(bundle, evidence, digest, mended) {
  if (digest && bundle.digest === digest) return [];
  if (mended) {
    const right = valueDigest(withoutDigest({ ...bundle, ...mended }));
    if (right && right === bundle.digest) {
      return [differs("digest", "difference.digest_follows", bundle.digest, digest)];
    }
  }
  const among = [...BY_DIGEST_ONLY];
  for (const name of ["replacements", "inspector_replacements"]) {
    if (bundle[name]?.length) among.push(`${name}[].reason`, `${name}[].at`);
  }
  if (!evidence.isCommitted) among.push(...SAID_ONCE);
  return [differs("digest", "difference.digest", bundle.digest ?? "", digest, { among })];
}
