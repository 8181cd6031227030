// Stands between the pages of a survey and the network: passes everything on while there is
// one, and answers from the kit while there is none. Everything kept lies in store.js.
import {answer, currentDraft, follow, newDraft} from "./answering.js";
import {dropDraft, drafts, keepDraft, keepKit, kitAt, kitPlaceOf} from "./store.js";
import {asked, flush, news, seemsAway} from "./syncing.js";

const CACHE = `static ${VERSION}`; // as /worker.js says
const FILES = ["werkstatt.css", "icons.svg", "favicon.svg", "js/offline.js", "js/surveys.js"];
const SURVEY = /^\/s\/([^/]+)((?:\/.*)?)$/;
const PATIENCE = 10000;
const PAGE = /^\/pages\/([^/]+)$/;

addEventListener("install", (event) => {
  skipWaiting();
  const addresses = FILES.map((name) => `/static/${VERSION}/${name}`);
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(addresses)));
});

addEventListener("activate", (event) => {
  const old = async () => (await caches.keys()).filter((name) => name.startsWith("static ") && name !== CACHE);
  event.waitUntil(old().then((names) => Promise.all(names.slice(0, -1).map((name) => caches.delete(name)))));
  event.waitUntil(clients.claim());
});

addEventListener("fetch", (event) => {
  const {request} = event, url = new URL(request.url);
  if (url.origin !== location.origin) return;
  const survey = SURVEY.exec(url.pathname);
  if (request.mode === "navigate" && survey) event.respondWith(visited(request, url, survey));
  else if (request.method === "GET" && url.pathname.startsWith("/static/")) {
    event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
  }
});

addEventListener("message", (event) => {
  const slug = SURVEY.exec(event.data.opened ?? "")?.[1];
  if (slug) event.waitUntil(opened(slug).then((state) => event.ports[0].postMessage(state)));
});

async function visited(request, url, [, slug, rest]) {
  const form = request.method === "POST" ? new URLSearchParams(await request.clone().text()) : null;
  const ours = async () => answer(request, url, slug, rest, form).catch(() => null);
  const page = PAGE.exec(rest)?.[1], madeHere = page && form?.get("csrf_token") === "";
  if (madeHere || (await waits(slug, form))) return (await ours()) ?? fetch(request);
  const sent = await withPatience(fetch(request.clone()));
  if (sent && ![502, 503, 504].includes(sent.status)) {
    if (form && sent.status < 400) await noted(slug, rest, page, form).catch(() => null);
    return sent;
  }
  return (await ours()) ?? sent ?? Response.error();
}

// What the server has taken is here, too, when the network goes away; of others nothing stays.
async function noted(slug, rest, page, form) {
  if (page) return follow(slug, page, form);
  const draft = ["/another", "/deletion"].includes(rest) ? await currentDraft(slug) : null;
  if (draft && !draft.waiting) await dropDraft(draft.id);
}

// Whether something must first be sent, or is only here.
async function waits(slug, form) {
  const draft = await currentDraft(slug).catch(() => null);
  if (!draft?.waiting) return false;
  if (form || draft.refused || seemsAway()) return true;
  await flush();
  return (await currentDraft(slug))?.waiting ?? false;
}

function withPatience(answer) {
  const late = new Promise((_, reject) => setTimeout(reject, PATIENCE));
  return asked(() => Promise.race([answer, late]));
}

// A page was opened: send what waits, take along what it needs, and say how things are.
async function opened(slug) {
  const sent = await flush().catch(() => false);
  const draft = await currentDraft(slug);
  if (!draft?.waiting) await refresh(slug, draft).catch(() => null);
  return state(slug, sent);
}

async function refresh(slug, draft) {
  const told = await (await fetch(`/s/${slug}/kit`)).json();
  if (!told.kit) return;
  const known = await kitAt((await kitPlaceOf(slug)) ?? "");
  let kit = known;
  if (known?.digest !== told.kit) {
    kit = await (await fetch(`/s/${slug}/kit/${told.language}`)).json();
    await keepKit(kit, told.kit);
  }
  const now = await currentDraft(slug);
  if (now?.waiting) return; // somebody went on meanwhile
  if (!told.response || told.response.submitted) return now && dropDraft(now.id);
  const {ticket, answers, page, version} = told.response;
  const fresh = {...(now ?? newDraft(kit)), ticket, answers, page, version, language: kit.language};
  return keepDraft({...fresh, pages: [], complete: false, amiss: now?.amiss ?? null});
}

async function state(slug, sent) {
  const all = await drafts(), kit = await kitAt((await kitPlaceOf(slug)) ?? "");
  if (!kit) return {waiting: 0, lines: []};
  const {words} = kit, lines = [];
  const waiting = all.filter((each) => each.waiting && !each.refused);
  if (waiting.length) {
    const counted = words.waiting[waiting.length - 1] ?? words.waiting.at(-1).replace(String(words.waiting.length), String(waiting.length));
    lines.push({text: counted});
  }
  for (const each of all.filter((one) => one.refused)) lines.push({text: `${words.refused} ${each.refused}`});
  for (const each of all.filter((one) => one.amiss && !one.waiting)) {
    const address = `/s/${each.slug}/pages/${each.amiss.page}?check=1`;
    lines.push({text: each.amiss.sentence || words.check, address, label: words.mend});
  }
  for (const each of news.splice(0)) {
    const address = each.current ? `/s/${each.slug}/receipt` : "";
    lines.push({text: words.arrived, address, label: words.receipt, arrived: true});
  }
  return {waiting: waiting.length, sent, lines};
}
