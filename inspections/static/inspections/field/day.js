// The day's route: a map where points are known, then the premises in order.
import { el, say, zh } from "./dom.js";
import { unanswered } from "./fold.js";
import { routeMap } from "./map.js";

function stop(now, number) {
  const left = unanswered(now);
  const lines = [
    say(`state_${now.state}`),
    now.state === "arrived" && left ? say("items_left", { count: left }) : "",
    now.undelivered ? say("undelivered", { count: now.undelivered }) : "",
  ].filter(Boolean);
  return el(
    "li",
    { class: `panel field-stop field-stop--${now.state}` },
    el(
      "a",
      { href: `#visit/${now.id}`, class: "field-stop__link" },
      el("span", { class: "field-stop__number" }, String(number)),
      el(
        "span",
        {},
        zh("b", now.institution),
        el("br"),
        zh("span", `${now.address}（${now.area}）`, { class: "small" }),
        el("br"),
        el("span", { class: "small field-stop__state" }, lines.join(" · ")),
      ),
    ),
  );
}

/** The page of a day; `visits` are folded with what the device holds. */
export function dayPage({ day, visits, stray }) {
  const map = routeMap(visits, day.tiles, say("map"));
  const mapless = visits.filter((visit) => !visit.point).length;
  return el(
    "div",
    { class: "stack" },
    el("h1", { class: "page-head__heading" }, say("today", { on: day.on })),
    zh("p", day.name, { class: "quiet" }),
    visits.length ? null : el("p", {}, say("no_visits")),
    map,
    map && mapless ? el("p", { class: "quiet" }, say("no_point", { count: mapless })) : null,
    el("ol", { class: "plain-list stack" }, ...visits.map((now, at) => stop(now, at + 1))),
    stray ? el("p", { class: "field-refused" }, say("stray", { count: stray })) : null,
  );
}
