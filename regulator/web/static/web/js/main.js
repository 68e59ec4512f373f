// Binds every behaviour to the data- attributes of the page, and again to what htmx brings in.
import { bindCountdowns } from "./countdown.js";
import { bindForms } from "./forms.js";
import { bindMenus } from "./menus.js";
import { bindPages } from "./pages.js";
import { bindPlaces } from "./places.js";
import { bindPreferences } from "./preferences.js";
import { bindTables } from "./tables.js";
import { bindUploads } from "./uploads.js";

function bind(root) {
  bindCountdowns(root);
  bindForms(root);
  bindPages(root);
  bindPlaces(root);
  bindPreferences(root);
  bindTables(root);
  bindUploads(root);
}

bindMenus(document);
bind(document);
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) {
    bind(event.detail.elt);
  }
});
