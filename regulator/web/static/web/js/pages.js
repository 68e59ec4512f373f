import { each } from "./bind.js";

async function copyText(button) {
  const source = document.querySelector(button.dataset.copy);
  if (!source || !navigator.clipboard) {
    return;
  }
  await navigator.clipboard.writeText(source.textContent.trim());
  if (button.dataset.copied) {
    button.textContent = button.dataset.copied;
  }
}

// "/" puts the cursor into the page's search box, as long as nothing is being typed.
function slashToSearch(event) {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  const box = document.querySelector("[data-search]");
  if (event.key === "/" && !typing && box && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    box.focus();
    box.select();
  }
}

let listening = false;

export function bindPages(root) {
  each(root, "[data-print]", (button) => {
    button.addEventListener("click", () => window.print());
  });
  each(root, "[data-copy]", (button) => {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", () => copyText(button));
  });
  each(root, "[data-focus], [data-autofocus]", (element) => element.focus());
  if (!listening) {
    listening = true;
    document.addEventListener("keydown", slashToSearch);
  }
}
