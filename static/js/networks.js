// Pointing at an organisation shows its partners; everything else works without this file.
const numbers = (element, names) => names.map((name) => Number(element.getAttribute(name)));

for (const picture of document.querySelectorAll("svg.net")) {
  const marks = [...picture.querySelectorAll("a")].map((mark) => {
    const [x, y, width] = numbers(mark.querySelector("use"), ["x", "y", "width"]);
    return { mark, x: x + width / 2, y: y + width / 2 };
  });
  const at = (x, y) => marks.find((each) => Math.hypot(each.x - x, each.y - y) < 0.3)?.mark;
  const ties = [...picture.querySelectorAll("line")].map((line) => {
    const [x1, y1, x2, y2] = numbers(line, ["x1", "y1", "x2", "y2"]);
    return { line, ends: [at(x1, y1), at(x2, y2)], near: line.classList.contains("near") };
  });

  const show = (chosen) => {
    const partners = new Set([chosen]);
    for (const { line, ends } of ties) {
      const touches = ends.includes(chosen);
      line.classList.toggle("near", touches);
      if (touches) ends.forEach((end) => partners.add(end));
    }
    for (const { mark } of marks) mark.classList.toggle("at", partners.has(mark));
    picture.classList.add("pointing");
  };
  const rest = () => {
    picture.classList.remove("pointing");
    for (const { mark } of marks) mark.classList.remove("at");
    for (const { line, near } of ties) line.classList.toggle("near", near);
  };
  for (const { mark } of marks) {
    mark.addEventListener("pointerenter", () => show(mark));
    mark.addEventListener("focus", () => show(mark));
    mark.addEventListener("pointerleave", rest);
    mark.addEventListener("blur", rest);
  }
}
