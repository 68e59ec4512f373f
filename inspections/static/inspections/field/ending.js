// The end of a visit: its result categories, or why nothing could be inspected.
import { button, codes, el, field, label, problem, problemLine, say } from "./dom.js";
import { failing, unanswered } from "./fold.js";

const NO_PROBLEM = "no_problem";

function boxes() {
  const made = codes("categories").map((code) => {
    const input = el("input", { type: "checkbox", value: code, name: "categories" });
    const shown = el("label", { class: "answer" }, input, el("span", {}, label("categories", code)));
    return { code, input, shown };
  });
  // "No problem found" excludes the rest, either way round.
  for (const { code, input } of made) {
    input.addEventListener("change", () => {
      if (!input.checked) return;
      for (const other of made) {
        const isExcluded = (code === NO_PROBLEM) !== (other.code === NO_PROBLEM);
        if (isExcluded) other.input.checked = false;
      }
    });
  }
  return made;
}

/** Why a visit cannot end like this, or an empty text. */
function objection(now, chosen) {
  const left = unanswered(now);
  if (left) return say("left_unanswered", { count: left });
  if (!chosen.length) return say("category_missing");
  const fails = failing(now);
  if (fails && chosen.includes(NO_PROBLEM)) return say("category_contradicts", { count: fails });
  return "";
}

/** The form that ends a visit. */
export function endingForm(now, save) {
  const choices = boxes();
  const remark = el("textarea", { name: "remark", rows: "2", maxlength: "400" });
  const form = el("div", { class: "stack" });
  const end = () => {
    const categories = choices.filter(({ input }) => input.checked).map(({ code }) => code);
    const text = objection(now, categories);
    if (text) return problem(form, text);
    return save("conclusion", { categories, remark: remark.value.trim() });
  };
  form.append(
    el(
      "fieldset",
      { class: "answers" },
      el("legend", {}, say("category_choose")),
      ...choices.map(({ shown }) => shown),
    ),
    field(say("remark"), remark),
    problemLine(),
    button(say("end_visit"), end, "button--primary"),
  );
  return form;
}

/** The form for a closed door, a place that is not there, or a refusal. */
export function hindranceForm(save) {
  const kinds = el(
    "select",
    { name: "hindrance" },
    el("option", { value: "" }, say("hindrance_choose")),
    ...codes("hindrances").map((code) => el("option", { value: code }, label("hindrances", code))),
  );
  const reason = el("textarea", { name: "hindrance_reason", rows: "3", maxlength: "400" });
  const form = el("div", { class: "stack" });
  const end = () => {
    if (!kinds.value) return problem(form, say("hindrance_choose"));
    if (!reason.value.trim()) return problem(form, say("hindrance_reason_missing"));
    return save("hindrance", { hindrance: kinds.value, reason: reason.value.trim() });
  };
  form.append(
    el("p", { class: "quiet" }, say("hindrance_words")),
    field(say("hindrance"), kinds),
    field(say("hindrance_reason"), reason),
    problemLine(),
    button(say("hindrance_save"), end),
  );
  return form;
}
