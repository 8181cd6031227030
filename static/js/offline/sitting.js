// Somebody at work on a survey: which pages are asked, what each looks like, where buttons lead.
import {Form} from "./form.js";
import {View, escaped, pieces, spoken} from "./filling.js";
import {Reader, leaves, missing, nameOf, repeatsIn} from "./reading.js";

const HELD = "…";
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

export class Sitting {
  constructor(kit, draft) {
    this.kit = kit;
    this.draft = draft;
    this.form = new Form(kit.form);
    this.pages = new Map(kit.pages.map((page) => [page.key, page]));
  }

  // What the server holds and the device does not counts as answered; only nobody sees it here.
  look(answers = this.draft.answers) {
    const held = this.held(answers), there = Object.fromEntries(held.map((name) => [name, HELD]));
    return Object.assign(this.form.evaluate({...answers, ...there}), {held});
  }

  held(answers) {
    return (this.draft.held ?? []).filter((name) => (answers[name] ?? "") === "");
  }

  walk(seen) {
    const shows = (tree) => {
      const cell = seen.cell(nameOf(tree));
      if (cell.kind === "calculate") return false;
      const here = seen.instances(cell.name).some((turn) => seen.relevant(cell.name, turn));
      return here && (!Array.isArray(tree) || tree.slice(1).some(shows));
    };
    return this.kit.pages.filter((page) => page.items.some(shows));
  }

  stoppedAt() {
    const walk = this.walk(this.look());
    return (walk.find((page) => page.key === this.draft.page) ?? walk[0]).key;
  }

  // Return the page, or the key of another one that is asked instead.
  show(key, {typed = null, faults = {}, told = ""} = {}) {
    const seen = this.look(), walk = this.walk(seen), page = this.pages.get(key);
    if (!walk.includes(page)) return {leadsTo: this.after(walk, key)};
    const errors = Object.fromEntries(
      Object.entries(faults).map(([place, fault]) => [place, this.saidFault(fault)]),
    );
    const view = new View(this.kit, seen, this.insets(page, walk, seen, errors, told), typed, errors);
    return {html: view.fill(pieces(page.html)), status: Object.keys(faults).length ? 422 : 200};
  }

  check(key) {
    return missing(this.kit, this.pages.get(key)?.items ?? [], this.look());
  }

  after(walk, key) {
    const order = [...this.pages.keys()], place = order.indexOf(key);
    return (walk.find((page) => order.indexOf(page.key) > place) ?? walk[0]).key;
  }

  insets(page, walk, seen, errors, told) {
    const {kit, draft} = this, first = page === walk[0], last = page === walk.at(-1);
    const sent = draft.submitted ? 1 : 0;
    const insets = {
      ...kit.insets,
      action: `/s/${kit.slug}/pages/${page.key}`,
      token: "",
      key: draft.ticket ? "" : `<input type="hidden" name="key" value="${escaped(draft.key)}">`,
      progress: this.progress(page, walk, seen),
      pager: kit.pager[`${first ? 1 : 0}${last ? 1 : 0}${sent}`],
      summary: Object.keys(errors).length ? this.summary(errors) : told || this.above(page, first, seen),
    };
    for (const [name, html] of Object.entries(kit.rosters)) {
      insets[`roster ${name}`] = (view, turn) => view.fill(pieces(html), turn);
    }
    for (const [name, code] of Object.entries(kit.codes)) {
      insets[`code ${name}`] = () => this.number(code, seen);
    }
    for (const [repeat, question] of Object.entries(kit.followers)) {
      insets[`sector ${repeat}`] = (view, turn) => this.symbol(seen.value(question)?.[turn[0] - 1]);
    }
    return insets;
  }

  above(page, isFirst, seen) {
    if (leaves(page.items, seen).some(({name}) => seen.held.includes(name))) return notice(this.kit.words.held, "note");
    return isFirst ? this.kit.kind[page.key] ?? "" : "";
  }

