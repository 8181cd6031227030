// Answers in the place of the server, while there is no network.
import {notice, Sitting} from "./sitting.js";
import {View, escaped, pieces} from "./filling.js";
import * as store from "./store.js";

export async function currentDraft(slug) {
  return (await store.drafts()).find((each) => each.slug === slug && each.current) ?? null;
}

async function kitFor(slug, draft) {
  const place = draft ? store.placeOf(slug, draft.version, draft.language) : await store.kitPlaceOf(slug);
  return place ? store.kitAt(place) : null;
}

export function newDraft(kit, key = "") {
  return {
    id: crypto.randomUUID(), slug: kit.slug, version: kit.version, language: kit.language,
    key: key || crypto.randomUUID().replaceAll("-", ""), ticket: "", answers: {}, pages: [],
    agreed: {}, page: "", complete: false, submitted: false, current: true, waiting: false,
    change: 0,
  };
}

// Return who is answering a survey here, if it has been taken along.
export async function sittingAt(slug, key = "") {
  const draft = await currentDraft(slug), kit = await kitFor(slug, draft);
  if (!kit || (kit.anonymous && !draft)) return null;
  return new Sitting(kit, draft ?? newDraft(kit, key));
}

export async function answer(request, url, slug, rest, form) {
  const sitting = await sittingAt(slug, form?.get("key") ?? "");
  if (!sitting) return null;
  const {kit, draft} = sitting, page = /^\/pages\/([^/]+)$/.exec(rest)?.[1];
  if (form && page && sitting.pages.has(page)) return press(sitting, page, form);
  if (form && rest === "/another") return another(kit, draft);
  if (form && rest === "/deletion" && !draft.ticket) return forget(kit, draft);
  if (!form && (rest === "" || rest === "/receipt")) {
    if (draft.complete) return said(kit, kit.words.done, kit.words.later, waysOn(kit, draft));
    if (rest === "") return toPage(kit, sitting.stoppedAt());
  }
  if (!form && page && sitting.pages.has(page)) {
    if (draft.complete) return toPage(kit, "");
    const faults = url.searchParams.has("check") ? sitting.check(page) : {};
    return shown(kit, sitting.show(page, {faults}));
  }
  return said(kit, kit.words.without, kit.words.kept, goOn(kit));
}

async function press(sitting, page, form) {
  const {kit, draft} = sitting, result = sitting.press(page, form);
  if (result.html && result.status === 422) return shown(kit, result);
  try {
    Object.assign(draft, {waiting: true, refused: "", change: draft.change + 1});
    await store.keepDraft(draft);
  } catch (error) {
    const told = notice(kit.words.full);
    return shown(kit, {...sitting.show(page, {typed: form, told}), status: 507});
  }
  if (result.paused) return said(kit, kit.words.kept, "", goOn(kit));
  return result.done ? toPage(kit, "") : shown(kit, result);
}

// Note what the server has taken, so that it is here when the network goes away.
export async function follow(slug, page, form) {
  const sitting = await sittingAt(slug, form.get("key") ?? "");
  if (!sitting?.pages.has(page)) return;
  const result = sitting.press(page, form);
  if (result.status === 422) return;
  Object.assign(sitting.draft, {pages: [], complete: false});
  await store.keepDraft(sitting.draft);
}

async function another(kit, draft) {
  await store.keepDraft({...draft, current: false});
  return Response.redirect(`${location.origin}/s/${kit.slug}`, 303);
}

async function forget(kit, draft) {
  await store.dropDraft(draft.id);
  return said(kit, kit.words.deleted, "", "");
}

function shown(kit, {html, status, leadsTo, anchor = "", check = false}) {
  if (leadsTo) return toPage(kit, leadsTo, anchor, check);
  return page(kit, html, status);
}

function toPage(kit, key, anchor = "", check = false) {
  const path = key ? `/s/${kit.slug}/pages/${key}${check ? "?check=1" : ""}` : `/s/${kit.slug}/receipt`;
  return Response.redirect(`${location.origin}${path}${anchor ? `#${anchor}` : ""}`, 303);
}

function said(kit, title, text, more) {
  const paragraph = text && `<p>${escaped(text)}</p>`;
  const view = new View(kit, null, {title: escaped(title), text: paragraph, more});
  return page(kit, view.fill(pieces(kit.frame)), 200);
}

const goOn = (kit) => `<a class="btn go" href="/s/${kit.slug}">${escaped(kit.words.on)}</a>`;
function waysOn(kit, draft) {
  const button = (path, text) =>
    `<form method="post" action="/s/${kit.slug}/${path}"><button class="btn plain">${escaped(text)}</button></form>`;
  const others = kit.anonymous ? "" : button("another", kit.words.another);
  return others + (draft.ticket ? "" : button("deletion", kit.words.delete));
}

function page(kit, html, status) {
  const headers = {...kit.headers, "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"};
  return new Response(html, {status, headers});
}
