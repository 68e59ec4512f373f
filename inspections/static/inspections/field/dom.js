// Small pieces that every part of the field page is built from. Texts come from the page.
let texts = {};

export function setTexts(given) {
  texts = given;
}

/** A sentence by its key, with its `%(name)s` places filled in. */
export function say(key, values = {}) {
  const text = texts[key] ?? key;
  return text.replace(/%\((\w+)\)s/g, (_, name) => String(values[name] ?? ""));
}

/** The label of a code in one of the page's lists (answers, categories, hindrances, signers). */
export function label(list, code) {
  return texts[list]?.[code] ?? code;
}

export function codes(list) {
  return Object.keys(texts[list] ?? {});
}

/** An element: `el("p", { class: "quiet", onclick: act }, "words", child)`. */
export function el(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name in made && name !== "list" && typeof value !== "string") made[name] = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

export function button(text, onclick, kind = "") {
  return el("button", { type: "button", class: `button ${kind}`.trim(), onclick }, text);
}

/** Words in Chinese whatever the page's language: names and addresses. */
export function zh(tag, text, properties = {}) {
  return el(tag, { ...properties, lang: "zh" }, text ?? "");
}

export function field(text, input) {
  input.classList.add("input");
  return el("label", { class: "field-row" }, el("span", {}, text), input);
}

/** A part of a visit that opens and closes; it stays as the person left it. */
export function part(key, title, state, opened, ...children) {
  const made = el(
    "details",
    { class: "field-part", open: opened, "data-part": key },
    el("summary", {}, el("span", {}, title), el("span", { class: "quiet" }, state)),
    ...children,
  );
  return made;
}

export function clock(stamp) {
  return stamp ? new Date(stamp).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }) : "";
}

/** One line that says what went wrong, or nothing. */
export function problem(root, text) {
  const line = root.querySelector("[data-problem]");
  if (line) {
    line.textContent = text;
    line.hidden = !text;
  }
}

export function problemLine() {
  return el("p", { class: "field-problem", role: "alert", "data-problem": true, hidden: true });
}
