// Pointing at an organisation shows its partners, and arrow keys lead along the ties.
// Everything else works without this file.
const numbers = (element, names) => names.map((name) => Number(element.getAttribute(name)));
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const sayings = new Map();

for (const picture of document.querySelectorAll("svg.net:not(.net-map)")) {
  const says = picture.closest("figure").querySelector(".says");
  const marks = [...picture.querySelectorAll("a")].map((mark) => {
    const [x, y, width] = numbers(mark.querySelector("use"), ["x", "y", "width"]);
    return { mark, x: x + width / 2, y: y + width / 2 };
  });
  const at = (x, y) => marks.find((each) => Math.hypot(each.x - x, each.y - y) < 0.3);
  const ties = [...picture.querySelectorAll("line")].map((line) => {
    const [x1, y1, x2, y2] = numbers(line, ["x1", "y1", "x2", "y2"]);
    const near = line.classList.contains("near");
    return { line, ends: [at(x1, y1), at(x2, y2)], near, close: line.classList.contains("e3") };
  });
  const partners = (one, which = ties) =>
    which.filter((tie) => tie.ends.includes(one)).map(({ ends: [a, b] }) => (a === one ? b : a)).filter(Boolean);
  const name = ({ mark }) => mark.querySelector("text").textContent;
  const sentence = (one) => {
    const close = partners(one, ties.filter((tie) => tie.close)).map(name);
    return one.mark.getAttribute("aria-label") + (close.length ? `; ${picture.dataset.close} ${close.join(", ")}` : "");
  };

  const show = (chosen) => {
    const around = new Set([chosen, ...partners(chosen)]);
    for (const { line, ends } of ties) line.classList.toggle("near", ends.includes(chosen));
    for (const each of marks) each.mark.classList.toggle("at", around.has(each));
    picture.classList.add("pointing");
  };
  const rest = () => {
    picture.classList.remove("pointing");
    for (const { mark } of marks) mark.classList.remove("at");
    for (const { line, near } of ties) line.classList.toggle("near", near);
  };
  // The nearest partner that lies rather in this direction than in any other.
  const towards = (one, [dx, dy]) => {
    let best, least = Infinity;
    for (const other of partners(one)) {
      const [x, y] = [other.x - one.x, other.y - one.y];
      const along = x * dx + y * dy, far = Math.hypot(x, y);
      const cost = far * far / along;
      if (along > 0.5 * far && cost < least) [best, least] = [other, cost];
    }
    return best;
  };

  says.hidden = false;
  for (const one of marks) {
    const { mark } = one;
    sayings.set(mark.getAttribute("href"), () => (says.textContent = sentence(one)));
    mark.addEventListener("pointerenter", () => show(one));
    mark.addEventListener("pointerleave", rest);
    mark.addEventListener("blur", rest);
    mark.addEventListener("focus", () => {
      show(one);
      says.textContent = sentence(one);
    });
    mark.addEventListener("keydown", (event) => {
      const next = WAYS[event.key] && towards(one, WAYS[event.key]);
      if (!WAYS[event.key]) return;
      event.preventDefault();
      next?.mark.focus();
    });
  }
}

// In a table, up and down lead from row to row.
for (const table of document.querySelectorAll("table[data-walk]")) {
  const links = [...table.querySelectorAll("tbody th a")];
  const steps = { ArrowUp: (n) => n - 1, ArrowDown: (n) => n + 1, Home: () => 0, End: () => links.length - 1 };
  links.forEach((link, number) => {
    link.addEventListener("focus", () => sayings.get(link.dataset.mark ?? link.getAttribute("href"))?.());
    link.addEventListener("keydown", (event) => {
      const next = links[steps[event.key]?.(number)];
      if (!next) return;
      event.preventDefault();
      next.focus();
    });
  });
}

// A large picture is drawn by the browser.
if (document.querySelector(".net-canvas")) import("./canvas.js");
