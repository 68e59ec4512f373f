// One visit on the phone: what is known, the notice, the arrival, the items, the end.
import { checklist } from "./answers.js";
import { arrivalForm, noticeForm } from "./arrival.js";
import { button, clock, el, label, part, say, zh } from "./dom.js";
import { endingForm, hindranceForm } from "./ending.js";
import { unanswered } from "./fold.js";
import { photoBytes, whereAmI } from "./pictures.js";
import { signForm } from "./sign.js";

const KNOWN = [
  "licence",
  "licence_until",
  "category",
  "principal",
  "floor_area_m2",
  "running_classes",
  "last",
];

function known(now) {
  const rows = KNOWN.map((name) => [
    say(`known_${name}`),
    String(now.known[name] ?? "") || say("unknown"),
  ]);
  rows.unshift([say("approval"), `${now.approval.number} · ${now.approval.by}`]);
  rows.unshift([say("address"), `${now.address}（${now.area}） ${now.register_id}`]);
  return el(
    "dl",
    { class: "field-facts" },
    ...rows.flatMap(([term, value]) => [el("dt", {}, term), zh("dd", value)]),
  );
}

function refusals(now, again) {
  if (!now.refused.length) return null;
  const lines = now.refused.flatMap((record) =>
    (record.reasons ?? []).map((reason) =>
      el("li", {}, `${say(`record_${record.kind}`)}：${reason.text}`),
    ),
  );
  return el(
    "section",
    { class: "field-refused", role: "alert" },
    el("p", {}, say("refused_words")),
    el("ul", {}, ...lines),
    button(say("send_again"), again),
  );
}

function photos(now, { takePhoto, isClosed }) {
  const picker = el("input", {
    type: "file",
    accept: "image/*",
    capture: "environment",
    multiple: true,
    name: "photos",
    class: "visually-hidden",
    id: `photos-${now.id}`,
  });
  picker.addEventListener("change", () => takePhoto([...picker.files], null));
  return el(
    "div",
    { class: "stack" },
    el("p", {}, say("photo_count", { count: now.photo_count })),
    el("p", { class: "quiet" }, say("photo_words")),
    isClosed ? null : picker,
    isClosed
      ? null
      : el("label", { class: "button", for: `photos-${now.id}` }, say("photo_take")),
  );
}

function signatures(now, save, isClosed) {
  const list = now.signatures.map((one) =>
    zh("li", `${label("signers", one.signer)} ${one.name}`),
  );
  return el(
    "div",
    { class: "stack" },
    list.length ? el("ul", {}, ...list) : el("p", { class: "quiet" }, say("sign_none")),
    isClosed ? null : signForm(save),
  );
}

/**
 * The page of a visit. `keep(kind, body, more)` stores a record on the device,
 * `opened` names the parts that the person has open.
 */
export function visitPage({ now, day, opened, keep, again, warn }) {
  const isArrived = now.state === "arrived";
  const isClosed = ["ended", "not_possible"].includes(now.state);
  const openOr = (key, otherwise) => opened.get(key) ?? otherwise;

  async function takePhoto(files, item) {
    for (const file of files) {
      const photo = await photoBytes(file, day.photo_limit_bytes);
      if (!photo) {
        warn(say("photo_unusable", { name: file.name }));
        continue;
      }
      const place = await whereAmI(3000);
      const about = item ? { item: item.code, version: item.version } : {};
      await keep("photo", { ...about, sha256: photo.sha256, place }, { bytes: photo.bytes });
    }
  }
  const save = (key, answer, more = {}) => {
    const item = day.items[key];
    const body = { item: item.code, version: item.version, answer, ...more };
    return keep("answers", body, { item: key, earlier: now.answers[key]?.id });
  };
  const acts = {
    isClosed,
    save,
    photo(item) {
      const picker = el("input", { type: "file", accept: "image/*", capture: "environment" });
      picker.addEventListener("change", () => takePhoto([...picker.files], item));
      picker.click();
    },
    async restNotChecked() {
      for (const key of now.items.filter((one) => !now.answers[one])) {
        await save(key, "not_checked", { measured_value: "", remark: "" });
      }
    },
  };
  const notice = now.notice_receiver
    ? zh("p", say("notice_given", { name: now.notice_receiver }))
    : noticeForm(now, keep);
  const arrival = now.arrived_at
    ? el("p", {}, say("arrived_words", { time: clock(now.arrived_at) }))
    : arrivalForm(now, keep);
  const left = unanswered(now);
  const answers = isArrived || isClosed ? checklist(now, day.items, acts) : el("p", {}, say("arrive_first"));

  return el(
    "div",
    {
      class: "stack",
      "data-visit": now.id,
      "data-state": now.state,
      "data-noticed": now.notice_receiver ? "yes" : "no",
    },
    el("p", {}, el("a", { href: "#" }, say("back_to_day"))),
    zh("h1", now.institution, { class: "page-head__heading" }),
    zh("p", now.task, { class: "quiet" }),
    refusals(now, again),
    part("known", say("part_known"), now.register_id, openOr("known", false), known(now)),
    isClosed && !now.notice_receiver
      ? null
      : part(
          "notice",
          say("part_notice"),
          now.notice_receiver ? say("done") : say("open"),
          openOr("notice", !now.notice_receiver && !now.arrived_at),
          notice,
        ),
    isClosed && !now.arrived_at
      ? null
      : part(
          "arrival",
          say("part_arrival"),
          now.arrived_at ? clock(now.arrived_at) : say("open"),
          openOr("arrival", !now.arrived_at && Boolean(now.notice_receiver)),
          arrival,
        ),
    part(
      "items",
      say("part_items"),
      left ? say("items_left", { count: left }) : say("done"),
      openOr("items", isArrived),
      answers,
    ),
    part(
      "photos",
      say("part_photos"),
      String(now.photo_count),
      openOr("photos", false),
      photos(now, { takePhoto, isClosed }),
    ),
    part(
      "sign",
      say("part_sign"),
      String(now.signatures.length),
      openOr("sign", false),
      signatures(now, keep, isClosed),
    ),
    isArrived
      ? part("end", say("part_end"), "", openOr("end", left === 0), endingForm(now, keep))
      : null,
    isClosed ? closing(now) : null,
    isClosed
      ? null
      : part("hinder", say("part_hinder"), "", openOr("hinder", false), hindranceForm(keep)),
  );
}

function closing(now) {
  const words = now.hindrance
    ? label("hindrances", now.hindrance)
    : now.categories.map((code) => label("categories", code)).join("；");
  return el(
    "section",
    { class: "panel" },
    el("h2", { class: "panel__title" }, say("ended_words", { time: clock(now.ended_at) })),
    el("p", {}, words),
  );
}
