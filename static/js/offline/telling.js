// Pages that a device makes of its own: what is kept here, and what became of it.
import {View, escaped, pieces} from "./filling.js";

export function page(kit, html, status = 200) {
  const headers = {...kit.headers, "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"};
  return new Response(html, {status, headers});
}

function said(kit, title, texts, more = "") {
  const text = texts.filter(Boolean).map((each) => `<p>${escaped(each)}</p>`).join("");
  return framed(kit, title, text, more);
}

function framed(kit, title, text, more = "") {
  const view = new View(kit, null, {title: escaped(title), text, more});
  return page(kit, view.fill(pieces(kit.frame)));
}

export const paused = (kit) => said(kit, kit.words.kept, [], goOn(kit));
export const without = (kit) => said(kit, kit.words.without, [kit.words.kept], goOn(kit));
export const deleted = (kit) => said(kit, kit.words.deleted, [kit.words.gone]);

export function done(kit) {
  const {words} = kit, another = kit.anonymous ? "" : button(kit, "another", words.another);
  return said(kit, words.done, [words.later], another + button(kit, "deletion", words.delete));
}

export function refusals(kit, drafts) {
  const {words} = kit, title = drafts.some((each) => each.current) ? words.refused : words.others;
  return framed(kit, title, drafts.map((each) => refusal(kit, each)).join(""));
}

export function reason({words}, {state, sentence}) {
  return state === "closed" ? words.closed : sentence || words.unknown;
}

// To whoever has the device now nothing is said of what another has answered.
function refusal(kit, {id, current, refused}) {
  const {words} = kit, sentence = current ? reason(kit, refused) : words.others;
  const act = (name, text, look) => button(kit, "kept", text, {look, draft: id, act: name});
  const mend = current && refused.state !== "closed" ? act("mend", words.change, "") : "";
  const ways = act("again", words.again, "") + mend + act("delete", words.delete);
  return `<section class="card flow"><p>${escaped(sentence)}</p><p>${escaped(words.until)}</p><div class="row">${ways}</div></section>`;
}

const goOn = (kit) => `<a class="btn go" href="/s/${kit.slug}">${escaped(kit.words.on)}</a>`;

function button(kit, path, text, {look = " plain", ...fields} = {}) {
  const hidden = Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`).join("");
  return `<form method="post" action="/s/${kit.slug}/${path}">${hidden}<button class="btn${look}">${escaped(text)}</button></form>`;
}
