// Conversations without network: opened with the PIN, held on the device, sent when there is network.
import {Idling, USUAL} from "./idling.js";
import {kitOf, offered, renew} from "./kits.js";
import {lockOf, unlock} from "./locking.js";
import {Rows, destroyed, opened} from "./rows.js";
import {placeOf, remove, send, waits} from "./sending.js";
import {Screen} from "./screen.js";
import {Shelf} from "./shelf.js";
import {Taking} from "./taking.js";
import {Talk, begun} from "./talk.js";

const FIRST_PACE = 5000, SLOWEST = 300000;
const SETTINGS = "settings", LEFT = "left"; // rows: after how long it locks, and where one was then
const {project} = document.documentElement.dataset, screen = new Screen();
let db = null, rows = null, door = null, kit = null, draft = null, talk = null, ahead = null;
let pace = FIRST_PACE, timer = 0, running = null, isAsked = false, deleting = "";
let held = null; // what is typed, where a full disk took no more of it

async function start() {
  db = await opened(project);
  const found = await lockOf(db);
  if (!found) return screen.says("unprepared");
  screen.closed(found.name, sessionStorage.getItem("locked"));
  sessionStorage.removeItem("locked");
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
  idling.end();
  screen.taking?.stop();
  held = null;
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
  screen.minutes = (await rows.take(SETTINGS))?.minutes ?? USUAL;
  idling.begin(screen.minutes);
  await comeBack();
  sync();
}

// Lock by itself: seal what is typed, then load the page anew, so that nothing stays in memory.
const idling = new Idling(async () => {
  const left = talk && {key: draft.key, page: screen.key, typed: deleting ? undefined : screen.typed()};
  document.body.hidden = true;
  clearTimeout(timer);
  try {
    if (left) await seal(left);
  } catch {
    held = left; // better here than nowhere
    [rows, door, kit, draft, talk, screen.taking, screen.shelf] = [];
    return screen.closed((await lockOf(db)).name, "yes");
  }
  sessionStorage.setItem("locked", "yes");
  location.reload();
}, () => document.querySelector(".spoken")); // whoever listens touches nothing

async function seal({key, page, typed}) {
  await rows.change(placeOf({key}), (now) => now && !now.gone && typed ? {...now, page, typed} : now);
  await rows.put(LEFT, {key});
}

// Go on where one was when it locked itself.
async function comeBack() {
  const left = held ?? (await rows.take(LEFT));
  const found = left && (await rows.all("draft")).find(({key, gone}) => key === left.key && !gone);
  if (left) await rows.drop(LEFT);
  if (!found) return home();
  if (held?.typed) Object.assign(found, {page: held.page, typed: held.typed});
  held = null;
  return goOn(found);
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
  if (draft?.complete && !screen.isBusy) await newCode();
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
  const typed = draft.typed === undefined ? {} : {typed: new URLSearchParams(draft.typed)};
  showPage(draft.page && talk.pages.has(draft.page) ? draft.page : talk.stoppedAt(), typed);
}

const showPage = (key, more) => screen.page(talk.show(key, more));

function card() {
  screen.paint(talk.filled(talk.around.card, {code: draft.code}));
  if (draft.refused && draft.before) screen.warnOfCode(draft, talk.around.recoded);
}

const askFirst = (missing) => screen.paint(ahead.kit.theirs[ahead.language].pages[`before ${missing}`]);

// The card that is being shown may tell a code which another conversation has.
async function newCode() {
  const now = await rows.take(placeOf(draft));
  if (!now?.refused || now.code === draft?.code || screen.isBusy) return;
  draft = now;
  if (deleting) return askToDelete();
  card();
}

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
  const key = screen.key, {typed: _, ...changed} = structuredClone(draft), trial = new Talk(kit, changed);
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

document.addEventListener("change", ({target}) => {
  if (target.id !== "minutes") return;
  screen.minutes = Number(target.value);
  idling.begin(screen.minutes);
  rows.put(SETTINGS, {minutes: screen.minutes}).catch(() => screen.full());
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
