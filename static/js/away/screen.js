// What stands on the screen: the page that the device keeps, or one out of a kit.
import {readAloud, silent} from "./hearing.js";
import {MINUTES} from "./idling.js";

const byId = (id) => document.getElementById(id);
const placeOf = (each) => [each.id, each.dataset.act, ...["slug", "language", "key"].map((name) => each.closest(`[data-${name}]`)?.dataset[name])].join();
const list = (content, name) => content.querySelector(`[data-list="${name}"]`);

export class Screen {
  constructor() {
    this.shell = document.body;
    this.root = document.documentElement;
    this.own = {lang: this.root.lang, dir: this.root.dir};
    this.templates = Object.fromEntries([...document.querySelectorAll("template")].map((each) => [each.id, each.content]));
    Object.assign(this, {news: [], isOut: false, isHome: false, key: "", isBusy: false, taking: null, shelf: null});
  }

  copy(id, put = {}) {
    const content = this.templates[id].cloneNode(true);
    for (const [name, text] of Object.entries(put)) content.querySelector(`[data-put="${name}"]`).textContent = text;
    return content;
  }

  word(id, name) {
    return this.templates[id].querySelector(`[data-of="${name}"]`).textContent;
  }

  counted(id, number) {
    const texts = [...this.templates[id].children].map((each) => each.textContent);
    return texts[number - 1] ?? texts.at(-1).replace(String(texts.length), String(number));
  }

