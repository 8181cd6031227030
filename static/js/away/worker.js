// Keeps the page of conversations without network, and all its files, of one version at a time.
const CACHE = `away ${VERSION}`; // as the address of this program says
const SOUND = /^\/s\/[^/]+\/sound\/(\w+)\.m4a$/;
const PROJECT = new URL(registration.scope).pathname.split("/")[2];

addEventListener("install", (event) => {
  skipWaiting();
  const kept = [registration.scope, ...FILES].map((address) => new Request(address, {credentials: "omit"}));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(kept)));
});

addEventListener("activate", (event) => {
  const old = async () => (await caches.keys()).filter((name) => name.startsWith("away ") && name !== CACHE);
  event.waitUntil(old().then((names) => Promise.all(names.map((name) => caches.delete(name)))));
  event.waitUntil(clients.claim());
});

addEventListener("fetch", (event) => {
  const {request} = event, url = new URL(request.url);
  if (url.origin !== location.origin || request.method !== "GET") return;
  const isPage = request.mode === "navigate" && `${url.origin}${url.pathname}` === registration.scope;
  if (isPage) event.respondWith(kept(registration.scope, request));
  else if (SOUND.test(url.pathname)) event.respondWith(heard(url, request));
  else if (url.pathname.startsWith("/static/")) event.respondWith(file(url, request));
});

const kept = async (address, request) => (await caches.match(address)) ?? fetch(request);

// A kit may name the files of another version; without network those that are here must do.
async function file(url, request) {
  const found = await caches.match(request);
  if (found) return found;
  try {
    return await fetch(request);
  } catch {
    const name = url.pathname.split("/").slice(3).join("/");
    return (await caches.match(`/static/${VERSION}/${name}`)) ?? Response.error();
  }
}

// A recording as it lies on the device, or the part that a player asks for: iPhones play nothing else.
async function heard(url, request) {
  const sound = await keptSound(SOUND.exec(url.pathname)[1]).catch(() => null);
  return sound ? cut(sound, request.headers.get("Range")) : fetch(request);
}

function cut(sound, asked) {
  const headers = {"Content-Type": "audio/mp4", "Accept-Ranges": "bytes"}, size = sound.byteLength;
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(asked ?? "") ?? [];
  if (!first && !last) return new Response(sound, {headers: {...headers, "Content-Length": size}});
  const begins = first ? Number(first) : Math.max(0, size - Number(last));
  const ends = first && last ? Math.min(Number(last), size - 1) : size - 1;
  if (begins > ends) return new Response(null, {status: 416, headers: {...headers, "Content-Range": `bytes */${size}`}});
  const more = {"Content-Range": `bytes ${begins}-${ends}/${size}`, "Content-Length": ends - begins + 1};
  return new Response(sound.slice(begins, ends + 1), {status: 206, headers: {...headers, ...more}});
}

// As rows.js keeps them. Where a device was never prepared, nothing is made by looking.
function keptSound(digest) {
  return new Promise((resolve, reject) => {
    const asking = indexedDB.open(`werkstatt away ${PROJECT}`);
    asking.onupgradeneeded = () => asking.transaction.abort();
    asking.onerror = () => reject(asking.error);
    asking.onsuccess = () => {
      const db = asking.result;
      db.onversionchange = () => db.close();
      try {
        const found = db.transaction("sounds").objectStore("sounds").get(digest);
        found.onsuccess = () => resolve(found.result);
        found.onerror = () => reject(found.error);
      } catch (error) {
        reject(error);
      }
      db.close(); // once what was asked is answered
    };
  });
}
