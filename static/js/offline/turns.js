// A form being filled in; as surveys/questionnaires/turns.py. The form itself is a turn, too.
import {many, toNumber, toText, toTruth} from "./values.js";

export const MOST_TURNS = 200;
const NUMERIC = ["integer", "decimal", "range"];

export class Turn {
  constructor(run, document, number = 0, outer = null) {
    Object.assign(this, {run, document, number, outer, choice: null});
    this.values = new Map();
    this.open = new Map();
    this.turnsOf = new Map();
  }

  get numbers() {
    return this.outer ? [...this.outer.numbers, this.number] : [];
  }

  up(repeats) {
    let turn = this;
    for (let step = 0; step < repeats; step++) turn = turn.outer ?? turn;
    return turn;
  }

  // Whether a cell is asked here: its condition holds, and those of all around it.
  relevant(cell) {
    return !cell.gate || this.up(cell.gateUp).isOpen(cell.gate);
  }

  value(cell) {
    if (!this.values.has(cell.name)) {
      this.values.set(cell.name, ""); // so that a circle comes to an end
      this.values.set(cell.name, this.relevant(cell) ? this.fresh(cell) : "");
    }
    return this.values.get(cell.name);
  }

  turns(cell) {
    if (!this.turnsOf.has(cell.name)) {
      this.turnsOf.set(cell.name, []);
      this.turnsOf.set(cell.name, this.relevant(cell) ? this.begun(cell) : []);
    }
    return this.turnsOf.get(cell.name);
  }

  // All choices of an item, also those that its filter holds back.
  choices(cell) {
    if (!cell.listed) return this.run.lists[cell.name] ?? [];
    return many(cell.listed(this)).map(toText).filter(Boolean).map((name) => ({name, label: name}));
  }

  offered(cell) {
    return this.choices(cell).filter((choice) => this.passes(cell, choice));
  }

  passes(cell, choice) {
    if (!cell.choiceFilter) return true;
    const before = this.choice;
    this.choice = choice;
    try {
      return toTruth(cell.choiceFilter(this));
    } finally {
      this.choice = before;
    }
  }

  isOpen(gate) {
    if (!this.open.has(gate.name)) {
      this.open.set(gate.name, false);
      const around = gate.parent;
      const asked = !around || this.up(gate.upTo(around)).relevant(around);
      this.open.set(gate.name, asked && (!gate.relevant || toTruth(gate.relevant(this))));
    }
    return this.open.get(gate.name);
  }

  fresh(cell) {
    const raw = this.document[cell.name];
    if (cell.lasts && ![undefined, null, ""].includes(raw)) return asValue(cell, raw);
    if (cell.calculation) return calculated(cell, cell.calculation(this));
    if (raw !== undefined) return this.answered(cell, raw);
    return cell.default ? cell.default(this) : "";
  }

  // What a stored answer is worth; choices that are not offered any more are not.
  answered(cell, raw) {
    if (!cell.choiceFilter) return asValue(cell, raw);
    const known = this.choices(cell);
    const passes = (name) => known.some((each) => each.name === name && this.passes(cell, each));
    return many(raw).filter(passes).join(" ");
  }

  begun(cell) {
    const raw = this.document[cell.name], stored = raw || [];
    let number = stored.length || (raw === undefined ? 1 : 0);
    if (cell.count) {
      const wanted = toNumber(cell.count(this));
      const fits = wanted >= 0 && wanted < MOST_TURNS;
      number = fits ? Math.trunc(wanted) : wanted > 0 ? MOST_TURNS : 0;
    }
    const all = Array.from({length: Math.min(number, MOST_TURNS)}, (_, place) => stored[place] ?? {});
    return all.map((each, place) => new Turn(this.run, each, place + 1, this));
  }
}

export function turnsWithin(turn, repeats) {
  return repeats.reduce((turns, repeat) => turns.flatMap((outer) => outer.turns(repeat)), [turn]);
}

// What a stored answer is in an expression: choices are parted by blanks.
export function asValue(cell, raw) {
  if (raw === null || raw === undefined) return "";
  if (Array.isArray(raw)) return raw.map(String).join(" ");
  if (typeof raw !== "string") return raw;
  if (!NUMERIC.includes(cell.type) || !raw.trim()) return raw;
  const number = toNumber(raw);
  return number === number ? number : raw;
}

// What a calculation leaves behind: no number is empty, an integer has no fraction.
function calculated(cell, value) {
  if (typeof value !== "number") return value;
  if (value !== value) return "";
  return cell.type === "integer" && Math.abs(value) < 1e15 ? Math.trunc(value) : value;
}

// What a value is in a document of answers; null when it is empty.
export function asAnswer(cell, value) {
  if (Array.isArray(value)) return value.map((each) => asAnswer(cell, each));
  if (["select_multiple", "rank"].includes(cell.type)) {
    const names = toText(value).split(/\s+/).filter(Boolean);
    return names.length ? names : null;
  }
  return value === "" ? null : value;
}
