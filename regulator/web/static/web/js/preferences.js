import { each } from "./bind.js";

// The same form works without this file; with it nothing that was typed is lost.
async function send(form, button) {
  const body = new FormData(form);
  body.set(button.name, button.value);
  const answer = await fetch(form.action, {
    method: "POST",
    body,
    credentials: "same-origin",
    headers: { "X-Requested-With": "fetch" },
  });
  if (!answer.ok) {
    throw new Error(String(answer.status));
  }
  document.documentElement.setAttribute(`data-${button.name}`, button.value);
}

export function bindPreferences(root) {
  each(root, "form[data-preferences]", (form) => {
    form.addEventListener("submit", (event) => {
      const button = event.submitter;
      if (!button) {
        return;
      }
      event.preventDefault();
      send(form, button).catch(() => {
        const field = document.createElement("input");
        field.type = "hidden";
        field.name = button.name;
        field.value = button.value;
        form.append(field);
        form.submit();
      });
    });
  });
}
