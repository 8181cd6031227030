// A conversation on the device: one question a page, two halves, one form; as surveys/routes/conversing.py.
import {View, escaped, pieces} from "../offline/filling.js";
import {Form} from "../offline/form.js";
import {Reader, leaves, missing} from "../offline/reading.js";
import {Sitting, withoutCleared} from "../offline/sitting.js";
import {foundIn} from "./telling.js";

const LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"; // none that is taken for another
const AROUND = {sectors: {}, followers: {}, codes: {}};

// A code by chance, each letter as likely as any other.
export function drawn() {
  let letters = "";
  while (letters.length < 5) {
    const [number] = crypto.getRandomValues(new Uint8Array(1));
    if (number < 8 * LETTERS.length) letters += LETTERS[number % LETTERS.length];
  }
  return `${letters.slice(0, 2)}-${letters.slice(2)}`;
}

export function begun(kit, language, agreed) {
  const {known, consent} = kit.theirs[language];
  const key = crypto.randomUUID().replaceAll("-", "");
  return {
    key, slug: kit.slug, version: kit.version, language, code: drawn(), answers: {...known},
    agreed: agreed ? {[consent]: agreed} : {}, page: "", complete: false, refused: null,
  };
}

export class Talk extends Sitting {
  constructor(kit, draft) {
    super({...AROUND, ...kit.theirs[draft.language], pages: kit.steps}, draft);
    Object.assign(this, {steps: kit.steps, mine: {...AROUND, ...kit.mine}});
    this.around = kit.theirs[draft.language].pages;
    this.mineForm = new Form(kit.mine.form);
  }

  // The pages that are asked; notes of those that are not go on to the next one.
  walk(seen) {
    const walk = [];
    let notes = [];
    for (const step of this.steps) {
      notes = [...notes, ...step.notes.filter((name) => seen.relevant(name))];
      if (step.question ? !seen.relevant(step.question) : !notes.length) continue;
      walk.push({...step, notes});
      notes = [];
    }
    return walk;
  }

  stoppedAt() {
    const keys = this.walk(this.look()).map((step) => step.key);
    return keys.includes(this.draft.page) ? this.draft.page : keys[0];
  }

  // Return the page with both halves, and what stands around them.
  show(key, {typed = null, faults = {}, errors = {}} = {}) {
    const seen = this.look(), walk = this.walk(seen), step = walk.find((each) => each.key === key);
    if (!step) return this.show(this.following(walk, key) ?? walk.at(-1).key);
    const said = Object.fromEntries(Object.entries(faults).map(([place, fault]) => [place, this.saidTo(fault)]));
    for (const [place, text] of Object.entries(errors)) said[place] = [said[place], text].filter(Boolean).join("<br>");
    const notes = step.notes.map((name) => this.mine.notes[name]).join("");
    const mineSeen = this.mineForm.evaluate(this.draft.answers);
    const mine = this.half(this.mine, mineSeen, key, typed, said, {notes: (view) => view.fill(pieces(notes))});
    const theirs = this.half(this.kit, seen, key, typed, said);
    const questions = walk.filter((each) => each.question).map((each) => each.key);
    const number = questions.indexOf(key) + 1 || questions.length, last = step.key === walk.at(-1).key;
    const frame = this.around[`frame ${step.question ? 1 : 0}${last ? 1 : 0}`];
    const place = step.question ? this.filled(this.around.place, {number, of: questions.length}) : "";
    return {
      html: this.filled(frame, {mine, theirs, code: this.draft.code}), place, number, key,
      of: questions.length, isFirst: key === walk[0].key, isAmiss: Object.keys(said).length > 0,
    };
  }

  half(kit, seen, key, typed, errors, more = {}) {
    const insets = {...kit.insets, ...more};
    for (const [name, html] of Object.entries(kit.rosters)) {
      insets[`roster ${name}`] = (view, turn) => view.fill(pieces(html), turn);
    }
    for (const [repeat, question] of Object.entries(kit.followers)) {
      insets[`sector ${repeat}`] = (view, turn) => this.symbol(seen.value(question)?.[turn[0] - 1]);
    }
    return new View(kit, seen, insets, typed, errors).fill(pieces(kit.halves[key]));
  }

