// The picture of a large network: drawn here, laid out by the server. Pointing at an
// organisation shows its partners, a click opens it; the table tells the same in words.
import { programs } from "./shapes.js";

const SECTORS = ["economy", "society", "politics", "science"];
const SHAPES = { economy: 0, society: 1, politics: 2, science: 3 };
const WIDTHS = [0.7, 1.5, 2.6];
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const COLOURS = ["is-paper", "is-ink", "is-edge", "is-act", "is-yellow", "is-economy", "is-society", "is-politics", "is-science"];
const still = matchMedia("(prefers-reduced-motion: reduce)");
const mix = (a, b, share) => a.map((part, n) => Math.round(part * share + b[n] * (1 - share)));
const rgb = (parts) => `rgb(${parts.join(",")})`;

// The colours of the page as numbers, whatever the notation and the theme.
function looks(box) {
  const pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const found = {};
  const probe = document.createElement("i");
  box.append(probe);
  for (const name of COLOURS) {
    probe.className = name;
    pen.fillStyle = getComputedStyle(probe).color;
    pen.fillRect(0, 0, 1, 1);
    found[name.slice(3)] = [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
  }
  probe.remove();
  return found;
}

function* pairs(steps = []) {
  for (let n = 0, first = 0; n < steps.length; n += 2) yield [(first += steps[n]), steps[n + 1]];
}

// Draw the labels that have room, the largest marks first; Arabic runs its own way.
class Labels {
  constructor(look, { fontFamily: font, fontSize }) {
    Object.assign(this, { look, font, unit: parseFloat(fontSize) / 16, wanted: [], shown: [], first: [] });
  }
  want(pen, mark) {
    if (mark.label && !mark.highlighted) this.wanted.push([pen, mark]);
  }
  draw() {
    this.shown = [...this.first];
    this.wanted.sort(([, a], [, b]) => (b.forceLabel ?? 0) - (a.forceLabel ?? 0) || b.size - a.size);
    for (const [pen, mark] of this.wanted) this.one(pen, mark);
    this.wanted = [];
  }
  one(pen, mark, always = false) {
    const size = Math.round((mark.highlighted ? 15 : 13) * this.unit);
    pen.font = `${mark.highlighted ? 700 : 500} ${size}px ${this.font}`;
    pen.direction = /[\u0590-\u08ff]/.test(mark.label) ? "rtl" : "ltr";
    const half = pen.measureText(mark.label).width / 2 + 3, y = mark.y + mark.size + size + 2;
    const width = pen.canvas.clientWidth;
    const x = half * 2 > width ? width / 2 : Math.min(Math.max(mark.x, half), width - half);
    const box = [x - half, y - size, x + half, y + 4];
    const hits = ([a, b, c, d]) => a < box[2] && box[0] < c && b < box[3] && box[1] < d;
    if (mark.x < 0 || mark.x > width || (!always && this.shown.some(hits))) return;
    if (always) this.first = [box, [mark.x - mark.size - 6, mark.y - mark.size - 6, mark.x + mark.size + 6, box[1]]];
    this.shown.push(box);
    Object.assign(pen, { textAlign: "center", lineJoin: "round", lineWidth: 4 });
    pen.strokeStyle = rgb(this.look.paper);
    pen.fillStyle = rgb(this.look.ink);
    pen.strokeText(mark.label, x, y);
    pen.fillText(mark.label, x, y);
  }
}

class Picture {
  constructor(box, data, library) {
    this.box = box;
    this.data = data;
    this.stage = box.querySelector(".stage");
    this.says = box.closest("figure").querySelector(".says");
    this.words = JSON.parse(box.dataset.words);
    this.chosen = this.now = data.codes.indexOf(box.dataset.chosen);
    this.near = data.codes.map(() => new Map());
    this.look = looks(box);
    this.labels = new Labels(this.look, getComputedStyle(box));
    this.graph = this.build(library.Graph);
    this.renderer = this.start(library);
    this.steer();
  }

  build(Graph) {
    const graph = new Graph({ multi: true });
    const { places, names, sectors, silent, ties } = this.data, mute = new Set(silent);
    const wide = this.stage.clientWidth / 1000, grown = wide < 0.58 ? 1.6 : 1;
    for (const [n, label] of names.entries()) {
      const [x, y, r] = places.slice(3 * n, 3 * n + 3), sector = SECTORS[sectors[n]] ?? "society";
      const shape = SHAPES[sector] + (mute.has(n) ? 4 : 0);
      graph.addNode(n, { x, y: -y, size: Math.max(r * wide * grown, 1.5), label, sector, shape });
    }
    for (const [look, steps] of Object.entries(ties)) {
      const weight = look % 3, type = ["line", "dotted", "arrow"][Math.floor(look / 3)];
      for (const [a, b] of pairs(steps)) {
        graph.addEdge(a, b, { size: WIDTHS[weight], type, ink: "edge", kind: "tie" });
        this.near[a].set(b, weight);
        this.near[b].set(a, weight);
      }
    }
    for (const [a, b] of pairs(this.data.recorded)) graph.addEdge(a, b, { size: 1.5, type: "dotted", ink: "ink" });
    for (const [a, b] of pairs(this.data.wishes)) graph.addEdge(a, b, { size: 1, type: "arrow", ink: "act" });
    return graph;
  }

  start({ Sigma, EdgeArrowProgram, EdgeRectangleProgram, ...more }) {
    const { Mark, Dotted } = programs({ EdgeRectangleProgram, ...more }, this.look);
    const renderer = new Sigma(this.graph, this.stage, {
      defaultNodeType: "mark", nodeProgramClasses: { mark: Mark },
      edgeProgramClasses: { line: EdgeRectangleProgram, arrow: EdgeArrowProgram, dotted: Dotted },
      nodeReducer: (n, mark) => this.marked(Number(n), mark),
      edgeReducer: (edge, tie) => this.tied(edge, tie),
      defaultDrawNodeLabel: (pen, mark) => this.labels.want(pen, mark),
      defaultDrawNodeHover: (pen, mark) => this.halo(pen, mark),
      labelRenderedSizeThreshold: 0, labelGridCellSize: 90, labelDensity: 2, stagePadding: 24,
      inertiaDuration: 0, allowInvalidContainer: true, minCameraRatio: 0.01, maxCameraRatio: 1.5, zIndex: true,
      zoomDuration: still.matches ? 0 : 160, doubleClickZoomingDuration: still.matches ? 0 : 160,
    });
    renderer.on("afterRender", () => this.labels.draw());
    this.labels.draw();
    renderer.on("enterNode", ({ node }) => this.show(Number(node)));
    renderer.on("leaveNode", () => this.rest());
    renderer.on("clickNode", ({ node }) => this.open(Number(node)));
    return renderer;
  }

  get at() {
    return this.pointed ?? -1;
  }
  marked(n, mark) {
    const { look, at } = this, far = at >= 0 && n !== at && !this.near[at].has(n);
    const color = rgb(far ? mix(look[mark.sector], look.paper, 0.25) : look[mark.sector]);
    const shown = { color, highlighted: n === (at >= 0 ? at : this.chosen), zIndex: far ? 0 : 1 };
    return { ...mark, ...shown, label: far ? "" : mark.label, forceLabel: at >= 0 && !far };
  }
  tied(edge, tie) {
    const { look, at } = this, one = at >= 0 ? at : this.chosen;
    const near = one >= 0 && this.graph.hasExtremity(edge, one);
    const share = at >= 0 ? 0.1 : this.graph.size > 3000 ? 0.3 : 0.5;
    const color = near ? (tie.ink === "edge" ? look.ink : look[tie.ink]) : mix(look[tie.ink], look.paper, share);
    return { ...tie, color: rgb(color), zIndex: near ? 1 : 0 };
  }
  halo(pen, mark) {
    pen.beginPath();
    pen.arc(mark.x, mark.y, mark.size + 6, 0, 2 * Math.PI);
    pen.fillStyle = rgb(this.look.yellow);
    pen.fill();
    this.labels.one(pen, mark, true);
  }

  sentence(n) {
    const { names, full, sectors, silent } = this.data, { words } = this;
    const close = [...this.near[n]].filter(([, weight]) => weight === 2).map(([other]) => names[other]);
    const said = [names[n], full[n], words.sectors[sectors[n]] ?? words.sectors.at(-1), `${words.ties}: ${this.near[n].size}`];
    if (silent.includes(n)) said.push(words.silent);
    return said.filter(Boolean).join(", ") + (close.length ? `; ${words.close} ${close.join(", ")}` : "");
  }
  show(n) {
    this.pointed = this.now = n;
    this.says.textContent = this.sentence(n);
    this.stage.classList.add("pointing");
    this.renderer.refresh({ skipIndexation: true });
  }
  rest() {
    this.pointed = undefined;
    this.stage.classList.remove("pointing");
    this.renderer.refresh({ skipIndexation: true });
  }
  open(n) {
    location.assign(this.box.dataset.to.replace("_", encodeURIComponent(this.data.codes[n])));
  }
  // The nearest partner that lies rather in this direction than in any other.
  towards(n, [dx, dy]) {
    let best, least = Infinity;
    const { places } = this.data;
    for (const other of this.near[n].keys()) {
      const [x, y] = [places[3 * other] - places[3 * n], places[3 * other + 1] - places[3 * n + 1]];
      const along = x * dx + y * dy, far = Math.hypot(x, y), cost = (far * far) / along;
      if (along > 0.5 * far && cost < least) [best, least] = [other, cost];
    }
    return best ?? n;
  }
  zoom(way) {
    const camera = this.renderer.getCamera(), duration = still.matches ? 0 : 160;
    if (way === "all") camera.animatedReset({ duration });
    else camera[way === "in" ? "animatedZoom" : "animatedUnzoom"]({ duration, factor: 1.6 });
  }

  steer() {
    const { box, stage } = this;
    for (const button of box.querySelectorAll("[data-zoom]"))
      button.addEventListener("click", () => this.zoom(button.dataset.zoom));
    stage.addEventListener("focus", () => stage.matches(":focus-visible") && this.show(Math.max(this.now, 0)));
    stage.addEventListener("blur", () => this.rest());
    stage.addEventListener("keydown", (event) => {
      if (event.key === "Enter") return this.open(Math.max(this.now, 0));
      if (!WAYS[event.key]) return;
      event.preventDefault();
      this.show(this.towards(Math.max(this.now, 0), WAYS[event.key]));
    });
    // The page scrolls as ever: only two fingers, or the wheel with Ctrl, reach the picture.
    stage.addEventListener("wheel", (event) => event.ctrlKey || event.metaKey || event.stopPropagation(), true);
    let fingers = false;
    for (const kind of ["touchstart", "touchmove", "touchend", "touchcancel"])
      stage.addEventListener(kind, (event) => {
        fingers ||= event.touches.length > 1;
        if (!fingers) event.stopPropagation();
        if (!event.touches.length) fingers = false;
      }, true);
    // Who is met in the table is shown in the picture.
    const numbers = new Map(this.data.codes.map((code, n) => [box.dataset.to.replace("_", encodeURIComponent(code)), n]));
    const met = (event) => numbers.get(event.target.closest?.("main a[href]")?.getAttribute("href"));
    document.addEventListener("focusin", (event) => met(event) === undefined || this.show(met(event)));
    document.addEventListener("focusout", (event) => met(event) === undefined || this.rest());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.dye());
    addEventListener("beforeprint", () => this.print());
    addEventListener("afterprint", () => this.dye());
  }
  dye(light = false) {
    this.box.classList.toggle("light", light);
    Object.assign(this.look, looks(this.box));
    this.renderer.refresh();
  }
  // Paper gets what is seen, in light colours, as one picture.
  print() {
    this.pointed = undefined;
    this.dye(true);
    const layers = ["edges", "nodes", "labels", "hovers", "hoverNodes"].map((name) => this.renderer.getCanvases()[name]);
    const paper = this.box.querySelector(".printed") ?? document.createElement("canvas");
    Object.assign(paper, { className: "printed", width: layers[0].width, height: layers[0].height });
    for (const layer of layers) paper.getContext("2d").drawImage(layer, 0, 0);
    this.box.append(paper);
  }
}

async function draw(box) {
  const hidden = [...box.querySelectorAll("[hidden]")];
  try {
    const pen = document.createElement("canvas").getContext("webgl2");
    if (!pen) throw new Error("no WebGL");
    const answer = fetch(box.dataset.from).then((found) => (found.ok ? found.json() : Promise.reject(found.status)));
    const [data, library] = await Promise.all([answer, import("../vendor/sigma-graphology.min.js")]);
    for (const each of hidden) each.hidden = false;
    new Picture(box, data, library);
    performance.mark("network drawn");
    box.dataset.drawn = "";
  } catch {
    for (const each of hidden) each.hidden = true;
    box.append(box.querySelector("template").content.cloneNode(true));
  }
}

for (const box of document.querySelectorAll(".net-canvas")) draw(box);
