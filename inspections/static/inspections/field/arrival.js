// Arriving: who is there, and how it is known: the institution's code, the position, or by hand.
import { button, el, field, problem, problemLine, say, zh } from "./dom.js";
import { sha256, whereAmI } from "./pictures.js";

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
const LEAST = 2;
const LOOK_MS = 250;

/** What a QR code or a person says, as the register knows it: the id in the address, or the code. */
export function codeIn(text) {
  const found = text.match(UUID);
  return (found ? found[0] : text.replace(/[\s\-·.]/g, "")).toLowerCase();
}

async function isOfThisPlace(code, visit) {
  return visit.codes.includes(await sha256(new TextEncoder().encode(code)));
}

/** Whether this device reads QR codes: some browsers name the reader and have none behind it. */
async function readsCodes() {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return false;
  try {
    return (await BarcodeDetector.getSupportedFormats()).includes("qr_code");
  } catch {
    return false;
  }
}

/** Looks through the camera until it reads a code; resolves with its text, empty if stopped. */
async function scan(holder) {
  const video = el("video", { class: "scan", muted: true, playsinline: true });
  let isStopped = false;
  let stream = null;
  const stop = button(say("scan_stop"), () => {
    isStopped = true;
  });
  // Shown before the camera is asked for: the page is not redrawn while a video stands on it.
  holder.replaceChildren(video, stop);
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    video.srcObject = stream;
    await video.play();
    while (!isStopped) {
      const [code] = await detector.detect(video);
      if (code) return code.rawValue;
      await new Promise((done) => setTimeout(done, LOOK_MS));
    }
    return "";
  } finally {
    stream?.getTracks().forEach((track) => track.stop());
    holder.replaceChildren();
  }
}

function present(visit) {
  const boxes = visit.team_members.map((one) => {
    const box = el("input", { type: "checkbox", value: one.id, name: "inspectors" });
    box.defaultChecked = one.is_certified;
    box.disabled = !one.is_certified;
    const note = one.is_certified ? "" : ` · ${say("not_certified")}`;
    const words = `${one.name}（${one.department} ${one.certificate}）${note}`;
    return { box, shown: el("label", { class: "answer" }, box, zh("span", words)) };
  });
  return {
    chosen: () => boxes.filter(({ box }) => box.checked).map(({ box }) => box.value),
    shown: el(
      "fieldset",
      { class: "answers" },
      el("legend", {}, say("who_is_there")),
      ...boxes.map(({ shown }) => shown),
    ),
  };
}

/** The form of an arrival; `save(kind, body)` keeps it. */
export function arrivalForm(visit, save) {
  const people = present(visit);
  const code = el("input", { name: "code", autocomplete: "off", autocapitalize: "characters" });
  const reason = el("input", { name: "reason", maxlength: "200", autocomplete: "off" });
  const camera = el("div", {});
  const form = el("div", { class: "stack" });

  async function arrive(more) {
    const inspectors = people.chosen();
    if (inspectors.length < LEAST) return problem(form, say("officers_few"));
    const place = more.place ?? (await whereAmI(3000));
    return save("arrival", { code: "", reason: "", ...more, inspectors, place });
  }
  async function byCode(text) {
    const given = codeIn(text);
    if (!given) return problem(form, say("code_missing"));
    if (!(await isOfThisPlace(given, visit))) return problem(form, say("code_of_another"));
    return arrive({ method: "code", code: given });
  }
  async function byCamera() {
    try {
      const text = await scan(camera);
      if (text) await byCode(text);
    } catch {
      problem(form, say("camera_missing"));
    }
  }
  async function byPosition() {
    problem(form, say("position_asked"));
    const place = await whereAmI(15000);
    if (!place) return problem(form, say("position_missing"));
    return arrive({ method: "position", place });
  }
  const byHand = () =>
    reason.value.trim()
      ? arrive({ method: "hand", reason: reason.value.trim() })
      : problem(form, say("reason_missing"));

  const scanning = el("div", {});
  const typing = button(say("arrive_by_code"), () => byCode(code.value), "button--primary");
  readsCodes().then((can) => {
    if (!can) return;
    scanning.append(button(say("scan"), byCamera, "button--primary"));
    typing.classList.remove("button--primary");
  });
  form.append(
    people.shown,
    problemLine(),
    camera,
    scanning,
    field(say("code_typed"), code),
    typing,
    button(say("arrive_by_position"), byPosition),
    field(say("hand_reason"), reason),
    button(say("arrive_by_hand"), byHand),
  );
  return form;
}

/** The form of the notice: to whom it was shown. */
export function noticeForm(visit, save) {
  const receiver = el("input", { name: "receiver", maxlength: "60", autocomplete: "off" });
  const form = el("div", { class: "stack" });
  const give = () =>
    receiver.value.trim()
      ? save("notice", { receiver: receiver.value.trim() })
      : problem(form, say("receiver_missing"));
  form.append(
    zh("p", say("notice_words", { number: visit.approval.number, by: visit.approval.by })),
    field(say("receiver"), receiver),
    problemLine(),
    button(say("notice_give"), give, "button--primary"),
  );
  return form;
}
