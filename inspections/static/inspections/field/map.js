// The route as a picture: points in their order, north up, with a scale. Behind them the tiles of
// the bureau's own map server, where one is named; without tiles the points still make sense.
const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 360;
const HEIGHT = 240;
const MARGIN = 34;
const TILE = 256;
const DEEPEST = 17;
const EQUATOR_M = 40075016.686;
const STEPS_M = [50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000];

function piece(tag, attributes, text = "") {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text) made.textContent = text;
  return made;
}

/** Web Mercator, in pixels of the whole world at zoom 0. */
function project({ latitude, longitude }) {
  const sine = Math.sin((latitude * Math.PI) / 180);
  return {
    x: TILE * (0.5 + longitude / 360),
    y: TILE * (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)),
  };
}

function frame(points) {
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const span = (values, room) => (Math.max(...values) - Math.min(...values)) / room;
  const widest = Math.max(span(xs, WIDTH - 2 * MARGIN), span(ys, HEIGHT - 2 * MARGIN));
  const zoom = widest > 0 ? Math.min(DEEPEST, Math.floor(-Math.log2(widest))) : 15;
  const scale = 2 ** zoom;
  const middle = (values) => ((Math.max(...values) + Math.min(...values)) / 2) * scale;
  return { zoom, scale, left: middle(xs) - WIDTH / 2, top: middle(ys) - HEIGHT / 2 };
}

function tiles(at, template) {
  const count = 2 ** at.zoom;
  const found = [];
  for (let x = Math.floor(at.left / TILE); x * TILE < at.left + WIDTH; x += 1) {
    for (let y = Math.floor(at.top / TILE); y * TILE < at.top + HEIGHT; y += 1) {
      if (y < 0 || y >= count) continue;
      const places = { z: at.zoom, x: ((x % count) + count) % count, y };
      const href = template.replace(/\{([zxy])\}/g, (_, name) => places[name]);
      const [left, top] = [x * TILE - at.left, y * TILE - at.top];
      found.push(piece("image", { href, x: left, y: top, width: TILE, height: TILE }));
    }
  }
  return found;
}

function ruler(at, latitude) {
  const metres = (EQUATOR_M * Math.cos((latitude * Math.PI) / 180)) / (TILE * at.scale);
  const step = STEPS_M.filter((one) => one / metres <= WIDTH / 3).pop() ?? STEPS_M[0];
  const words = step >= 1000 ? `${step / 1000} km` : `${step} m`;
  const y = HEIGHT - 12;
  return [
    piece("line", { x1: 12, x2: 12 + step / metres, y1: y, y2: y, class: "map-ruler" }),
    piece("text", { x: 12, y: y - 5, class: "map-words" }, words),
  ];
}

function mark(at, stop) {
  const [x, y] = [stop.x * at.scale - at.left, stop.y * at.scale - at.top];
  const link = piece("a", { href: `#visit/${stop.id}`, class: `map-stop map-stop--${stop.state}` });
  link.append(
    piece("circle", { cx: x, cy: y, r: 13 }),
    piece("text", { x, y: y + 5, "text-anchor": "middle" }, String(stop.number)),
  );
  const title = piece("title", {}, stop.name);
  link.prepend(title);
  return link;
}

/**
 * The route of the visits that have a point, as an SVG; null where none has.
 * `template` is an address with {z} {x} {y}, empty without a map server.
 */
export function routeMap(visits, template, words) {
  const stops = visits
    .map((visit, index) => ({ visit, number: index + 1 }))
    .filter(({ visit }) => visit.point)
    .map(({ visit, number }) => ({
      ...project(visit.point),
      id: visit.id,
      state: visit.state,
      name: visit.institution,
      number,
    }));
  if (!stops.length) return null;
  const at = frame(stops);
  const picture = piece("svg", {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    class: "field-map",
    role: "group",
    "aria-label": words,
  });
  const line = stops
    .map((stop) => `${stop.x * at.scale - at.left},${stop.y * at.scale - at.top}`)
    .join(" ");
  picture.append(
    piece("rect", { width: WIDTH, height: HEIGHT, class: "map-ground" }),
    ...(template ? tiles(at, template) : []),
    piece("polyline", { points: line, class: "map-route" }),
    ...stops.map((stop) => mark(at, stop)),
    ...ruler(at, visits.find((visit) => visit.point).point.latitude),
    piece("text", { x: WIDTH - 12, y: 20, "text-anchor": "end", class: "map-words" }, "N ↑"),
  );
  return picture;
}
