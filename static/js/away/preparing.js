// Prepares this device for conversations without network: the name goes to the server, the PIN never.
import {isEasy, lock, lockOf, SHORTEST} from "./locking.js";
import {renew} from "./kits.js";
import {Rows, destroyed, opened} from "./rows.js";

const part = (name) => document.querySelector(`[data-for="${name}"]`);
const show = (name) => { part(name).hidden = false; };
const shell = new URL(document.querySelector("[data-for=prepared] a")?.href ?? "/", location);
const project = shell.pathname.split("/")[2];
const trouble = document.querySelector("[data-put=trouble]");

function complain(text) {
  const own = document.getElementById("troubles").content.querySelector(`[data-of="${text}"]`);
  trouble.textContent = own ? own.textContent : text;
  trouble.hidden = false;
  trouble.scrollIntoView({block: "center"});
}

function amiss(form) {
  const pin = form.querySelector("#pin").value.trim(), again = form.querySelector("#again").value.trim();
  if (!form.elements.name.value.trim()) return "name";
  if (pin.length < SHORTEST) return "short";
  if (isEasy(pin)) return "easy";
  return pin === again ? "" : "differs";
}

async function kept(scope) {
  const {installing, waiting, active} = await navigator.serviceWorker.register(`${scope}worker.js`, {scope});
  const fresh = installing ?? waiting;
  if (active && !fresh) return;
  await new Promise((resolve, reject) => {
    fresh.addEventListener("statechange", () => {
      if (fresh.state === "activated") resolve();
      if (fresh.state === "redundant") reject(new Error("not installed"));
    });
    if (fresh.state === "activated") resolve();
  });
}

async function prepare(form) {
  const pin = form.querySelector("#pin").value.trim();
  const answer = await fetch(form.action, {method: "POST", body: new URLSearchParams(new FormData(form))});
  const said = await answer.json();
  if (!answer.ok) return complain(said.sentence);
  const db = await opened(project);
  try {
    const {name, username, password} = said, made = await lock(db, pin, {name, username});
    const rows = new Rows(db, made.key), door = {username, password, address: shell.pathname};
    await rows.put("door", door);
    if ((await renew(rows, door)) !== "renewed") throw new Error("no kits");
    await kept(shell.pathname);
    await made.keep(); // the last thing: half a device is none
    await navigator.storage?.persist?.();
  } catch (error) {
    await destroyed(db, project);
    throw error;
  }
  location.assign(shell);
}

async function begin() {
  if (!part("preparing")) return;
  if (!(isSecureContext && navigator.serviceWorker && window.indexedDB && crypto.subtle && navigator.locks)) return show("unable");
  const db = await opened(project), found = await lockOf(db);
  db.close();
  if (found) part("prepared").querySelector("[data-put=device]").textContent = found.name;
  show(found ? "prepared" : "preparing");
}

document.querySelector("[data-for=preparing] form")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target, button = form.querySelector("button"), fault = amiss(form);
  if (fault) return complain(fault);
  button.disabled = true;
  trouble.hidden = true;
  await prepare(form).catch(() => complain("failed"));
  button.disabled = false;
});
begin().catch(() => show("unable"));