  // Within each letter the numbers count what is asked, in order.
  number(code, seen) {
    if (!Array.isArray(code)) return code;
    return `${code[0]}${1 + code[1].filter((name) => seen.relevant(name)).length}`;
  }

  symbol(code) {
    const sector = this.kit.sectors[code];
    if (!sector) return "";
    return `<svg class="sym ${sector}" aria-hidden="true"><use href="${this.kit.icons}#${sector}"/></svg>`;
  }

  progress(page, walk, seen) {
    const parts = [...new Set(walk.map((each) => each.part))];
    const rest = walk.slice(walk.indexOf(page)).reduce((sum, each) => sum + seconds(each, seen), 0);
    const {at, kept, left} = this.kit.progress, minutes = Math.min(left.length, Math.max(1, roundedEven(rest / 60)));
    const html = (this.draft.waiting ? kept : at)[parts.length][parts.indexOf(page.part)];
    return html.replace(left[0], left[minutes - 1]);
  }

  summary(errors) {
    const {titles, plain, labelled, labels} = this.kit.summary, fields = Object.entries(errors);
    const views = fields.map(([place, text]) => {
      const label = labels[place.split(":")[0]];
      const view = new View(this.kit, null, {to: `q-${place}`, label, text, title: this.counted(titles, fields.length)});
      return view.fill(pieces(label ? labelled : plain));
    });
    const [start, end] = ["<li>", "</ul>"];
    const inside = (html) => html.slice(html.indexOf(start), html.indexOf(end));
    return views[0].replace(inside(views[0]), views.map(inside).join(""));
  }

  counted(titles, number) {
    return titles[number - 1] ?? titles.at(-1).replace(String(titles.length), String(number));
  }

  saidFault({text, language}) {
    if (!language) return escaped(this.kit.said[text] ?? text);
    return spoken(this.kit, language, escaped(text));
  }

  // Do what the button says. Only "Continue" insists on what is required.
  press(key, form) {
    const page = this.pages.get(key), before = this.look();
    const typed = withoutCleared(form), reader = new Reader(this.kit, before, typed);
    const answers = reader.read(page.items, this.draft.answers);
    const keep = (target = key, anchor = "", told = "") => {
      if (Object.keys(reader.faults).length) return this.show(key, {typed, faults: reader.faults});
      this.store(page, this.followed(answers), target, form);
      return told ? this.show(target, {told}) : {leadsTo: target, anchor};
    };
    if (form.has("language")) return keep(key, "", notice(this.kit.words.language));
    if (form.has("clear")) return keep(key, `q-${form.get("clear").split(" ")[0]}`);
    if (form.has("find")) return keep();
    if (form.has("more")) return keep(key, `t-${form.get("more")}:${this.oneMore(answers, form.get("more"), before)}`);
    if (form.has("drop")) {
      const [repeat, number] = form.get("drop").split(":");
      this.drop(answers, repeat, Number(number));
      reader.faults = {};
      return keep(key, `q-${repeat}`);
    }
    const go = form.get("go");
    if (go === "pause") {
      this.store(page, this.followed(answers), key, form);
      return {paused: true};
    }
    if (go === "back") {
      const walk = this.walk(before).map((each) => each.key), place = Math.max(0, walk.indexOf(key));
      reader.faults = {};
      return keep(walk[Math.max(0, place - 1)]);
    }
    return this.goOn(page, this.withoutBlanks(page, answers), reader, typed, form);
  }

  // As a page is sent that the server has taken: it holds the contact data that are on it.
  pressOnline(key, form) {
    const {draft, kit} = this, seen = this.look(), {items} = this.pages.get(key);
    const sealed = leaves(items, seen).filter(({name, repeats}) => kit.fields[name]?.pii && !repeats.length);
    const names = sealed.map(({name}) => name), others = (draft.held ?? []).filter((name) => !names.includes(name));
    draft.held = others;
    const result = this.press(key, form);
    const given = names.filter((name) => draft.answers[name] !== undefined);
    for (const name of given) delete draft.answers[name];
    draft.held = [...others, ...given];
    return result;
  }

