// What a device keeps: kits as they came, and answers sealed with a key that cannot be read out.
export const FORMAT = 3; // of kits; as surveys/routes/kits.py
const NAME = "werkstatt", STORES = ["keys", "kits", "drafts"];
const lasts = new Map();
let opened = null;

// One act after the other, in all tabs: nobody changes what another has just read.
export function inTurn(name, act) {
  if (navigator.locks) return navigator.locks.request(`werkstatt ${name}`, act);
  const mine = (lasts.get(name) ?? Promise.resolve()).then(act);
  lasts.set(name, mine.catch(() => null));
  return mine;
}

function database() {
  opened ??= new Promise((resolve, reject) => {
    const asking = indexedDB.open(NAME, 1);
    asking.onupgradeneeded = () => STORES.forEach((name) => asking.result.createObjectStore(name));
    asking.onsuccess = () => resolve(asking.result);
    asking.onerror = () => reject(asking.error);
  });
  return opened;
}

// One transaction; it is done when all of it lies on the disk.
async function within(store, mode, act) {
  const change = (await database()).transaction(store, mode, {durability: "strict"});
  const asking = act(change.objectStore(store));
  return new Promise((resolve, reject) => {
    change.oncomplete = () => resolve(asking.result);
    change.onabort = change.onerror = () => reject(change.error ?? asking.error);
  });
}

const take = (store, place) => within(store, "readonly", (rows) => rows.get(place));
const put = (store, place, thing) => within(store, "readwrite", (rows) => rows.put(thing, place));
const drop = (store, place) => within(store, "readwrite", (rows) => rows.delete(place));
const places = (store) => within(store, "readonly", (rows) => rows.getAllKeys());

async function deviceKey() {
  const known = await take("keys", "device");
  if (known) return known;
  const fresh = await crypto.subtle.generateKey({name: "AES-GCM", length: 256}, false, ["encrypt", "decrypt"]);
  const add = (rows) => rows.add(fresh, "device"); // never over that of another tab
  await within("keys", "readwrite", add).catch(() => null);
  return take("keys", "device");
}

async function sealed(thing, place) {
  const iv = crypto.getRandomValues(new Uint8Array(12)), text = new TextEncoder();
  const rule = {name: "AES-GCM", iv, additionalData: text.encode(place)};
  const data = await crypto.subtle.encrypt(rule, await deviceKey(), text.encode(JSON.stringify(thing)));
  return {iv, data};
}

async function unsealed({iv, data}, place) {
  const rule = {name: "AES-GCM", iv, additionalData: new TextEncoder().encode(place)};
  const text = await crypto.subtle.decrypt(rule, await deviceKey(), data);
  return JSON.parse(new TextDecoder().decode(text));
}

export async function keepDraft(draft) {
  await put("drafts", draft.id, await sealed(draft, draft.id));
}

export async function draftWith(id) {
  const kept = await take("drafts", id);
  return kept ? unsealed(kept, id) : null;
}

export async function drafts() {
  const read = (id) => draftWith(id).catch(() => null); // one that no key opens harms no other
  return (await Promise.all((await places("drafts")).map(read))).filter(Boolean);
}

export const dropDraft = (id) => drop("drafts", id);

// Change a draft as it lies here now; one of which nothing is left is dropped.
export function changeDraft(id, change) {
  return inTurn("drafts", async () => {
    const draft = await draftWith(id), changed = draft && change(draft);
    if (changed) return keepDraft(changed);
    return draft && dropDraft(id);
  });
}

// Whether something of a draft must still reach the server.
export const waits = (draft) => draft.waiting && !draft.refused;

export const placeOf = (slug, version, language) => [slug, version, language].join(" ");
export const kitPlaceOf = (slug) => take("keys", `kit ${slug}`);

// A kit that this script can read; another one is fetched anew.
export async function kitAt(place) {
  const kit = await take("kits", place);
  return kit?.format === FORMAT ? kit : null;
}

// The kit that a survey needs now, and no older one that nobody is answering any more.
export async function keepKit(kit, digest) {
  const place = placeOf(kit.slug, kit.version, kit.language);
  await put("kits", place, {...kit, digest});
  await put("keys", `kit ${kit.slug}`, place);
  await sweep(kit.slug);
}

async function sweep(slug) {
  const needed = (await drafts()).map((each) => placeOf(each.slug, each.version, each.language));
  const now = await kitPlaceOf(slug);
  for (const place of await places("kits")) {
    const ours = place.startsWith(`${slug} `);
    if (ours && place !== now && !needed.includes(place)) await drop("kits", place);
  }
}

// Of a survey that is over nothing stays but what somebody has still to decide on.
export async function clear(slug) {
  const mine = (await drafts()).filter((each) => each.slug === slug);
  await Promise.all(mine.filter((each) => !each.waiting).map((each) => dropDraft(each.id)));
  if (mine.some((each) => each.waiting)) return;
  await drop("keys", `kit ${slug}`);
  await sweep(slug);
}
