// The offline field page: whose store it opens, what it shows, and what has not been sent.
import { button, el, say, setTexts } from "./dom.js";
import { dayPage } from "./day.js";
import { createDelivery, fetchDay } from "./delivery.js";
import { visitNow } from "./fold.js";
import { isUndelivered, openStore, othersOnDevice, tidy } from "./store.js";
import { visitPage } from "./visit.js";

const root = document.querySelector("[data-field]");
const view = root.querySelector("[data-field-view]");
const status = document.querySelector("[data-field-status]");
const waiting = document.querySelector("[data-field-waiting]");
const HOLDER = /(?:^|;\s*)field_holder=([0-9a-f]+)/;

let store = null;
let delivery = null;
let day = null;
let connection = "idle";
const opened = new Map();

const holderNow = () => document.cookie.match(HOLDER)?.[1] ?? "";
const localDay = () => {
  const now = new Date();
  const pad = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
};

function notice(text, ...more) {
  view.replaceChildren(el("div", { class: "stack" }, el("p", {}, text), ...more));
}

const loginLink = () =>
  el("a", { class: "button button--primary", href: "/login/?next=/field/day/" }, say("log_in"));

async function showStatus() {
  const records = store ? await store.records() : [];
  const open = records.filter(isUndelivered).length;
  waiting.dataset.count = String(open);
  waiting.textContent = open ? say("undelivered", { count: open }) : say("all_delivered");
  status.replaceChildren(say(`connection_${connection}`));
  if (connection === "login") status.append(" ", loginLink());
}

async function keep(kind, body, more = {}) {
  const { earlier, ...kept } = more;
  const made = { made_at: new Date().toISOString(), ...body };
  const records = await store.records();
  const untried = records.find(
    (one) => kind === "answers" && one.id === earlier && one.state === "waiting" && !one.was_tried,
  );
  if (untried) {
    const corrects = untried.body.corrects;
    await store.put({ ...untried, body: corrects ? { ...made, corrects } : made });
  } else {
    if (earlier) made.corrects = earlier;
    const visit = location.hash.replace("#visit/", "");
    const record = { id: crypto.randomUUID(), visit, kind, body: made, state: "waiting", ...kept };
    await store.add(record);
  }
  await render();
  delivery.run();
}

function rememberParts() {
  for (const part of view.querySelectorAll("[data-part]")) opened.set(part.dataset.part, part.open);
}

function warn(text) {
  status.replaceChildren(text);
}

async function render({ isSame = true } = {}) {
  const records = await store.records();
  await showStatus();
  if (!day) return notice(say(connection === "offline" ? "no_day_offline" : "loading"));
  const id = location.hash.startsWith("#visit/") ? location.hash.slice("#visit/".length) : "";
  const visit = day.visits.find((one) => one.id === id);
  if (!visit) {
    const ids = new Set(day.visits.map((one) => one.id));
    const stray = records.filter((one) => isUndelivered(one) && !ids.has(one.visit)).length;
    const visits = day.visits.map((one) => visitNow(one, records));
    opened.clear();
    return view.replaceChildren(dayPage({ day, visits, stray }));
  }
  if (isSame && view.querySelector(`[data-visit="${id}"]`)) rememberParts();
  else opened.clear();
  const now = visitNow(visit, records);
  const before = view.querySelector("[data-visit]")?.dataset;
  // What is open changes by itself when the notice is given, the team has arrived, or is done.
  const noticed = now.notice_receiver ? "yes" : "no";
  if (before && (before.state !== now.state || before.noticed !== noticed)) opened.clear();
  const at = window.scrollY;
  view.replaceChildren(visitPage({ now, day, opened, keep, again: delivery.again, warn }));
  if (isSame) window.scrollTo(0, at);
  return undefined;
}

/** Redraws only while nobody is typing, choosing, drawing, looking for a code or reading a warning. */
async function renderGently() {
  const active = document.activeElement;
  const isTyping = active && view.contains(active) && /^(INPUT|TEXTAREA|SELECT)$/.test(active.tagName);
  const hasDrawing = view.querySelector("canvas[data-drawn=yes]");
  // A video that leaves the page stops, and the code would never be read.
  const isLooking = view.querySelector("video");
  const hasTyped = [...view.querySelectorAll("input:not([type=radio]), textarea")].some(
    (one) => one.value && one.value !== one.defaultValue && !["checkbox", "file"].includes(one.type),
  );
  const hasChosen = [...view.querySelectorAll("input[type=checkbox]")].some(
    (one) => one.checked !== one.defaultChecked,
  );
  const isWarned = view.querySelector("[data-problem]:not([hidden])");
  const isHalfDone = hasDrawing || hasTyped || hasChosen || isLooking || isWarned;
  const isBusy = (isTyping && active.type !== "radio") || isHalfDone;
  if (isBusy) await showStatus();
  else await render();
}

async function useStore(holder) {
  delivery?.end();
  store?.close();
  store = await openStore(holder);
  delivery = createDelivery({
    store,
    say(state) {
      connection = state;
      showStatus();
    },
    changed: renderGently,
    dayCame,
  });
  const days = await store.days();
  day = days.find((one) => one.on === localDay()) ?? null;
  const others = await othersOnDevice(holder);
  const line = document.querySelector("[data-field-others]");
  line.hidden = !others;
  line.textContent = others ? say("others", { count: others }) : "";
}

async function dayCame(given) {
  if (given.holder !== store.holder) {
    await useStore(given.holder);
    day = null;
    await render();
    delivery.run();
    return;
  }
  day = given;
  await tidy(store, given.on);
  await renderGently();
}

async function leave() {
  const open = (await store.records()).filter(isUndelivered).length;
  if (open && !window.confirm(say("leave_undelivered", { count: open }))) return;
  const on = (await store.days()).map((one) => one.on);
  await store.dropDays(on);
  document.querySelector("[data-field-logout]").submit();
}

async function keepShell() {
  if (!window.isSecureContext || !navigator.serviceWorker) {
    const line = document.querySelector("[data-field-insecure]");
    line.hidden = false;
    return;
  }
  await navigator.serviceWorker.register("/field/sw.js", { scope: "/field/" });
  await navigator.serviceWorker.ready;
  root.dataset.fieldReady = "yes";
  navigator.storage?.persist?.();
}

async function start() {
  setTexts(JSON.parse(root.querySelector("[data-field-texts]").textContent));
  const out = button(say("log_out"), leave);
  document.querySelector("[data-field-leave]").append(out);
  window.addEventListener("hashchange", () => render({ isSame: false }).then(() => window.scrollTo(0, 0)));
  keepShell();
  let holder = holderNow();
  if (!holder) {
    const found = await fetchDay();
    if (found.state !== "day") {
      connection = found.state;
      await showStatus();
      return notice(say("who_are_you"), loginLink());
    }
    holder = found.day.holder;
  }
  await useStore(holder);
  await render();
  return delivery.run().then(renderGently);
}

start();
