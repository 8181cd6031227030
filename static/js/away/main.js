// Conversations without network: opened with the PIN, held on the device, sent when there is network.
import {kitOf, offered, renew} from "./kits.js";
import {lockOf, unlock} from "./locking.js";
import {Rows, destroyed, opened} from "./rows.js";
import {placeOf, remove, send, waits} from "./sending.js";
import {Screen} from "./screen.js";
import {Shelf} from "./shelf.js";
import {Taking} from "./taking.js";
import {Talk, begun} from "./talk.js";

const FIRST_PACE = 5000, SLOWEST = 300000;
const {project} = document.documentElement.dataset, screen = new Screen();
let db = null, rows = null, door = null, kit = null, draft = null, talk = null, ahead = null;
let pace = FIRST_PACE, timer = 0, running = null, isAsked = false, deleting = "";

async function start() {
  db = await opened(project);
  const found = await lockOf(db);
  if (!found) return screen.says("unprepared");
  screen.closed(found.name);
  navigator.serviceWorker?.register("worker.js").catch(() => null); // may be newer
  if (await isLockedOut(found.username)) await destroy("gone");
}

// Also a closed device hears that it is locked out.
async function isLockedOut(username) {
  const headers = {"Content-Type": "application/json"}, body = JSON.stringify({username});
  try {
    const answer = await fetch("standing", {method: "POST", headers, body, credentials: "omit"});
    return (await answer.json()).state === "gone";
  } catch {
    return false;
  }
}

async function destroy(why) {
  clearTimeout(timer);
  screen.taking?.stop();
  [rows, door, kit, draft, talk] = [null, null, null, null, null];
  await destroyed(db, project);
  screen.says(why);
}

async function open(pin) {
  const {key, left} = await unlock(db, pin);
  if (!key) return left ? screen.wrong(left) : destroy("burnt");
  rows = new Rows(db, key);
  door = await rows.take("door");
  screen.taking = new Taking(rows);
  screen.shelf = new Shelf(screen, screen.taking);
  await screen.taking.look();
  await screen.taking.sweep();
  await home();
  sync();
}

async function home({quietly = false} = {}) {
  const offer = await offered(rows), drafts = await rows.all("draft"), kits = [];
  for (const {slug, number} of offer.surveys) kits.push(await kitOf(rows, {slug, version: number}));
  if (quietly && (!screen.isHome || screen.isBusy)) return; // somebody went on meanwhile
  [kit, draft, talk, ahead, deleting] = [null, null, null, null, ""];
  screen.home({offer, drafts, kits: kits.filter(Boolean), quietly});
}

// What is finished while something is under way is sent afterwards.
function sync() {
  isAsked = true;
  running ??= syncAll().finally(() => { running = null; });
  return running;
}

async function syncAll() {
  while (isAsked) {
    isAsked = false;
    await syncOnce();
  }
}

async function syncOnce() {
  clearTimeout(timer);
  if (!rows) return;
  const {stand, news} = await send(rows, door);
  if (stand === "gone") return destroy("gone");
  screen.news.push(...news);
  screen.isOut = stand === "out";
  const renewed = stand === "in" ? await renew(rows, door) : stand;
  if (renewed === "gone") return destroy("gone");
  if (screen.isHome && !screen.isBusy) await home({quietly: true});
  const waiting = (await rows.all("draft")).filter(waits).length;
  document.documentElement.dataset.waiting = waiting;
  if (waiting) timer = setTimeout(sync, pace * (0.8 + Math.random() * 0.4));
  pace = waiting ? Math.min(pace * 2, SLOWEST) : FIRST_PACE;
}

async function goOn(found) {
  [draft, ahead, deleting] = [found, null, ""];
  kit = await kitOf(rows, draft);
  talk = new Talk(kit, draft);
  if (draft.complete) return card();
  showPage(draft.page && talk.pages.has(draft.page) ? draft.page : talk.stoppedAt());
}

