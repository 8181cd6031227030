// Answers in the place of the server, while there is no network.
import {notice, Sitting} from "./sitting.js";
import {deleted, done, page, paused, refusals, without} from "./telling.js";
import * as store from "./store.js";

const OURS = /^(?:|\/receipt|\/kept|\/another|\/deletion|\/pages\/[^/]+)$/;

// Whether an address belongs to answering, so that it can be answered here.
export const isOurs = (rest) => OURS.test(rest);

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
    change: 0, held: [], closes: kit.closes,
  };
}

// Return who is answering a survey here, if it has been taken along.
export async function sittingAt(slug, key = "") {
  const draft = await currentDraft(slug), kit = await kitFor(slug, draft);
  if (!kit || (kit.anonymous && !draft)) return null;
  return new Sitting(kit, draft ?? newDraft(kit, key));
}

export function answer(url, slug, rest, form) {
  return store.inTurn("drafts", async () => {
    if (rest === "/kept") return kept(slug, form);
    if (form && rest === "/another") return another(slug);
    if (form && rest === "/deletion") return forget(slug, await currentDraft(slug));
    return atWork(url, slug, rest, form);
  });
}

async function atWork(url, slug, rest, form) {
  const sitting = await sittingAt(slug, form?.get("key") ?? "");
  if (!sitting) return null;
  const {kit, draft} = sitting, key = /^\/pages\/([^/]+)$/.exec(rest)?.[1];
  const isPage = key && sitting.pages.has(key);
  if (form && isPage) return press(sitting, key, form);
  if (!form && draft.complete && (isPage || rest === "" || rest === "/receipt")) {
    if (draft.refused) return led(slug, "/kept");
    return isPage ? led(slug, "/receipt") : done(kit);
  }
  if (!form && (rest === "" || rest === "/receipt")) return toPage(slug, sitting.stoppedAt());
  if (!form && isPage) {
    const faults = url.searchParams.has("check") ? sitting.check(key) : {};
    return shown(kit, sitting.show(key, {faults}));
  }
  return without(kit);
}

async function press(sitting, key, form) {
  const {kit, draft} = sitting, result = sitting.press(key, form);
  if (result.html && result.status === 422) return shown(kit, result);
  try {
    Object.assign(draft, {waiting: true, refused: null, change: draft.change + 1});
    await store.keepDraft(draft);
  } catch (error) {
    const told = notice(kit.words.full);
    return shown(kit, {...sitting.show(key, {typed: form, told}), status: 507});
  }
  if (result.paused) return paused(kit);
  return result.done ? led(kit.slug, "/receipt") : shown(kit, result);
}

// Note what the server has taken, so that it is here when the network goes away.
export function follow(slug, key, form) {
  return store.inTurn("drafts", async () => {
    const sitting = await sittingAt(slug, form.get("key") ?? "");
    if (!sitting?.pages.has(key) || sitting.draft.waiting) return;
    const result = sitting.pressOnline(key, form);
    if (result.status === 422) return;
    Object.assign(sitting.draft, {pages: [], complete: false, amiss: null});
    await store.keepDraft(sitting.draft);
  });
}

// Of whoever leaves the device the server must hear, too, so that the browser forgets them.
async function another(slug) {
  const draft = await currentDraft(slug);
  if (!draft) return led(slug, "/receipt");
  await store.keepDraft({...draft, current: false, waiting: true, amiss: null});
  return led(slug, "");
}

// Nothing stays but what it takes to delete what may have been sent, or be on its way.
async function forget(slug, draft) {
  if (!draft) return led(slug, "/receipt");
  const nothing = {answers: {}, agreed: {}, pages: [], held: [], page: "", amiss: null, refused: null};
  await store.keepDraft({...draft, ...nothing, gone: true, current: false, waiting: true});
  const kit = await kitFor(slug, draft);
  return kit ? deleted(kit) : led(slug, "");
}

// What the server did not take, and what to do about it.
async function kept(slug, form) {
  const refused = (await store.drafts()).filter((each) => each.slug === slug && each.refused);
  const draft = refused.find((each) => each.id === form?.get("draft")), act = form?.get("act");
  if (draft && act === "delete") return forget(slug, draft);
  if (draft && act === "again") await store.keepDraft({...draft, refused: null});
  if (draft && act === "mend") {
    await store.keepDraft({...draft, complete: false});
    return led(slug, "");
  }
  if (form || !refused.length) return led(slug, refused.length ? "/kept" : "/receipt");
  const kit = (await kitFor(slug, null)) ?? (await kitFor(slug, refused[0]));
  return kit && refusals(kit, refused);
}

function shown(kit, {html, status, leadsTo, anchor = "", check = false}) {
  return leadsTo ? toPage(kit.slug, leadsTo, anchor, check) : page(kit, html, status);
}

function toPage(slug, key, anchor = "", check = false) {
  return led(slug, `/pages/${key}${check ? "?check=1" : ""}${anchor ? `#${anchor}` : ""}`);
}

export const led = (slug, rest) => Response.redirect(`${location.origin}/s/${slug}${rest}`, 303);