  filled(html, insets) {
    return new View(this.kit, null, insets).fill(pieces(html));
  }

  saidTo({text, language}) {
    return language ? this.saidFault({text, language}) : escaped(this.mine.said[text] ?? text);
  }

  following(walk, key) {
    const order = this.steps.map((step) => step.key), place = order.indexOf(key);
    return walk.find((step) => order.indexOf(step.key) > place)?.key;
  }

  // Do what the button says; what is to be kept then stands in the draft.
  press(key, form) {
    const step = this.pages.get(key), before = this.look(), typed = withoutCleared(form);
    const reader = new Reader(this.kit, before, typed), go = form.get("go");
    const answers = reader.read(step.items, this.draft.answers);
    if (go === "skip") return this.goOn(step, this.without(step), {}, typed, form);
    const found = Object.entries(foundIn(this, step, answers, typed));
    this.asked = Object.fromEntries(found.map(([place, {html}]) => [place, html]));
    if (found.some(([, {mayStay}]) => !mayStay)) return this.show(key, {typed, errors: this.asked});
    const keep = (target, isAnyway = false) => {
      if (!isAnyway && Object.keys(reader.faults).length) return this.show(key, {typed, faults: reader.faults, errors: this.asked});
      this.store(step, this.followed(answers), target, form);
      return {leadsTo: target};
    };
    if (form.has("clear") || form.has("find")) return keep(key);
    if (form.has("more")) {
      this.oneMore(answers, form.get("more"), before);
      return keep(key);
    }
    if (form.has("drop")) {
      const [repeat, number] = form.get("drop").split(":");
      this.drop(answers, repeat, Number(number));
      return keep(key, true);
    }
    if (go === "pause") return {...keep(key, true), paused: true};
    if (go === "back") {
      const keys = this.walk(before).map((each) => each.key);
      return keep(keys[Math.max(0, keys.indexOf(key) - 1)], true);
    }
    return this.goOn(step, this.withoutBlanks(step, answers), reader.faults, typed, form);
  }

  goOn(step, answers, faults, typed, form) {
    const followed = this.followed(answers), after = this.look(followed);
    const all = {...this.unfit(step, after), ...faults};
    if (Object.keys(all).length) return this.show(step.key, {typed, faults: all, errors: this.asked});
    const following = this.following(this.walk(after), step.key);
    this.store(step, followed, following ?? step.key, form);
    return following ? {leadsTo: following} : this.finish();
  }

  finish() {
    const seen = this.look();
    for (const step of this.walk(seen)) {
      const faults = this.unfit(step, seen);
      if (Object.keys(faults).length) return {leadsTo: step.key, faults};
    }
    this.draft.complete = true;
    return {done: true};
  }

  // What does not fit; whatever is left out is no fault.
  unfit(step, seen) {
    const isEmpty = (place) => {
      const [name, ...numbers] = place.split(":");
      return seen.value(name, numbers.map(Number)) === null;
    };
    return Object.fromEntries(Object.entries(missing(this.kit, step.items, seen)).filter(([place]) => !isEmpty(place)));
  }

  // The answers without those of a page; a default does not come back.
  without(step) {
    const {[step.question]: _, ...kept} = this.draft.answers;
    return this.kit.defaults.includes(step.question) ? {...kept, [step.question]: null} : kept;
  }

  store(step, answers, target, form) {
    const settled = this.look(answers).settled(), {draft} = this;
    Object.assign(draft, {answers: settled, page: target});
    for (const {name} of leaves(step.items, this.look())) {
      const number = Number(form.get(`agreed=${name}`));
      if (number && ![undefined, null, "no"].includes(settled[name])) draft.agreed[name] = number;
      else delete draft.agreed[name];
    }
  }
}