const showPage = (key, more) => screen.page(talk.show(key, more));
const card = () => screen.paint(talk.filled(talk.around.card, {code: draft.code}));
const askFirst = (missing) => screen.paint(ahead.kit.theirs[ahead.language].pages[`before ${missing}`]);

async function before(slug, language) {
  const {surveys} = await offered(rows), found = surveys.find((each) => each.slug === slug);
  ahead = {kit: await kitOf(rows, {slug, version: found.number}), language};
  askFirst(0);
}

// Nothing is kept before the yes, and of a no nothing at all.
async function answered(form) {
  const {kit, language} = ahead;
  if (form.get("answer") === "no") return screen.paint(kit.theirs[language].pages.declined);
  if (form.get("answer") !== "yes") return askFirst(1);
  const fresh = begun(kit, language, Number(form.get("agreed")));
  fresh.page = new Talk(kit, fresh).stoppedAt();
  if (await keep(fresh)) await goOn(fresh);
}

async function keep(changed) {
  try {
    await rows.put(placeOf(changed), changed);
    return true;
  } catch {
    screen.full();
    return false;
  }
}

async function press(form) {
  const key = screen.key, changed = structuredClone(draft), trial = new Talk(kit, changed);
  const result = trial.press(key, form);
  if (result.html) return screen.page(result);
  if (!(await keep(changed))) return;
  [draft, talk] = [changed, trial];
  if (result.paused) return home();
  if (!result.done) return showPage(result.leadsTo, {faults: result.faults});
  card();
  delete document.documentElement.dataset.waiting;
  sync();
}

async function removed() {
  const left = await remove(rows, draft);
  await home();
  screen.tell("deleted");
  if (!left) return;
  delete document.documentElement.dataset.waiting;
  sync();
}

function askToDelete() {
  deleting = "asked";
  screen.paint(talk.filled(talk.around.deletion, {code: draft.code}));
}

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const {target, submitter} = event, form = new URLSearchParams(new FormData(target));
  if (submitter?.name) form.append(submitter.name, submitter.value);
  if (target.dataset.act === "open") return screen.busy(() => open(target.querySelector("#pin").value.trim()));
  if (ahead) return screen.busy(() => answered(form));
  if (deleting) return screen.busy(removed);
  if (talk) screen.busy(() => press(form));
});

const ACTS = {
  close: () => location.reload(),
  begin: ({slug, language}) => before(slug, language),
  "go on": (place) => at(place, goOn),
  card: (place) => at(place, goOn),
  again: (place) => at(place, async (found) => {
    await rows.change(placeOf(found), (now) => now && {...now, refused: null});
    await home();
    sync();
  }),
  take: (place) => { screen.shelf.take(place); }, // one goes on meanwhile
  stop: () => screen.taking.stop(),
  drop: (place) => screen.shelf.drop(place),
  delete: (place) => at(place, async (found) => {
    await goOn(found);
    askToDelete();
  }),
};

async function at({key}, act) {
  const found = (await rows.all("draft")).find((each) => each.key === key);
  return found ? act(found) : home();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print] button")) return print();
  const act = event.target.closest("button[data-act]"), link = event.target.closest("a[href]");
  if (act) return screen.busy(() => ACTS[act.dataset.act](act.closest("[data-key], [data-slug]")?.dataset ?? {}));
  if (!link || !rows || link.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  if (link.pathname.endsWith("/deletion")) return askToDelete();
  if (deleting && /\/conversations\/[^/]+$/.test(link.pathname) && !link.pathname.endsWith("/new")) {
    deleting = "";
    return screen.busy(() => goOn(draft));
  }
  screen.busy(home);
});

addEventListener("online", () => {
  pace = FIRST_PACE;
  sync();
});

// One window at a time: two would overwrite each other.
navigator.locks.request(`werkstatt away ${project}`, {ifAvailable: true}, async (mine) => {
  if (!mine) return screen.says("elsewhere");
  await start();
  return new Promise(() => {}); // until the page is closed
});
