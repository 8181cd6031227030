// Keeps the page of conversations without network, and all its files, of one version at a time.
const CACHE = `away ${VERSION}`; // as the address of this program says

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
