// The key of a device, wrapped by a PIN. Neither ever leaves the device.
import {drop, put, take} from "./rows.js";

export const MOST_TRIES = 5;
export const SHORTEST = 6;
const ROUNDS = 600000; // of PBKDF2 with SHA-256, as OWASP advises
const RULE = {name: "AES-GCM", length: 256};
const random = (number) => crypto.getRandomValues(new Uint8Array(number));

export const isEasy = (pin) => new Set(pin).size < 3 || "01234567890".includes(pin) || "09876543210".includes(pin);

async function wrapping(pin, salt, rounds) {
  const typed = new TextEncoder().encode(pin);
  const base = await crypto.subtle.importKey("raw", typed, "PBKDF2", false, ["deriveKey"]);
  const rule = {name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds};
  return crypto.subtle.deriveKey(rule, base, RULE, false, ["wrapKey", "unwrapKey"]);
}

// Make a key, wrap it, and return it as one that cannot be read out.
export async function lock(db, pin, facts) {
  const salt = random(16), iv = random(12), by = await wrapping(pin, salt, ROUNDS);
  const fresh = await crypto.subtle.generateKey(RULE, true, ["encrypt", "decrypt"]);
  const wrapped = await crypto.subtle.wrapKey("raw", fresh, by, {name: "AES-GCM", iv});
  const kept = {...facts, salt, iv, wrapped, rounds: ROUNDS, tries: 0};
  return {kept, key: await unwrapped(kept, by), keep: () => put(db, "lock", "device", kept)};
}

export const lockOf = (db) => take(db, "lock", "device");

// Return the key, or how many attempts are left. An attempt counts before it is made.
export async function unlock(db, pin) {
  const kept = await lockOf(db);
  if (!kept || kept.tries >= MOST_TRIES) return {left: 0};
  await put(db, "lock", "device", {...kept, tries: kept.tries + 1});
  try {
    const key = await unwrapped(kept, await wrapping(pin, kept.salt, kept.rounds));
    await put(db, "lock", "device", {...kept, tries: 0});
    return {key};
  } catch {
    const left = MOST_TRIES - kept.tries - 1;
    if (!left) await drop(db, "lock", "device");
    return {left};
  }
}

function unwrapped({wrapped, iv}, by) {
  const cipher = {name: "AES-GCM", iv};
  return crypto.subtle.unwrapKey("raw", wrapped, by, cipher, RULE, false, ["encrypt", "decrypt"]);
}
