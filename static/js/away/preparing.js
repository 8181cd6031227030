// Prepares this device for conversations without network: the name goes to the server, the PIN never.
import {isEasy, lock, lockOf, SHORTEST} from "./locking.js";
import {renew} from "./kits.js";
import {Rows, destroyed, opened} from "./rows.js";

const part = (name) => document.querySelector(`[data-for="${name}"]`);
const show = (name) => { part(name).hidden = false; };
const shell = new URL(document.querySelector("[data-for=prepared] a")?.href ?? "/", location);
const project = shell.pathname.split("/")[2];
const trouble = document.getElementById("trouble");

// Say what is amiss: at its field, or above all of them where it is about none.
function complain(text, form, field = null) {
  const own = document.getElementById("troubles").content.querySelector(`[data-of="${text}"]`);
  forgive();
  trouble.querySelector("span").textContent = own ? own.textContent : text;
  trouble.hidden = false;
  if (!field) {
    form.prepend(trouble);
    return trouble.scrollIntoView({block: "center"});
  }
  field.before(trouble);
  field.setAttribute("aria-invalid", "true");
  field.dataset.described = field.getAttribute("aria-describedby") ?? "";
  field.setAttribute("aria-describedby", `${field.dataset.described} trouble`.trim());
  field.focus();
}

function forgive() {
  trouble.hidden = true;
  for (const field of document.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    field.setAttribute("aria-describedby", field.dataset.described);
  }
}

// Return what does not fit, and the field in which it was typed.
function amiss(form) {
  const {name} = form.elements, pin = form.querySelector("#pin"), again = form.querySelector("#again");
  const typed = pin.value.trim();
  if (!name.value.trim()) return ["name", name];
  if (typed.length < SHORTEST) return ["short", pin];
  if (isEasy(typed)) return ["easy", pin];
  return typed === again.value.trim() ? null : ["differs", again];
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
  if (!answer.ok) return complain(said.sentence, form);
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
  if (fault) return complain(fault[0], form, fault[1]);
  button.disabled = true;
  forgive();
  await prepare(form).catch(() => complain("failed", form));
  button.disabled = false;
});
begin().catch(() => show("unable"));
