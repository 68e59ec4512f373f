// A signature drawn with a finger; kept as PNG.
import { button, codes, el, field, label, problem, problemLine, say } from "./dom.js";
import { sha256 } from "./pictures.js";

const WIDTH = 640;
const HEIGHT = 240;

function pad() {
  const canvas = el("canvas", { class: "sign-pad", "aria-label": say("sign_here") });
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext("2d");
  const clear = () => {
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, WIDTH, HEIGHT);
    canvas.dataset.drawn = "";
  };
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [
      ((event.clientX - box.left) * WIDTH) / box.width,
      ((event.clientY - box.top) * HEIGHT) / box.height,
    ];
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pen.lineWidth = 4;
    pen.lineCap = "round";
    pen.strokeStyle = "#000000";
    pen.beginPath();
    pen.moveTo(...at(event));
    canvas.dataset.drawing = "yes";
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.dataset.drawing) return;
    pen.lineTo(...at(event));
    pen.stroke();
    canvas.dataset.drawn = "yes";
  });
  for (const name of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(name, () => {
      canvas.dataset.drawing = "";
    });
  }
  clear();
  return { canvas, clear };
}

/** The form of a signature: whose it is, the name, the drawing. */
export function signForm(save) {
  const { canvas, clear } = pad();
  const options = codes("signers").map((code) =>
    el("option", { value: code }, label("signers", code)),
  );
  const signer = el("select", { name: "signer" }, ...options);
  signer.value = "institution";
  const name = el("input", { name: "signer_name", autocomplete: "off", maxlength: "60" });
  const form = el("div", { class: "stack" });
  const done = async () => {
    if (!name.value.trim()) return problem(form, say("signer_missing"));
    if (!canvas.dataset.drawn) return problem(form, say("sign_missing"));
    const blob = await new Promise((ready) => canvas.toBlob(ready, "image/png"));
    const bytes = await blob.arrayBuffer();
    const body = { signer: signer.value, name: name.value.trim(), sha256: await sha256(bytes) };
    return save("signature", body, { bytes });
  };
  form.append(
    field(say("signer"), signer),
    field(say("signer_name"), name),
    canvas,
    problemLine(),
    button(say("sign_clear"), clear),
    button(say("sign_save"), done, "button--primary"),
  );
  return form;
}
