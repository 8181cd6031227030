// A card that cannot be sent stays on this device and is sent when the network is back. The
// key of its form goes with it, so it hangs once, however often it arrives.
const place = document.getElementById("unsent"), { url, waits, refused, again, discard } = place.dataset;
const STORE = `unsent ${url}`, PAUSE = 4000, GATEWAY = [502, 504];
const written = () => document.querySelector("#mine form.write");
let sending = "", trying = false;

function cards() {
  try { return JSON.parse(localStorage.getItem(STORE)) ?? {}; } catch { return {}; }
}

function change(key, card) {
  const all = cards();
  if (card) all[key] = card; else delete all[key];
  try {
    if (Object.keys(all).length) localStorage.setItem(STORE, JSON.stringify(all));
    else localStorage.removeItem(STORE);
  } catch { /* no room on this device: the card stays in its form */ }
  show();
}

function part(name, text, press) {
  const element = Object.assign(document.createElement(name), { textContent: text });
  if (press) Object.assign(element, { type: "button", className: "btn", onclick: press });
  return element;
}

function show() {
  const items = Object.entries(cards()).filter(([key]) => key !== sending).map(([key, card]) => {
    const item = document.createElement("li"), said = part("p", card.reason ? `${refused} ${card.reason}` : waits);
    const title = part("b", card.fields.title);
    title.dir = "auto";
    item.append(title, said);
    if (card.reason) item.append(part("button", again, () => change(key, { ...card, reason: "" }) ?? retry()),
      part("button", discard, () => change(key)));
    return item;
  });
  place.hidden = !items.length;
  place.querySelector("ul").replaceChildren(...items);
}

function blank(form) {
  for (const field of form.querySelectorAll("[name=title], [name=text]")) field.value = "";
  const random = crypto.getRandomValues(new Uint8Array(16));
  form.elements.key.value = [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function hold() {
  const key = sending;
  sending = "";
  if (cards()[key] && written()?.elements.key.value === key) blank(written());
  show();
}

async function send(key, card) {
  const token = document.querySelector("[name=csrf_token]").value;
  const body = new URLSearchParams({ ...card.fields, csrf_token: token });
  const headers = { "HX-Request": "true", "HX-Request-Type": "partial" };
  const answer = await fetch(url, { method: "POST", body, headers, redirect: "manual" });
  if (answer.ok) {
    change(key);
    return true;
  }
  if ([401, 403, 404, 409, 422].includes(answer.status)) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const said = page.querySelector(".err, .notice") ?? page.body;
    change(key, { ...card, reason: said.textContent.trim().replace(/\s+/g, " ") || " " });
  }
  return false;
}

async function retry() {
  if (trying) return;
  trying = true;
  let hung = false;
  for (const [key, card] of Object.entries(cards())) {
    if (key === sending || card.reason) continue;
    try { hung = await send(key, card) || hung; } catch { break; }
  }
  trying = false;
  const form = written();
  const typed = form && [...form.querySelectorAll("[name=title], [name=text]")].some((field) => field.value);
  if (hung && form && !typed) location.reload();
}

document.addEventListener("submit", (event) => {
  if (event.target !== written()) return;
  const { csrf_token: _token, ...fields } = Object.fromEntries(new FormData(event.target));
  if (!fields.title.trim()) return;
  sending = fields.key;
  change(sending, { fields, reason: "" });
}, true);
document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  if (!sending || !ctx.sourceElement.matches("#mine form.write")) return;
  if (GATEWAY.includes(ctx.response?.status)) return hold();
  const key = sending;
  sending = "";
  change(key);
});
document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (sending && ctx?.sourceElement?.matches("#mine form.write")) hold();
});
addEventListener("online", retry);
setInterval(() => document.hidden || retry(), PAUSE);
show();
retry();
