// What a device keeps for one project: the lock, and rows that are sealed with its key.
// Recordings are the same for everybody: they lie beside, as they are, and go with the rest.
const STORES = ["lock", "rows", "sounds"], FORM = 2; // to be raised with each new store
const nameOf = (project) => `werkstatt away ${project}`;

export function opened(project) {
  return new Promise((resolve, reject) => {
    const asking = indexedDB.open(nameOf(project), FORM);
    asking.onupgradeneeded = () => {
      const here = asking.result.objectStoreNames;
      STORES.filter((name) => !here.contains(name)).forEach((name) => asking.result.createObjectStore(name));
    };
    asking.onsuccess = () => {
      asking.result.onversionchange = () => asking.result.close();
      resolve(asking.result);
    };
    asking.onerror = () => reject(asking.error);
  });
}

// Destroy the key first: of what may be left behind nothing can be read.
export async function destroyed(db, project) {
  await drop(db, "lock", "device").catch(() => null);
  await within(db, "rows", "readwrite", (rows) => rows.clear()).catch(() => null);
  db.close();
  return new Promise((resolve) => {
    const asking = indexedDB.deleteDatabase(nameOf(project));
    asking.onsuccess = asking.onerror = asking.onblocked = () => resolve();
  });
}

// One transaction; it is done when all of it lies on the disk.
async function within(db, store, mode, act) {
  const change = db.transaction(store, mode, {durability: "strict"});
  const asking = act(change.objectStore(store));
  return new Promise((resolve, reject) => {
    change.oncomplete = () => resolve(asking.result);
    change.onabort = change.onerror = () => reject(change.error ?? asking.error);
  });
}

export const take = (db, store, place) => within(db, store, "readonly", (rows) => rows.get(place));
export const put = (db, store, place, thing) => within(db, store, "readwrite", (rows) => rows.put(thing, place));
export const places = (db, store) => within(db, store, "readonly", (rows) => rows.getAllKeys());
export const drop = (db, store, place) => within(db, store, "readwrite", (rows) => rows.delete(place));

// Rows that only the key of the device can read. Places tell nothing of a person.
export class Rows {
  constructor(db, key) {
    Object.assign(this, {db, key});
  }

  async put(place, thing) {
    const iv = crypto.getRandomValues(new Uint8Array(12)), text = new TextEncoder();
    const rule = {name: "AES-GCM", iv, additionalData: text.encode(place)};
    const data = await crypto.subtle.encrypt(rule, this.key, text.encode(JSON.stringify(thing)));
    await put(this.db, "rows", place, {iv, data});
  }

  async take(place) {
    const kept = await take(this.db, "rows", place);
    if (!kept) return null;
    const rule = {name: "AES-GCM", iv: kept.iv, additionalData: new TextEncoder().encode(place)};
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(rule, this.key, kept.data)));
  }

  // Change a row as it lies here now; of one that becomes nothing, nothing stays.
  change(place, act) {
    return navigator.locks.request(`werkstatt away ${place}`, async () => {
      const now = await this.take(place), next = act(now);
      if (next) await this.put(place, next);
      else if (now) await this.drop(place);
      return next;
    });
  }

  drop(place) {
    return drop(this.db, "rows", place);
  }

  async all(kind) {
    const mine = (await places(this.db, "rows")).filter((place) => place.startsWith(`${kind} `));
    const found = await Promise.all(mine.map((place) => this.take(place).catch(() => null)));
    return found.filter(Boolean); // one that no key opens harms no other
  }
}
