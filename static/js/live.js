// Live parts ask for news as often as their room needs it, and not at all while nobody looks.
const QUIET_AFTER = 60_000, QUIET_PACE = 3_000, PATIENCE = 10_000;
const known = new WeakMap();
let lastNews = Date.now(), lastLeft = 0;

const parts = () => [...document.querySelectorAll("[data-pace]")];

function look() {
  for (const part of parts()) part.dispatchEvent(new Event("look"));
}

function notice() {
  for (const part of parts()) {
    const address = part.getAttribute("hx-get");
    if (known.get(part) !== address) lastNews = Date.now();
    known.set(part, address);
    if (part.hasAttribute("data-moved")) follow();
  }
}

// The room has moved on; a page on which something is being typed waits for its reader.
function follow() {
  const fields = document.querySelectorAll("main :is(input:not([type=hidden]), textarea)");
  const typed = [...fields].some((field) =>
    field.type === "radio" ? false : field.value !== field.defaultValue);
  if (typed || Date.now() - lastLeft < PATIENCE) return; // asked anew, the page would not arrive
  lastLeft = Date.now();
  location.assign(document.querySelector("main").dataset.here);
}

function wait() {
  const fastest = Math.min(...parts().map((part) => Number(part.dataset.pace)), QUIET_PACE);
  const pace = Date.now() - lastNews > QUIET_AFTER ? QUIET_PACE : fastest;
  setTimeout(() => {
    notice();
    if (!document.hidden) look();
    wait();
  }, pace * (0.9 + Math.random() * 0.2));
}

document.addEventListener("visibilitychange", () => document.hidden || look());
notice();
wait();

// Shows what is left until the clock of the room rings, by the clock of the server.
const ahead = Date.now() - Number(document.querySelector("[data-now]")?.dataset.now ?? Date.now());
const shown = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

function write(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

function tick() {
  for (const place of document.querySelectorAll("[data-left]")) {
    write(place, shown(Number(place.dataset.left)));
  }
  for (const place of document.querySelectorAll("[data-rings]")) {
    const left = Math.round((Number(place.dataset.rings) - (Date.now() - ahead)) / 1000);
    write(place, left > 0 ? shown(left) : place.dataset.up);
    place.closest(".clock").classList.toggle("up", left <= 0);
  }
}

tick();
setInterval(tick, 500);
