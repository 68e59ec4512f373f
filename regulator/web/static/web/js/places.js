// "Use my position": fills the form with the device's position, to some 100 m, and sends it.
import { each } from "./bind.js";

const COARSE = 3; // decimals of a degree: nobody needs to know the door

function fill(form, coordinates) {
  form.elements.longitude.value = coordinates.longitude.toFixed(COARSE);
  form.elements.latitude.value = coordinates.latitude.toFixed(COARSE);
  form.elements.system.value = "wgs84";
  form.requestSubmit ? form.requestSubmit() : form.submit();
}

function locate(button) {
  const words = button.querySelector("span");
  button.disabled = true;
  words.textContent = button.dataset.locating;
  navigator.geolocation.getCurrentPosition(
    (position) => fill(button.form, position.coords),
    () => {
      words.textContent = button.dataset.denied;
    },
    { timeout: 10000, maximumAge: 60000 },
  );
}

export function bindPlaces(root) {
  each(root, "[data-locate]", (button) => {
    button.hidden = !(window.isSecureContext && navigator.geolocation);
    button.addEventListener("click", () => locate(button));
  });
}
