import { each } from "./bind.js";

function size(bytes) {
  return bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function upload(form) {
  const drop = form.querySelector(".upload__drop");
  const input = form.querySelector("input[type=file]");
  const name = form.querySelector("[data-upload-name]");
  if (!drop || !input) {
    return;
  }
  const show = () => {
    const file = input.files[0];
    name.hidden = !file;
    name.textContent = file ? `${file.name} · ${size(file.size)}` : "";
  };
  input.addEventListener("change", show);
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.add("upload__drop--over");
    });
  }
  for (const kind of ["dragleave", "drop"]) {
    drop.addEventListener(kind, () => drop.classList.remove("upload__drop--over"));
  }
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      show();
    }
  });
}

export function bindUploads(root) {
  each(root, "form[data-upload]", upload);
}
