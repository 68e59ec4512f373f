// The page that verifies a draw where it is read: on this site, or kept on the visitor's own disk.
import { readJson } from "./values.js";
import { verifyBundle } from "./verify.js";

const LONGEST_SHOWN = 120;

const byRole = (root, role) => root.querySelector(`[data-verify-${role}]`);

function shown(value, texts) {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (text === "") return texts.empty;
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

/** One difference as a line: its path, then what is wrong with it. */
function sentence(one, texts) {
  const values = {
    ...one.params,
    path: one.path,
    stated: shown(one.stated, texts),
    expected: shown(one.expected, texts),
    among: one.among.join(texts.comma),
  };
  const said = texts.codes[one.code].replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");
  const starts = `${one.path}${texts.colon}`;
  return !one.path || said.startsWith(starts) ? said : `${starts}${said}`;
}

function show(root, texts, lines, agrees, stage) {
  byRole(root, "yes").hidden = !agrees;
  byRole(root, "no").hidden = agrees;
  byRole(root, "stage").textContent = agrees ? texts.stages[stage] : "";
  byRole(root, "lines").replaceChildren(
    ...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })),
  );
}

function check(root, texts, text) {
  const started = performance.now();
  let found;
  try {
    found = verifyBundle(readJson(text), byRole(root, "outside").value);
  } catch (error) {
    if (!error.code) throw error;
    const line = sentence({ path: "", code: error.code, among: [], params: error.params }, texts);
    show(root, texts, [line], false, "");
    byRole(root, "digest").textContent = texts.dash;
    return;
  }
  const lines = found.differences.map((one) => sentence(one, texts));
  show(root, texts, lines, lines.length === 0, found.stage);
  byRole(root, "digest").textContent = found.digest || texts.dash;
  byRole(root, "took").textContent = `${Math.round(performance.now() - started)} ms`;
  root.dataset.verifyDone = String(lines.length);
}

/** Binds the page: verifies what it carries, again at every change, or another file. */
function start(root) {
  const texts = JSON.parse(byRole(root, "texts").textContent);
  let bundle = byRole(root, "bundle").textContent;
  const again = () => check(root, texts, bundle);
  byRole(root, "outside").addEventListener("change", again);
  byRole(root, "again").addEventListener("click", again);
  byRole(root, "file").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    bundle = await file.text();
    again();
  });
  byRole(root, "waiting").hidden = true;
  byRole(root, "tools").hidden = false;
  again();
}

for (const root of document.querySelectorAll("[data-verify]")) start(root);
