// Stands between the pages of a survey and the network: passes everything on while there is
// one, and answers from the kit while there is none. Everything kept lies in store.js.
import {answer, currentDraft, follow, isOurs, led, newDraft} from "./answering.js";
import {changeDraft, clear, dropDraft, drafts, inTurn, keepDraft, keepKit, kitAt, kitPlaceOf, waits} from "./store.js";
import {asked, flush, news, seemsAway} from "./syncing.js";
import {reason} from "./telling.js";

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
  const ours = async () => answer(url, slug, rest, form).catch(() => null);
  if (isOurs(rest) && (isMadeHere(rest, form) || (await isOnlyHere(slug, form)))) {
    const made = await ours();
    if (form && rest === "/kept") await flush();
    if (made) return made;
    if (rest === "/another" || rest === "/deletion") return led(slug, "/receipt");
  }
  const sent = await withPatience(fetch(request.clone()));
  if (sent && ![502, 503, 504].includes(sent.status)) {
    if (form && sent.status < 400) await noted(slug, rest, form).catch(() => null);
    return sent;
  }
  return (await ours()) ?? sent ?? Response.error();
}

// What the server sends carries a token; what is made here has none that it would take.
const isMadeHere = (rest, form) => rest === "/kept" || (form && !form.get("csrf_token"));

// What the server has taken is here, too, when the network goes away; of others nothing stays.
async function noted(slug, rest, form) {
  const page = PAGE.exec(rest)?.[1];
  if (page) return follow(slug, page, form);
  const draft = ["/another", "/deletion"].includes(rest) ? await currentDraft(slug) : null;
  return draft && changeDraft(draft.id, (now) => (now.waiting ? now : null));
}

// Whether something must first be sent, or is only here. Until the server knows that somebody
// has left, it would show their answers to whoever has the device now.
async function isOnlyHere(slug, form) {
  const mine = async () => (await drafts().catch(() => [])).filter((each) => each.slug === slug);
  const before = await mine();
  if (before.some((each) => each.current && each.refused)) return true;
  if (!before.some(waits)) return false;
  if (form || seemsAway()) return true;
  await flush();
  return (await mine()).some((each) => waits(each) || (each.current && each.refused));
}

function withPatience(answer) {
  const late = new Promise((_, reject) => setTimeout(reject, PATIENCE));
  return asked(() => Promise.race([answer, late]));
}

// A page was opened: send what waits, take along what it needs, and say how things are.
async function opened(slug) {
  const sent = await flush().catch(() => false);
  await refresh(slug).catch(() => null);
  await leaveOut().catch(() => null);
  return state(slug, sent);
}

async function refresh(slug) {
  const blocks = (each) => each.slug === slug && (waits(each) || (each.current && each.refused));
  const isBusy = async () => (await drafts()).some(blocks);
  if (await isBusy()) return;
  const told = await (await fetch(`/s/${slug}/kit`)).json();
  if (told.closed) return inTurn("drafts", () => clear(slug));
  if (!told.kit) return;
  let kit = await kitAt((await kitPlaceOf(slug)) ?? "");
  if (kit?.digest !== told.kit) {
    kit = await (await fetch(`/s/${slug}/kit/${told.language}`)).json();
    await keepKit(kit, told.kit);
  }
  return inTurn("drafts", async () => {
    if (await isBusy()) return; // somebody went on meanwhile
    const now = await currentDraft(slug);
    if (!told.response || told.response.submitted) return now && dropDraft(now.id);
    const {language, closes} = kit, fresh = {...(now ?? newDraft(kit)), ...told.response, language, closes};
    return keepDraft({...fresh, pages: [], complete: false});
  });
}

// What the server has does not stay on a device on which nobody opens the survey any more.
async function leaveOut() {
  const over = ({waiting, closes}) => !waiting && closes && Date.parse(closes) < Date.now();
  for (const {id} of (await drafts()).filter(over)) {
    await changeDraft(id, (draft) => (over(draft) ? null : draft));
  }
}

// How things are with what was answered here; of those who left only how many they are.
async function state(slug, sent) {
  const all = await drafts(), kit = await kitAt((await kitPlaceOf(slug)) ?? "");
  const waiting = all.filter(waits).length;
  if (!kit) return {waiting, lines: []};
  const mine = all.filter((each) => each.slug === slug), current = mine.find((each) => each.current);
  return {waiting, sent, lines: [...linesOn(kit, mine), ...(current ? linesFor(kit, current) : []), ...heard(kit)]};
}

function linesOn({slug, words}, drafts) {
  const number = drafts.filter((each) => waits(each) && !each.gone).length, lines = [];
  const counted = words.waiting[number - 1] ?? words.waiting.at(-1).replace(String(words.waiting.length), String(number));
  if (number) lines.push({text: `${words.here}. ${counted}`});
  if (drafts.some((each) => each.gone)) lines.push({text: words.deleting});
  if (drafts.some((each) => each.refused && !each.current)) {
    lines.push({text: words.others, address: `/s/${slug}/kept`, label: words.ways});
  }
  return lines;
}

function linesFor(kit, {refused, amiss, waiting}) {
  const {slug, words} = kit;
  if (refused) {
    const text = `${words.refused} ${reason(kit, refused)}`;
    return [{text, address: `/s/${slug}/kept`, label: words.ways, leads: true}];
  }
  if (!amiss || waiting) return [];
  const address = `/s/${slug}/pages/${amiss.page}?check=1`;
  return [{text: amiss.sentence || words.check, address, label: words.mend, leads: true}];
}

// What has become of what waited: told once.
function heard({slug, words}) {
  const told = news.filter((each) => each.slug === slug);
  news.splice(0, news.length, ...news.filter((each) => each.slug !== slug));
  return told.map(({state, submitted, sentence}) => {
    if (state === "erased") return {text: sentence};
    if (!submitted) return {text: words.sent};
    return {text: words.arrived, address: `/s/${slug}/receipt`, label: words.receipt, leads: true};
  });
}
