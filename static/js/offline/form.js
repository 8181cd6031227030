// A questionnaire and what follows from some answers; as surveys/questionnaires/evaluating.py.
import {clock} from "./dates.js";
import {compiled} from "./expressions.js";
import {Sight} from "./sight.js";
import {Turn, asAnswer, turnsWithin} from "./turns.js";
import {toText, toTruth} from "./values.js";

const REFERENCE = /\$\{\s*([^{}]+?)\s*\}/g;
const PLACES = {
  relevant: "relevant", required: "required", constraint: "constraint", count: "count",
  calculation: "calculation", choice_filter: "choiceFilter", list: "listed", default: "default",
};

class Cell {
  constructor(item, cells) {
    Object.assign(this, {appearance: "", repeats: [], items: [], ...item});
    this.parent = cells.get(item.parent) ?? null;
    this.children = [];
    this.parent?.children.push(this);
    const own = item.expressions?.relevant !== undefined || item.gated || item.kind === "repeat";
    this.gate = own ? this : this.parent?.gate ?? null;
    this.gateUp = this.gate ? this.upTo(this.gate) : 0;
  }

  upTo(other) {
    return this.repeats.length - other.repeats.length;
  }
}

export class Form {
  constructor(kit) {
    this.kit = kit;
    this.cells = new Map();
    for (const item of kit.items) this.cells.set(item.name, new Cell(item, this.cells));
    for (const cell of this.cells.values()) {
      const sight = new Sight(this.cells, cell);
      for (const [column, tree] of Object.entries(cell.expressions ?? {})) {
        cell[PLACES[column]] = compiled(tree, sight);
      }
    }
    this.top = [...this.cells.values()].filter((cell) => !cell.parent);
    this.milestones = (kit.milestones ?? []).map((name) => this.cells.get(name));
    this.lists = Object.fromEntries(
      Object.entries(kit.choices).map(([name, list]) => [name, kit.lists[list].map(choice)]),
    );
  }

  evaluate(answers, now = new Date()) {
    return new Evaluation(this, new Turn({now: clock(now), lists: this.lists}, answers));
  }
}

const choice = ([name, label, attributes]) => ({name, label: label ?? "", attributes});

export class Evaluation {
  constructor(form, turn) {
    this.form = form;
    this.turn = turn;
    this.held = []; // contact data that are answered, but not here
    for (const cell of form.milestones) {
      for (const each of turnsWithin(turn, this.repeats(cell))) {
        if (cell.kind === "repeat") each.turns(cell);
        else each.value(cell);
      }
    }
  }

  cell(name) {
    return this.form.cells.get(name);
  }

  repeats(cell) {
    return cell.repeats.map((name) => this.form.cells.get(name));
  }

  // The turn in which to look at an item; outside, too, for all turns together.
  at(name, numbers = []) {
    const repeats = this.repeats(this.cell(name));
    let turn = this.turn;
    for (let place = 0; place < Math.min(repeats.length, numbers.length); place++) {
      turn = turn.turns(repeats[place])[numbers[place] - 1];
      if (!turn) return null;
    }
    return turn;
  }

  relevant(name, numbers) {
    return this.at(name, numbers)?.relevant(this.cell(name)) ?? false;
  }

  value(name, numbers) {
    const turn = this.at(name, numbers), cell = this.cell(name);
    return turn && asAnswer(cell, turn.value(cell));
  }

  offered(name, numbers) {
    return (this.at(name, numbers)?.offered(this.cell(name)) ?? []).map((each) => each.name);
  }

  count(name, numbers) {
    return this.at(name, numbers)?.turns(this.cell(name)).length ?? 0;
  }

  required(name, numbers) {
    const turn = this.at(name, numbers), cell = this.cell(name);
    return Boolean(turn && cell.required && toTruth(cell.required(turn)));
  }

  // Whether an answer breaks its constraint; no answer breaks none.
  violation(name, numbers) {
    const turn = this.at(name, numbers), cell = this.cell(name);
    if (!turn || !cell.constraint || turn.value(cell) === "") return false;
    return !toTruth(cell.constraint(turn));
  }

  // Every turn in which an item stands; the form itself is an empty list.
  instances(name) {
    return turnsWithin(this.turn, this.repeats(this.cell(name))).map((turn) => turn.numbers);
  }

  // Put the answers into a text that names them, choices by their labels.
  filled(text, name, numbers) {
    const turn = this.at(name, numbers);
    if (!turn || !text.includes("${")) return text;
    const sight = new Sight(this.form.cells, this.cell(name));
    return text.replace(REFERENCE, (_, other) => {
      if (!this.form.cells.has(other)) return "";
      const value = toText(sight.reference(other)(turn));
      const found = turn.run.lists[other]?.find((each) => each.name === value);
      return found ? found.label : value;
    });
  }

  // All answers and calculations that are relevant, and no others.
  document() {
    return Object.fromEntries(kept(this.turn, this.form.top));
  }

  // The answers, and with them what was calculated once and must stay so.
  settled() {
    return settled(this.turn, [...this.form.cells.values()], []);
  }
}

function kept(turn, cells) {
  return cells.flatMap((cell) => {
    if (cell.kind === "note" || !turn.relevant(cell)) return [];
    if (cell.kind === "group") return kept(turn, cell.children);
    if (cell.kind === "repeat") {
      return [[cell.name, turn.turns(cell).map((each) => Object.fromEntries(kept(each, cell.children)))]];
    }
    const answer = asAnswer(cell, turn.value(cell));
    return answer === null ? [] : [[cell.name, answer]];
  });
}

const same = (some, others) => some.length === others.length && begins(some, others);
const begins = (some, others) => others.every((each, place) => some[place] === each);

function settled(turn, cells, repeats) {
  const document = {...turn.document}, lasting = cells.filter((cell) => cell.lasts);
  for (const cell of lasting.filter((each) => same(each.repeats, repeats))) {
    const answer = asAnswer(cell, turn.value(cell));
    if (answer) document[cell.name] = answer;
  }
  for (const cell of cells.filter((each) => each.kind === "repeat" && same(each.repeats, repeats))) {
    const inner = [...repeats, cell.name];
    if (!lasting.some((each) => begins(each.repeats, inner))) continue;
    document[cell.name] = turn.turns(cell).map((each) => settled(each, cells, inner));
  }
  return document;
}
