import { each } from "./bind.js";

function firstLink(row) {
  return row.querySelector("th[scope=row] a, td a");
}

function rowsOf(table) {
  return [...table.querySelectorAll("tbody tr")].filter(firstLink);
}

// Arrow keys and j / k walk through the rows; Enter opens, since the row's link has the focus.
function keyboard(table) {
  table.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (!step || event.target.closest("input:not([type=checkbox]), select, textarea")) {
      return;
    }
    const rows = rowsOf(table);
    const next = rows[rows.indexOf(event.target.closest("tr")) + step];
    if (next) {
      event.preventDefault();
      firstLink(next).focus();
    }
  });
}

function selection(form) {
  const bar = form.querySelector("[data-selection-bar]");
  const all = form.querySelector("[data-select-all]");
  const boxes = () => [...form.querySelectorAll("tbody input[type=checkbox]")];
  let last = null;

  function show() {
    const picked = boxes().filter((box) => box.checked).length;
    if (bar) {
      bar.classList.toggle("selection-bar--active", picked > 0);
      bar.querySelector("[data-selection-count]").textContent = picked;
      bar.querySelector("[data-selection-some]").hidden = picked === 0;
      bar.querySelector("[data-selection-none]").hidden = picked > 0;
    }
    if (all) {
      all.checked = picked > 0 && picked === boxes().length;
      all.indeterminate = picked > 0 && !all.checked;
    }
    for (const box of boxes()) {
      box.closest("tr").classList.toggle("row--current", box.checked);
    }
  }

  form.addEventListener("click", (event) => {
    const box = event.target.closest("tbody input[type=checkbox]");
    if (!box) {
      return;
    }
    const list = boxes();
    if (event.shiftKey && last) {
      const [from, to] = [list.indexOf(last), list.indexOf(box)].sort((a, b) => a - b);
      list.slice(from, to + 1).forEach((other) => {
        other.checked = box.checked;
      });
    }
    last = box;
  });
  form.addEventListener("change", (event) => {
    if (event.target === all) {
      boxes().forEach((box) => {
        box.checked = all.checked;
      });
    }
    show();
  });
  show();
}

// A table that fits its frame scrolls with the page; a wider one scrolls inside the frame.
function frame(element) {
  const table = element.querySelector("table");
  const measure = () => {
    const fits = table.scrollWidth <= element.clientWidth + 1;
    element.classList.toggle("table-frame--fits", fits);
  };
  measure();
  if (window.ResizeObserver) {
    new ResizeObserver(measure).observe(element);
  }
}

export function bindTables(root) {
  each(root, ".table-frame", frame);
  each(root, "table[data-table]", keyboard);
  each(root, "form[data-selection]", selection);
}
