// What a seed makes of a frame (DR1 §3): orders, teams, routes, recusals, replacements.
import { sha256, table, utf8 } from "./values.js";

export const NO_TEAM = "0";

/** All of `ids` by ascending ticket under a label: Rivest's consistent sampling. */
export function order(ids, label) {
  const seed = sha256(utf8(label));
  const ticket = (id) => {
    const digits = BigInt(`0x${sha256(utf8(seed + id))}`).toString().padStart(64, "0");
    return Array.from(digits).reverse().join("");
  };
  return ids
    .map((id) => [ticket(id), id])
    .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
    .map(([, id]) => id);
}

const byCode = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

export const pairKey = (inspector, object) => `${inspector} ${object}`;

/** The picks of a frame (as read, not refused) under a seed; `pairs` is a set of pair keys. */
export function computeOutcome(frame, pairs, seed) {
  const drawn = table();
  const reserve = table();
  for (const stratum of Object.keys(frame.quotas)) {
    const ids = frame.objects.filter((one) => one.stratum === stratum).map((one) => one.id);
    const ordered = order(ids, `${seed}/object/${stratum}`);
    drawn[stratum] = ordered.slice(0, frame.quotas[stratum]);
    reserve[stratum] = ordered.slice(frame.quotas[stratum]);
  }
  const count = frame.teams.count;
  const numbers = Array.from({ length: count }, (_, index) => String(index + 1));
  const teams = table(numbers.map((number) => [number, []]));
  const inspector_reserve = table();
  for (const department of Object.keys(frame.teams.seats).sort(byCode)) {
    const members = frame.inspectors.filter((one) => one.department === department);
    const ordered = order(members.map((one) => one.id), `${seed}/inspector/${department}`);
    const seats = frame.teams.seats[department];
    numbers.forEach((number, index) => {
      teams[number].push(...ordered.slice(index * seats, (index + 1) * seats));
    });
    inspector_reserve[department] = ordered.slice(count * seats);
  }
  const teamOrder = order(numbers, `${seed}/team`);
  const routes = route(frame, drawn, teamOrder);
  const assignments = table(
    Object.keys(routes).map((id) => [id, freeTeam(id, routes[id], teamOrder, teams, pairs)]),
  );
  const unassigned = Object.keys(assignments).filter((id) => assignments[id] === NO_TEAM).sort(byCode);
  const values = { drawn, reserve, teams, inspector_reserve, assignments, unassigned };
  return { values, routes, teamOrder };
}

function route(frame, drawn, teamOrder) {
  const areas = table(frame.objects.map((one) => [one.id, one.area]));
  const chosen = Object.values(drawn).flat();
  chosen.sort((one, other) => byCode(areas[one], areas[other]) || byCode(one, other));
  const size = Math.floor(chosen.length / teamOrder.length);
  const longer = chosen.length % teamOrder.length;
  const routes = table();
  let start = 0;
  teamOrder.forEach((team, index) => {
    const end = start + size + (index < longer ? 1 : 0);
    for (const id of chosen.slice(start, end)) routes[id] = team;
    start = end;
  });
  return routes;
}

/** `start`, or the next team in the cyclic order with nobody recused; else "0". */
export function freeTeam(object, start, teamOrder, teams, pairs) {
  const first = teamOrder.indexOf(start);
  const cycle = [...teamOrder.slice(first), ...teamOrder.slice(0, first)];
  const free = cycle.find((team) => !teams[team].some((one) => pairs.has(pairKey(one, object))));
  return free ?? NO_TEAM;
}

/** A draw as it fell, to be replaced in: `objects` is object → team, `used` and `gone` are ids. */
export function initialStanding(frame, outcome, pairs) {
  const { values } = outcome;
  return {
    frame,
    outcome,
    pairs,
    teams: table(Object.keys(values.teams).map((team) => [team, [...values.teams[team]]])),
    objects: table(Object.entries(values.assignments)),
    used: new Set(),
    gone: new Set(),
  };
}

/** Why an object cannot be replaced, as a code; empty if it can. */
export function objectOutRefusal(standing, out) {
  if (!(out in standing.objects)) return "replacement.not_drawn";
  return standing.gone.has(out) ? "replacement.already" : "";
}

/** The object that steps in for `out`, and its team. */
export function nextObject(standing, out) {
  const { values, routes, teamOrder } = standing.outcome;
  const row = standing.frame.objects.find((one) => one.id === out);
  const candidate = values.reserve[row.stratum].find((id) => !standing.used.has(id));
  if (candidate === undefined) return { in: "", team: NO_TEAM };
  const held = standing.objects[out];
  const start = held === NO_TEAM ? (routes[out] ?? teamOrder[0]) : held;
  const team = freeTeam(candidate, start, teamOrder, standing.teams, standing.pairs);
  return { in: candidate, team };
}

export function applyObject(standing, entry) {
  standing.gone.add(entry.out);
  if (!entry.in) return;
  standing.used.add(entry.in);
  standing.objects[entry.in] = entry.team;
}

/** Why an inspector cannot be replaced in a team, as [field, code]; empty if it can. */
export function inspectorOutRefusal(standing, entry) {
  if (!(entry.team in standing.teams)) return ["team", "replacement.no_team"];
  return standing.teams[entry.team].includes(entry.out) ? [] : ["out", "replacement.not_seated"];
}

/** The inspector who steps in: the first unused of the reserve, recused from none of the objects. */
export function nextInspector(standing, entry) {
  const objects = Object.keys(standing.objects).filter(
    (id) => standing.objects[id] === entry.team,
  );
  const { department } = standing.frame.inspectors.find((one) => one.id === entry.out);
  const found = standing.outcome.values.inspector_reserve[department].find(
    (one) => !standing.used.has(one) && !objects.some((id) => standing.pairs.has(pairKey(one, id))),
  );
  return { in: found ?? "" };
}

export function applyInspector(standing, entry) {
  const seated = standing.teams[entry.team];
  seated.splice(seated.indexOf(entry.out), 1, ...(entry.in ? [entry.in] : []));
  standing.gone.add(entry.out);
  standing.used.add(entry.in);
}
