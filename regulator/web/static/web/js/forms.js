import { each } from "./bind.js";

// A form that cannot be sent twice; a page brought back by the browser can be sent again.
function once(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    form.classList.add("form--sent");
  });
  window.addEventListener("pageshow", () => {
    delete form.dataset.sent;
    form.classList.remove("form--sent");
  });
}

// Filters answer at once; empty fields do not clutter the address.
function filters(form) {
  form.addEventListener("submit", () => {
    for (const field of form.elements) {
      if (field.name && field.value === "") {
        field.disabled = true;
      }
    }
  });
  window.addEventListener("pageshow", () => {
    for (const field of form.elements) {
      field.disabled = false;
    }
  });
  form.addEventListener("change", (event) => {
    if (event.target.matches("select, [type=date], [type=checkbox], [type=radio]")) {
      form.requestSubmit ? form.requestSubmit() : form.submit();
    }
  });
}

// Typed text is not lost by a stray click.
function guardLeaving(form) {
  let typed = false;
  const warn = (event) => {
    if (typed) {
      event.preventDefault();
      event.returnValue = "";
    }
  };
  form.addEventListener("input", () => {
    typed = true;
  });
  form.addEventListener("submit", () => {
    typed = false;
  });
  window.addEventListener("beforeunload", warn);
}

function fill(field, value) {
  if (field.type === "checkbox" || field.type === "radio") {
    field.checked = field.checked || field.value === value;
  } else if (field.type !== "file" && field.type !== "hidden" && field.type !== "password") {
    field.value = value;
  }
}

// What was typed before the session ran out goes back into its fields.
function restoreTyped(section) {
  const pairs = JSON.parse(document.getElementById(section.dataset.typed).textContent);
  for (const [name, value] of pairs) {
    for (const field of document.getElementsByName(name)) {
      if (!section.contains(field)) {
        fill(field, value);
      }
    }
  }
}

export function bindForms(root) {
  each(root, "[data-typed]", restoreTyped);
  each(root, "form[data-once]", once);
  each(root, "form[data-filters]", filters);
  each(root, "form[data-confirm-leave]", guardLeaving);
}
