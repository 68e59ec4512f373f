// Counts down to a moment on the ceremony's page, and asks for the page again when it has come.
import { each } from "./bind.js";

const SECOND = 1000;

function two(number) {
  return String(number).padStart(2, "0");
}

function words(leftSeconds) {
  const hours = Math.floor(leftSeconds / 3600);
  const minutes = Math.floor((leftSeconds % 3600) / 60);
  return `${two(hours)}:${two(minutes)}:${two(leftSeconds % 60)}`;
}

// The server's clock decides, not the projector's: `data-now` is its time when it sent the page.
function aheadBy(element) {
  const sent = Date.parse(element.dataset.now ?? "");
  return Number.isNaN(sent) ? 0 : sent - Date.now();
}

function count(element, ahead = aheadBy(element)) {
  const due = Date.parse(element.dataset.countdown);
  const left = Math.max(0, Math.ceil((due - Date.now() - ahead) / SECOND));
  element.textContent = words(left);
  if (left === 0) {
    window.setTimeout(() => window.location.reload(), SECOND);
    return;
  }
  window.setTimeout(() => count(element, ahead), SECOND);
}

export function bindCountdowns(root) {
  each(root, "[data-countdown]", (element) => count(element));
}