  // One act at a time: an impatient thumb presses twice.
  async busy(act) {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      await act();
    } finally {
      this.isBusy = false;
    }
  }

  back(content, quietly = false) {
    silent();
    this.isHome = false;
    if (document.body !== this.shell) document.body.replaceWith(this.shell);
    Object.assign(this.root, {lang: this.own.lang, dir: this.own.dir});
    byId("told").replaceChildren();
    this.put(content, quietly);
    if (!quietly) this.focus();
  }

  // What stands there already stays, or a press at this very moment would be lost; and whoever
  // stood on a button stands on the same one in what is written anew.
  put(content, quietly) {
    const here = byId("here"), fresh = here.cloneNode(false), held = document.activeElement;
    fresh.append(content);
    if (quietly && here.isEqualNode(fresh)) return;
    const place = quietly && here.contains(held) && placeOf(held);
    here.replaceChildren(...fresh.childNodes);
    if (place) [...here.querySelectorAll(held.localName)].find((each) => placeOf(each) === place)?.focus({preventScroll: true});
  }

  says(id) {
    this.back(this.copy(id));
  }

  closed(device, hasLockedItself = null) {
    this.back(this.copy("closed", {device}));
    if (hasLockedItself) this.tell("locked");
    this.shell.hidden = false;
    byId("pin").focus();
  }

  wrong(left) {
    const place = byId("pin-error"), field = byId("pin");
    place.hidden = false;
    place.querySelector("[data-put=wrong]").textContent = this.counted("tries", left);
    field.setAttribute("aria-invalid", "true");
    field.value = "";
    field.focus();
  }

  home({offer, drafts: kept, kits, quietly}) {
    const drafts = kept.filter((each) => !each.gone);
    const content = this.copy("home", {provider: offer.provider}), languages = {};
    for (const kit of kits) {
      const survey = this.copy("survey", {title: kit.title});
      for (const [code, [name, lang, dir]] of Object.entries(kit.offered)) {
        const choice = this.copy("language", {language: name}), shown = choice.querySelector("span");
        Object.assign(choice.firstElementChild.dataset, {slug: kit.slug, language: code});
        Object.assign(shown, {lang, dir});
        languages[code] = {name, lang, dir};
        list(survey, "languages").append(choice);
      }
      this.shelf?.put(survey, kit);
      list(content, "surveys").append(survey);
    }
    for (const draft of drafts) list(content, "drafts").append(this.draft(draft, languages[draft.language]));
    content.querySelector("[data-part=drafts]").hidden = !drafts.length;
    content.querySelector(`#minutes option[value="${MINUTES.includes(this.minutes) ? this.minutes : MINUTES.at(-1)}"]`).setAttribute("selected", "");
    this.back(content, quietly);
    this.isHome = true;
    if (!kits.length) this.tell("bare");
    if (this.isOut) this.tell("out");
    const waiting = drafts.filter((each) => each.complete && !each.refused).length;
    if (drafts.length < kept.length) this.tell("deleting");
    for (const each of drafts.filter(({refused, before}) => refused && before)) this.notice(this.recoded(each), "bad");
    if (waiting) this.notice(this.counted("waiting", waiting));
    for (const {state, code, doubts} of this.news) {
      this.notice(`${this.word("words", state === "erased" ? "erased" : "arrived")} ${code}`, "ok");
      if (doubts.length) this.notice(`${this.word("words", "look")} ${code}: ${doubts.join(" · ")}`);
    }
    this.shelf?.tell();
  }

  draft(draft, tongue) {
    const {code, complete, refused, language, before} = draft;
    const stand = refused && before ? this.recoded(draft) : refused ? `${this.word("words", "refused")} ${refused.sentence}` : this.word("stands", complete ? "waiting" : "under way");
    const row = this.copy("draft", {code, language: tongue?.name ?? language, stand});
    const shown = {"go on": !complete, card: complete, again: Boolean(refused)};
    for (const [act, isShown] of Object.entries(shown)) row.querySelector(`[data-act="${act}"]`).hidden = !isShown;
    Object.assign(row.querySelector("[data-put=language]"), tongue ? {lang: tongue.lang, dir: tongue.dir} : {});
    row.firstElementChild.dataset.key = draft.key;
    return row;
  }

  tell(name) {
    this.notice(this.word("words", name));
  }

  notice(text, look = "") {
    const place = document.createElement("p");
    Object.assign(place, {className: `notice ${look}`.trim(), textContent: text});
    byId("told").append(place);
    return place;
  }

  full() {
    this.warn(this.word("words", "full"));
  }

  warn(text) {
    const place = document.createElement("p");
    Object.assign(place, {className: "notice bad", textContent: text});
    place.setAttribute("role", "alert");
    byId("main").prepend(place);
  }

  // What the counsellor must tell when another conversation has the code that was told before.
  recoded({code, before}) {
    return this.word("words", "taken").replace("{code}", code).replace("{before}", before);
  }

  // The same to both, on the card that lies between them.
  warnOfCode(draft, theirs) {
    this.warn(this.recoded(draft));
    const said = new DOMParser().parseFromString(theirs, "text/html").body.firstElementChild;
    if (said) document.querySelector(".duo-ar .ticket-code").before(document.adoptNode(said));
    scrollTo(0, 0);
  }

  // A page as it is with network, with what the device knows in it.
  page({html, place, number, of, isFirst, isAmiss, key}) {
    const isTurned = Boolean(byId("turned")?.checked);
    this.paint(html);
    this.key = key;
    if (isTurned) byId("turned").checked = true;
    const [rule] = document.querySelectorAll(".duo-rule .rule");
    const marks = Array.from({length: of}, (_, at) => {
      const mark = document.createElement("li");
      mark.className = at < number - 1 ? "done" : at === number - 1 ? "now" : "next";
      return mark;
    });
    rule?.replaceChildren(...marks);
    if (place) document.querySelector(".duo-head .small").textContent = place;
    if (isFirst) document.querySelector("button[value=back]")?.remove();
    if (!isAmiss) document.querySelector("main > .notice.bad")?.remove();
  }

  // What stands in the fields of the page, as a form would send it; nothing where there is none.
  typed() {
    const form = byId("page");
    return form && this.key ? new URLSearchParams(new FormData(form)).toString() : undefined;
  }

  paint(html) {
    const read = new DOMParser().parseFromString(html, "text/html");
    const {lang, dir} = read.documentElement;
    this.isHome = false;
    // A browser writes down the titles of its windows, and what is typed: so no title here
    // tells the code, and no form is completed.
    for (const form of read.forms) form.autocomplete = "off";
    for (const place of read.querySelectorAll("[data-print]")) place.hidden = false;
    document.body.replaceWith(document.adoptNode(read.body));
    Object.assign(this.root, {lang, dir});
    readAloud(this.taking?.kept);
    this.focus();
  }

  focus() {
    scrollTo(0, 0);
    const first = document.querySelector("main .notice.bad, main h1");
    first?.setAttribute("tabindex", "-1");
    first?.focus({preventScroll: true});
  }
}
