// Values of a bundle: read strictly, written canonically (RFC 8785), and their SHA-256.
// The digest is our own, because Web Crypto is absent on plain-HTTP intranets and in saved pages.

const LARGEST = 9007199254740991n;
const DEEPEST = 200;

/** A JSON number that DR1 does not admit: a fraction, an exponent, or too wide an integer. */
export class OddNumber {
  constructor(text) {
    this.text = text;
    this.isWhole = /^-?\d+$/.test(text);
  }
}

/** The path of a member: `drawn.D[0]`, `assignments.P000001`. */
export const step = (path, key) =>
  typeof key === "number" ? `${path}[${key}]` : path ? `${path}.${key}` : key;

export const isObject = (value) =>
  value !== null && typeof value === "object" && !Array.isArray(value) && !(value instanceof OddNumber);

/** An object without a prototype, so that no key of a bundle means anything to the language. */
export const table = (entries = []) => {
  const made = Object.create(null);
  for (const [key, value] of entries) made[key] = value;
  return made;
};

/** Reads JSON; throws an Error with a code and its parameters where it cannot, or a key repeats. */
export function readJson(text) {
  let at = 0;
  const fail = (code, params = {}) => Object.assign(new Error(code), { code, params });
  const unreadable = () => fail("json.unreadable", { line: text.slice(0, at).split("\n").length });
  const blank = /[ \t\n\r]*/y;
  const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
  const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
  const matched = (pattern) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) throw unreadable();
    at = pattern.lastIndex;
    return found[0];
  };
  const taken = (sign) => {
    matched(blank);
    if (text[at] !== sign) return false;
    at += 1;
    return true;
  };
  const need = (sign) => {
    if (!taken(sign)) throw unreadable();
  };
  const word = (name, value) => {
    if (!text.startsWith(name, at)) throw unreadable();
    at += name.length;
    return value;
  };
  const members = (depth) => {
    const made = table();
    if (taken("}")) return made;
    do {
      matched(blank);
      const key = JSON.parse(matched(string));
      if (key in made) throw fail("json.duplicate_key", { key });
      need(":");
      made[key] = value(depth + 1);
    } while (taken(","));
    need("}");
    return made;
  };
  const rows = (depth) => {
    const made = [];
    if (taken("]")) return made;
    do made.push(value(depth + 1));
    while (taken(","));
    need("]");
    return made;
  };
  const value = (depth) => {
    if (depth > DEEPEST) throw unreadable();
    if (taken("{")) return members(depth);
    if (taken("[")) return rows(depth);
    if (text[at] === '"') return JSON.parse(matched(string));
    if (text[at] === "t") return word("true", true);
    if (text[at] === "f") return word("false", false);
    if (text[at] === "n") return word("null", null);
    const written = matched(number);
    const whole = /^\d+$/.test(written) && BigInt(written) <= LARGEST;
    return whole ? Number(written) : new OddNumber(written);
  };
  const found = value(0);
  matched(blank);
  if (at !== text.length) throw unreadable();
  return found;
}

/** RFC 8785 text of texts, whole numbers, arrays and objects; null where a value has none. */
export function canonical(value) {
  if (typeof value === "string") return value.isWellFormed() ? JSON.stringify(value) : null;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (value === null) return "null";
  if (value instanceof OddNumber) return value.isWhole ? null : String(Number(value.text));
  const parts = Array.isArray(value)
    ? value.map(canonical)
    : Object.keys(value).sort().map((key) => joined(canonical(key), canonical(value[key])));
  if (parts.includes(null)) return null;
  return Array.isArray(value) ? `[${parts.join(",")}]` : `{${parts.join(",")}}`;
}

const joined = (key, value) => (key === null || value === null ? null : `${key}:${value}`);

/** SHA-256 of a value's canonical bytes as hex, or an empty text where it has none. */
export function valueDigest(value) {
  const text = value === undefined ? null : canonical(value);
  return text === null ? "" : sha256(utf8(text));
}

const encoder = new TextEncoder();
export const utf8 = (text) => encoder.encode(text);

export const bytesOfHex = (hex) =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** Every value that DR1 admits nowhere, as [path, code]. */
export function oddValues(value, path = "", depth = 0) {
  const code = oddCode(value);
  if (depth > 40) return [[path, "json.too_deep"]];
  if (code) return [[path, code]];
  if (Array.isArray(value)) {
    return value.flatMap((one, index) => oddValues(one, step(path, index), depth + 1));
  }
  if (!isObject(value)) return [];
  return Object.keys(value).flatMap((key) =>
    key.isWellFormed() ? oddValues(value[key], step(path, key), depth + 1) : [[path, "json.unicode"]],
  );
}

function oddCode(value) {
  if (value === null) return "json.null";
  if (typeof value === "boolean") return "json.boolean";
  if (value instanceof OddNumber) return value.isWhole ? "json.integer_range" : "json.float";
  return typeof value === "string" && !value.isWellFormed() ? "json.unicode" : "";
}

const ROUNDS = Uint32Array.from(
  `428a2f98 71374491 b5c0fbcf e9b5dba5 3956c25b 59f111f1 923f82a4 ab1c5ed5
   d807aa98 12835b01 243185be 550c7dc3 72be5d74 80deb1fe 9bdc06a7 c19bf174
   e49b69c1 efbe4786 0fc19dc6 240ca1cc 2de92c6f 4a7484aa 5cb0a9dc 76f988da
   983e5152 a831c66d b00327c8 bf597fc7 c6e00bf3 d5a79147 06ca6351 14292967
   27b70a85 2e1b2138 4d2c6dfc 53380d13 650a7354 766a0abb 81c2c92e 92722c85
   a2bfe8a1 a81a664b c24b8b70 c76c51a3 d192e819 d6990624 f40e3585 106aa070
   19a4c116 1e376c08 2748774c 34b0bcb5 391c0cb3 4ed8aa4a 5b9cca4f 682e6ff3
   748f82ee 78a5636f 84c87814 8cc70208 90befffa a4506ceb bef9a3f7 c67178f2`
    .trim()
    .split(/\s+/),
  (word) => Number.parseInt(word, 16),
);
const START = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];
const turn = (word, by) => (word >>> by) | (word << (32 - by));
const schedule = new Uint32Array(64);

/** SHA-256 of bytes as 64 hex digits (FIPS 180-4). */
export function sha256(bytes) {
  const size = ((bytes.length + 72) >> 6) << 6;
  const padded = new Uint8Array(size);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(size - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(size - 4, (bytes.length << 3) >>> 0);
  const state = Uint32Array.from(START);
  for (let block = 0; block < size; block += 64) compress(state, view, block);
  return Array.from(state, (word) => word.toString(16).padStart(8, "0")).join("");
}

function compress(state, view, block) {
  for (let i = 0; i < 16; i += 1) schedule[i] = view.getUint32(block + 4 * i);
  for (let i = 16; i < 64; i += 1) {
    const [early, late] = [schedule[i - 15], schedule[i - 2]];
    const first = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
    const second = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
    schedule[i] = schedule[i - 16] + first + schedule[i - 7] + second;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const chosen = (e & f) ^ (~e & g);
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + chosen + ROUNDS[i] + schedule[i]) | 0;
    const most = (a & b) ^ (a & c) ^ (b & c);
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + most) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    state[i] += word;
  });
}
