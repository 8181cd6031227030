// What a device keeps: kits as they came, and answers sealed with a key that cannot be read out.
const NAME = "werkstatt", STORES = ["keys", "kits", "drafts"];
let opened = null;

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
  await put("keys", "device", fresh);
  return fresh;
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
  const found = await Promise.all((await places("drafts")).map(draftWith));
  return found.filter(Boolean);
}

export const dropDraft = (id) => drop("drafts", id);
export const placeOf = (slug, version, language) => [slug, version, language].join(" ");
export const kitAt = (place) => take("kits", place);
export const kitPlaceOf = (slug) => take("keys", `kit ${slug}`);

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
