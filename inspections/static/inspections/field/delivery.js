// Sends each record until the server has confirmed it. The server knows a record by its own id,
// so that one sent twice, because an answer was lost on its way, is stored once.
import { isUndelivered } from "./store.js";

const BASE = "/field/sync/v1/";
const PICTURES = ["photo", "signature"];
const AGAIN_MS = 15000;
const TIMEOUT_MS = 120000;

async function ask(path, options = {}) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(BASE + path, {
      ...options,
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      signal: stop.signal,
    });
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    return { code: response.status, body: isJson ? await response.json() : null };
  } catch {
    return { code: 0, body: null };
  } finally {
    clearTimeout(timer);
  }
}

/** The person's day as the server has it, or why it cannot be had: offline, login or later. */
export async function fetchDay() {
  const { code, body } = await ask("day/");
  if (code === 200 && body) return { state: "day", day: body };
  if (code === 401 || code === 403) return { state: "login" };
  return { state: code === 0 ? "offline" : "later" };
}

function post(record, { csrf, holder }) {
  const headers = { "X-CSRFToken": csrf, "X-Field-Holder": holder };
  const sent = { id: record.id, visit: record.visit, kind: record.kind, body: record.body };
  if (PICTURES.includes(record.kind)) {
    const query = encodeURIComponent(JSON.stringify(sent));
    headers["Content-Type"] = "application/octet-stream";
    return ask(`pictures/?record=${query}`, { method: "POST", headers, body: record.bytes });
  }
  headers["Content-Type"] = "application/json";
  return ask("records/", { method: "POST", headers, body: JSON.stringify(sent) });
}

/** What became of one sending: delivered, refused (with reasons), or a reason to stop. */
function outcome({ code, body }) {
  if (code === 200 && body?.status === "stored") return { state: "delivered" };
  if (body?.status === "other") return { stop: "login" };
  if ((code === 422 || code === 409) && body) return { state: "refused", reasons: body.reasons };
  if (code === 401 || code === 403) return { stop: "login" };
  return { stop: code === 0 ? "offline" : "later" };
}

/**
 * Delivers the store's records in the order in which they were made.
 * `say(state)` hears idle, sending, offline, later or login; `changed()` hears of every record.
 */
export function createDelivery({ store, say, changed, dayCame }) {
  let isRunning = false;
  let csrf = "";

  async function one(record) {
    await store.put({ ...record, was_tried: true });
    const found = outcome(await post(record, { csrf, holder: store.holder }));
    if (found.stop) return found.stop;
    const kept = { ...record, was_tried: true, state: found.state, reasons: found.reasons ?? [] };
    if (found.state === "delivered") delete kept.bytes;
    await store.put(kept);
    await changed();
    return "";
  }

  /** Asks for the day; records it confirms are deleted from the device. */
  async function refresh() {
    const delivered = (await store.records()).filter((record) => !isUndelivered(record));
    const found = await fetchDay();
    if (found.state !== "day") return found.state;
    if (found.day.holder !== store.holder) {
      await dayCame(found.day);
      return "other";
    }
    csrf = found.day.csrf;
    await store.keepDay(withoutToken(found.day));
    await store.remove(delivered.map((record) => record.seq));
    await dayCame(found.day);
    return "";
  }

  async function deliver() {
    say("sending");
    const stopped = await refresh();
    if (stopped) return say(stopped);
    let sent = 0;
    for (;;) {
      const record = (await store.records()).find((one) => one.state === "waiting");
      if (!record) break;
      const stop = await one(record);
      if (stop) return say(stop);
      sent += 1;
    }
    return say((sent && (await refresh())) || "idle");
  }

  async function run() {
    if (isRunning) return;
    isRunning = true;
    try {
      // Two windows of one device do not send at the same time.
      if (navigator.locks) {
        await navigator.locks.request(`field-${store.holder}`, { ifAvailable: true }, (lock) =>
          lock ? deliver() : null,
        );
      } else await deliver();
    } finally {
      isRunning = false;
    }
  }

  const timer = setInterval(async () => {
    const waits = (await store.records()).some((record) => record.state === "waiting");
    if (waits) run();
  }, AGAIN_MS);
  window.addEventListener("online", run);

  return {
    run,
    async again() {
      for (const record of await store.records()) {
        if (record.state === "refused") await store.put({ ...record, state: "waiting" });
      }
      await run();
    },
    end() {
      clearInterval(timer);
      window.removeEventListener("online", run);
    },
  };
}

function withoutToken(day) {
  const { csrf: _csrf, status: _status, ...kept } = day;
  return kept;
}
