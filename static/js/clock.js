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