  goOn(page, answers, reader, typed, form) {
    const followed = this.followed(answers), after = this.look(followed);
    const faults = {...missing(this.kit, page.items, after), ...reader.faults};
    if (Object.keys(faults).length) return this.show(page.key, {typed, faults});
    const keys = this.walk(after).map((each) => each.key), place = keys.indexOf(page.key);
    const next = keys[place + 1];
    this.store(page, followed, next ?? page.key, form);
    if (next && form.get("go") !== "receipt") return {leadsTo: next};
    return this.handIn();
  }

  handIn() {
    const seen = this.look();
    for (const page of this.walk(seen)) {
      if (Object.keys(missing(this.kit, page.items, seen)).length) return {leadsTo: page.key, check: true};
    }
    this.draft.complete = true;
    return {done: true};
  }

  store(page, answers, target, form) {
    const held = this.held(answers), settled = this.look(answers).settled();
    for (const name of held) delete settled[name];
    Object.assign(this.draft, {answers: settled, held});
    this.draft.page = target;
    this.draft.pages = [...new Set([...this.draft.pages, page.key])];
    for (const [name, value] of form) {
      if (name.startsWith("agreed=")) this.draft.agreed[name.slice(7)] = value;
    }
  }

  // Keep what was said of each partner with that partner when the choice changes.
  followed(answers) {
    const after = {...answers};
    for (const [repeat, question] of Object.entries(this.kit.followers)) {
      const old = this.draft.answers[question] ?? [], now = after[question] ?? [];
      if (same(old, now)) continue;
      const turns = Object.fromEntries(old.map((code, place) => [code, (this.draft.answers[repeat] ?? [])[place]]));
      const kept = old.filter((code) => now.includes(code));
      after[question] = [...kept, ...now.filter((code) => !old.includes(code))];
      after[repeat] = after[question].map((code) => turns[code] ?? {});
    }
    return after;
  }

  drop(answers, repeat, number) {
    const turns = [...(answers[repeat] ?? [])], question = this.kit.followers[repeat];
    if (question) {
      const codes = [...(answers[question] ?? [])];
      while (turns.length < codes.length) turns.push({});
      codes.splice(number - 1, 1);
      answers[question] = codes;
    }
    turns.splice(number - 1, 1);
    answers[repeat] = turns;
  }

  oneMore(answers, repeat, before) {
    const begun = Array.from({length: before.count(repeat)}, () => ({}));
    const turns = answers[repeat]?.length ? [...answers[repeat]] : begun, last = turns.at(-1);
    if (!last || (Object.keys(last).length && turns.length < 100)) turns.push({});
    answers[repeat] = turns;
    return turns.length;
  }

  withoutBlanks(page, answers) {
    const kept = {...answers}, seen = this.look();
    for (const cell of repeatsIn(page.items, seen)) {
      const turns = kept[cell.name];
      if (!cell.count && turns) kept[cell.name] = turns.filter((turn) => Object.keys(turn).length);
    }
    return kept;
  }
}

export const notice = (text, role = "alert") => `<div class="notice" role="${role}"><p>${escaped(text)}</p></div>`;

// As Python rounds: halves to the even number.
function roundedEven(number) {
  const low = Math.floor(number);
  return number - low === 0.5 ? low + (low % 2) : Math.round(number);
}

function seconds(page, seen) {
  const [sure, perhaps, repeat] = page.effort;
  const once = (turn) =>
    perhaps.reduce((sum, [name, time]) => sum + (seen.relevant(name, turn) ? time : 0), sure);
  if (!repeat) return once([]);
  return Array.from({length: seen.count(repeat)}, (_, place) => once([place + 1])).reduce((a, b) => a + b, 0);
}

export function withoutCleared(form) {
  const cleared = (form.get("clear") ?? "").split(" ");
  return new URLSearchParams([...form].filter(([name]) => !cleared.includes(name)));
}
