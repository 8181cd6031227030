// A page that was sent becomes answers, or a word on what is amiss; as questionnaires/reading.py.
import {NotUnderstood, READERS, lines, understood} from "./understanding.js";

const RANKED = "Please give each place once.";
const ANSWER = "Please answer this question.";
const CHOOSE = "Please choose an answer.";
const OTHERWISE = "This answer does not fit. Please check it.";

export const fieldOf = (name, turn) => [name, ...turn].join(":");
export const nameOf = (tree) => (Array.isArray(tree) ? tree[0] : tree);
const inner = (tree) => (Array.isArray(tree) ? tree.slice(1) : []);

export function leaves(trees, seen) {
  return trees.flatMap((tree) => {
    const cell = seen.cell(nameOf(tree));
    return cell.kind === "question" ? [cell] : leaves(inner(tree), seen);
  });
}

export function repeatsIn(trees, seen) {
  return trees.flatMap((tree) => {
    const cell = seen.cell(nameOf(tree));
    return cell.kind === "repeat" ? [cell] : repeatsIn(inner(tree), seen);
  });
}

// Reads the fields that are asked, and leaves all other answers as they are.
export class Reader {
  constructor(kit, seen, typed) {
    Object.assign(this, {kit, seen, typed, faults: {}});
  }

  read(trees, answers) {
    const document = {...answers};
    this.items(trees, document, []);
    return document;
  }

  items(trees, document, turn) {
    for (const tree of trees) {
      const cell = this.seen.cell(nameOf(tree));
      if (!this.seen.relevant(cell.name, turn)) continue;
      if (cell.kind === "group") this.items(inner(tree), document, turn);
      else if (cell.kind === "repeat") this.turns(cell, inner(tree), document, turn);
      else if (cell.kind === "question" && !cell.fixed) this.one(cell, document, turn);
    }
  }

  turns(cell, trees, document, turn) {
    const stored = document[cell.name] ?? [], number = this.seen.count(cell.name, turn);
    const turns = Array.from({length: number}, (_, place) => ({...stored[place]}));
    turns.forEach((each, place) => this.items(trees, each, [...turn, place + 1]));
    document[cell.name] = [...turns, ...stored.slice(number)];
  }

  one(cell, document, turn) {
    const place = fieldOf(cell.name, turn), field = this.kit.fields[cell.name] ?? {};
    let answer;
    try {
      answer = this.answer(cell, field, place, turn);
    } catch (amiss) {
      if (!(amiss instanceof NotUnderstood)) throw amiss;
      this.faults[place] = {text: amiss.message, language: ""};
      if (READERS[cell.type] && !field.pii) {
        document[cell.name] = lines(this.typed.getAll(place)[0] ?? "").slice(0, 10000);
      }
      return;
    }
    if (answer !== null) document[cell.name] = answer;
    else if (field.default && !field.pii) document[cell.name] = null;
    else delete document[cell.name];
  }

  answer(cell, field, place, turn) {
    if (cell.type === "rank") return this.ranked(cell, place, turn);
    const texts = this.typed.getAll(place);
    if (cell.type.startsWith("select")) {
      const offered = new Set(this.seen.offered(cell.name, turn));
      const chosen = [...new Set(texts)].filter((each) => offered.has(each));
      if (cell.type === "select_one") return chosen[0] ?? null;
      return chosen.length ? chosen : null;
    }
    const text = lines(texts[0] ?? "");
    return text ? understood(cell, field, text) : null;
  }

  ranked(cell, place, turn) {
    const offered = this.seen.offered(cell.name, turn);
    const given = offered.map((name) => [name, this.typed.get(`${place}=${name}`) ?? ""]);
    const numbers = given.filter(([, text]) => /^\d+$/.test(text)).map(([name, text]) => [name, Number(text)]);
    if (!numbers.length) return null;
    const sorted = numbers.sort((one, other) => one[1] - other[1]);
    const all = sorted.length === offered.length && sorted.every(([, number], at) => number === at + 1);
    if (!all) throw new NotUnderstood(RANKED);
    return sorted.map(([name]) => name);
  }
}

// What is still to be answered, or to be mended, on a page; by field.
export function missing(kit, trees, seen, turn = [], faults = {}) {
  for (const tree of trees) {
    const cell = seen.cell(nameOf(tree));
    if (!seen.relevant(cell.name, turn)) continue;
    if (cell.kind === "group") missing(kit, inner(tree), seen, turn, faults);
    else if (cell.kind === "repeat") {
      for (let place = 1; place <= seen.count(cell.name, turn); place++) {
        const here = [...turn, place];
        if (cell.count || !isBlank(inner(tree), seen, here)) missing(kit, inner(tree), seen, here, faults);
      }
    } else if (cell.kind === "question") {
      const fault = faultOf(kit, cell, seen, turn);
      if (fault) faults[fieldOf(cell.name, turn)] = fault;
    }
  }
  return faults;
}

const isBlank = (trees, seen, turn) =>
  leaves(trees, seen).every((cell) => seen.value(cell.name, turn) === null);

function faultOf(kit, cell, seen, turn) {
  if (seen.held.includes(cell.name)) return null;
  const value = seen.value(cell.name, turn), field = kit.fields[cell.name] ?? {};
  if (value === null) {
    if (!field.required || cell.fixed || !seen.required(cell.name, turn)) return null;
    return own(kit, cell, "required_message", seen, turn)
      ?? {text: cell.type.startsWith("select") ? CHOOSE : ANSWER, language: ""};
  }
  const reason = notUnderstood(cell, field, value);
  if (reason) return {text: reason, language: ""};
  if (!cell.constraint || !seen.violation(cell.name, turn)) return null;
  return own(kit, cell, "message", seen, turn) ?? {text: OTHERWISE, language: ""};
}

function own(kit, cell, column, seen, turn) {
  const [text, language] = kit.texts[cell.name]?.[column] ?? [];
  return text ? {text: seen.filled(text, cell.name, turn), language} : null;
}

function notUnderstood(cell, field, value) {
  if (!READERS[cell.type] || cell.fixed) return "";
  if (cell.type === "decimal" && typeof value === "number") {
    return Math.abs(value) <= 1e12 ? "" : "Please enter a number, for example 12.5.";
  }
  try {
    understood(cell, field, String(value));
  } catch (amiss) {
    if (amiss instanceof NotUnderstood) return amiss.message;
    throw amiss;
  }
  return "";
}
