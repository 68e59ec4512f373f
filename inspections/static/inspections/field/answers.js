// The items of a checklist, one under the other, each with four large answers.
import { button, codes, el, field, label, say, zh } from "./dom.js";
import { unanswered } from "./fold.js";

function remarks(key, given, save) {
  const value = el("input", { name: `value-${key}`, maxlength: "80", autocomplete: "off" });
  const remark = el("textarea", { name: `remark-${key}`, maxlength: "400", rows: "2" });
  value.value = given?.measured_value ?? "";
  remark.value = given?.remark ?? "";
  const keep = () => {
    if (!given) return;
    const same = value.value === given.measured_value && remark.value === given.remark;
    if (!same) save(key, given.answer, { measured_value: value.value, remark: remark.value });
  };
  value.addEventListener("change", keep);
  remark.addEventListener("change", keep);
  return {
    typed: () => ({ measured_value: value.value, remark: remark.value }),
    shown: el(
      "details",
      { class: "item__more", open: Boolean(given?.remark || given?.measured_value) },
      el("summary", {}, say("item_more")),
      field(say("measured_value"), value),
      field(say("remark"), remark),
    ),
  };
}

function choice(key, code, given, choose) {
  const input = el("input", { type: "radio", name: `answer-${key}`, value: code });
  input.checked = given?.answer === code;
  input.addEventListener("change", () => choose(code));
  return el("label", { class: "answer" }, input, el("span", {}, label("answers", code)));
}

function card(key, item, given, { save, photo, isClosed }) {
  const more = remarks(key, given, save);
  const choose = (code) => save(key, code, more.typed());
  return el(
    "li",
    { class: "item", "data-item": item.code, "data-answer": given?.answer ?? "" },
    zh("p", `${item.code} · ${item.severity_label}`, { class: "quiet small" }),
    zh("p", item.title, { class: "question", id: `item-${key}` }),
    item.look_at ? zh("p", item.look_at, { class: "small" }) : null,
    zh("p", item.basis, { class: "quiet small" }),
    el(
      "div",
      { class: "answers answers--four", role: "radiogroup", "aria-labelledby": `item-${key}` },
      ...(isClosed ? [] : codes("answers").map((code) => choice(key, code, given, choose))),
      isClosed && given ? el("p", {}, label("answers", given.answer)) : null,
    ),
    isClosed ? null : more.shown,
    isClosed ? null : button(say("photo_of_item"), () => photo(item), "button--small"),
  );
}

/** The whole checklist, grouped by department. `save(key, answer, more)`, `photo(item)`. */
export function checklist(now, items, acts) {
  const groups = new Map();
  for (const key of now.items) {
    const item = items[key];
    if (!item) continue;
    if (!groups.has(item.department)) groups.set(item.department, []);
    groups.get(item.department).push(card(key, item, now.answers[key], acts));
  }
  const left = unanswered(now);
  return el(
    "div",
    { class: "stack" },
    ...[...groups].map(([department, cards]) =>
      el(
        "section",
        { class: "stack" },
        zh("h3", department, { class: "section__title" }),
        el("ol", { class: "plain-list stack" }, ...cards),
      ),
    ),
    left && !acts.isClosed
      ? button(say("rest_not_checked", { count: left }), () => acts.restNotChecked())
      : null,
  );
}
